"""Which rows of which batches count, told from their keys alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpus.errors import BatchGoneError, DamagedBatchError
from corpus.schema import SCHEMA
from corpus.store import Corpus
from corpus.stories import wordings_of

KEYS = ["article_id", "added_at", "removed"]
_WORDING = ["fingerprint", "date", "source"]
_STAMP = pa.uint64()


@dataclass(frozen=True, slots=True)
class Counting:
    """The rows that count, in the order of their batches: columns article_id, batch (number in `batches`), batch_row,
    stamp (see `corpus.links`; null where an article has no wording). `removed` are ids of articles taken out; `damaged`
    the batches that cannot be read."""

    batches: tuple[Path, ...]
    rows: pa.Table
    removed: tuple[str, ...]
    damaged: tuple[DamagedBatchError, ...]


def counting_rows(corpus: Corpus, batches: Sequence[Path]) -> Counting:
    """Look into the batches, oldest first. Raises `BatchGoneError`."""
    read: list[Path] = []
    tables: list[pa.Table] = []
    damaged: list[DamagedBatchError] = []
    for path in batches:
        try:
            table = corpus.read(path, [*KEYS, *_WORDING])
        except BatchGoneError:
            raise
        except DamagedBatchError as error:
            damaged.append(error)
            continue
        size = table.num_rows
        batch = pa.array(np.full(size, len(read), np.int32))
        stamps = pa.array([wording.stamp if wording else None for wording in wordings_of(table)], _STAMP)
        table = table.select(KEYS).append_column("batch", batch)
        table = table.append_column("batch_row", pa.array(np.arange(size, dtype=np.int32)))
        tables.append(table.append_column("stamp", stamps))
        read.append(path)
    newest = newest_rows(tables)
    is_removed = newest.column("removed")
    rows = newest.filter(pc.invert(is_removed)).sort_by([("batch", "ascending"), ("batch_row", "ascending")])
    return Counting(
        tuple(read), rows, tuple(newest.filter(is_removed).column("article_id").to_pylist()), tuple(damaged)
    )


def newest_rows(tables: Sequence[pa.Table]) -> pa.Table:
    """The row that counts for each article id, as `Corpus.newest` has it, of tables with the columns `KEYS`, `batch`
    (ascending with the names of batches) and `batch_row`; in the order of the ids."""
    if not tables:
        names = [*KEYS, "batch", "batch_row", "stamp"]
        types = [*(SCHEMA.field(name).type for name in KEYS), pa.int32(), pa.int32(), _STAMP]
        return pa.Table.from_arrays([pa.array([], kind) for kind in types], names=names)
    order = [("article_id", "ascending"), *((name, "descending") for name in ("added_at", "batch", "batch_row"))]
    rows = pa.concat_tables(tables).sort_by(order)
    ids = rows.column("article_id").combine_chunks()
    first = np.ones(len(ids), dtype=bool)
    if len(ids) > 1:
        first[1:] = pc.not_equal(ids[1:], ids[:-1]).to_numpy(zero_copy_only=False)
    return rows.filter(pa.array(first))
