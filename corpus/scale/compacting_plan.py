"""Which batches a compact merges, and where each of their rows goes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from corpus.errors import BatchGoneError, DamagedBatchError
from corpus.newest import KEYS, newest_rows, numbered
from corpus.schema import SCHEMA
from corpus.store import read_batch

COMPACTED_KEY = b"dateline_compacted"
"""In the metadata of a batch that a compact wrote: it is sorted, and holds every article once."""

_SMALL = 0.25
"""A compacted batch below this part of the wanted size is merged with others again."""

COLUMNS = [*KEYS, "date"]
"""What a row is known by and sorted by."""
SORTED = [("removed", "ascending"), ("date", "ascending"), ("article_id", "ascending")]
"""Removals, which have no date, are last."""


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A batch that can be read: its rows (columns `COLUMNS`), its size before compression in bytes, and whether a
    compact wrote it."""

    path: Path
    rows: pa.Table
    size: int
    compacted: bool


@dataclass(frozen=True)
class Plan:
    """Rows that count of the `merged` batches, in the order they are to be in: columns `COLUMNS`, batch (number in
    `merged`), batch_row (number in the batch), output (number of the large batch, of `outputs`)."""

    merged: tuple[Path, ...]
    rows: pa.Table
    outputs: int
    removals: int
    superseded: int

    @cached_property
    def _by_batch(self) -> tuple[np.ndarray, ...]:
        columns = [self.rows.column(name).to_numpy() for name in ("batch", "output", "batch_row")]
        order = np.lexsort(columns[::-1])
        return tuple(column[order] for column in columns)

    def rows_of(self, number: int) -> list[tuple[int, np.ndarray]]:
        """Row numbers of a merged batch by the output they go to."""
        batches, outputs, rows = self._by_batch
        its = slice(*np.searchsorted(batches, [number, number + 1]))
        return [(output, rows[its][outputs[its] == output]) for output in np.unique(outputs[its]).tolist()]


def survey(batches: Iterable[Path], left: dict[Path, DamagedBatchError]) -> list[Surveyed]:
    """Look into the batches, oldest first; those that cannot be read, or hold what a newer Dateline put there, join
    `left`, and those in it are passed over. Raises `BatchGoneError`."""
    found = []
    for path in batches:
        if path in left:
            continue
        try:
            rows = read_batch(path, COLUMNS)
            found.append(_surveyed(path, rows))
        except BatchGoneError:
            raise
        except DamagedBatchError as error:
            left[path] = error
    return found


def _surveyed(path: Path, rows: pa.Table) -> Surveyed:
    try:
        with path.open("rb") as stream, pq.ParquetFile(stream) as file:
            schema, metadata = file.schema_arrow, file.metadata
            size = sum(metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups))
    except FileNotFoundError as error:
        raise BatchGoneError(path, "it left the folder just now") from error
    except (OSError, pa.ArrowException, ValueError) as error:
        raise DamagedBatchError(path, str(error)[:200]) from error
    if unknown := set(schema.names) - set(SCHEMA.names):
        raise DamagedBatchError(path, f"a newer Dateline keeps {', '.join(sorted(unknown))} in it; update Dateline")
    return Surveyed(path, rows, size, COMPACTED_KEY in (schema.metadata or {}))


def plan_compact(surveyed: Sequence[Surveyed], target_bytes: int) -> Plan:
    """Batches stay as they are when a compact wrote them, every row of theirs counts and they are large enough."""
    tables = [numbered(batch.rows, number) for number, batch in enumerate(surveyed)]
    rows = newest_rows(tables, [SCHEMA.field("date")])
    counting = np.bincount(rows.column("batch").to_numpy(), minlength=len(surveyed))
    merged = [
        number
        for number, batch in enumerate(surveyed)
        if not batch.compacted or counting[number] < len(batch.rows) or batch.size < target_bytes * _SMALL
    ]
    if len(merged) == 1 and surveyed[merged[0]].compacted and counting[merged[0]] == len(surveyed[merged[0]].rows):
        merged = []
    renumbered = np.full(len(surveyed), -1, dtype=np.int32)
    renumbered[merged] = np.arange(len(merged))
    numbers = renumbered[rows.column("batch").to_numpy()]
    rows = rows.set_column(rows.column_names.index("batch"), "batch", pa.array(numbers))
    rows = rows.filter(pa.array(numbers >= 0)).sort_by(SORTED)
    weights = np.array([surveyed[number].size / max(len(surveyed[number].rows), 1) for number in merged])
    outputs, count = _cut(weights[rows.column("batch").to_numpy()], target_bytes)
    return Plan(
        merged=tuple(surveyed[number].path for number in merged),
        rows=rows.append_column("output", pa.array(outputs)),
        outputs=count,
        removals=sum(rows.column("removed").to_pylist()),
        superseded=sum(len(surveyed[number].rows) for number in merged) - len(rows),
    )


def _cut(sizes: np.ndarray, target_bytes: int) -> tuple[np.ndarray, int]:
    """The output of each row, in order, of about the same size each; and their number."""
    if not len(sizes):
        return np.empty(0, np.int32), 0
    total = float(sizes.sum()) or 1.0
    count = max(1, round(total / target_bytes))
    middles = np.cumsum(sizes) - sizes / 2
    _, outputs = np.unique(np.minimum((middles / total * count).astype(np.int32), count - 1), return_inverse=True)
    return outputs.astype(np.int32), int(outputs.max()) + 1
