"""One small SQLite file that several processes use at once and that nothing depends on: damaged, it is set aside.

Every piece of work has its own connection, so that threads and forked processes share nothing, and the last one to
close leaves a single file without a write-ahead log beside it: a folder that holds it can be copied as it is.
"""

import logging
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from geodata.errors import GeocodeCacheError

Result = TypeVar("Result")
Work = Callable[[sqlite3.Connection], Result]
Notice = Callable[[str], None]

SUFFIX = ".sqlite"
"""Only a file named so is ever set aside: any other may be something that was named by mistake."""
WAIT_SECONDS = 15.0
"""How long one waits for another process's transaction."""
_PAUSE_SECONDS = 0.02
_IDENTITY = """
    SELECT application_id, user_version, (SELECT count(*) FROM sqlite_master)
    FROM pragma_application_id, pragma_user_version
"""
_DAMAGE = frozenset([sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB])
_OCCUPIED = frozenset([sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL])
_SIDE_FILES = ("-wal", "-shm", "-journal")


class SqliteFile:
    """The file at `path` with the tables of `schema`; made when first written to.

    `application_id` marks the file as ours, `version` its layout. `notice` is told, in one sentence, when a damaged
    file was set aside.
    """

    def __init__(self, path: Path, *, schema: str, application_id: int, version: int, notice: Notice | None = None):
        self.path = path
        self._schema = schema
        self._application_id = application_id
        self._version = version
        self._notice = notice or logging.getLogger("geodata").warning

    def read(self, work: Work[Result], *, otherwise: Result) -> Result:
        """What `work` finds, or `otherwise` when there is no file yet. Raises `GeocodeCacheError`."""
        return self._run(work, "BEGIN") if self.path.exists() else otherwise

    def write(self, work: Work[Result]) -> Result:
        """Do `work` in one transaction, whole or not at all. Raises `GeocodeCacheError` when the file cannot be used.

        `work` may run again: after waiting for another process, or on a fresh file when this one proves damaged.
        """
        return self._run(work, "BEGIN IMMEDIATE")

    def _run(self, work: Work[Result], begin: str) -> Result:
        deadline = time.monotonic() + WAIT_SECONDS
        mended = False
        while True:
            try:
                return self._transaction(work, begin)
            except sqlite3.DatabaseError as error:
                code = getattr(error, "sqlite_errorcode", 0) & 0xFF
                if code in _OCCUPIED and time.monotonic() < deadline:
                    time.sleep(_PAUSE_SECONDS)
                    continue
                if code not in _DAMAGE:
                    raise self._unusable(error) from error
                if mended or self.path.suffix != SUFFIX:
                    raise self._unusable(error) from error
            except OSError as error:
                raise self._unusable(error) from error
            self._set_aside()
            mended = True

    def _unusable(self, error: Exception) -> GeocodeCacheError:
        return GeocodeCacheError(
            f"{self.path} cannot be used ({error}); check the folder's permissions and space, or name another file"
        )

    def _transaction(self, work: Work[Result], begin: str) -> Result:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(self._connected()) as connection:
            self._prepare(connection)
            connection.execute(begin)
            try:
                result = work(connection)
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
            return result

    def _connected(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=WAIT_SECONDS, isolation_level=None)
        connection.execute("PRAGMA trusted_schema = OFF")
        # bytes that are no text make one row unreadable, which is told there, not the whole file
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Make the tables of a new file."""
        if self._is_ours(connection):
            return
        if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
            raise GeocodeCacheError(f"{self.path} lies where SQLite cannot share a file; name one on a local disk")
        connection.execute("BEGIN IMMEDIATE")
        if not self._is_ours(connection):
            for statement in self._schema.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {self._application_id}")
            connection.execute(f"PRAGMA user_version = {self._version}")
        connection.execute("COMMIT")

    def _is_ours(self, connection: sqlite3.Connection) -> bool:
        """Whether the tables are there; False for an empty file. Refuses a newer layout and another program's file."""
        # one statement, so that another process cannot make the tables between two questions
        application_id, version, tables = connection.execute(_IDENTITY).fetchone()
        if application_id == self._application_id:
            if version > self._version:
                raise GeocodeCacheError(f"{self.path} was written by a newer Dateline; update, or name another file")
            return True
        if application_id or tables:
            raise GeocodeCacheError(f"{self.path} is a database of something else; name another file")
        return False

    def _set_aside(self) -> None:
        """Rename the file, with what SQLite keeps beside it, unless another process has mended it meanwhile."""
        guard = self.path.with_name(self.path.name + ".mending")
        try:
            with closing(sqlite3.connect(guard, timeout=WAIT_SECONDS, isolation_level=None)) as lock:
                lock.execute("BEGIN EXCLUSIVE")
                reason = self._fault()
                if reason:
                    target = self._aside_path()
                    # the log first: beside a new file it would be taken for that file's
                    for suffix in (*_SIDE_FILES, ""):
                        side = self.path.with_name(self.path.name + suffix)
                        if side.exists():
                            side.replace(target.with_name(target.name + suffix))
                    self._notice(
                        f"{self.path} was damaged ({reason}) and is now {target.name}; a new one takes its place, and "
                        "names are asked for again as needed. The corpus is untouched"
                    )
                guard.unlink(missing_ok=True)
        except (OSError, sqlite3.Error) as error:
            raise self._unusable(error) from error

    def _fault(self) -> str:
        """What is wrong with the file as it lies there now; empty when nothing is."""
        try:
            with closing(self._connected()) as connection:
                self._is_ours(connection)
                found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
                return "" if found == "ok" else found.splitlines()[-1]
        except sqlite3.DatabaseError as error:
            return str(error)

    def _aside_path(self) -> Path:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
        numbers = ("", *(f"-{number}" for number in range(2, 1000)))
        names = (self.path.with_name(f"{self.path.name}.damaged-{stamp}{number}") for number in numbers)
        return next(name for name in names if not name.exists())
