"""Questions about time: what has no day, and how much is told of places in certain days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date

import pandas as pd

from corpus.clauses import Statement, clauses
from corpus.filter import MentionFilter
from corpus.index import CorpusIndex
from corpus.tables.definitions import stories


@dataclass(frozen=True, slots=True)
class Undated:
    """What counts under a filter but stands in articles without a date, so that no timeline can show it."""

    stories: int
    articles: int
    mentions: int


@dataclass(frozen=True, slots=True)
class Span:
    """Some places in some days: both days included, `last` None when open."""

    key: str
    places: tuple[str, ...]
    first: Date
    last: Date | None


def undated(index: CorpusIndex, asked: MentionFilter) -> Undated:
    """The undated part of what `asked` counts."""
    found = clauses(asked)
    text = f"""
    WITH per_article AS (
        SELECT m.a, any_value(m.story) AS story, sum({found.tallied()}) AS mentions
        FROM {found.per_article} m
        WHERE m.date IS NULL AND {found.tallied()} > 0 AND {found.located} AND {found.in_articles}
        GROUP BY m.a
    )
    SELECT {stories("true")}, count(*), coalesce(sum(m.mentions), 0)::BIGINT FROM per_article m
    """
    row = index.ask(Statement(text, found.values)).fetchone()
    return Undated(*row)


def told_by_source(index: CorpusIndex, asked: MentionFilter, spans: Sequence[Span]) -> pd.DataFrame:
    """How much each source wrote of each span's places in dated articles of its days.

    Columns: key (of the span), source, stories, articles, mentions; most articles first within a span. A span that
    nobody wrote of has no row.
    """
    found = clauses(asked)
    pairs = [(number, place) for number, span in enumerate(spans) for place in dict.fromkeys(span.places)]
    text = f"""
    WITH spans AS (
        SELECT unnest(range(len($keys)))::INTEGER AS n, unnest($keys) AS key, unnest($firsts) AS first,
            unnest($lasts) AS last
    ), named AS (
        SELECT n, p FROM (SELECT unnest($numbers) AS n, unnest($span_places) AS place_id) JOIN places USING (place_id)
    ), per_article AS (
        SELECT n, m.a, any_value(m.story) AS story, any_value(m.s) AS s, sum({found.tallied()}) AS mentions
        FROM {found.tallies} m JOIN named USING (p) JOIN spans USING (n)
        WHERE m.date >= first AND (last IS NULL OR m.date <= last) AND {found.tallied()} > 0 AND {found.located}
            AND {found.in_articles}
        GROUP BY n, m.a
    )
    SELECT key, coalesce(source, '') AS source, {stories("true")} AS stories, count(*) AS articles,
        sum(m.mentions)::BIGINT AS mentions
    FROM per_article m JOIN spans USING (n) LEFT JOIN sources USING (s)
    GROUP BY n, key, source ORDER BY n, articles DESC, source
    """
    values = {
        "keys": [span.key for span in spans],
        "firsts": [span.first for span in spans],
        "lasts": [span.last for span in spans],
        "numbers": [number for number, _ in pairs],
        "span_places": [place for _, place in pairs],
    }
    return index.ask(Statement(text, found.values | values)).df()
