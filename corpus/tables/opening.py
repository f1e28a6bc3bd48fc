"""A database that answers questions of a corpus: its tables in memory, or in a file kept in the corpus folder."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from corpus.errors import BatchGoneError, DamagedBatchError
from corpus.store import Corpus, undisturbed
from corpus.tables import kept_file
from corpus.tables.fill import make_tables
from corpus.tables.layers import BASE, KEPT, lay_views
from geodata import Gazetteer, open_gazetteer

FILE_MEMORY_MB = 500
"""What DuckDB may hold of a file's tables and of the questions asked of them; what is more goes to a folder of its
own, where the system keeps temporary files."""

_CONFIG = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    # memory is all there is, unless a file is opened
    "temp_directory": "",
    # every question states its own order, and loading need not wait for one
    "preserve_insertion_order": "false",
    # tables are compressed when loading says so, never in the middle of a correction
    "checkpoint_threshold": "1TB",
}
# compressed, which a database in memory is only when attached as such: the tables take less than half, and are asked
# as quickly. Reasons, names and sources repeat
_IN_MEMORY = "ATTACH ':memory:' AS {name} (COMPRESS); USE {name}"
# from here on nothing that reaches the database may open a file or fetch an extension
_LOCK = "SET enable_external_access = false; SET lock_configuration = true"


@dataclass(frozen=True, slots=True)
class Opened:
    """`connection`: to the database, its views laid over the corpus's tables; `problems`: the batches that could not
    be read and are not in it; `spill`: a folder that goes when this does."""

    connection: duckdb.DuckDBPyConnection
    problems: tuple[DamagedBatchError, ...]
    spill: tempfile.TemporaryDirectory | None = None

    def close(self) -> None:
        """Give the memory back."""
        self.connection.close()
        if self.spill:
            self.spill.cleanup()


def open_tables(corpus: Corpus, gazetteer: Gazetteer | None, *, may_write: bool = True) -> Opened:
    """The corpus's tables: a large one's in its folder, brought up to date first where that `may_write`; else in
    memory. Raises `CorpusWriteError` when there is no room for them."""
    return undisturbed(lambda: _open(corpus, gazetteer or open_gazetteer(), may_write))


def cursor_of(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A further connection to the database, which finds its tables by name."""
    cursor = connection.cursor()
    cursor.execute(f"USE {KEPT}")
    return cursor


def _open(corpus: Corpus, gazetteer: Gazetteer, may_write: bool) -> Opened:
    connection = duckdb.connect(":memory:", config=_CONFIG)
    try:
        opened = _from_file(connection, corpus, gazetteer, may_write) or Opened(
            connection, _in_memory(connection, corpus, gazetteer)
        )
        connection.execute(_LOCK)
        connection.execute(_IN_MEMORY.format(name=KEPT))
        lay_views(connection)
    except BaseException:
        connection.close()
        raise
    return opened


def _from_file(
    connection: duckdb.DuckDBPyConnection, corpus: Corpus, gazetteer: Gazetteer, may_write: bool
) -> Opened | None:
    path = kept_file.bring_up_to_date(corpus, gazetteer) if may_write else kept_file.current(corpus, gazetteer)
    if path and may_write and not kept_file.is_readable(path):
        kept_file.discard(path)
        path = kept_file.bring_up_to_date(corpus, gazetteer)
    if path is None or not kept_file.attach(connection, path, BASE):
        return None
    spill = tempfile.TemporaryDirectory(prefix="dateline-", ignore_cleanup_errors=True) if may_write else None
    connection.execute(f"SET memory_limit = '{FILE_MEMORY_MB}MB'")
    connection.execute("SET temp_directory = $folder", {"folder": spill.name if spill else ""})
    return Opened(connection, kept_file.problems(connection, corpus), spill)


def _in_memory(
    connection: duckdb.DuckDBPyConnection, corpus: Corpus, gazetteer: Gazetteer
) -> tuple[DamagedBatchError, ...]:
    left: dict[Path, DamagedBatchError] = {}
    while True:
        connection.execute(_IN_MEMORY.format(name=BASE))
        try:
            problems = make_tables(connection, corpus, corpus.batches(), gazetteer, left=left)
            break
        except BatchGoneError:
            raise
        except DamagedBatchError as error:
            left[error.path] = error
            connection.execute(f"USE memory; DETACH {BASE}")
    connection.execute(f"CHECKPOINT {BASE}")
    # a newspaper's archive leaves some hundred megabytes of used-up Arrow memory
    pa.default_memory_pool().release_unused()
    return problems
