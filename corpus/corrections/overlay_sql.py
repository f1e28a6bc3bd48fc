"""Decisions laid over the index's tables: what they change, and what the machine had said.

`decided` holds the decisions on names (one row a key), `corrected` and `corrected_articles` the machine's values of
what is changed at present, with who changed it. Everything else is worked out from these: the effect of a set of
decisions does not depend on what was laid over before.
"""

from collections.abc import Mapping

from corpus.tables.definitions import by_article, by_month, by_source, by_story, tally


def _unnested(columns: Mapping[str, str]) -> str:
    """Rows bound as one list a column: many times as quick as a list of rows."""
    return ", ".join(f"unnest(${name}::{type}[]) AS {name}" for name, type in columns.items())


TABLES = """
CREATE TABLE decided (
    id VARCHAR, aspect VARCHAR, level TINYINT, a INTEGER, start_at INTEGER, end_at INTEGER, key VARCHAR, was VARCHAR,
    decided_at TIMESTAMPTZ, action VARCHAR, place_id VARCHAR, role VARCHAR, who VARCHAR, told VARCHAR
);
CREATE TABLE corrected (
    a INTEGER, start_at INTEGER, end_at INTEGER, correction_id VARCHAR, reviewed_by VARCHAR, machine_p INTEGER,
    machine_status VARCHAR, machine_role VARCHAR, machine_confidence DOUBLE, machine_reason VARCHAR
);
CREATE TABLE corrected_articles (
    a INTEGER, correction_id VARCHAR, reviewed_by VARCHAR, machine_source VARCHAR, machine_date DATE,
    machine_date_basis VARCHAR
);
CREATE TABLE decided_places (p INTEGER);
CREATE TABLE machine_places AS SELECT * FROM places LIMIT 0;
CREATE TABLE machine_events AS SELECT * FROM events LIMIT 0;
CREATE TABLE followed (a INTEGER);
"""
"""`corrected`: one row a mention that a decision changes;
`machine_p` is null where the machine gave no place. `decided_places` are rows of `places` that only decisions name;
`machine_places` keeps rows of one's own places that a decision tells otherwise. `machine_events` keeps the events of
the articles in `followed`, whose rows in `events` follow their corrected mentions."""

FORGET = "DELETE FROM decided WHERE id IN (SELECT unnest($ids))"

DECIDED_COLUMNS = {
    "id": "VARCHAR",
    "aspect": "VARCHAR",
    "level": "TINYINT",
    "article_id": "VARCHAR",
    "start_at": "INTEGER",
    "end_at": "INTEGER",
    "key": "VARCHAR",
    "was": "VARCHAR",
    "decided_at": "TIMESTAMPTZ",
    "action": "VARCHAR",
    "place_id": "VARCHAR",
    "role": "VARCHAR",
    "who": "VARCHAR",
    "told": "VARCHAR",
}
LEARN = f"""
INSERT INTO decided
SELECT d.id, d.aspect, d.level, articles.a, d.start_at, d.end_at, d.key, d.was, d.decided_at, d.action, d.place_id,
    d.role, d.who, d.told
FROM (SELECT {_unnested(DECIDED_COLUMNS)}) d LEFT JOIN articles USING (article_id)
WHERE d.level = 0 OR articles.a IS NOT NULL
"""

_MENTION = "m.a, m.start_at, m.end_at, m.text, m.p, m.status, m.role, m.confidence, m.reason"
TOUCH = f"""
CREATE OR REPLACE TEMP TABLE touched AS
SELECT {_MENTION} FROM mentions m
WHERE (m.a, m.start_at, m.end_at) IN (
    SELECT (a, start_at, end_at) FROM decided WHERE level = 2 AND id IN (SELECT unnest($ids))
)
UNION
SELECT {_MENTION} FROM mentions m
WHERE (m.a, m.text) IN (
    SELECT (d.a, w.text) FROM written w JOIN decided d USING (key)
    WHERE d.level = 1 AND d.id IN (SELECT unnest($ids))
)
UNION
SELECT {_MENTION} FROM mentions m
WHERE m.text IN (
    SELECT w.text FROM written w JOIN decided d USING (key) WHERE d.level = 0 AND d.id IN (SELECT unnest($ids))
)
"""
"""Mentions, as they are shown now, that decisions are about."""

MACHINE = """
CREATE OR REPLACE TEMP TABLE machine AS
SELECT DISTINCT ON (m.a, m.start_at, m.end_at) m.a, m.start_at, m.end_at, w.key, c.a IS NOT NULL AS is_corrected,
    CASE WHEN is_corrected THEN c.machine_p ELSE m.p END AS p,
    CASE WHEN is_corrected THEN c.machine_status ELSE m.status END AS status,
    CASE WHEN is_corrected THEN c.machine_role ELSE m.role END AS role,
    CASE WHEN is_corrected THEN c.machine_confidence ELSE m.confidence END AS confidence,
    CASE WHEN is_corrected THEN c.machine_reason ELSE m.reason END AS reason,
    m.p AS shown_p, m.status AS shown_status, m.role AS shown_role, m.confidence AS shown_confidence
FROM touched m JOIN written w USING (text)
    LEFT JOIN corrected c ON c.a = m.a AND c.start_at = m.start_at AND c.end_at = m.end_at
"""
"""What the machine said of each touched mention, and what is shown of it now."""

EFFECT = """
CREATE OR REPLACE TEMP TABLE effect AS
WITH known AS (
    SELECT m.*, coalesce(place_id, '') AS place_id FROM machine m LEFT JOIN places USING (p)
), matching AS (
    SELECT k.a, k.start_at, k.end_at, k.p AS machine_p, k.place_id AS machine_place, d.* EXCLUDE (a, start_at, end_at)
    FROM known k JOIN decided d ON d.level = 2 AND d.a = k.a AND d.start_at = k.start_at AND d.end_at = k.end_at
    UNION ALL
    SELECT k.a, k.start_at, k.end_at, k.p, k.place_id, d.* EXCLUDE (a, start_at, end_at)
    FROM known k JOIN decided d ON d.level = 1 AND d.a = k.a AND d.key = k.key
    UNION ALL
    SELECT k.a, k.start_at, k.end_at, k.p, k.place_id, d.* EXCLUDE (a, start_at, end_at)
    FROM known k JOIN decided d ON d.level = 0 AND d.key = k.key
), counting AS (
    SELECT * FROM matching
    WHERE (was IS NULL OR was = machine_place) AND (action <> 'accept' OR machine_p IS NOT NULL)
    QUALIFY row_number() OVER (
        PARTITION BY a, start_at, end_at, aspect ORDER BY level DESC, decided_at DESC, id DESC
    ) = 1
), meant AS (
    SELECT c.*, places.p FROM counting c LEFT JOIN places USING (place_id) WHERE aspect = 'place'
), acting AS (
    SELECT * FROM counting WHERE aspect = 'role'
)
SELECT k.a, k.start_at, k.end_at, k.p AS machine_p, k.status AS machine_status, k.role AS machine_role,
    k.confidence AS machine_confidence, k.reason AS machine_reason, k.shown_p, k.shown_status, k.shown_role,
    k.shown_confidence,
    CASE WHEN meant.action = 'reject' THEN NULL WHEN meant.action = 'accept' OR meant.id IS NULL THEN k.p
        ELSE meant.p END AS p,
    CASE WHEN meant.action = 'reject' THEN 'rejected' WHEN meant.id IS NULL THEN k.status ELSE 'placed' END AS status,
    coalesce(acting.role, k.role) AS role,
    CASE WHEN meant.id IS NULL THEN k.confidence ELSE 1.0 END AS confidence,
    concat_ws(' ', coalesce(meant.told, k.reason), acting.told) AS reason,
    concat_ws('; ', meant.id, acting.id) AS correction_id,
    concat_ws(
        '; ', nullif(meant.who, ''), CASE WHEN acting.who <> coalesce(meant.who, '') THEN nullif(acting.who, '') END
    ) AS reviewed_by
FROM known k LEFT JOIN meant USING (a, start_at, end_at) LEFT JOIN acting USING (a, start_at, end_at)
"""
"""What is to be shown of each touched mention. A mention's own decision goes before its article's, that before one for
everywhere; within one level the latest counts."""

ANY_TOUCHED, ANY_DATED = "SELECT a FROM touched LIMIT 1", "SELECT a FROM dated LIMIT 1"
EFFECT_SIZE = """
SELECT count(*), count(DISTINCT a), count(DISTINCT story) FROM effect JOIN copies USING (a)
WHERE p IS DISTINCT FROM shown_p OR status <> shown_status OR role <> shown_role OR confidence <> shown_confidence
"""

LIFT_MENTIONS = "(b.a, b.start_at, b.end_at) IN (SELECT (a, start_at, end_at) FROM touched)"
SHOW = """
DELETE FROM corrected WHERE (a, start_at, end_at) IN (SELECT (a, start_at, end_at) FROM touched);
INSERT INTO corrected
SELECT a, start_at, end_at, correction_id, reviewed_by, machine_p, machine_status, machine_role, machine_confidence,
    machine_reason
FROM effect WHERE correction_id <> '';
UPDATE mentions_changed m SET p = e.p, status = e.status, role = e.role, confidence = e.confidence, reason = e.reason
FROM effect e WHERE m.a = e.a AND m.start_at = e.start_at AND m.end_at = e.end_at;
"""

DATED_COLUMNS = {
    "article_id": "VARCHAR",
    "source_id": "VARCHAR",
    "source": "VARCHAR",
    "source_who": "VARCHAR",
    "date_id": "VARCHAR",
    "date": "DATE",
    "date_who": "VARCHAR",
}
DATED = f"""
CREATE OR REPLACE TEMP TABLE dated AS
SELECT articles.a, CASE WHEN c.a IS NULL THEN articles.source ELSE c.machine_source END AS machine_source,
    CASE WHEN c.a IS NULL THEN articles.date ELSE c.machine_date END AS machine_date,
    CASE WHEN c.a IS NULL THEN articles.date_basis ELSE c.machine_date_basis END AS machine_date_basis,
    d.source_id, d.source, d.date_id, d.date, d.source_who, d.date_who
FROM (SELECT {_unnested(DATED_COLUMNS)}) d JOIN articles USING (article_id)
    LEFT JOIN corrected_articles c ON c.a = articles.a
"""

LIFT_ARTICLES = "b.a IN (SELECT a FROM dated)"
SHOW_ARTICLES = """
DELETE FROM corrected_articles WHERE a IN (SELECT a FROM dated);
INSERT INTO corrected_articles
SELECT a, concat_ws('; ', nullif(source_id, ''), nullif(date_id, '')),
    concat_ws('; ', nullif(source_who, ''), CASE WHEN date_who <> source_who THEN nullif(date_who, '') END),
    machine_source, machine_date, machine_date_basis
FROM dated WHERE source_id <> '' OR date_id <> '';
UPDATE articles_changed SET source = CASE WHEN d.source_id <> '' THEN d.source ELSE d.machine_source END,
    date = CASE WHEN d.date_id <> '' THEN d.date ELSE d.machine_date END,
    date_basis = CASE WHEN d.date_id <> '' THEN 'corrected' ELSE d.machine_date_basis END
FROM dated d WHERE articles_changed.a = d.a;
INSERT INTO sources
SELECT source, ((SELECT coalesce(max(s), 0) FROM sources) + row_number() OVER (ORDER BY source))::INTEGER
FROM (SELECT DISTINCT source FROM articles WHERE a IN (SELECT a FROM dated) AND source <> '') new
WHERE source NOT IN (SELECT source FROM sources);
"""

LIFT_EVENTS = "b.a IN (SELECT a FROM renamed)"
FOLLOW = """
INSERT INTO machine_events
SELECT * FROM events WHERE a IN (SELECT a FROM renamed WHERE a NOT IN (SELECT a FROM followed));
INSERT INTO followed SELECT a FROM renamed WHERE a NOT IN (SELECT a FROM followed);
DELETE FROM events_changed WHERE a IN (SELECT a FROM renamed);
INSERT INTO events_changed
SELECT e.* REPLACE (CASE WHEN f.first_p IS NULL THEN e.p ELSE f.first_p[1] END AS p)
FROM machine_events e LEFT JOIN (
    SELECT e.a, e.start_at, e.end_at, e.p, list(m.p ORDER BY m.start_at, m.end_at) FILTER (c.machine_p = e.p) AS first_p
    FROM (SELECT DISTINCT a, start_at, end_at, p FROM machine_events WHERE a IN (SELECT a FROM renamed)) e
        JOIN mentions m ON m.a = e.a AND m.start_at >= e.start_at AND m.end_at <= e.end_at
        LEFT JOIN corrected c ON c.a = m.a AND c.start_at = m.start_at AND c.end_at = m.end_at
    GROUP BY ALL HAVING NOT coalesce(bool_or(m.p = e.p), false)
) f USING (a, start_at, end_at, p)
WHERE e.a IN (SELECT a FROM renamed) AND (f.first_p IS NULL OR f.first_p[1] IS NOT NULL);
"""
"""An event stays while a mention in its sentence still means its place; else it goes with the first of those that meant
it, or away where that one is no place."""

RENAMED = "CREATE OR REPLACE TEMP TABLE renamed AS SELECT DISTINCT a FROM touched"
RECOUNTED = """
CREATE OR REPLACE TEMP TABLE recounted AS
SELECT a, coalesce(shown_p, -1) AS p FROM effect UNION SELECT a, coalesce(p, -1) FROM effect
UNION SELECT a, coalesce(p, -1) FROM tallies
WHERE a IN (SELECT a FROM dated UNION ALL SELECT unnest($regrouped::INTEGER[]))
"""
ANY_RECOUNTED = "SELECT a FROM recounted LIMIT 1"
_TALLIED = "a IN (SELECT a FROM recounted) AND (a, coalesce(p, -1)) IN (SELECT (a, p) FROM recounted)"
_IN_ARTICLE, _AT_PLACE = "a IN (SELECT a FROM recounted)", "p IN (SELECT p FROM recounted)"
_MENTIONED = "m.a IN (SELECT a FROM recounted) AND (m.a, coalesce(m.p, -1)) IN (SELECT (a, p) FROM recounted)"
COUNTED_ANEW = (
    ("tallies", _TALLIED, tally(_MENTIONED)),
    ("by_article", _IN_ARTICLE, by_article(f"m.{_IN_ARTICLE}")),
    ("by_source", _AT_PLACE, by_source(f"m.{_AT_PLACE}")),
    ("by_month", _AT_PLACE, by_month(f"m.{_AT_PLACE}")),
    ("by_story", _AT_PLACE, by_story(f"m.{_AT_PLACE}")),
)
"""Tables that are counted, in this order: which of their rows are counted anew, and the rows that take their place."""
