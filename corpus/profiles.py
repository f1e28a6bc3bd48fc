"""Questions about all places or all sources of a corpus at once: how much over time, how names are written, who tells
which stories and whose claims.

Functions take a `CorpusIndex` and a `MentionFilter`, as the index's own questions do. An unknown source is
`filter.UNKNOWN_SOURCE`.
"""

from dataclasses import dataclass, replace
from datetime import date as Date
from datetime import timedelta

import numpy as np
import pandas as pd

from corpus.clauses import Clauses, Statement, clauses
from corpus.filter import MentionFilter
from corpus.index import CorpusIndex
from corpus.tables import definitions as sql

BARS = 24
"""Most bars of a small chart."""

_MEASURES = {"stories": sql.stories("true"), "articles": "count(DISTINCT m.a)", "mentions": "sum(m.n)"}
# an article has one tally a place, so that those of a place need not be told apart
_AT_A_PLACE = _MEASURES | {"stories": sql.stories_of_articles("true"), "articles": "count(*)"}
_SUBJECTS = {"place_id": ("p", "JOIN places USING (p)"), "source": ("s", "LEFT JOIN sources USING (s)")}


@dataclass(frozen=True, slots=True)
class Histories:
    """Counts over time, one row of equally long bars for each place or source.

    `counts` maps its id (or name) to the counts by bar, each `days` long, the first beginning on `first`. Undated
    articles are in none. `first` is None, and `counts` empty, where no counted article is dated.
    """

    first: Date | None
    days: int
    counts: dict[str, list[int]]

    def starts(self) -> list[Date]:
        """The first day of each bar."""
        bars = len(next(iter(self.counts.values()), []))
        return [self.first + timedelta(days=self.days * bar) for bar in range(bars)] if self.first else []


def _counted(found: Clauses) -> str:
    """The tallies with a counted mention: p, a, s, date, story and the number `n` of its counted mentions."""
    return f"""
    SELECT m.p, m.a, m.s, m.date, m.story, {found.tallied()} AS n FROM {found.tallies} m
    WHERE m.p IS NOT NULL AND {found.tallied()} > 0 AND {found.located} AND {found.in_articles}
    """


def histories(index: CorpusIndex, f: MentionFilter, *, by: str = "place_id", bars: int = BARS) -> Histories:
    """Counted mentions over time, in the measure `f.count_by`, for every place (`by` "place_id") or source ("source").

    All have the same bars: from the first to the last day of any counted mention, at most `bars` of them.
    """
    found = clauses(f)
    subject, names = _SUBJECTS[by]
    measure = (_AT_A_PLACE if by == "place_id" else _MEASURES)[f.count_by]
    text = f"""
    WITH counted AS MATERIALIZED ({_counted(found)}),
    span AS (
        SELECT min(date) AS first, greatest(1, ceil((max(date) - min(date) + 1) / $bars))::INTEGER AS days FROM counted
    ), by_bar AS (
        SELECT m.{subject}, ((m.date - first) // days)::INTEGER AS bar, {measure} AS n, any_value(first) AS first,
            any_value(days) AS days
        FROM counted m CROSS JOIN span WHERE m.date IS NOT NULL GROUP BY m.{subject}, bar
    )
    SELECT coalesce({by}, '') AS subject, bar, n, first, days FROM by_bar {names}
    """
    rows = index.ask(Statement(text, found.values | {"bars": bars})).df()
    if rows.empty:
        return Histories(None, 1, {})
    numbers, subjects = pd.factorize(rows["subject"])
    table = np.zeros((len(subjects), int(rows["bar"].max()) + 1), dtype=np.int64)
    table[numbers, rows["bar"]] = rows["n"]
    first, days = pd.Timestamp(rows["first"].iloc[0]).date(), int(rows["days"].iloc[0])
    return Histories(first, days, dict(zip(subjects.tolist(), table.tolist(), strict=True)))


def spellings(
    index: CorpusIndex, f: MentionFilter, *, by_source: bool = False, with_articles: bool = False
) -> pd.DataFrame:
    """How the names of places are written in counted mentions, most frequent form first.

    Columns: place_id, form (runs of white space as one space), mentions; with `with_articles`, which for all places
    takes several times as long, articles; with `by_source` also source and language (that of the articles), each
    combination a row of its own.
    """
    found = clauses(f)
    more = ", a.source, a.language" if by_source else ""
    joined = "JOIN articles a USING (a)" if by_source else ""
    told = ", source, language" if by_source else ""
    distinct, articles = ", count(DISTINCT m.a) AS articles", ", sum(articles)::BIGINT AS articles"
    text = f"""
    WITH written AS (
        SELECT m.p, m.text AS form, count(*) AS mentions {distinct if with_articles else ""} {more}
        FROM mentions m {joined} WHERE m.p IS NOT NULL AND {found.counted} AND {found.in_articles} GROUP BY ALL
    )
    SELECT place_id, trim(regexp_replace(form, '\\s+', ' ', 'g')) AS form, sum(mentions)::BIGINT AS mentions
        {articles if with_articles else ""} {told}
    FROM written JOIN places USING (p) GROUP BY ALL ORDER BY mentions DESC, form, place_id{told}
    """
    return index.ask(Statement(text, found.counted_values)).df()


def sources(index: CorpusIndex, f: MentionFilter) -> pd.DataFrame:
    """What each source writes, a row a source, most counted (by `f.count_by`) first.

    Columns: source, searched (its articles under the filter, with or without a counted mention), articles, stories,
    mentions, places (those counted), first_date, last_date (of the searched), undated, languages (list, most frequent
    first), shared (stories that another source tells too), led (of those, the ones it told at least a day before all
    others; a copy without a date leads nothing).
    """
    found = clauses(f)
    text = f"""
    WITH counted AS MATERIALIZED ({_counted(found)}), chosen AS (
        SELECT a.a, a.source, a.date, a.language, c.story AS told FROM articles a JOIN copies c USING (a)
        WHERE {found.article}
    ), per_article AS (
        SELECT m.a, sum(m.n) AS n, any_value(m.story) AS story FROM counted m GROUP BY m.a
    ), per_place AS (
        SELECT source, count(DISTINCT p) AS places FROM counted JOIN articles USING (a) GROUP BY source
    ), tongues AS (
        SELECT source, list(language ORDER BY n DESC, language) AS languages
        FROM (SELECT source, language, count(*) AS n FROM chosen GROUP BY ALL) GROUP BY source
    ), leads AS ({_LEADS})
    SELECT c.source, count(*) AS searched, count(m.a) AS articles, {sql.stories("m.a IS NOT NULL")} AS stories,
        coalesce(sum(m.n), 0)::BIGINT AS mentions, coalesce(any_value(per_place.places), 0) AS places,
        min(c.date) AS first_date, max(c.date) AS last_date, count(*) - count(c.date) AS undated,
        any_value(tongues.languages) AS languages, coalesce(any_value(leads.shared), 0) AS shared,
        coalesce(any_value(leads.led), 0) AS led
    FROM chosen c LEFT JOIN per_article m USING (a) LEFT JOIN per_place USING (source)
        LEFT JOIN tongues USING (source) LEFT JOIN leads USING (source)
    GROUP BY c.source ORDER BY {f.count_by} DESC, searched DESC, c.source
    """
    return index.ask(Statement(text, found.values)).df()


_LEADS = """
    SELECT source, count(*) AS shared, count(*) FILTER (first_told < next_told) AS led
    FROM (
        SELECT told, source, min(date) AS first_told,
            -- the other sources' earliest copy; null where none of them is dated
            min(min(date)) OVER (
                PARTITION BY told ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW
            ) AS next_told,
            count(*) OVER (PARTITION BY told) AS tellers
        FROM chosen WHERE source <> '' GROUP BY told, source
    ) WHERE tellers > 1 GROUP BY source
"""


def shared_stories(index: CorpusIndex, f: MentionFilter, source: str) -> pd.DataFrame:
    """With which sources a source shares stories, under `f` whatever sources it names; most shared first.

    Columns: source, stories, first_here (stories that `source` told at least a day before the other), first_there (the
    other way round); the rest were told on one day, or a date is missing. Unknown sources are left out.
    """
    found = clauses(replace(f, sources=()))
    text = f"""
    WITH told AS (
        SELECT c.story, a.source, min(a.date) AS day FROM articles a JOIN copies c USING (a)
        WHERE c.size > 1 AND a.source <> '' AND {found.article} GROUP BY c.story, a.source
    )
    SELECT other.source, count(*) AS stories, count(*) FILTER (own.day < other.day) AS first_here,
        count(*) FILTER (other.day < own.day) AS first_there
    FROM told own JOIN told other USING (story) WHERE own.source = $source AND other.source <> $source
    GROUP BY other.source ORDER BY stories DESC, other.source
    """
    return index.ask(Statement(text, found.article_values | {"source": source})).df()


def claims(index: CorpusIndex, f: MentionFilter, source: str) -> pd.DataFrame:
    """Whose claims and denials a source relays, at places with a counted mention in the same article.

    One row a claimant (empty: not named), most claims first. Columns: claimant, claimed, denied (events), articles,
    places, first_date, last_date (NaT where no such article is dated), kinds (list of kinds of event, most frequent
    first), place_ids (list, most frequent first).
    """
    found = clauses(replace(f, sources=(source,)))
    text = f"""
    WITH counted AS ({_counted(found)}), relayed AS (
        SELECT e.attributed_to::VARCHAR AS claimant, e.modality::VARCHAR AS modality, e.kind::VARCHAR AS kind,
            m.a, m.date, places.place_id
        FROM events e JOIN counted m USING (p, a) JOIN places USING (p)
        WHERE e.modality::VARCHAR IN ('claimed', 'denied')
    )
    SELECT claimant, count(*) FILTER (modality = 'claimed') AS claimed, count(*) FILTER (modality = 'denied') AS denied,
        count(DISTINCT a) AS articles, count(DISTINCT place_id) AS places, min(date) AS first_date,
        max(date) AS last_date, {_by_frequency("kind")} AS kinds, {_by_frequency("place_id")} AS place_ids
    FROM relayed GROUP BY claimant ORDER BY count(*) DESC, claimant
    """
    return index.ask(Statement(text, found.values)).df()


def _by_frequency(column: str) -> str:
    """The distinct values of a column as a list, the most frequent first, equals by name."""
    counts = f"map_entries(histogram({column}))"
    return f"list_transform(list_sort(list_transform({counts}, x -> (-(x.value::BIGINT), x.key))), x -> x[2])"
