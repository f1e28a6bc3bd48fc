"""The index's tables. Values never enter SQL text: they are bound by name.

`articles` (one row an article, numbered `a`), `places` (one row a place, numbered `p`), `mentions` (one row a mention,
`p` null where there is no place), `copies` (one row an article: its `story`, which is the number of the leading copy,
and its `rank` among the `size` copies; `machine_story` as their wordings have it), `events` (one row an event: what an
article says happens at a place that it mentions) and `sources` (each source with a name, numbered `s`).

Counted beforehand, because most questions are answered from these: `tallies` (one row a place in an article, with a
count for each status and role, and the `least` confidence among its mentions), and their sums: `by_article` over an
article's places, `by_source` over a source's articles that name a place alike, `by_month` over those of one month,
`by_story` over a story's copies that name a place. `s` is null where the source is unknown; `story` is null where the
article is the only copy.

The tables lie in the attached database `base`, as the machine has them, in the order their articles came in, so that
rows of one article lie together. What is asked are views of the same names: see `corpus.tables.layers`.
"""

from extract.types import ROLES, STATUSES

TABLES = """
CREATE TABLE articles (
    a INTEGER, batch VARCHAR, batch_row INTEGER, article_id VARCHAR, id VARCHAR, title VARCHAR,
    text VARCHAR USING COMPRESSION zstd,
    source VARCHAR, date DATE, date_basis VARCHAR, url VARCHAR, language VARCHAR, cites VARCHAR[], origin VARCHAR,
    added_at TIMESTAMPTZ, extractor_version VARCHAR, gazetteer_version VARCHAR, chars INTEGER, stamp UBIGINT
);
CREATE TABLE removals (article_id VARCHAR);
CREATE TABLE copies (
    a INTEGER, story INTEGER, story_id VARCHAR, rank INTEGER, size INTEGER, machine_story INTEGER
);
CREATE TABLE mentions (
    p INTEGER, a INTEGER, start_at INTEGER, end_at INTEGER, text VARCHAR, status VARCHAR, role VARCHAR,
    confidence DOUBLE, reason VARCHAR, in_scrap BOOLEAN
);
CREATE TABLE events (
    p INTEGER, a INTEGER, start_at INTEGER, end_at INTEGER, kind VARCHAR, side VARCHAR, modality VARCHAR,
    attributed_to VARCHAR
);
CREATE TABLE places (
    p INTEGER, place_id VARCHAR, name VARCHAR, kind VARCHAR, lat DOUBLE, lon DOUBLE, country VARCHAR, region VARCHAR
);
CREATE TABLE sources (source VARCHAR, s INTEGER);
CREATE TABLE written (text VARCHAR, key VARCHAR);
"""
"""`stamp` stands for an article's wording (`corpus.links`), null where it has none; `chars` is the length of its text.
`removals` are the ids of articles taken out; `written` is every way a name is written, with its `name_key`."""

PLACE_COLUMNS = "p, place_id, name, kind, lat, lon, country, region"


def tally_column(status: str, role: str) -> str:
    """The column of `tallies` that counts mentions of this status and role."""
    return f"{status}_{role}"


COUNTERS = tuple(tally_column(status, role) for status in STATUSES for role in ROLES)
_COUNTED = ", ".join(
    f"count(*) FILTER (m.status = '{status}' AND m.role = '{role}')::INTEGER AS {tally_column(status, role)}"
    for status in STATUSES
    for role in ROLES
)
_LEAST = "min(coalesce(m.confidence, 0)) AS least"
_SUMMED = ", ".join(f"sum(m.{column})::INTEGER AS {column}" for column in COUNTERS)
_OF_ARTICLES = (
    f"count(*)::INTEGER AS articles, count(*) FILTER (m.story IS NULL)::INTEGER AS alone, {_SUMMED}, "
    "min(m.date) AS first_date, max(m.date) AS last_date"
)
_NAMED = " + ".join(f"(m.{column} > 0)::INTEGER * {1 << at}" for at, column in enumerate(COUNTERS))


def tally(condition: str = "true", mentions: str = "mentions") -> str:
    """Rows of `tallies` made of the mentions `m` that meet `condition`."""
    return f"""
    SELECT t.*, articles.date, sources.s, CASE WHEN copies.size > 1 THEN copies.story END AS story
    FROM (SELECT m.p, m.a, {_COUNTED}, {_LEAST} FROM {mentions} m WHERE {condition} GROUP BY m.p, m.a) t
    JOIN articles USING (a) JOIN copies USING (a) LEFT JOIN sources USING (source)
    """


def tallies_of(confidence: str) -> str:
    """`tallies` of mentions that have at least a confidence, or no place, of which confidence says nothing. Only where
    the least is less is anything counted anew."""
    few = f"m.p IS NOT NULL AND m.least < {confidence}"
    return f"""
    WITH partly AS MATERIALIZED (SELECT m.p, m.a FROM tallies m WHERE {few})
    SELECT m.* FROM tallies m WHERE NOT ({few})
    UNION ALL
    {tally(f"m.confidence >= {confidence} AND (m.p, m.a) IN (SELECT (p, a) FROM partly)")}
    """


def by_article(condition: str = "true") -> str:
    """Rows of `by_article` made of the tallies `m` that meet `condition`."""
    return f"""
    SELECT m.a, {_SUMMED}, any_value(m.date) AS date, any_value(m.s) AS s, any_value(m.story) AS story
    FROM tallies m WHERE {condition} GROUP BY m.a
    """


def by_source(condition: str = "true") -> str:
    """Rows of `by_source` made of the tallies `m` that meet `condition`: for each place and source, how many articles
    name the place in the same columns (`named`, a bit for each), how many of them are the only copy (`alone`), their
    mentions, and their first and last day."""
    return f"""
    SELECT m.p, m.s, ({_NAMED})::SMALLINT AS named, {_OF_ARTICLES}
    FROM tallies m WHERE m.p IS NOT NULL AND {condition} GROUP BY m.p, m.s, named
    """


def by_month(condition: str = "true") -> str:
    """The same for each month apart: `month` is its first day, null for what is undated."""
    return f"""
    SELECT m.p, m.s, ({_NAMED})::SMALLINT AS named, date_trunc('month', m.date)::DATE AS month, {_OF_ARTICLES}
    FROM tallies m WHERE m.p IS NOT NULL AND {condition} GROUP BY m.p, m.s, named, month
    """


def by_story(condition: str = "true") -> str:
    """Rows of `by_story` made of the tallies `m` that meet `condition`: for each place and story of several copies."""
    return f"""
    SELECT m.p, m.story, {_SUMMED} FROM tallies m
    WHERE m.p IS NOT NULL AND m.story IS NOT NULL AND {condition} GROUP BY m.p, m.story
    """


def stories_of_articles(condition: str) -> str:
    """`stories` where each article is one of the rows `m` only: most are alone, and need not be told apart."""
    return f"(count(*) FILTER ({condition} AND m.story IS NULL) + count(DISTINCT m.story) FILTER ({condition}))"


def stories(condition: str) -> str:
    """How many stories the rows `m` of a tally that meet `condition` belong to: an article that is the only copy is
    numbered like a story it would lead."""
    return f"count(DISTINCT coalesce(m.story, m.a)) FILTER ({condition})"


COUNTS = f"""
CREATE TABLE tallies AS {tally("false")};
CREATE TABLE by_article AS {by_article("false")};
"""
ADD_BY_ARTICLE = f"INSERT INTO by_article {by_article('m.a >= $first')}"
COUNT_BY_SOURCE = f"CREATE OR REPLACE TABLE by_source AS {by_source()}"
COUNT_BY_MONTH = f"CREATE OR REPLACE TABLE by_month AS {by_month()} ORDER BY month"
COUNT_BY_STORY = f"CREATE OR REPLACE TABLE by_story AS {by_story()}"

_FACET_ROWS = {
    "sources": "SELECT source AS value, a FROM {of}articles",
    "cites": "SELECT unnest(list_distinct(cites)) AS value, a FROM {of}articles",
    "languages": "SELECT language AS value, a FROM {of}articles",
    "kinds": "SELECT DISTINCT kind AS value, a FROM {of}tallies JOIN {of}places USING (p)",
    "regions": "SELECT DISTINCT region AS value, a FROM {of}tallies JOIN {of}places USING (p) WHERE region <> ''",
}


def facet_rows(of: str = "", condition: str = "true") -> str:
    """Values to choose from (columns `facet`, `value`) with each article `a` that has one and meets `condition`, in the
    tables with the prefix `of`."""
    return " UNION ALL ".join(
        f"SELECT '{name}' AS facet, value, a FROM ({rows.format(of=of)}) WHERE {condition}"
        for name, rows in _FACET_ROWS.items()
    )


FACETS = f"""
CREATE OR REPLACE TABLE facets AS
SELECT facet, value, count(*) AS n FROM ({facet_rows()}) GROUP BY facet, value
"""
FACET_NAMES = tuple(_FACET_ROWS)

STATEMENTS = (TABLES, COUNTS, ADD_BY_ARTICLE, COUNT_BY_SOURCE, COUNT_BY_MONTH, COUNT_BY_STORY, FACETS)
"""All that make tables."""
