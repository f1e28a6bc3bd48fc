"""Which rows of which batches count, told from their keys alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpus.errors import DamagedBatchError
from corpus.newest import KEYS, newest_rows, read_rows
from corpus.store import Corpus
from corpus.wordings import COLUMNS, wordings_of

_STAMP = pa.field("stamp", pa.uint64())


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
    found = read_rows(corpus, batches, [*KEYS, *COLUMNS], _stamped)
    newest = newest_rows(found.tables, [_STAMP])
    is_removed = newest.column("removed")
    rows = newest.filter(pc.invert(is_removed)).sort_by([("batch", "ascending"), ("batch_row", "ascending")])
    removed = newest.filter(is_removed).column("article_id").to_pylist()
    return Counting(found.batches, rows, tuple(removed), found.damaged)


def _stamped(table: pa.Table) -> pa.Table:
    wordings, has = wordings_of(table)
    stamps = np.zeros(table.num_rows, dtype=np.uint64)
    stamps[has] = wordings.stamps
    return table.drop_columns(list(COLUMNS)).append_column(_STAMP, pa.array(stamps, mask=~has))
