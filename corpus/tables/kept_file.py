"""The tables of a large corpus in one DuckDB file: `index/tables-KEY.duckdb` in the corpus folder.

Derived, never needed: it can be deleted at any time, and is made again from the batches. A file never changes once it
has its name, which stands for the batches it was made from: whoever reads one goes on reading it, whatever is added
meanwhile. Bringing it up to date means a copy with the new batches added, or, where rows of known articles were added
or batches merged, a new one. One process does that at a time; a killed one leaves nothing that is ever read.
"""

import hashlib
import os
import shutil
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from corpus import stories
from corpus.corrections.locking import locked
from corpus.errors import BatchGoneError, CorpusWriteError, DamagedBatchError
from corpus.files import PREFIX
from corpus.store import Corpus, undisturbed
from corpus.tables import definitions as sql
from corpus.tables import fill_sql
from corpus.tables.fill import add_to_tables, make_tables
from geodata import Gazetteer, open_gazetteer

FOLDER = "index"
LARGE_BYTES = 40_000_000
"""Of batch files: a smaller corpus (some 25,000 articles) is read into memory in seconds."""

MAKING_MEMORY_MB = 1_000
_FORMAT = hashlib.sha256("".join([*sql.STATEMENTS, *fill_sql.STATEMENTS]).encode()).hexdigest()[:8]
"""Changes with the tables and with what fills them, so that no file of other tables is ever read."""

_ROW_GROUP = 20_480
"""Rows that are compressed, and passed over, together: with whole texts the usual 122,880 take too much memory."""

_LOCK_FILE = ".lock"
_MADE_FROM = """
CREATE OR REPLACE TABLE made_from AS
SELECT unnest($names::VARCHAR[]) AS batch, unnest($sizes::BIGINT[]) AS size, unnest($problems::VARCHAR[]) AS problem
"""


def current(corpus: Corpus, gazetteer: Gazetteer) -> Path | None:
    """The file of the corpus as it is now, if there is one."""
    if corpus.is_held:
        return None
    path = _path(corpus, corpus.listing(), gazetteer)
    return path if path.exists() else None


def bring_up_to_date(corpus: Corpus, gazetteer: Gazetteer) -> Path | None:
    """The file of the corpus as it is now, made if need be; None for a corpus without one: a small one, and one whose
    folder cannot be written to. Raises `CorpusWriteError` when there is no room, `BatchGoneError`."""
    listing = corpus.listing()
    if corpus.is_held or (sum(size for _, size in listing) < LARGE_BYTES and not _files(corpus.folder)):
        return None
    path = _path(corpus, listing, gazetteer)
    if path.exists() or not os.access(corpus.folder, os.W_OK):
        return path if path.exists() else None
    try:
        with _alone(path.parent) as hidden:
            if not path.exists():
                _make(hidden, corpus, listing, gazetteer)
                hidden.replace(path)
            for other in _files(corpus.folder):
                # on some systems a file that somebody reads stays; the next one goes over it again
                if other != path:
                    discard(other)
    except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise CorpusWriteError(
            f"could not keep the tables of {corpus.folder} in its folder {FOLDER} ({error}); the articles are safe. "
            "Make room for about as much again as its batches take, and try again"
        ) from error
    return path


def keep_tables(corpus: Corpus) -> None:
    """For those who add: have the next one who opens a large corpus find its tables up to date. Raises
    `CorpusWriteError`; the articles themselves are safe."""
    undisturbed(lambda: bring_up_to_date(corpus, open_gazetteer()))


def is_readable(path: Path) -> bool:
    """Whether a file is one of DuckDB's, and whole as far as its head says."""
    try:
        duckdb.connect(str(path), read_only=True).close()
    except duckdb.Error:
        return False
    return True


def discard(path: Path) -> None:
    """Take a file away that is of no use."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def attach(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> bool:
    """Attach a file for reading; False when it cannot be read, or has just gone."""
    try:
        connection.execute(f"ATTACH {_quoted(path)} AS {name} (READ_ONLY)")
    except duckdb.Error:
        return False
    return True


def problems(connection: duckdb.DuckDBPyConnection, corpus: Corpus) -> tuple[DamagedBatchError, ...]:
    """The batches that could not be read when the attached file was made."""
    folders = {path.name: path for path in corpus.batches()}
    rows = connection.execute("SELECT batch, problem FROM base.made_from WHERE problem IS NOT NULL").fetchall()
    return tuple(DamagedBatchError(folders.get(name, Path(name)), problem) for name, problem in rows)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _files(folder: Path) -> list[Path]:
    return sorted((folder / FOLDER).glob("tables-*.duckdb"))


def _path(corpus: Corpus, listing: Sequence[tuple[Path, int]], gazetteer: Gazetteer) -> Path:
    parts = [f"{path.name}\x00{size}" for path, size in listing]
    made = "\n".join([_made_by(gazetteer), *parts])
    key = hashlib.sha256(made.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return corpus.folder / FOLDER / f"tables-{key}.duckdb"


@contextmanager
def _alone(folder: Path) -> Iterator[Path]:
    """Hold the folder's lock; gives the name of a hidden file to be made. What a killed process left is cleared away:
    whoever holds the lock is the only one."""
    folder.mkdir(exist_ok=True)
    # a corpus that is committed to a repository goes without what can be made again
    (folder / ".gitignore").write_text("*\n", encoding="utf-8")
    handle = os.open(folder / _LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        with locked(handle):
            _clear(folder)
            try:
                yield folder / f"{PREFIX}{uuid.uuid4().hex}.duckdb"
            finally:
                _clear(folder)
    finally:
        os.close(handle)


def _clear(folder: Path) -> None:
    for left in folder.glob(f"{PREFIX}*"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def _make(hidden: Path, corpus: Corpus, listing: Sequence[tuple[Path, int]], gazetteer: Gazetteer) -> None:
    """Fill `hidden` with the tables of the batches in `listing`."""
    for known in reversed(_files(corpus.folder)):
        if _extended(hidden, known, corpus, listing, gazetteer):
            return
    left: dict[Path, DamagedBatchError] = {}
    while True:
        try:
            with _writing(hidden) as connection:
                made = make_tables(connection, corpus, [path for path, _ in listing], gazetteer, left=left)
                _tell_origin(connection, listing, gazetteer, made)
            return
        except BatchGoneError:
            raise
        except DamagedBatchError as error:
            left[error.path] = error
            _clear(hidden.parent)


def _extended(
    hidden: Path, known: Path, corpus: Corpus, listing: Sequence[tuple[Path, int]], gazetteer: Gazetteer
) -> bool:
    """Make `hidden` of the file `known` and the batches that it lacks; False where it is of other batches too, or
    where those added hold an article that it holds."""
    try:
        with duckdb.connect(str(known), read_only=True) as connection:
            origin = connection.execute("SELECT made_by FROM origin").fetchall()
            rows = connection.execute("SELECT batch, size, problem FROM made_from").fetchall()
    except duckdb.Error:
        return False  # of another version, or damaged: what can be made again is not mended
    held = {(name, size) for name, size, _ in rows}
    if origin != [(_made_by(gazetteer),)] or not held <= {(path.name, size) for path, size in listing}:
        return False
    by_name = {path.name: path for path, _ in listing}
    left = {by_name[name]: DamagedBatchError(by_name[name], problem) for name, _, problem in rows if problem}
    shutil.copyfile(known, hidden)
    new = [path for path, size in listing if (path.name, size) not in held]
    try:
        with _writing(hidden) as connection:
            made = add_to_tables(connection, corpus, new, gazetteer)
            if made is not None:
                _tell_origin(connection, listing, gazetteer, (*left.values(), *made))
                return True
    except BatchGoneError:
        raise
    except DamagedBatchError:
        pass  # it is found again, and left out, when all is made anew
    _clear(hidden.parent)
    return False


@contextmanager
def _writing(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that uses the file at `path`, which is complete on the disk afterwards."""
    config = {
        "memory_limit": f"{MAKING_MEMORY_MB}MB",
        "temp_directory": str(path.with_suffix(".spill")),
        "preserve_insertion_order": "false",
        # written once, at the end: a checkpoint on the way would compress what is not full yet again and again
        "checkpoint_threshold": "1TB",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    with duckdb.connect(":memory:", config=config) as connection:
        connection.execute(
            f"ATTACH {_quoted(path)} AS making (STORAGE_VERSION 'latest', ROW_GROUP_SIZE {_ROW_GROUP}); USE making"
        )
        yield connection
        connection.execute("CHECKPOINT making; USE memory; DETACH making")


def _made_by(gazetteer: Gazetteer) -> str:
    return f"{_FORMAT} {duckdb.__version__} {gazetteer.version} {stories.VERSION}"


def _tell_origin(
    connection: duckdb.DuckDBPyConnection,
    listing: Sequence[tuple[Path, int]],
    gazetteer: Gazetteer,
    damaged: Sequence[DamagedBatchError],
) -> None:
    reasons = {error.path: error.reason for error in damaged}
    values = {
        "names": [path.name for path, _ in listing],
        "sizes": [size for _, size in listing],
        "problems": [reasons.get(path) for path, _ in listing],
    }
    connection.execute(_MADE_FROM, values)
    connection.execute("CREATE OR REPLACE TABLE origin AS SELECT $made_by AS made_by", {"made_by": _made_by(gazetteer)})
