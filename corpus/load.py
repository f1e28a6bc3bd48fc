"""Batches into the index's tables: the row that counts for each article, flattened."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpus import sql
from corpus.errors import BatchGoneError, DamagedBatchError
from corpus.event_tables import add_events, finish_events
from corpus.schema import MENTION
from corpus.store import Corpus, undisturbed
from corpus.stories import group_stories, read_links
from geodata import Gazetteer, open_gazetteer

_COLUMNS = [
    "article_id",
    "id",
    "title",
    "text",
    "source",
    "date",
    "date_basis",
    "url",
    "language",
    "cites",
    "origin",
    "added_at",
    "extractor_version",
    "gazetteer_version",
    "scraps",
    "mentions",
    "events",
    "fingerprint",
]

# the index answers from memory: nothing that reaches it may open a file, fetch an extension or spill text to disk
_CONFIG = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "temp_directory": "",
    # every question states its own order, and loading need not wait for one
    "preserve_insertion_order": "false",
    # tables are compressed when loading says so, never in the middle of a correction
    "checkpoint_threshold": "1TB",
}

# compressed, which a database in memory is only when attached as such: the tables take less than half, and are asked
# as quickly. Reasons, names and sources repeat
_TABLES_OF = "kept"
_ATTACH = f"ATTACH ':memory:' AS {_TABLES_OF} (COMPRESS); USE {_TABLES_OF}"
_COMPRESS = f"CHECKPOINT {_TABLES_OF}"


def load(
    corpus: Corpus, gazetteer: Gazetteer | None
) -> tuple[duckdb.DuckDBPyConnection, tuple[DamagedBatchError, ...]]:
    """An in-memory database of the corpus, and the batches that could not be read and are not in it."""
    return undisturbed(lambda: _load(corpus, gazetteer))


def cursor_of(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A further connection to the database of `load`, which finds its tables by name."""
    cursor = connection.cursor()
    cursor.execute(f"USE {_TABLES_OF}")
    return cursor


def _load(
    corpus: Corpus, gazetteer: Gazetteer | None
) -> tuple[duckdb.DuckDBPyConnection, tuple[DamagedBatchError, ...]]:
    newest = corpus.newest()
    damaged = list(newest.damaged)
    rows: dict[Path, list[int]] = defaultdict(list)
    for ref in newest.rows.values():
        if not ref.removed:
            rows[ref.batch].append(ref.row)
    connection = duckdb.connect(":memory:", config=_CONFIG)
    connection.execute(_ATTACH)
    connection.execute(sql.TABLES)
    articles = 0
    grouped = []
    for path in sorted(rows):
        try:
            batch = corpus.read(path, _COLUMNS)
        except BatchGoneError:
            connection.close()
            raise
        except DamagedBatchError as error:
            damaged.append(error)
            continue
        grouped.append(_add_batch(connection, path, batch, np.sort(np.array(rows[path], dtype=np.int32)), articles))
        del batch  # or two are held while the next is read
        articles += len(rows[path])
    if grouped:
        _add_stories(connection, pa.concat_tables(grouped), corpus.folder)
    connection.execute(_COMPRESS)
    _add_places(connection, gazetteer)
    finish_events(connection)
    connection.execute(sql.SORT_MENTIONS)
    connection.execute(sql.FINISH)
    connection.execute(_COMPRESS)
    # a newspaper's archive leaves some hundred megabytes of used-up Arrow memory
    pa.default_memory_pool().release_unused()
    connection.execute("SET lock_configuration = true")
    return connection, tuple(damaged)


def _add_batch(
    connection: duckdb.DuckDBPyConnection, path: Path, batch: pa.Table, rows: np.ndarray, first: int
) -> pa.Table:
    """Fill `articles` and `found`; gives what stories are grouped by, one row an article in the order of its number."""
    chosen = batch if len(rows) == batch.num_rows else batch.take(pa.array(rows))
    numbers = pa.array(np.arange(first, first + len(rows), dtype=np.int32))
    chosen = chosen.append_column("a", numbers).append_column("batch_row", pa.array(rows))
    _insert(connection, sql.ADD_ARTICLES, chosen, {"batch": path.name})
    _insert(connection, sql.ADD_MENTIONS, _flat_mentions(chosen))
    add_events(connection, chosen)
    known = chosen.select(["article_id", "fingerprint", "date", "source"])
    return known.append_column("chars", pc.utf8_length(chosen.column("text")))


def _add_stories(connection: duckdb.DuckDBPyConnection, articles: pa.Table, folder: Path) -> None:
    """Fill `copies`; `articles` are in the order of their numbers."""
    stories = group_stories(articles, read_links(folder))
    ids = articles.column("article_id")
    table = pa.table(
        {
            "a": pa.array(np.arange(len(articles), dtype=np.int32)),
            "story": pa.array(stories.leaders.astype(np.int32)),
            "story_id": ids.take(pa.array(stories.leaders)),
            "rank": pa.array(stories.ranks.astype(np.int32)),
            "size": pa.array(stories.sizes.astype(np.int32)),
            "machine_story": pa.array(stories.leaders.astype(np.int32)),
        }
    )
    _insert(connection, "INSERT INTO copies SELECT * FROM incoming", table)


def _flat_mentions(articles: pa.Table) -> pa.Table:
    """One row a mention. Flattened by Arrow, which copies nothing, where DuckDB's `unnest` takes most of a load."""
    lists = articles.column("mentions").combine_chunks()
    parents = pc.list_parent_indices(lists)
    mentions = pc.list_flatten(lists)
    columns = {field.name: mentions.field(number) for number, field in enumerate(MENTION)}
    del columns["candidates"]
    columns["a"] = articles.column("a").combine_chunks().take(parents)
    columns["in_scrap"] = _in_scraps(articles, parents.to_numpy(), columns["start"], columns["end"])
    return pa.table(columns)


def _in_scraps(articles: pa.Table, parents: np.ndarray, start: pa.Array, end: pa.Array) -> pa.Array:
    """Whether each mention lies in a navigation scrap of its article; `parents` (article rows) are ascending."""
    inside = np.zeros(len(parents), dtype=bool)
    lists = articles.column("scraps").combine_chunks()
    scraps = pc.list_flatten(lists).to_pylist()
    starts, ends = start.to_numpy(), end.to_numpy()
    for row, scrap in zip(pc.list_parent_indices(lists).to_pylist(), scraps, strict=True):
        its = slice(*np.searchsorted(parents, [row, row + 1]))
        inside[its] |= (starts[its] >= scrap["start"]) & (ends[its] <= scrap["end"])
    return pa.array(inside)


def _insert(
    connection: duckdb.DuckDBPyConnection, statement: str, table: pa.Table, values: dict[str, Any] | None = None
) -> None:
    connection.register("incoming", table)
    try:
        connection.execute(statement, values)
    finally:
        connection.unregister("incoming")


def _add_places(connection: duckdb.DuckDBPyConnection, gazetteer: Gazetteer | None) -> None:
    """Fill `places`, country and region from the gazetteer; both stay empty for a place it does not know (any more)."""
    found = connection.execute(sql.PLACES_FOUND).fetchall()
    if not found:
        return
    gazetteer = gazetteer or open_gazetteer()
    known = [gazetteer.get(place_id) for place_id, *_ in found]
    ids, names, kinds, lats, lons = zip(*found, strict=True)
    table = pa.table(
        {
            "p": pa.array(range(len(found)), pa.int32()),
            "place_id": pa.array(ids, pa.string()),
            "name": pa.array(names, pa.string()),
            "kind": pa.array(kinds, pa.string()),
            "lat": pa.array(lats, pa.float64()),
            "lon": pa.array(lons, pa.float64()),
            "country": pa.array([place.country if place else "" for place in known], pa.string()),
            "region": pa.array([place.region if place else "" for place in known], pa.string()),
        }
    )
    _insert(connection, "INSERT INTO places SELECT * FROM incoming", table)
