"""Which row counts for each article id: the latest `added_at`, then batch name, then row number.

`Corpus.newest` gives it for a look-up by id; here it is a table, for what goes through all articles.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpus.errors import BatchGoneError, DamagedBatchError
from corpus.schema import SCHEMA
from corpus.store import Corpus

KEYS = ["article_id", "added_at", "removed"]
"""The columns of a batch that decide."""

PLACE = pa.schema([("batch", pa.int32()), ("batch_row", pa.int32())])
"""Where a row is: the number of its batch, its own number in it."""


@dataclass(frozen=True, slots=True)
class KeyRows:
    """Every row of the batches that can be read (`batches`, in the order given) and of the `damaged` none."""

    batches: tuple[Path, ...]
    tables: tuple[pa.Table, ...]
    damaged: tuple[DamagedBatchError, ...]


def read_rows(
    corpus: Corpus,
    batches: Iterable[Path],
    columns: Sequence[str] = KEYS,
    shaped: Callable[[pa.Table], pa.Table] = lambda table: table,
) -> KeyRows:
    """Read some columns of batches, have each table `shaped`, and its rows `numbered`. Raises `BatchGoneError`."""
    read: list[Path] = []
    tables: list[pa.Table] = []
    damaged: list[DamagedBatchError] = []
    for path in batches:
        try:
            table = corpus.read(path, list(columns))
        except BatchGoneError:
            raise
        except DamagedBatchError as error:
            damaged.append(error)
            continue
        tables.append(numbered(shaped(table), len(read)))
        read.append(path)
    return KeyRows(tuple(read), tuple(tables), tuple(damaged))


def numbered(table: pa.Table, batch: int) -> pa.Table:
    """The rows of a batch with where they are: columns batch (its number) and batch_row."""
    numbers = np.full(table.num_rows, batch, np.int32), np.arange(table.num_rows, dtype=np.int32)
    for name, values in zip(PLACE.names, numbers, strict=True):
        table = table.append_column(name, pa.array(values))
    return table


def newest_rows(tables: Sequence[pa.Table], others: Sequence[pa.Field] = ()) -> pa.Table:
    """The rows that count of `numbered` tables, which have the columns `KEYS` and `others`, in the order of the ids.
    Batches are to be numbered in the order of their names."""
    if not tables:
        return pa.schema([*(SCHEMA.field(name) for name in KEYS), *others, *PLACE]).empty_table()
    order = [("article_id", "ascending"), *((name, "descending") for name in ("added_at", "batch", "batch_row"))]
    rows = pa.concat_tables(tables).sort_by(order)
    ids = rows.column("article_id").combine_chunks()
    first = np.ones(len(ids), dtype=bool)
    if len(ids) > 1:
        first[1:] = pc.not_equal(ids[1:], ids[:-1]).to_numpy(zero_copy_only=False)
    return rows.filter(pa.array(first))
