"""One article as its reviewers corrected it: what a batch holds of it, with the decisions laid over."""

import dataclasses
from typing import TYPE_CHECKING

from corpus.clauses import Statement
from corpus.schema import StoredArticle
from extract.types import Event, Mention

if TYPE_CHECKING:
    from corpus.index import CorpusIndex

_ARTICLE = """
SELECT source, date, date_basis FROM articles JOIN corrected_articles USING (a) WHERE article_id = $article
"""
_MENTIONS = """
SELECT m.start_at, m.end_at, m.status, m.role, m.confidence, m.reason, place_id, places.name, places.kind, lat, lon
FROM corrected JOIN articles USING (a) JOIN mentions m USING (a, start_at, end_at) LEFT JOIN places USING (p)
WHERE article_id = $article
"""
_FOLLOWED = "SELECT count(*) FROM followed JOIN articles USING (a) WHERE article_id = $article"
_EVENTS = """
SELECT start_at, end_at, e.kind::VARCHAR, place_id, side::VARCHAR, modality::VARCHAR, attributed_to::VARCHAR
FROM events e JOIN articles USING (a) JOIN places USING (p) WHERE article_id = $article
ORDER BY start_at, end_at, 3, place_id
"""
_CHANGED = ("status", "role", "confidence", "reason", "place_id", "name", "kind", "lat", "lon")


def as_corrected(index: "CorpusIndex", stored: StoredArticle) -> StoredArticle:
    """`stored` with its source, date, mentions and events as the decisions that count have them."""

    def ask(text: str) -> list[tuple]:
        return index.ask(Statement(text, {"article": stored.article_id})).fetchall()

    changes: dict = {}
    if told := ask(_ARTICLE):
        source, date, basis = told[0]
        changes["article"] = dataclasses.replace(stored.article, source=source, date=date, date_basis=basis)
    if rows := ask(_MENTIONS):
        decided = {row[:2]: dict(zip(_CHANGED, row[2:], strict=True)) for row in rows}
        changes["mentions"] = tuple(_corrected(mention, decided) for mention in stored.mentions)
    if ask(_FOLLOWED)[0][0]:
        changes["events"] = tuple(Event(*row) for row in ask(_EVENTS))
    return dataclasses.replace(stored, **changes) if changes else stored


def _corrected(mention: Mention, decided: dict[tuple[int, int], dict]) -> Mention:
    values = decided.get((mention.start, mention.end))
    return dataclasses.replace(mention, **values) if values else mention
