"""The questions of `CorpusIndex`, each as one SQL statement; see `corpus.clauses` for its conditions and aliases."""

from corpus.clauses import Statement, clauses
from corpus.filter import MentionFilter
from corpus.tables import definitions as sql
from corpus.tables.layers import TOUCHED_ARTICLES
from extract.types import ROLES, STATUSES


def places(asked: MentionFilter) -> Statement:
    """One row a place with a counted mention. Role and ambiguity figures look past the filter's own role and status."""
    found = clauses(asked)
    counts = f"{found.tallied()} > 0"
    if found.is_of_sources and not asked.sources:
        told = f"SELECT m.p, count(*) AS told FROM by_story m WHERE {counts} AND {found.located} GROUP BY m.p"
    else:
        told = f"""
        SELECT m.p, count(DISTINCT m.story) AS told FROM {found.tallies} m
        WHERE m.p IS NOT NULL AND m.story IS NOT NULL AND {counts} AND {found.located} AND {found.in_tallied}
        GROUP BY m.p
        """
    text = f"""
    WITH per_source AS (
        SELECT m.p, m.s, sum({found.tallied()}) AS mentions, sum(m.articles) FILTER ({counts}) AS articles,
            sum(m.alone) FILTER ({counts}) AS alone, min(m.first_date) FILTER ({counts}) AS first_date,
            max(m.last_date) FILTER ({counts}) AS last_date,
            sum({found.tallied(roles=("location",))}) AS location_mentions,
            sum({found.tallied(roles=("actor",))}) AS actor_mentions,
            sum({found.tallied(statuses=("ambiguous",))}) AS ambiguous
        FROM {found.by_source} m WHERE {found.located} GROUP BY m.p, m.s
    ), per_place AS (
        SELECT p, sum(mentions)::BIGINT AS mentions, sum(articles)::BIGINT AS articles, sum(alone)::BIGINT AS alone,
            count(s) FILTER (mentions > 0) AS sources, min(first_date) AS first_date, max(last_date) AS last_date,
            sum(location_mentions)::BIGINT AS location_mentions, sum(actor_mentions)::BIGINT AS actor_mentions,
            sum(ambiguous)::BIGINT AS ambiguous
        FROM per_source GROUP BY p HAVING sum(per_source.mentions) > 0
    ), per_story AS ({told})
    SELECT place_id, name, kind, lat, lon, country, region, mentions, articles, alone + coalesce(told, 0) AS stories,
        sources, first_date, last_date, location_mentions, actor_mentions, ambiguous
    FROM per_place JOIN places USING (p) LEFT JOIN per_story USING (p) ORDER BY {asked.count_by} DESC, name, place_id
    """
    return Statement(text, found.values)


def counts(asked: MentionFilter) -> Statement:
    """Stories, articles, places and mentions that count, then each status as if the filter named none.

    What has no place meets no restriction on places, yet may well be there: it is counted all the same. What was
    rejected stands in no role.
    """
    found = clauses(asked)
    counted = f"{found.tallied()} > 0 AND {found.located}"
    statuses = {
        status: found.tallied(statuses=(status,), roles=ROLES if status == "rejected" else None) for status in STATUSES
    }
    # by article first: telling distinct articles and stories apart among all tallies costs twice as much
    if found.per_article == "by_article":
        per_status = ", ".join(f"{tallied} AS {status}" for status, tallied in statuses.items())
        per_article = f"""
        SELECT m.story, {counted} AS counts, CASE WHEN {counted} THEN {found.tallied()} END AS mentions, {per_status}
        FROM by_article m WHERE {found.in_tallied}
        """
    else:
        per_status = ", ".join(
            f"sum({tallied}) FILTER (m.p IS NULL OR {found.located}) AS {status}"
            for status, tallied in statuses.items()
        )
        per_article = f"""
        SELECT any_value(m.story) AS story, bool_or({counted}) AS counts,
            sum({found.tallied()}) FILTER ({counted}) AS mentions, {per_status}
        FROM {found.tallies} m WHERE {found.in_tallied} GROUP BY m.a
        """
    text = f"""
    WITH per_article AS ({per_article}), places_counted AS (
        SELECT count(DISTINCT m.p) AS n FROM {found.by_source} m WHERE {counted}
    )
    SELECT {sql.stories_of_articles("m.counts")}, count(*) FILTER (m.counts), (SELECT n FROM places_counted),
        {", ".join(f"coalesce(sum(m.{figure}), 0)::BIGINT" for figure in ("mentions", *STATUSES))}
    FROM per_article m
    """
    return Statement(text, found.values)


def articles_searched(asked: MentionFilter) -> Statement:
    """How many articles the filter's article part chooses."""
    found = clauses(asked)
    return Statement(f"SELECT count(*) FROM articles a WHERE {found.article}", found.article_values)


def evidence(asked: MentionFilter, place_id: str, limit: int, offset: int) -> Statement:
    """A place's counted mentions, newest article first."""
    found = clauses(asked)
    # the tallies tell which articles hold the newest: only in those are mentions looked for
    text = f"""
    WITH here AS MATERIALIZED (SELECT p FROM places WHERE place_id = $place), newest AS MATERIALIZED (
        SELECT a.a FROM {found.tallies} m JOIN articles a USING (a)
        WHERE m.p = (SELECT p FROM here) AND {found.tallied()} > 0 AND {found.located} AND {found.article}
        ORDER BY a.date DESC NULLS LAST, a.article_id LIMIT $most + $skipped
    )
    SELECT a.a, a.article_id, a.title, a.source, a.date, a.date_basis, a.url, a.language, m.start_at AS start,
        m.end_at AS "end", m.text, m.status, m.role, m.confidence, m.reason, m.in_scrap, c.story_id
    FROM mentions m JOIN articles a USING (a) JOIN copies c USING (a)
    WHERE m.a IN (SELECT a FROM newest) AND m.p = (SELECT p FROM here) AND {found.counted}
    ORDER BY a.date DESC NULLS LAST, a.article_id, m.start_at LIMIT $most OFFSET $skipped
    """
    return Statement(text, found.counted_values | {"place": place_id, "most": limit, "skipped": offset})


def article_rows(
    asked: MentionFilter, limit: int | None, offset: int, *, one_per_story: bool, naming: bool
) -> Statement:
    """Every article that the filter's article part chooses, or each story's leading one among them, with its counted
    mentions and the number of its other copies among them; with `naming` those with a counted mention only."""
    found = clauses(asked)
    named = f"a.a IN (SELECT m.a FROM {found.tallies} m WHERE {found.tallied()} > 0 AND {found.located})"
    leading = "QUALIFY row_number() OVER (PARTITION BY c.story ORDER BY c.rank) = 1" if one_per_story else ""
    text = f"""
    WITH chosen AS MATERIALIZED (
        SELECT a.a, c.story, c.rank, c.size FROM articles a JOIN copies c USING (a)
        WHERE {found.article} AND {named if naming else "true"}
    ), copied AS (
        SELECT story, count(*) - 1 AS copies FROM chosen WHERE size > 1 GROUP BY story
    ), shown AS MATERIALIZED (
        SELECT a.a, c.story FROM (SELECT * FROM chosen c {leading}) c JOIN articles a USING (a)
        ORDER BY a.date DESC NULLS LAST, a.title, a.article_id LIMIT $most OFFSET $skipped
    )
    SELECT a.article_id, a.id, a.title, a.source, a.date, a.date_basis, a.language, a.url, a.cites,
        coalesce(h.places, 0)::BIGINT AS places, coalesce(h.mentions, 0)::BIGINT AS mentions, c.story_id,
        coalesce(copied.copies, 0) AS copies
    FROM articles a JOIN shown USING (a) JOIN copies c USING (a) LEFT JOIN copied ON copied.story = c.story LEFT JOIN (
        SELECT m.a, sum({found.tallied()}) AS mentions, count(m.p) AS places
        FROM {found.tallies} m
        WHERE m.a IN (SELECT a FROM shown) AND {found.tallied()} > 0 AND {found.located} GROUP BY m.a
    ) h USING (a)
    WHERE a.a IN (SELECT a FROM shown)
    ORDER BY a.date DESC NULLS LAST, a.title, a.article_id
    """
    return Statement(text, found.values | {"most": limit, "skipped": offset})


def timeline(asked: MentionFilter, unit: str) -> Statement:
    """Counted mentions of dated articles by the first day of each unit."""
    found = clauses(asked)
    text = f"""
    WITH per_article AS (
        SELECT m.a, any_value(m.story) AS story, any_value(m.date) AS date, sum({found.tallied()}) AS mentions
        FROM {found.per_article} m
        WHERE m.date IS NOT NULL AND {found.tallied()} > 0 AND {found.located} AND {found.in_tallied}
        GROUP BY m.a
    )
    SELECT date_trunc($unit, m.date)::DATE AS day, {sql.stories_of_articles("true")} AS stories, count(*) AS articles,
        sum(m.mentions)::BIGINT AS mentions
    FROM per_article m GROUP BY ALL ORDER BY day
    """
    return Statement(text, found.values | {"unit": unit})


def facets(count_by: str, *, as_made: bool = False) -> Statement:
    """Values to choose from with the number of "articles" or "stories" of each in the whole corpus: facet, value, n.
    `as_made` where nothing is corrected."""
    if count_by == "stories":
        text = f"""
        SELECT facet, value, count(DISTINCT story) AS n FROM ({sql.facet_rows()}) JOIN copies USING (a)
        GROUP BY facet, value ORDER BY n DESC, value
        """
        return Statement(text, {})
    if as_made:
        return Statement("SELECT facet, value, n FROM base.facets ORDER BY n DESC, value", {})
    # counted beforehand; of articles that are shown otherwise, what is shown takes the place of what was counted
    text = f"""
    WITH touched AS MATERIALIZED ({TOUCHED_ARTICLES}), counted AS (
        SELECT facet, value, n FROM base.facets
        UNION ALL
        SELECT facet, value, -1 FROM ({sql.facet_rows("base.", "a IN (SELECT a FROM touched)")})
        UNION ALL
        SELECT facet, value, 1 FROM ({sql.facet_rows("", "a IN (SELECT a FROM touched)")})
    )
    SELECT facet, value, sum(n)::BIGINT AS n FROM counted
    GROUP BY facet, value HAVING sum(n) > 0 ORDER BY n DESC, value
    """
    return Statement(text, {})


def export_rows(asked: MentionFilter, *, by_place: bool = False) -> Statement:
    """Every counted mention with its place and article, oldest article first; with `by_place`, by place before that,
    those without one last."""
    found = clauses(asked)
    first = "places.name NULLS LAST, place_id, " if by_place else ""
    text = f"""
    SELECT a.a, place_id, places.name, places.kind, m.text AS matched_text, a.title, a.url, a.source, a.date,
        a.date_basis, m.confidence, m.reason, m.role, m.status, lat, lon, country, region, a.article_id,
        m.start_at AS start, m.end_at AS "end", m.in_scrap, a.gazetteer_version, a.extractor_version, c.story_id,
        concat_ws('; ', nullif(k.reviewed_by, ''), nullif(d.reviewed_by, '')) AS reviewed_by,
        concat_ws('; ', k.correction_id, d.correction_id) AS correction_id
    FROM mentions m JOIN articles a USING (a) JOIN copies c USING (a) LEFT JOIN places USING (p)
        LEFT JOIN corrected k ON k.a = m.a AND k.start_at = m.start_at AND k.end_at = m.end_at
        LEFT JOIN corrected_articles d ON d.a = m.a
    WHERE {found.counted} AND {found.article}
    ORDER BY {first}a.date NULLS LAST, a.article_id, m.start_at
    """
    return Statement(text, found.counted_values)
