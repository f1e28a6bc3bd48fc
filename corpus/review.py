"""What a reviewer asks of a corpus: mentions that need a look, grouped by the name as it is written.

Two mentions belong to one group when `name_key` folds their names to the same key. Every question looks at the state
after corrections, under the article part of a filter.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from corpus.clauses import Clauses, Statement, clauses
from corpus.errors import FilterError
from corpus.filter import MentionFilter
from corpus.index import CorpusIndex
from extract.tokens import sentence_at
from geodata.names import name_key
from geodata.places import SETTLEMENT_KINDS

QUEUES = ("ambiguous", "unplaced", "placed", "rejected", "corrected", "place")
MOST_SEARCHED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Which mentions are looked at: `name` is one of `QUEUES`.

    `below` (0..1) limits the queue `placed` to mentions no surer than that; `place_id` says whose mentions the queue
    `place` holds, whatever their status. `search` keeps names that contain it. Raises `FilterError`.
    """

    name: str
    below: float = 1.0
    place_id: str = ""
    search: str = ""

    def __post_init__(self) -> None:
        if self.name not in QUEUES:
            raise FilterError(f"queue: {self.name!r} is not known; choose one of {', '.join(QUEUES)}")
        if not 0 <= self.below <= 1:
            raise FilterError(f"below: {self.below!r} is not a number from 0 to 1")
        object.__setattr__(self, "search", name_key(self.search[:MOST_SEARCHED]))


@dataclass(frozen=True, slots=True)
class Group:
    """All mentions of a queue that are written alike. `number` is its place in the queue, from 0; `text` the most
    frequent spelling; `confidence` that of the least sure mention."""

    number: int
    key: str
    text: str
    mentions: int
    articles: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Page:
    """Some groups of a queue, the one asked for among them (None in an empty queue), and how many groups and mentions
    the whole queue has."""

    groups: tuple[Group, ...]
    asked: Group | None
    total: int
    mentions: int


def page(
    index: CorpusIndex, asked: MentionFilter, queue: Queue, *, key: str = "", number: int = 0, size: int = 50
) -> Page:
    """The page of `size` groups on which the group `key` is; where the queue has none of that key (any more), the one
    with the `number`th group, or the last. The groups with most mentions come first, of what is placed the least sure.
    """
    ordered = _ordered(index, asked, queue)
    text = f"""
    WITH ordered AS MATERIALIZED ({ordered.text}), place AS (
        SELECT least(coalesce((SELECT number FROM ordered WHERE key = $key), $number), max(number)) AS here FROM ordered
    )
    SELECT ordered.*, here FROM ordered, place WHERE number // $size = here // $size ORDER BY number
    """
    values = ordered.values | {"key": key, "number": number, "size": size}
    rows = index.ask(Statement(text, values)).fetchall()
    if not rows:
        return Page((), None, 0, 0)
    groups = tuple(Group(*row[:6]) for row in rows)
    total, mentions, here = rows[0][6:]
    return Page(groups, groups[here - groups[0].number], total, mentions)


def mentions_of(
    index: CorpusIndex, asked: MentionFilter, queue: Queue, key: str, *, limit: int = 20, offset: int = 0
) -> pd.DataFrame:
    """Mentions of a group, newest article first, undated last; `limit` of them after the first `offset`.

    Columns: those of `CorpusIndex.evidence`; place_id and name (None where there is no place); machine_place (the id
    the machine gave, empty where it gave none), correction_id and reviewed_by (empty where nobody decided).
    """
    queued = _queued(index, asked, queue)
    text = f"""
    SELECT a.article_id, a.title, a.source, a.date, a.date_basis, a.url, a.language, q.start_at AS start,
        q.end_at AS "end", q.text, q.status, q.role, q.confidence, q.reason, q.in_scrap, c.story_id,
        places.place_id, places.name, coalesce(meant.place_id, '') AS machine_place,
        coalesce(d.correction_id, '') AS correction_id, coalesce(d.reviewed_by, '') AS reviewed_by, a.text AS whole
    FROM ({queued.text}) q JOIN articles a USING (a) JOIN copies c USING (a) LEFT JOIN places USING (p)
        LEFT JOIN corrected d USING (a, start_at, end_at)
        LEFT JOIN places meant ON meant.p = CASE WHEN d.a IS NULL THEN q.p ELSE d.machine_p END
    WHERE q.key = $key ORDER BY a.date DESC NULLS LAST, a.article_id, q.start_at LIMIT $limit OFFSET $offset
    """
    frame = index.ask(Statement(text, queued.values | {"key": key, "limit": limit, "offset": offset})).df()
    spans = [sentence_at(*span) for span in zip(frame["whole"], frame["start"], frame["end"], strict=True)]
    frame["sentence"] = [whole[first:last] for whole, (first, last) in zip(frame["whole"], spans, strict=True)]
    frame["sentence_start"] = pd.Series([first for first, _ in spans], dtype="int64")
    return frame.drop(columns="whole")


@dataclass(frozen=True, slots=True)
class SurePlace:
    """A place that an article names for certain, with its number of placed mentions there."""

    place_id: str
    name: str
    kind: str
    lat: float
    lon: float
    mentions: int


def sure_places(index: CorpusIndex, article_id: str, *, but: str = "") -> tuple[SurePlace, ...]:
    """The placed settlements and facilities of an article, most mentioned first, without those named by the key `but`:
    the name under review says nothing of itself. From the point of a region or a river no distance can be told."""
    text = """
    SELECT place_id, name, kind, lat, lon, count(*) AS mentions
    FROM mentions m JOIN articles a USING (a) JOIN places USING (p) JOIN written w ON w.text = m.text
    WHERE a.article_id = $article AND m.status = 'placed' AND w.key <> $but AND list_contains($kinds, kind)
    GROUP BY ALL ORDER BY mentions DESC, name, place_id
    """
    values = {"article": article_id, "but": but, "kinds": [*SETTLEMENT_KINDS, "facility"]}
    rows = index.ask(Statement(text, values)).fetchall()
    return tuple(SurePlace(*row) for row in rows)


def _ordered(index: CorpusIndex, asked: MentionFilter, queue: Queue) -> Statement:
    """The queue's groups numbered in their order, each with the number of groups and mentions of the whole queue."""
    queued = _queued(index, asked, queue)
    order = "confidence, mentions DESC, key" if queue.name == "placed" else "mentions DESC, key"
    text = f"""
    SELECT row_number() OVER (ORDER BY {order}) - 1 AS number, key, text, mentions, articles, confidence,
        count(*) OVER () AS total, sum(mentions) OVER ()::BIGINT AS whole
    FROM (
        SELECT key, mode(text) AS text, count(*) AS mentions, count(DISTINCT a) AS articles,
            min(confidence) AS confidence
        FROM ({queued.text}) GROUP BY key
    )
    """
    return Statement(text, queued.values)


def _queued(index: CorpusIndex, asked: MentionFilter, queue: Queue) -> Statement:
    """The queue's mentions with the key of their name."""
    found = clauses(asked)
    condition, values = _condition(found, queue)
    if queue.search:
        condition += " AND contains(w.key, $searched)"
        values["searched"] = queue.search
    text = f"""
    SELECT w.key, m.* FROM mentions m JOIN written w ON w.text = m.text
    WHERE {condition} AND {found.in_articles}
    """
    return Statement(text, found.values | values)


def _condition(found: Clauses, queue: Queue) -> tuple[str, dict[str, Any]]:
    """What makes a mention one of the queue's. As in `Counts`: what has no place is there whatever places are asked
    for, and what was rejected whatever role."""
    if queue.name == "corrected":
        return "(m.a, m.start_at, m.end_at) IN (SELECT (a, start_at, end_at) FROM corrected)", {}
    if queue.name == "place":
        return "m.p IN (SELECT p FROM places WHERE place_id = $queued)", {"queued": queue.place_id}
    conditions = ["m.status = $queued", f"(m.p IS NULL OR {found.located})", found.sure]
    values: dict[str, Any] = {"queued": queue.name}
    if found.asked.roles and queue.name != "rejected":
        conditions.append("list_contains($roles, m.role)")
        values["roles"] = list(found.asked.roles)
    if queue.name == "placed":
        conditions.append("m.confidence <= $below")
        values["below"] = queue.below
    return " AND ".join(conditions), values
