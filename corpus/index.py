"""Every question the dashboard, the command line and the exports ask of a corpus, answered by DuckDB."""

import itertools
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from typing import Any, Self

import duckdb
import pandas as pd

from corpus import clauses, questions
from corpus.clauses import Statement
from corpus.corrections.article import as_corrected
from corpus.corrections.file import Corrections, CorrectionsFile, CorrectionsStore, Decision
from corpus.corrections.overlay import Effect, Overlay
from corpus.corrections.standing import standing
from corpus.errors import ArticleGoneError, FilterError
from corpus.filter import MentionFilter
from corpus.schema import StoredArticle, from_row
from corpus.store import BATCHES, Corpus
from corpus.tables.definitions import FACET_NAMES
from corpus.tables.opening import cursor_of, open_tables
from extract.tokens import sentence_at
from geodata import Gazetteer, open_gazetteer

UNITS = ("day", "week", "month")
_EXPORT_CHUNK = 2000
_MOST_FOUND = 5_000_000  # rows of `searched`: some forty megabytes, then texts are read for every question
_REVISIONS = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Counts:
    """Figures under a filter.

    `stories`, `articles`, `places` and `mentions` are those that count (all copies of a story are one);
    `articles_searched` is how many articles the filter's article part chooses, with or without a mention in them.
    `placed`, `ambiguous`, `unplaced`, `rejected` look past the filter's `statuses`, so that what was not placed can
    always be told; what has no place is counted there even where the filter asks for certain places, kinds or a
    confidence, and what was rejected whatever role was asked.
    """

    stories: int
    articles: int
    articles_searched: int
    places: int
    mentions: int
    placed: int
    ambiguous: int
    unplaced: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Values to choose from, each with its number of articles (or stories) in the whole corpus, most frequent first.

    `sources` may hold `UNKNOWN_SOURCE`; `regions` are gazetteer ids, whose names are in `region_names`. `date_min`
    and `date_max` are None when no article is dated; `undated` counts those that are not.
    """

    sources: tuple[tuple[str, int], ...]
    cites: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]
    regions: tuple[tuple[str, int], ...]
    region_names: Mapping[str, str]
    date_min: Date | None
    date_max: Date | None
    undated: int


class CorpusIndex:
    """A snapshot of a corpus, as its reviewers corrected it, safe to share between threads.

    A large corpus keeps its tables in its folder, where they are made or brought up to date first if it `may_write`
    (see `corpus.tables.kept_file`); a small one's are in memory. `problems` are the batches that could not be read, and
    that no answer therefore holds. `gazetteer` gives places their country and region; by default the embedded one.
    `corrections` are those laid over what the machine found, by default the corpus's own; `follow` and `apply` change
    them. Frames have day columns as datetime64 (NaT where undated) and never more rows than said. Raises
    `CorrectionsReadError`, `CorpusWriteError`.
    """

    def __init__(
        self,
        corpus: Corpus,
        *,
        gazetteer: Gazetteer | None = None,
        corrections: CorrectionsStore | None = None,
        may_write: bool = True,
    ):
        self._batches_version = corpus.version
        self._corpus, self._folder = corpus, corpus.folder
        self._gazetteer = gazetteer
        self._cursor_lock, self._search_lock = threading.Lock(), threading.Lock()
        self._searched: set[str] = set()
        self._most_found = _MOST_FOUND
        self._facets: dict[str, Facets] = {}
        self._opened = open_tables(corpus, gazetteer, may_write=may_write)
        self.problems = self._opened.problems
        self._overlay = Overlay(self._cursor(), gazetteer)
        self._apply_lock = threading.RLock()
        self._followed = ""
        self.apply(Corrections())
        self.follow(CorrectionsFile(corpus.folder) if corrections is None else corrections)

    def follow(self, store: CorrectionsStore) -> None:
        """Answer from now on as the decisions in `store` say; nothing is done while they are as when last followed.
        Raises `CorrectionsReadError`."""
        with self._apply_lock:
            version = store.version
            if version != self._followed:
                self.apply(store.read())
                self._followed = version

    def apply(self, corrections: Corrections) -> None:
        """Answer from now on as `corrections` and no others say; only what they change is worked out again.
        `revision` is then a number that no index of this process has had before: a key for caches."""
        with self._apply_lock:
            self._overlay.apply(self._cursor(), corrections.state)
            self.corrections = corrections
            self._facets = {}
            self.revision = next(_REVISIONS)

    def preview(self, decisions: Sequence[Decision]) -> Effect:
        """What applying these decisions too would change; nothing is changed."""
        with self._apply_lock:
            state = standing((*self.corrections.decisions, *decisions))
            return self._overlay.preview(self._cursor(), state)

    @property
    def version(self) -> str:
        """Stands for what is answered: the batches read and, where there are any, the corrections that count."""
        corrected = self.corrections.state.version
        return f"{self._batches_version}-{corrected}" if corrected else self._batches_version

    def close(self) -> None:
        """Give the memory back; the index answers nothing afterwards."""
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, statement: Statement) -> duckdb.DuckDBPyConnection:
        """The answer to a question of any module, as a DuckDB result that only this caller reads."""
        for name, pattern in clauses.patterns_of(statement).items():
            if not self._is_searched(pattern):
                statement = clauses.reading(statement, name)
        return self._cursor().execute(statement.text, statement.values)

    def _is_searched(self, pattern: str) -> bool:
        """Whether the articles that match a pattern of a search are in the table `searched`, as they are after the
        first time it is asked for: a page asks several questions of one search, and reading all texts takes longest."""
        with self._search_lock:
            if pattern not in self._searched and self._most_found > 0:
                row = self._cursor().execute(clauses.SEARCH, {"pattern": pattern}).fetchone()
                assert row is not None  # an insert tells its rows
                self._most_found -= row[0]
                self._searched.add(pattern)
            return pattern in self._searched

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        with self._cursor_lock:
            return cursor_of(self._opened.connection)

    def _one(self, statement: Statement) -> tuple[Any, ...]:
        row = self.ask(statement).fetchone()
        assert row is not None  # an aggregate without GROUP BY always gives a row
        return row

    def places(self, f: MentionFilter) -> pd.DataFrame:
        """Places with a counted mention, most counted (by `f.count_by`) first, then by name.

        Columns: place_id, name, kind, lat, lon (degrees WGS84), country, region, mentions, articles, stories, sources
        (unknown ones not counted), first_date, last_date, location_mentions and actor_mentions (whatever roles `f`
        asks for), ambiguous (whatever statuses `f` asks for).
        """
        return self.ask(questions.places(f)).df()

    def counts(self, f: MentionFilter) -> Counts:
        """The figures on top of the map; see `Counts`."""
        stories, articles, places, mentions, *statuses = self._one(questions.counts(f))
        searched = self._one(questions.articles_searched(f))[0]
        return Counts(stories, articles, searched, places, mentions, *statuses)

    def _find_facets(self, count_by: str) -> Facets:
        values: dict[str, list[tuple[str, int]]] = {name: [] for name in FACET_NAMES}
        for facet, value, number in self.ask(
            questions.facets(count_by, as_made=not self.corrections.state.slots)
        ).fetchall():
            values[facet].append((value, number))
        dates = self._one(Statement("SELECT min(date), max(date), count(*) - count(date) FROM articles", {}))
        names = {}
        if values["regions"]:
            gazetteer = self._gazetteer or open_gazetteer()
            places = ((region, gazetteer.get(region)) for region, _ in values["regions"])
            names = {region: place.name if place else region for region, place in places}
        found = {name: tuple(rows) for name, rows in values.items()}
        return Facets(**found, region_names=names, date_min=dates[0], date_max=dates[1], undated=dates[2])

    def facets(self, count_by: str = "articles") -> Facets:
        """Values to choose from in the whole corpus, each with its number of "articles" or "stories"."""
        if count_by not in ("articles", "stories"):
            raise FilterError(f"count_by: facets are counted by articles or stories, not by {count_by!r}")
        # those of one revision: `apply` puts an empty one in its place
        known = self._facets
        if count_by not in known:
            known[count_by] = self._find_facets(count_by)
        return known[count_by]

    def evidence(self, f: MentionFilter, place_id: str, *, limit: int = 20, offset: int = 0) -> pd.DataFrame:
        """Counted mentions of a place, newest article first, undated last; `limit` of them after the first `offset`.

        Columns: article_id, title, source, date, date_basis, url, language, start, end, text, status, role,
        confidence, reason, in_scrap, story_id, sentence, sentence_start (its first code point in the article's text).
        """
        frame = self.ask(questions.evidence(f, place_id, limit, offset)).df()
        sentences = self._sentences(frame["a"].tolist(), frame["start"].tolist(), frame["end"].tolist())
        frame["sentence"] = pd.Series([sentence for sentence, _ in sentences], dtype="str")
        frame["sentence_start"] = pd.Series([start for _, start in sentences], dtype="int64")
        return frame.drop(columns="a")

    def _sentences(self, articles: list[int], starts: list[int], ends: list[int]) -> list[tuple[str, int]]:
        """The sentence around each span and where it starts; `articles` are numbers in the index."""
        wanted = "SELECT a, text FROM articles WHERE a IN (SELECT unnest($wanted))"
        texts = dict(self.ask(Statement(wanted, {"wanted": sorted(set(articles))})).fetchall())
        sentences = []
        known, first, last = -1, 0, 0
        for article, start, end in zip(articles, starts, ends, strict=True):
            if article != known or not first <= start < end <= last:
                first, last = sentence_at(texts[article], start, end)
                known = article
            sentences.append((texts[article][first:last], first))
        return sentences

    def article_rows(
        self,
        f: MentionFilter,
        *,
        limit: int | None = None,
        offset: int = 0,
        one_per_story: bool = False,
        naming: bool = False,
    ) -> pd.DataFrame:
        """Articles chosen by the article part of `f` (sources, dates, cites, languages, text), newest first, undated
        last, with the number of counted `mentions` in each and of their `places`; both may be 0. `copies` is how many
        others of the chosen articles tell the same story; with `one_per_story` the leading one of them stands for all.
        `naming` leaves out those without a counted mention.

        Columns: article_id, id, title, source, date, date_basis, language, url, cites, places, mentions, story_id,
        copies.
        """
        return self.ask(questions.article_rows(f, limit, offset, one_per_story=one_per_story, naming=naming)).df()

    def article(self, article_id: str) -> StoredArticle | None:
        """An article with all that was found in it, or None when the corpus has no such article.

        Raises `ArticleGoneError` when its batch has left the folder since, `DamagedBatchError` when it went bad.
        """
        place = "SELECT batch, batch_row FROM articles WHERE article_id = $article_id"
        row = self.ask(Statement(place, {"article_id": article_id})).fetchone()
        if row is None:
            return None
        try:
            stored = from_row(self._corpus.row(self._folder / BATCHES / row[0], row[1]))
        except FileNotFoundError as error:
            raise ArticleGoneError(f"batch {row[0]} is no longer in {self._folder}; open the corpus again") from error
        if stored.article_id != article_id:
            raise ArticleGoneError(f"batch {row[0]} of {self._folder} has been rewritten; open the corpus again")
        return as_corrected(self, stored)

    def timeline(self, f: MentionFilter, unit: str = "day") -> pd.DataFrame:
        """Columns day (the first of each day, week or month that has any), stories (one told on two days is on both),
        articles, mentions. Undated articles are on no day: `counts` holds them, this does not."""
        if unit not in UNITS:
            raise FilterError(f"unit: {unit!r} is not known; choose from {', '.join(UNITS)}")
        return self.ask(questions.timeline(f, unit)).df()

    def mention_rows(self, f: MentionFilter, *, by_place: bool = False) -> Iterator[dict[str, Any]]:
        """Counted mentions for an export, oldest article first (with `by_place`, a place's together), a few thousand at
        a time in memory. Keys: the columns of `questions.export_rows` but its article number, and `sentence`."""
        cursor = self.ask(questions.export_rows(f, by_place=by_place))
        names = [column[0] for column in cursor.description]
        while chunk := cursor.fetchmany(_EXPORT_CHUNK):
            rows = [dict(zip(names, values, strict=True)) for values in chunk]
            spans = ([row[key] for row in rows] for key in ("a", "start", "end"))
            for row, (sentence, _) in zip(rows, self._sentences(*spans), strict=True):
                del row["a"]
                yield row | {"sentence": sentence}
