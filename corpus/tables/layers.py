"""Corrections laid over tables that never change: the views that are asked, and the rows they show instead.

The tables of `base` may be a file that other processes read too. Each has a view of its name, which at first shows just
them. A row that is to be shown otherwise is `lift`ed: hidden in `base`, and copied to the table `NAME_changed`, where
it can be changed, deleted or joined by others like any row.
"""

from typing import Any

import duckdb

from corpus.tables.definitions import PLACE_COLUMNS

BASE, KEPT = "base", "kept"
LAYERED = ("articles", "mentions", "copies", "events", "tallies", "by_article", "by_source", "by_month", "by_story")

_VIEW = "CREATE OR REPLACE VIEW {name} AS SELECT * FROM base.{name}"
_TABLES = f"""
CREATE TABLE {{name}}_hidden (r BIGINT);
CREATE TABLE {{name}}_changed AS SELECT * FROM base.{{name}} LIMIT 0;
{_VIEW};
"""
# small, and added to in place: their rows are copied
_COPIES = f"""
CREATE TABLE places AS SELECT {PLACE_COLUMNS} FROM base.places;
CREATE TABLE sources AS FROM base.sources;
CREATE VIEW written AS FROM base.written;
CREATE TABLE searched (pattern VARCHAR, a INTEGER);
"""
"""`searched`: the articles that match a pattern looked for before."""
_LAYERED_VIEW = """
CREATE OR REPLACE VIEW {name} AS
SELECT b.* FROM base.{name} b ANTI JOIN {name}_hidden h ON b.rowid = h.r UNION ALL SELECT * FROM {name}_changed
"""
_FIND = """
CREATE OR REPLACE TEMP TABLE lifted AS
SELECT b.rowid AS r FROM base.{name} b WHERE {condition} AND b.rowid NOT IN (SELECT r FROM {name}_hidden)
"""
_LIFT = """
INSERT INTO {name}_changed SELECT b.* FROM base.{name} b WHERE b.rowid IN (SELECT r FROM lifted);
INSERT INTO {name}_hidden SELECT r FROM lifted;
"""
TOUCHED_ARTICLES = """
SELECT a FROM base.tallies WHERE rowid IN (SELECT r FROM tallies_hidden) UNION SELECT a FROM tallies_changed
UNION SELECT a FROM articles_changed UNION SELECT a FROM base.tallies JOIN (
    SELECT p FROM places JOIN base.places b USING (p) WHERE places.kind <> b.kind OR places.region <> b.region
) USING (p)
"""
"""Articles of which a view may show otherwise than `base` what facets are counted by."""


def lay_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the views, showing `base` as it is, in the database that `connection` uses."""
    for name in LAYERED:
        connection.execute(_TABLES.format(name=name))
    connection.execute(_COPIES)


def lift(cursor: duckdb.DuckDBPyConnection, name: str, condition: str, values: dict[str, Any] | None = None) -> None:
    """Have the rows of `base` that meet `condition` (of the row `b`) in the table `NAME_changed` and shown from there,
    along with all that stands or will stand there."""
    cursor.execute(_LAYERED_VIEW.format(name=name))
    cursor.execute(_FIND.format(name=name, condition=condition), values)
    cursor.execute(_LIFT.format(name=name))
