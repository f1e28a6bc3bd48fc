"""A corpus is a folder: `batches/*.parquet`, one file per added batch, each there whole or not at all.

Nothing is edited in place. A newer row for the same article id wins, a removal is a row, and ids come from the
content, so that adding twice adds nothing. Several processes may add at once.
"""

import hashlib
import os
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from corpus.columns import with_added_at
from corpus.errors import BatchGoneError, CorpusWriteError, DamagedBatchError, NotACorpusError
from corpus.files import clean_leftovers, write_beside
from corpus.prepared import AT_ONCE, Prepared, all_prepared, joined
from corpus.schema import SCHEMA, SCHEMA_VERSION, VERSION_KEY, removal_row, to_table
from extract.types import Extraction

BATCHES = "batches"
ROW_GROUP_ARTICLES = 500  # an article is read back with the group it is in
_GONE_ATTEMPTS = 20
_T = TypeVar("_T")
_BATCH_TEXT_CHARS = 64_000_000  # a batch is written early rather than held in memory past this


@dataclass(frozen=True, slots=True)
class AddReport:
    """What an add did: articles `added`, `already_there`, and left out because they were `removed_before`; how many
    of the added have no date or no stated source; batches that could not be looked into."""

    added: int = 0
    already_there: int = 0
    undated: int = 0
    unknown_source: int = 0
    removed_before: int = 0
    damaged: tuple[DamagedBatchError, ...] = ()


@dataclass(frozen=True, slots=True)
class RowRef:
    """Where the row that counts for an article is: its batch and the row's number in it."""

    batch: Path
    row: int
    removed: bool


@dataclass(frozen=True, slots=True)
class Newest:
    """The row that counts for each article id, and the batches that could not be read."""

    rows: dict[str, RowRef]
    damaged: tuple[DamagedBatchError, ...]


class Corpus:
    """The corpus kept in `folder`, which need not exist yet: it is made by the first add.

    Raises `NotACorpusError` when the path is a file or cannot be looked into.
    """

    is_held = False
    """True where what is added stays in memory; see `corpus.held_corpus`."""

    def __init__(self, folder: str | Path):
        self.folder = Path(folder)
        self._batches = self.folder / BATCHES
        self.batches()

    def batches(self) -> list[Path]:
        """The batch files, oldest first; leftovers of a crash are not among them."""
        return [path for path, _ in self.listing()]

    def listing(self) -> list[tuple[Path, int]]:
        """Batch files with their sizes in bytes, in name order, which is the order of time."""
        return undisturbed(self._listing)

    def _listing(self) -> list[tuple[Path, int]]:
        """The same; raises `BatchGoneError` when a batch leaves the folder meanwhile: what it was merged into may have
        come too late for this look."""
        if self.folder.exists() and not self.folder.is_dir():
            raise NotACorpusError(f"{self.folder} is a file, not a corpus; name a folder (a new one is made on adding)")
        try:
            if not self._batches.exists():
                return []
            with os.scandir(self._batches) as entries:
                found = [
                    (self._batches / entry.name, _size(entry))
                    for entry in entries
                    if entry.name.endswith(".parquet") and not entry.name.startswith(".") and entry.is_file()
                ]
        except OSError as error:
            raise NotACorpusError(
                f"{self.folder} cannot be opened as a corpus ({error.strerror}); check the path and its permissions"
            ) from error
        return sorted(found)

    @property
    def version(self) -> str:
        """Twelve hex digits that change with every batch added or taken away: a key for caches."""
        digest = hashlib.sha256()
        for path, size in self.listing():
            digest.update(f"{path.name}\x00{size}\x00".encode("utf-8", "surrogateescape"))
        return digest.hexdigest()[:12]

    @property
    def is_empty(self) -> bool:
        """True when there is no batch at all; a corpus of removed articles only is not empty in this sense."""
        return not self.listing()

    def read(self, path: Path, columns: list[str] | None = None) -> pa.Table:
        """A batch's rows in the present schema. Raises `DamagedBatchError`."""
        return read_batch(path, columns)

    def row(self, path: Path, row: int) -> dict[str, Any]:
        """One row of a batch as Python values. Raises `DamagedBatchError`, `FileNotFoundError`."""
        return read_row(path, row)

    def is_plain(self, path: Path) -> bool:
        """True where the batch's file holds just what `read` gives, so that it may be read by others. Raises
        `DamagedBatchError`."""
        return is_plain(path)

    def newest(self) -> Newest:
        """The row that counts for each article id: latest `added_at`, then batch name, then row number."""
        return undisturbed(self._newest)

    def _newest(self) -> Newest:
        best: dict[str, tuple[Any, RowRef]] = {}
        damaged = []
        for path in self.batches():
            try:
                table = self.read(path, ["article_id", "added_at", "removed"])
            except BatchGoneError:
                raise
            except DamagedBatchError as error:
                damaged.append(error)
                continue
            columns = (table.column(name) for name in ("article_id", "added_at", "removed"))
            ids, times, removed = (column.to_pylist() for column in columns)
            for row, article_id in enumerate(ids):
                known = best.get(article_id)
                if known is None or times[row] >= known[0]:
                    best[article_id] = (times[row], RowRef(path, row, removed[row]))
        return Newest({article_id: ref for article_id, (_, ref) in best.items()}, tuple(damaged))

    def article_ids(self) -> frozenset[str]:
        """Ids of the articles in the corpus, removed ones left out, as far as its batches can be read."""
        return frozenset(article_id for article_id, ref in self.newest().rows.items() if not ref.removed)

    def add(
        self,
        extractions: Iterable[Extraction | Prepared],
        *,
        batch_articles: int = 2000,
        replace: bool = False,
        on_written: Callable[[Sequence[Prepared]], None] = lambda prepared: None,
    ) -> AddReport:
        """Add what is not there yet, in batches of at most `batch_articles`, each given to `on_written` once safe.

        With `replace` an article that is there gets a newer row (a later extraction), and a removed one comes back.
        An exception from `extractions` passes through: batches already written stay, the one being gathered is not
        written. Raises `CorpusWriteError` when the folder cannot be written to.
        """
        newest = self.newest()
        known = newest.rows
        tally = dict.fromkeys(("added", "already_there", "undated", "unknown_source", "removed_before"), 0)

        def wanted() -> Iterator[Prepared]:
            seen: set[str] = set()
            for extraction in all_prepared(extractions, min(batch_articles, AT_ONCE)):
                article_id = extraction.head.article_id
                if article_id in seen or (not replace and article_id in known):
                    gone = article_id not in seen and known[article_id].removed
                    tally["removed_before" if gone else "already_there"] += 1
                    continue
                seen.add(article_id)
                yield extraction

        for batch in _in_batches(wanted(), batch_articles):
            now = datetime.now(UTC)
            self._write(with_added_at(joined(batch), now), now)
            on_written(batch)
            tally["added"] += len(batch)
            tally["undated"] += sum(one.head.date is None for one in batch)
            tally["unknown_source"] += sum(not one.head.source for one in batch)
        return AddReport(**tally, damaged=newest.damaged)

    def remove(self, article_ids: Iterable[str]) -> int:
        """Take articles out by writing a removal for each; gives how many were there."""
        there = self.article_ids().intersection(article_ids)
        if there:
            now = datetime.now(UTC)
            self._write(to_table([removal_row(article_id, now) for article_id in sorted(there)]), now)
        return len(there)

    def _write(self, table: pa.Table, now: datetime) -> None:
        name = f"{now:%Y%m%dT%H%M%S%f}Z-{uuid.uuid4().hex[:12]}.parquet"

        def fill(stream: IO[bytes]) -> None:
            pq.write_table(table, stream, compression="zstd", row_group_size=ROW_GROUP_ARTICLES)

        try:
            self._batches.mkdir(parents=True, exist_ok=True)
            clean_leftovers(self._batches)
            write_beside(self._batches / name, fill)
        except OSError as error:
            raise CorpusWriteError(
                f"could not write a batch into {self.folder} ({error.strerror or error}); nothing of it was kept. Make "
                "room or mend the permissions and add again: what is there already is skipped"
            ) from error


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat().st_size
    except FileNotFoundError as error:
        raise BatchGoneError(Path(entry.path), "it left the folder just now") from error


def _in_batches(prepared: Iterable[Prepared], most: int) -> Iterator[list[Prepared]]:
    batch: list[Prepared] = []
    chars = 0
    for one in prepared:
        batch.append(one)
        chars += one.head.chars
        if len(batch) >= most or chars >= _BATCH_TEXT_CHARS:
            yield batch
            batch, chars = [], 0
    if batch:
        yield batch


def undisturbed(read: Callable[[], _T]) -> _T:
    """What `read` gives; it begins again when a batch it had listed was merged by a compact before it was read.
    Raises `BatchGoneError` when that happens again and again."""
    for _ in range(_GONE_ATTEMPTS - 1):
        with suppress(BatchGoneError):
            return read()
    return read()


def read_batch(path: Path, columns: list[str] | None = None) -> pa.Table:
    """A batch's rows in the present schema, columns it does not have yet as nulls. Raises `DamagedBatchError`, of
    which `BatchGoneError` says that the file is not there."""
    try:
        with path.open("rb") as stream, pq.ParquetFile(stream) as file:
            _check_version(path, file.schema_arrow)
            names = [name for name in columns or SCHEMA.names if name in file.schema_arrow.names]
            return _conform(file.read(columns=names), columns or SCHEMA.names)
    except FileNotFoundError as error:
        raise BatchGoneError(path, "it is no longer in the folder") from error
    except (OSError, pa.ArrowException, ValueError) as error:
        raise _damaged(path, error) from error


def is_plain(path: Path) -> bool:
    """True where a batch's file has the present schema. Raises `DamagedBatchError`, of which `BatchGoneError`."""
    try:
        return pq.read_schema(path).equals(SCHEMA)
    except FileNotFoundError as error:
        raise BatchGoneError(path, "it is no longer in the folder") from error
    except (OSError, pa.ArrowException, ValueError) as error:
        raise _damaged(path, error) from error


def read_row(path: Path, row: int) -> dict[str, Any]:
    """One row of a batch as Python values, reading no more than its row group. Raises `DamagedBatchError`."""
    try:
        with path.open("rb") as stream, pq.ParquetFile(stream) as file:
            for group in range(file.num_row_groups):
                length = file.metadata.row_group(group).num_rows
                if row < length:
                    return _conform(file.read_row_group(group), SCHEMA.names).slice(row, 1).to_pylist()[0]
                row -= length
    except FileNotFoundError:
        raise
    except (OSError, pa.ArrowException, ValueError) as error:
        raise _damaged(path, error) from error
    raise DamagedBatchError(path, "it is shorter than it was")


def _check_version(path: Path, schema: pa.Schema) -> None:
    stated = (schema.metadata or {}).get(VERSION_KEY, b"")
    if not stated.isdigit() or "article_id" not in schema.names:
        raise DamagedBatchError(path, "it was not written by Dateline")
    if int(stated) > SCHEMA_VERSION:
        raise DamagedBatchError(path, "it was written by a newer Dateline; update Dateline")


def _conform(table: pa.Table, names: Iterable[str]) -> pa.Table:
    columns = []
    for name in names:
        wanted = SCHEMA.field(name)
        if name in table.column_names:
            columns.append(table.column(name).cast(wanted.type))
        else:
            columns.append(pa.chunked_array([pa.nulls(table.num_rows, wanted.type)]))
    return pa.Table.from_arrays(columns, names=list(names))


def _damaged(path: Path, error: Exception) -> DamagedBatchError:
    if isinstance(error, DamagedBatchError):
        return error
    reason = " ".join(str(error).split())
    return DamagedBatchError(path, reason[:200] or type(error).__name__)
