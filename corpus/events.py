"""What a corpus's articles say happens at places: the events stored with them, asked by place.

Kept apart from `CorpusIndex` and read when first asked for: the map needs no events.
"""

import threading
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from corpus.errors import DamagedBatchError
from corpus.schema import EVENT
from corpus.store import Corpus, read_batch

_CREATE = """
CREATE TABLE events (
    article_id VARCHAR, start_at INTEGER, end_at INTEGER, kind VARCHAR, place_id VARCHAR, side VARCHAR,
    modality VARCHAR, attributed_to VARCHAR
)
"""
_ADD = 'INSERT INTO events SELECT article_id, start, "end", kind, place_id, side, modality, attributed_to FROM incoming'
# `chosen` keeps the order in which the articles were given: the first is the newest.
_CHOSEN = "SELECT unnest($articles) AS article_id, unnest($stories) AS story_id, unnest(range(len($articles))) AS rank"
_SUMMARY = f"""
WITH chosen AS ({_CHOSEN})
SELECT kind, side, modality, count(DISTINCT story_id) AS stories, count(DISTINCT article_id) AS articles,
    coalesce(list_sort(list_distinct(list(attributed_to) FILTER (attributed_to <> ''))), []) AS speakers
FROM events JOIN chosen USING (article_id) WHERE place_id = $place
GROUP BY kind, side, modality ORDER BY kind, side, modality
"""
_TOLD = f"""
WITH chosen AS ({_CHOSEN})
SELECT article_id, start_at AS start, end_at AS "end", modality, attributed_to
FROM events JOIN chosen USING (article_id) WHERE place_id = $place AND kind = $kind AND side = $side
QUALIFY row_number() OVER (PARTITION BY story_id, modality, attributed_to ORDER BY rank, start_at) = 1
ORDER BY rank, start_at, end_at, modality, attributed_to LIMIT $most
"""


class EventIndex:
    """The events of a corpus's articles in memory, safe to share between threads.

    `problems` are the batches that could not be read and that no answer therefore holds. Articles are given with
    their stories, as `CorpusIndex.article_rows` has them under a filter, newest first.
    """

    def __init__(self, corpus: Corpus):
        newest = corpus.newest()
        problems = list(newest.damaged)
        rows: dict[Path, list[int]] = defaultdict(list)
        for ref in newest.rows.values():
            if not ref.removed:
                rows[ref.batch].append(ref.row)
        self._lock = threading.Lock()
        self._connection = duckdb.connect(":memory:", config={"enable_external_access": "false"})
        self._connection.execute(_CREATE)
        for path in sorted(rows):
            try:
                batch = read_batch(path, columns=["article_id", "events"])
            except DamagedBatchError as error:
                problems.append(error)
                continue
            self._add(batch.take(pa.array(np.sort(np.array(rows[path], dtype=np.int64)))))
        self.problems = tuple(problems)

    def _add(self, articles: pa.Table) -> None:
        lists = articles.column("events").combine_chunks()
        events = pc.list_flatten(lists)
        columns = {field.name: events.field(number) for number, field in enumerate(EVENT)}
        columns["article_id"] = articles.column("article_id").combine_chunks().take(pc.list_parent_indices(lists))
        self._connection.register("incoming", pa.table(columns))
        try:
            self._connection.execute(_ADD)
        finally:
            self._connection.unregister("incoming")

    def _ask(self, question: str, articles: Sequence[str], stories: Sequence[str], **values: object) -> pd.DataFrame:
        with self._lock:
            cursor = self._connection.cursor()
        return cursor.execute(question, {"articles": list(articles), "stories": list(stories), **values}).df()

    def summary(self, place_id: str, articles: Sequence[str], stories: Sequence[str]) -> pd.DataFrame:
        """What these articles say of the place, a row for each kind, side and modality.

        Columns: kind, side, modality (as in `extract.types.Event`), stories, articles, speakers (list of those it is
        attributed to). No row means that they say nothing; `problems` tells what could not be looked at.
        """
        return self._ask(_SUMMARY, articles, stories, place=place_id)

    def told(
        self, place_id: str, articles: Sequence[str], stories: Sequence[str], *, kind: str, side: str, limit: int
    ) -> pd.DataFrame:
        """The events of one kind and side, in the order of `articles`, a story's copies once for each speaker.

        Columns: article_id, start, end (code points into the article's text), modality, attributed_to.
        """
        return self._ask(_TOLD, articles, stories, place=place_id, kind=kind, side=side, most=limit)


@lru_cache(maxsize=2)
def open_events(folder: Path, version: str) -> EventIndex:
    """The events of the corpus in `folder`, read once for each `version` of it. Raises `CorpusError`."""
    del version  # part of the cache's key only
    return EventIndex(Corpus(folder))
