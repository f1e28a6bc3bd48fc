"""How the tables of `corpus.tables.definitions` are filled. `{rows}` are rows of batches with their place in them."""

from corpus.tables.definitions import tally

FILES = """
(
    SELECT * EXCLUDE (filename, file_row_number), parse_filename(filename) AS batch, file_row_number AS batch_row
    FROM read_parquet($files, filename = true, file_row_number = true)
)
"""

KNOWN = """
SELECT article_id FROM incoming
WHERE article_id IN (SELECT article_id FROM articles UNION ALL SELECT article_id FROM removals) LIMIT 1
"""
NUMBER = """
CREATE OR REPLACE TEMP TABLE fresh AS
SELECT a, $names[batch + 1] AS batch, batch_row, stamp FROM incoming
"""
REMOVED = "INSERT INTO removals SELECT article_id FROM incoming"
ADD_ARTICLES = """
INSERT INTO articles
SELECT a, batch, batch_row, article_id, id, title, text, source, date, date_basis, url, language, cites, origin,
    added_at, extractor_version, gazetteer_version, length(text), stamp
FROM {rows} r JOIN fresh USING (batch, batch_row)
"""
ADD_SOURCES = """
INSERT INTO sources
SELECT source, (SELECT coalesce(max(s), 0) FROM sources) + row_number() OVER (ORDER BY source)
FROM (SELECT DISTINCT source FROM articles WHERE source <> '') WHERE source NOT IN (SELECT source FROM sources)
"""

FOUND_PLACES = """
CREATE OR REPLACE TEMP TABLE found_places (
    p INTEGER, place_id VARCHAR, name VARCHAR, kind VARCHAR, lat DOUBLE, lon DOUBLE, told_at BIGINT, told_a INTEGER
);
INSERT INTO found_places SELECT p, place_id, name, kind, lat, lon, -1, -1 FROM places;
CREATE OR REPLACE TEMP TABLE found_names (text VARCHAR);
"""
_IN_SCRAP = "len(list_filter(scraps, lambda s: m.start >= s.start AND m.end <= s.end)) > 0"
FIND = f"""
CREATE OR REPLACE TEMP TABLE found AS
SELECT a, added_at, m.start AS start_at, m.end AS end_at, m.text, m.status, m.role, m.confidence, m.reason,
    m.place_id, m.name, m.kind, m.lat, m.lon, CASE WHEN len(scraps) > 0 THEN {_IN_SCRAP} ELSE false END AS in_scrap
FROM (
    SELECT a, added_at, scraps, unnest(mentions) AS m FROM {{rows}} r JOIN fresh USING (batch, batch_row)
)
"""
ADD_FOUND = (
    # a place is told by the mention added last: two versions of the gazetteer may tell it differently
    """
    CREATE OR REPLACE TEMP TABLE told AS
    SELECT place_id, arg_max(name, newest) AS name, arg_max(kind, newest) AS kind, arg_max(lat, newest) AS lat,
        arg_max(lon, newest) AS lon, max(newest) AS newest
    FROM (
        SELECT *, {'at': epoch_us(added_at), 'a': a, 'start': start_at} AS newest
        FROM found WHERE place_id IS NOT NULL
    ) GROUP BY place_id
    """,
    """
    INSERT INTO found_places
    SELECT coalesce(known.p, (SELECT coalesce(max(p), -1) FROM found_places) + rank), place_id, name, kind, lat, lon,
        newest.at, newest.a
    FROM (
        SELECT *, row_number() OVER (
            PARTITION BY place_id IN (SELECT place_id FROM found_places) ORDER BY place_id
        ) AS rank FROM told
    ) LEFT JOIN (SELECT DISTINCT place_id, p FROM found_places) known USING (place_id)
    """,
    "CREATE OR REPLACE TEMP TABLE numbered AS SELECT DISTINCT place_id, p FROM found_places",
    """
    CREATE OR REPLACE TEMP TABLE placed AS
    SELECT p, a, start_at, end_at, text, status, role, confidence, reason, in_scrap
    FROM found LEFT JOIN numbered USING (place_id) ORDER BY a, start_at
    """,
    "INSERT INTO mentions FROM placed",
    "INSERT INTO found_names SELECT DISTINCT text FROM placed",
    f"INSERT INTO tallies {tally(mentions='placed')} ORDER BY a",
)
# an event is at a place that a mention of its article names; DuckDB cannot ask for words with a null character
ADD_EVENTS = """
INSERT INTO events
SELECT p, a, e.start, e.end, e.kind, e.side, e.modality, replace(e.attributed_to, chr(0), '')
FROM (
    SELECT a, unnest(events) AS e FROM {rows} r JOIN fresh USING (batch, batch_row)
) JOIN numbered ON numbered.place_id = e.place_id ORDER BY a, e.start
"""

PLACES_TOLD = """
SELECT p, place_id, arg_max(name, (told_at, told_a)) AS name, arg_max(kind, (told_at, told_a)) AS kind,
    arg_max(lat, (told_at, told_a)) AS lat, arg_max(lon, (told_at, told_a)) AS lon
FROM found_places GROUP BY p, place_id ORDER BY p
"""
TELL_PLACES = "CREATE OR REPLACE TABLE places AS FROM incoming"
NAMES_TO_FOLD = "SELECT DISTINCT text FROM found_names WHERE text NOT IN (SELECT text FROM written)"
RETELL = "UPDATE {name} SET story = incoming.story FROM incoming WHERE {name}.a = incoming.a"

CLEAR = tuple(
    f"DROP TABLE IF EXISTS temp.{name}"
    for name in ("fresh", "found", "told", "numbered", "placed", "found_places", "found_names")
)

STATEMENTS = (
    NUMBER,
    REMOVED,
    ADD_ARTICLES,
    ADD_SOURCES,
    FIND,
    *ADD_FOUND,
    ADD_EVENTS,
    PLACES_TOLD,
    TELL_PLACES,
    RETELL,
)
"""All that decide what is in the tables."""
