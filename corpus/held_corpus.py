"""A corpus that adds to a folder without writing to it: what a visitor adds where nothing may be written."""

import threading
import weakref
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from corpus.clauses import Statement
from corpus.errors import CorpusFullError
from corpus.index import CorpusIndex
from corpus.schema import SCHEMA, StoredArticle, from_row
from corpus.store import BATCHES, Corpus

MB = 1_000_000
MOST_ARTICLES = 1_000
MOST_MB = 20
MOST_MB_OF_ALL = 120
"""What one visitor may add, and all visitors of a server together: texts with all that was found in them."""

_MEMORY = Statement("SELECT coalesce(sum(memory_usage_bytes), 0)::BIGINT FROM duckdb_memory()", {})

_ALL: "weakref.WeakSet[HeldCorpus]" = weakref.WeakSet()
_ALL_LOCK = threading.Lock()


def memory_of(index: CorpusIndex) -> int:
    """What an index's tables take, in bytes."""
    row = index.ask(_MEMORY).fetchone()
    assert row is not None  # an aggregate without GROUP BY always gives a row
    return row[0]


class HeldCorpus(Corpus):
    """The corpus in `folder` with further batches in memory. It is asked and added to like any other; what is added
    goes nowhere but here, and is lost with this object.

    Adding raises `CorpusFullError` past the limits above; what was there before stays. Safe to share between threads.
    """

    is_held = True

    def __init__(self, folder: str | Path):
        self._added: dict[Path, pa.Table] = {}
        super().__init__(folder)
        with _ALL_LOCK:
            _ALL.add(self)

    @property
    def held(self) -> int:
        """How many rows are in memory alone."""
        return sum(table.num_rows for table in self._added.values())

    @property
    def size(self) -> int:
        """What they take, in bytes."""
        return sum(table.nbytes for table in self._added.values())

    def held_articles(self) -> Iterator[StoredArticle]:
        """The articles added here, in the order they were, without those taken out again."""
        newest = self.newest().rows
        for path, table in list(self._added.items()):
            for number, row in enumerate(table.to_pylist()):
                ref = newest.get(row["article_id"])
                if ref and not ref.removed and (ref.batch, ref.row) == (path, number):
                    yield from_row(row)

    def read(self, path: Path, columns: list[str] | None = None) -> pa.Table:
        """A batch's rows, wherever it is. Raises `DamagedBatchError`."""
        table = self._added.get(path)
        return super().read(path, columns) if table is None else table.select(columns or SCHEMA.names)

    def row(self, path: Path, row: int) -> dict[str, Any]:
        """One row of a batch. Raises `DamagedBatchError`, `FileNotFoundError`."""
        table = self._added.get(path)
        return super().row(path, row) if table is None else table.slice(row, 1).to_pylist()[0]

    def is_plain(self, path: Path) -> bool:
        """True for a batch in a file of the present schema. Raises `DamagedBatchError`."""
        return path not in self._added and super().is_plain(path)

    def listing(self) -> list[tuple[Path, int]]:
        """Batches with their sizes in bytes, those in memory last."""
        return super().listing() + [(path, table.nbytes) for path, table in self._added.items()]

    def _write(self, table: pa.Table, now: datetime) -> None:
        with _ALL_LOCK:
            if self.held + table.num_rows > MOST_ARTICLES or self.size + table.nbytes > MOST_MB * MB:
                raise CorpusFullError(
                    f"this session holds at most {MOST_ARTICLES:,} articles and {MOST_MB} MB of them; nothing of this "
                    "portion was kept. Download what is there, or run Dateline on your own machine for more"
                )
            if sum(corpus.size for corpus in _ALL) + table.nbytes > MOST_MB_OF_ALL * MB:
                raise CorpusFullError(
                    "the visitors of this server hold as much as its memory allows; nothing of this portion was kept. "
                    "Try again later, or run Dateline on your own machine"
                )
            # replaced, not changed: another thread may be going through it
            name = f"held-{len(self._added):06}.parquet"
            self._added = self._added | {self.folder / BATCHES / name: table.cast(SCHEMA)}
