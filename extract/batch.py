"""Extraction over several processes of one machine, in order and with bounded memory.

Articles are sent ahead of their being asked for, so that reading, extracting and storing overlap. An article that
crashes its process, or holds it longer than its time, fails alone: its batch fellows are done again without it.
"""

import multiprocessing
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import TypeVar

from extract.errors import ExtractError
from extract.pipeline import Extractor
from extract.types import Article, Extraction
from geodata import open_gazetteer

SECONDS_AN_ARTICLE = 60.0
AHEAD = 48
"""Articles under way per process: enough to keep it busy, few enough to keep memory flat."""

_EXTRACTOR: Extractor | None = None
_Item = TypeVar("_Item")


class ArticleCrashedError(ExtractError, RuntimeError):
    """Extraction of this very article ended its process or did not end in time. Trying again does not help."""


def extract_here(article: Article) -> Extraction:
    """`Extractor.extract` with this process's own gazetteer, opened once (the files are memory-mapped and shared)."""
    global _EXTRACTOR
    if _EXTRACTOR is None:
        _EXTRACTOR = Extractor(open_gazetteer())
    return _EXTRACTOR.extract(article)


class ProcessPool:
    """`processes` workers that run `work`. Use as a context: `ahead` feeds them, `result` gives what they made."""

    def __init__(
        self,
        processes: int,
        *,
        work: Callable[[Article], Extraction] = extract_here,
        seconds: float = SECONDS_AN_ARTICLE,
    ):
        self._processes, self._work, self._seconds = processes, work, seconds
        self._pool = self._start(processes)
        self._under_way: dict[int, tuple[Article, Future[Extraction]]] = {}

    def __enter__(self) -> "ProcessPool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop(self._pool)

    def ahead(self, items: Iterable[_Item], *, known: Collection[str] = ()) -> Iterator[_Item]:
        """The items in order, each article among them sent to a worker some time before it is yielded.

        Articles whose `article_id` is in `known` are passed through unsent, as are items that are no articles.
        """
        waiting: deque[_Item] = deque()
        for item in items:
            if isinstance(item, Article) and item.article_id not in known:
                self._under_way[id(item)] = (item, self._submit(item))
            waiting.append(item)
            if len(waiting) >= AHEAD * self._processes:
                yield waiting.popleft()
        yield from waiting

    def result(self, article: Article) -> Extraction:
        """What was made of an article that `ahead` yielded; raises what extraction raised, or `ArticleCrashedError`."""
        _, future = self._under_way.pop(id(article), (article, None))
        try:
            return (future or self._submit(article)).result(timeout=self._seconds)
        except (BrokenProcessPool, TooLong):
            self._restart()
            return self._alone(article)

    def _submit(self, article: Article) -> "Future[Extraction]":
        try:
            return self._pool.submit(self._work, article)
        except BrokenProcessPool:
            self._restart()
            return self._pool.submit(self._work, article)

    def _start(self, processes: int) -> ProcessPoolExecutor:
        # Spawned, not forked: the parent runs threads (DuckDB, Arrow) that a fork would leave in mid-step.
        return ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn"))

    def _stop(self, pool: ProcessPoolExecutor) -> None:
        for process in list((pool._processes or {}).values()):
            process.kill()
        pool.shutdown(wait=True, cancel_futures=True)

    def _restart(self) -> None:
        """A new pool, with what was under way and is not done sent again."""
        self._stop(self._pool)
        self._pool = self._start(self._processes)
        for key, (article, future) in list(self._under_way.items()):
            if not future.done() or future.cancelled() or isinstance(future.exception(), BrokenProcessPool):
                self._under_way[key] = (article, self._pool.submit(self._work, article))

    def _alone(self, article: Article) -> Extraction:
        """Extract one suspect in a process of its own, so that it cannot take others with it."""
        pool = self._start(1)
        try:
            return pool.submit(self._work, article).result(timeout=self._seconds)
        except BrokenProcessPool as error:
            raise ArticleCrashedError(f"extraction of {article.id} ended its process; leave the article out") from error
        except TooLong as error:
            raise ArticleCrashedError(
                f"extraction of {article.id} took longer than {self._seconds:.0f} s; shorten or leave out the article"
            ) from error
        finally:
            self._stop(pool)
