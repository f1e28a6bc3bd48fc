"""The index's table `events`: what articles say happens at places, one row an event, sorted by place.

Columns: p (number of the place), a (number of the article), start_at, end_at (code points into its text), kind, side,
modality, attributed_to (as in `extract.types.Event`). An event is at a place that a mention of its article names, so
every place of an event is in `places`.
"""

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from corpus.schema import EVENT

_WORDS = ("kind", "side", "modality", "attributed_to")

_FOUND = """
CREATE TABLE IF NOT EXISTS events_found (
    a INTEGER, start_at INTEGER, end_at INTEGER, kind VARCHAR, place_id VARCHAR, side VARCHAR, modality VARCHAR,
    attributed_to VARCHAR
)
"""
# DuckDB cannot ask with parameters of an ENUM that has a null character in a value.
_ADD = """
INSERT INTO events_found
SELECT a, start, "end", kind, place_id, side, modality, replace(attributed_to, chr(0), '') FROM incoming
"""
# A few words fill these columns: as an ENUM each takes one or two bytes a row instead of sixteen.
_TYPES = "".join(
    f"CREATE TYPE event_{word} AS ENUM (SELECT DISTINCT {word} FROM events_found WHERE {word} IS NOT NULL);"
    for word in _WORDS
)
_FINISH = f"""{_TYPES}
CREATE TABLE events AS
SELECT p, a, start_at, end_at, {", ".join(f"e.{word}::event_{word} AS {word}" for word in _WORDS)}
FROM events_found e JOIN places USING (place_id) ORDER BY p, a, start_at;
DROP TABLE events_found;
"""


def add_events(connection: duckdb.DuckDBPyConnection, articles: pa.Table) -> None:
    """Take in the events of `articles`: a batch with its column `events` and the number `a` of each article."""
    lists = articles.column("events").combine_chunks()
    events = pc.list_flatten(lists)
    columns = {field.name: events.field(number) for number, field in enumerate(EVENT)}
    columns["a"] = articles.column("a").combine_chunks().take(pc.list_parent_indices(lists))
    connection.execute(_FOUND)
    connection.register("incoming", pa.table(columns))
    try:
        connection.execute(_ADD)
    finally:
        connection.unregister("incoming")


def finish_events(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table `events` of what was taken in; `places` is filled by then."""
    connection.execute(_FOUND)
    connection.execute(_FINISH)
