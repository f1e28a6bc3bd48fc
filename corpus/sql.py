"""The index's tables and how they are filled. Values never enter SQL text: they are bound by name.

`articles` (one row an article, numbered `a`), `places` (one row a place, numbered `p`), `mentions` (one row a mention,
`p` null where there is no place; sorted by place, so that a place's rows lie together), `copies` (one row an article:
its `story`, which is the number of the leading copy, and its `rank` among the `size` copies; `machine_story` as their
wordings have it) and `tallies` (one row a place in an article, with a count for each status and role: what most
questions are answered from). All of them are as corrected; see `corrections.overlay_sql` for what the machine said.
"""

from extract.types import ROLES, STATUSES

TABLES = """
CREATE TABLE articles (
    a INTEGER, batch VARCHAR, batch_row INTEGER, article_id VARCHAR, id VARCHAR, title VARCHAR, text VARCHAR,
    source VARCHAR, date DATE, date_basis VARCHAR, url VARCHAR, language VARCHAR, cites VARCHAR[], origin VARCHAR,
    added_at TIMESTAMPTZ, extractor_version VARCHAR, gazetteer_version VARCHAR
);
CREATE TABLE found (
    a INTEGER, start_at INTEGER, end_at INTEGER, text VARCHAR, status VARCHAR, role VARCHAR, confidence DOUBLE,
    reason VARCHAR, in_scrap BOOLEAN, place_id VARCHAR, name VARCHAR, kind VARCHAR, lat DOUBLE, lon DOUBLE
);
CREATE TABLE copies (
    a INTEGER, story INTEGER, story_id VARCHAR, rank INTEGER, size INTEGER, machine_story INTEGER
);
CREATE TABLE places (
    p INTEGER, place_id VARCHAR, name VARCHAR, kind VARCHAR, lat DOUBLE, lon DOUBLE, country VARCHAR, region VARCHAR
);
"""

ADD_ARTICLES = """
INSERT INTO articles
SELECT a, $batch, batch_row, article_id, id, title, text, source, date, date_basis, url, language, cites, origin,
    added_at, extractor_version, gazetteer_version
FROM incoming
"""

ADD_MENTIONS = """
INSERT INTO found
SELECT a, start, "end", text, status, role, confidence, reason, in_scrap, place_id, name, kind, lat, lon FROM incoming
"""

PLACES_FOUND = """
SELECT place_id, arg_max(name, newest), arg_max(kind, newest), arg_max(lat, newest), arg_max(lon, newest)
FROM (
    SELECT f.place_id, f.name, f.kind, f.lat, f.lon, (articles.added_at, f.a, f.start_at) AS newest
    FROM found f JOIN articles USING (a) WHERE f.place_id IS NOT NULL
)
GROUP BY place_id ORDER BY place_id
"""
"""Two gazetteer versions may tell a place differently: the article added last is believed."""

SORT_MENTIONS = """
CREATE TABLE mentions AS
SELECT p, a, start_at, end_at, text, status, role, confidence, reason, in_scrap
FROM found LEFT JOIN places USING (place_id) ORDER BY p, a, start_at
"""


def tally_column(status: str, role: str) -> str:
    """The column of `tallies` that counts mentions of this status and role."""
    return f"{status}_{role}"


TALLY_COLUMNS = ", ".join(
    f"count(*) FILTER (m.status = '{status}' AND m.role = '{role}')::INTEGER AS {tally_column(status, role)}"
    for status in STATUSES
    for role in ROLES
)


def tally(condition: str = "true") -> str:
    """Rows of `tallies` made of the mentions `m` that meet `condition`. `s` numbers the article's source, null when
    it is unknown; `story` is null where the article is the only copy."""
    return f"""
    SELECT t.*, articles.date, sources.s, CASE WHEN copies.size > 1 THEN copies.story END AS story
    FROM (SELECT m.p, m.a, {TALLY_COLUMNS} FROM mentions m WHERE {condition} GROUP BY m.p, m.a) t
    JOIN articles USING (a) JOIN copies USING (a) LEFT JOIN sources USING (source)
    """


def stories(condition: str) -> str:
    """How many stories the rows `m` of a tally that meet `condition` belong to: an article that is the only copy is
    numbered like a story it would lead."""
    return f"count(DISTINCT coalesce(m.story, m.a)) FILTER ({condition})"


FINISH = f"""
CREATE TABLE sources AS
SELECT source, row_number() OVER (ORDER BY source)::INTEGER AS s
FROM (SELECT DISTINCT source FROM articles WHERE source <> '');
CREATE TABLE tallies AS SELECT * FROM ({tally()}) ORDER BY p, a;
DROP TABLE found;
"""

_FACET_ROWS = {
    "sources": "SELECT source AS value, a FROM articles",
    "cites": "SELECT unnest(list_distinct(cites)) AS value, a FROM articles",
    "languages": "SELECT language AS value, a FROM articles",
    "kinds": "SELECT kind AS value, a FROM tallies JOIN places USING (p)",
    "regions": "SELECT region AS value, a FROM tallies JOIN places USING (p) WHERE region <> ''",
}
_FACET_COUNTED = {"articles": "a", "stories": "story"}


def facets(counted: str) -> dict[str, str]:
    """Values to choose from, with the number of "articles" or "stories" of each in the whole corpus."""
    return {
        name: f"""SELECT value, count(DISTINCT {_FACET_COUNTED[counted]}) AS n
            FROM ({rows}) JOIN copies USING (a) GROUP BY 1 ORDER BY n DESC, 1"""
        for name, rows in _FACET_ROWS.items()
    }
