"""Batches into tables: the rows that count, flattened by DuckDB, some batches at a time so that memory is bounded.

The tables may hold articles already: what is added then must be of other articles. Everything that is counted over all
articles (stories, `by_source`, facets) is brought up to date.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from corpus.errors import BatchGoneError, DamagedBatchError
from corpus.store import Corpus
from corpus.tables import definitions as sql
from corpus.tables import fill_sql
from corpus.tables.rows import Counting, counting_rows
from corpus.tables.stories import tell_stories
from geodata import Gazetteer, name_key

PORTION_BYTES = 24_000_000
"""Of batch files flattened at once: a few hundred thousand mentions."""


@dataclass(frozen=True, slots=True)
class _Portion:
    """Batches read at once: `files` by DuckDB itself, or the rows of one by Arrow."""

    files: tuple[str, ...] = ()
    rows: pa.Table | None = None


def make_tables(
    connection: duckdb.DuckDBPyConnection,
    corpus: Corpus,
    batches: Sequence[Path],
    gazetteer: Gazetteer,
    *,
    left: Mapping[Path, DamagedBatchError],
) -> tuple[DamagedBatchError, ...]:
    """Make the tables of `batches` in the empty database that `connection` uses; gives those batches that cannot be
    read, among them `left`, which are passed over.

    Raises `BatchGoneError`, and `DamagedBatchError` for a batch that proves unreadable only on the way: the tables are
    then of no use.
    """
    counting = counting_rows(corpus, [path for path in batches if path not in left])
    connection.execute(sql.TABLES)
    connection.execute(sql.COUNTS)
    _fill(connection, corpus, counting, gazetteer)
    return (*left.values(), *counting.damaged)


def add_to_tables(
    connection: duckdb.DuckDBPyConnection, corpus: Corpus, batches: Sequence[Path], gazetteer: Gazetteer
) -> tuple[DamagedBatchError, ...] | None:
    """Add further batches to tables made before; None, and nothing done, where they say anything of an article that is
    known. Raises as `make_tables`."""
    counting = counting_rows(corpus, batches)
    ids = pa.chunked_array([*counting.rows.column("article_id").chunks, pa.array(counting.removed, pa.string())])
    connection.register("incoming", pa.table({"article_id": ids}))
    known = connection.execute(fill_sql.KNOWN).fetchall()
    connection.unregister("incoming")
    if known:
        return None
    _fill(connection, corpus, counting, gazetteer)
    return counting.damaged


def _fill(connection: duckdb.DuckDBPyConnection, corpus: Corpus, counting: Counting, gazetteer: Gazetteer) -> None:
    first = _next_number(connection)
    _insert(connection, fill_sql.NUMBER, counting.rows, {"names": [path.name for path in counting.batches]}, first)
    _insert(connection, fill_sql.REMOVED, pa.table({"article_id": pa.array(counting.removed, pa.string())}))
    # nothing is kept in memory on the way: all files at once
    for portion in _portions(corpus, counting.batches, math.inf):
        _read(connection, portion, fill_sql.ADD_ARTICLES)
    connection.execute(fill_sql.ADD_SOURCES)
    told = tell_stories(connection, corpus, first)
    connection.execute(fill_sql.FOUND_PLACES)
    for portion in _portions(corpus, counting.batches):
        _read(connection, portion, fill_sql.FIND)
        for statement in fill_sql.ADD_FOUND:
            connection.execute(statement)
        _read(connection, portion, fill_sql.ADD_EVENTS)
    _tell_places(connection, gazetteer)
    _fold_names(connection)
    _count(connection, first, told)
    for statement in fill_sql.CLEAR:
        connection.execute(statement)


def _next_number(connection: duckdb.DuckDBPyConnection) -> int:
    return connection.execute("SELECT coalesce(max(a), -1) + 1 FROM articles").fetchall()[0][0]


def _insert(
    connection: duckdb.DuckDBPyConnection,
    statement: str,
    table: pa.Table,
    values: dict[str, Any] | None = None,
    first: int | None = None,
) -> None:
    if first is not None:
        numbers = pa.array(np.arange(first, first + table.num_rows, dtype=np.int32))
        table = table.append_column("a", numbers)
    connection.register("incoming", table)
    try:
        connection.execute(statement, values)
    finally:
        connection.unregister("incoming")


def _portions(corpus: Corpus, batches: Sequence[Path], most_bytes: float = PORTION_BYTES) -> Iterator[_Portion]:
    files: list[str] = []
    size = 0
    for path in batches:
        if not corpus.is_plain(path):
            rows = corpus.read(path)
            rows = rows.append_column("batch_row", pa.array(np.arange(rows.num_rows, dtype=np.int32)))
            yield _Portion(rows=rows.append_column("batch", pa.array([path.name] * rows.num_rows, pa.string())))
            continue
        try:
            its_size = path.stat().st_size
        except FileNotFoundError as error:
            raise BatchGoneError(path, "it is no longer in the folder") from error
        if files and size + its_size > most_bytes:
            yield _Portion(tuple(files))
            files, size = [], 0
        files.append(str(path))
        size += its_size
    if files:
        yield _Portion(tuple(files))


def _read(connection: duckdb.DuckDBPyConnection, portion: _Portion, statement: str) -> None:
    """Execute a statement whose `{rows}` are the portion's."""
    if portion.rows is not None:
        _insert(connection, statement.format(rows="incoming"), portion.rows)
        return
    try:
        connection.execute(statement.format(rows=fill_sql.FILES), {"files": list(portion.files)})
    # what DuckDB raises over a damaged file depends on where the damage is
    except duckdb.Error as error:
        blamed = _blamed(portion.files, error)
        if blamed is None:
            raise
        raise blamed from error


def _blamed(files: Sequence[str], error: Exception) -> DamagedBatchError | None:
    """Which of the files a failure to read is about; None when all can be read, and something else is wrong."""
    for file in files:
        if not Path(file).exists():
            return BatchGoneError(Path(file), "it is no longer in the folder")
        if not _is_readable(file):
            return DamagedBatchError(Path(file), " ".join(str(error).split())[:200])
    return None


def _is_readable(file: str) -> bool:
    try:
        with duckdb.connect() as alone:
            alone.execute(f"SELECT count(hash(b)) FROM {fill_sql.FILES} b", {"files": [file]}).fetchall()
    except duckdb.Error:
        return False
    return True


def _tell_places(connection: duckdb.DuckDBPyConnection, gazetteer: Gazetteer) -> None:
    """Fill `places`; country and region come from the gazetteer, and stay empty for a place it does not know."""
    rows = connection.execute(fill_sql.PLACES_TOLD).to_arrow_table()
    known = [gazetteer.get(place_id) for place_id in rows.column("place_id").to_pylist()]
    for name in ("country", "region"):
        values = pa.array([getattr(place, name) if place else "" for place in known], pa.string())
        rows = rows.append_column(name, values)
    _insert(connection, fill_sql.TELL_PLACES, rows)


def _fold_names(connection: duckdb.DuckDBPyConnection) -> None:
    texts = [text for (text,) in connection.execute(fill_sql.NAMES_TO_FOLD).fetchall()]
    _insert(
        connection,
        "INSERT INTO written SELECT text, key FROM incoming",
        pa.table({"text": pa.array(texts, pa.string()), "key": pa.array(list(map(name_key, texts)), pa.string())}),
    )


def _count(connection: duckdb.DuckDBPyConnection, first: int, retold: pa.Table) -> None:
    """Bring up to date what is counted; `retold` are the articles before `first` with another story than before."""
    if retold.num_rows:
        for name in ("tallies", "by_article"):
            _insert(connection, fill_sql.RETELL.format(name=name), retold)
    connection.execute(sql.ADD_BY_ARTICLE, {"first": first})
    connection.execute(sql.COUNT_BY_SOURCE)
    connection.execute(sql.COUNT_BY_MONTH)
    connection.execute(sql.COUNT_BY_STORY)
    connection.execute(sql.FACETS)
