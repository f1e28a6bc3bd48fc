"""What a corpus's articles say happens at a place: the index's events, asked under a filter.

An event counts when its article has a counted mention of the place under the filter; a story's copies are one.
"""

from dataclasses import replace

import pandas as pd

from corpus.clauses import Statement, clauses
from corpus.filter import MentionFilter
from corpus.index import CorpusIndex
from extract.tokens import sentence_at

CONTROL_KINDS = ("capture", "withdrawal")
"""Kinds of event that change who holds a place."""

_SUMMARY = """
SELECT kind::VARCHAR AS kind, side::VARCHAR AS side, modality::VARCHAR AS modality,
    count(DISTINCT story) AS stories, count(DISTINCT a) AS articles,
    coalesce(list_sort(list_distinct(list(attributed_to::VARCHAR) FILTER (attributed_to <> ''))), []) AS speakers
FROM told GROUP BY ALL ORDER BY 1, 2, 3
"""
# A story's copies say a thing once for each speaker; of what is left, the newest of each kind and side.
_TOLD = """
, once AS (
    SELECT * FROM told QUALIFY row_number() OVER (
        PARTITION BY kind, side, story, modality, attributed_to ORDER BY date DESC NULLS LAST, a, start_at
    ) = 1
), newest AS (
    SELECT *, row_number() OVER (
        PARTITION BY kind, side ORDER BY date DESC NULLS LAST, a, start_at, end_at, modality, attributed_to
    ) AS place_in_line
    FROM once QUALIFY place_in_line <= $most
)
SELECT kind::VARCHAR AS kind, side::VARCHAR AS side, a.article_id, a.source, a.date, a.date_basis, a.text,
    start_at AS start, end_at AS "end", modality::VARCHAR AS modality, attributed_to::VARCHAR AS attributed_to
FROM newest JOIN articles a USING (a) ORDER BY kind, side, place_in_line
"""
_SPOKEN = """
SELECT min(date) AS date, kind::VARCHAR AS kind, side::VARCHAR AS side, modality::VARCHAR AS modality,
    attributed_to::VARCHAR AS speaker, count(DISTINCT story) AS stories
FROM told
WHERE date IS NOT NULL AND list_contains($kinds, kind::VARCHAR) AND list_contains($modalities, modality::VARCHAR)
GROUP BY kind, side, modality, speaker ORDER BY date, kind, side, modality, speaker
"""


def _ask(index: CorpusIndex, asked: MentionFilter, place_id: str, question: str, **values: object) -> pd.DataFrame:
    """`question` of `told`: the place's events in the articles that have a counted mention of it."""
    here = clauses(replace(asked, places=(place_id,)))
    text = f"""
    WITH chosen AS (
        SELECT m.a FROM {here.tallies} m WHERE {here.tallied()} > 0 AND {here.located} AND {here.in_articles}
    ), told AS (
        SELECT e.*, c.story, articles.date
        FROM events e JOIN chosen USING (a) JOIN copies c USING (a) JOIN articles USING (a)
        WHERE e.p IN (SELECT p FROM places WHERE place_id = $place)
    )
    {question}
    """
    return index.ask(Statement(text, here.values | {"place": place_id, **values})).df()


def summary(index: CorpusIndex, asked: MentionFilter, place_id: str) -> pd.DataFrame:
    """What the articles under a filter say of the place, a row for each kind, side and modality.

    Columns: kind, side, modality (as in `extract.types.Event`), stories, articles, speakers (list of those it is
    attributed to). No row means that they say nothing of the kind; `index.problems` tells what could not be read.
    """
    return _ask(index, asked, place_id, _SUMMARY)


def told(index: CorpusIndex, asked: MentionFilter, place_id: str, *, each: int) -> pd.DataFrame:
    """The newest events of every kind and side, `each` at the most, a story's copies once for each speaker.

    Columns: kind, side, article_id, source, date, date_basis, start, end (code points into the article's text),
    modality, attributed_to, sentence, sentence_start (its first code point in the text).
    """
    frame = _ask(index, asked, place_id, _TOLD, most=each)
    spans = [sentence_at(*row) for row in zip(frame["text"], frame["start"], frame["end"], strict=True)]
    frame["sentence"] = [text[first:last] for text, (first, last) in zip(frame["text"], spans, strict=True)]
    frame["sentence_start"] = [first for first, _ in spans]
    return frame.drop(columns="text")


def spoken(index: CorpusIndex, asked: MentionFilter, place_id: str) -> pd.DataFrame:
    """Who first said when, in dated articles, that the place was taken or left, or that it was not.

    Columns: date (of the first such article), kind (one of `CONTROL_KINDS`), side, modality (asserted, claimed or
    denied), speaker (empty where the article says it itself), stories. Oldest first.
    """
    said = ["asserted", "claimed", "denied"]
    return _ask(index, asked, place_id, _SPOKEN, kinds=list(CONTROL_KINDS), modalities=said)
