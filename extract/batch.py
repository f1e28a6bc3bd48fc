"""Extraction over several processes of one machine, in order and with bounded memory.

Articles are sent in chunks ahead of their being asked for, so that reading, extracting and storing overlap. An article
that crashes its process, or holds it longer than its time, fails alone: its fellows are done again without it.
"""

import functools
import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Any, TypeVar

from extract.errors import ExtractError
from extract.pipeline import Extractor
from extract.types import Article, Extraction
from geodata import open_gazetteer
from geodata.own_layer import OwnPlace, with_own

SECONDS_AN_ARTICLE = 60.0
AHEAD = 48
"""Items under way per process: enough to keep it busy, few enough to keep memory flat."""

AHEAD_CHARS = 16_000_000
"""Texts under way in all processes hold no more than this, and one article."""

_SECONDS_TO_START = 300.0

CHUNK, CHUNK_CHARS = 16, 200_000
"""Articles sent at once, and the length of text at which a chunk is full before."""

_EXTRACTOR: Extractor | None = None
_OWN: Sequence[OwnPlace] = ()
_Item = TypeVar("_Item")
Work = Callable[[Sequence[Article]], Sequence[Any]]
"""Run in a worker: what was made of each of the articles, or the exception that came of it."""


class ArticleCrashedError(ExtractError, RuntimeError):
    """Extraction of this very article ended its process or did not end in time. Trying again does not help."""


class NotExtractedError(ExtractError, RuntimeError):
    """Extraction of this article raised something that cannot pass between processes; the message names it."""


def extract_here(article: Article) -> Extraction:
    """`Extractor.extract` with this process's own gazetteer, opened once (the files are memory-mapped and shared)."""
    global _EXTRACTOR
    if _EXTRACTOR is None:
        _EXTRACTOR = Extractor(with_own(open_gazetteer(), _OWN))
    return _EXTRACTOR.extract(article)


def use_own_places(own: Sequence[OwnPlace]) -> None:
    """From now on `extract_here` knows the places that a corpus adds to the gazetteer too."""
    global _OWN, _EXTRACTOR
    if tuple(own) != tuple(_OWN):
        _OWN, _EXTRACTOR = own, None


def each(work: Callable[[Article], Any], articles: Sequence[Article]) -> list[Any]:
    """What `work` makes of each article; an exception it raises stands in its place and costs no other."""
    made = []
    for article in articles:
        try:
            made.append(work(article))
        # whatever an article does to the extractor, it must not cost the other articles
        except Exception as error:
            made.append(_picklable(error))
    return made


def _picklable(error: Exception) -> Exception:
    try:
        pickle.loads(pickle.dumps(error))
    # what pickling foreign exceptions raises is theirs to choose
    except Exception:
        return NotExtractedError(f"{type(error).__name__}: {error}")
    return error


extract_each: Work = functools.partial(each, extract_here)


class _Chunk:
    """Articles sent together: `future` once they are, `made` once that is there."""

    def __init__(self) -> None:
        self.articles: list[Article] = []
        self.chars = 0
        self.future: Future[Sequence[Any]] | None = None
        self.made: Sequence[Any] | None = None

    @property
    def is_full(self) -> bool:
        return len(self.articles) >= CHUNK or self.chars >= CHUNK_CHARS


class ProcessPool:
    """`processes` workers that run `work` with the gazetteer and the corpus's `own` places. Use as a context: `ahead`
    feeds them, `result` gives what they made."""

    def __init__(
        self,
        processes: int,
        *,
        work: Work = extract_each,
        seconds: float = SECONDS_AN_ARTICLE,
        own: Sequence[OwnPlace] = (),
    ):
        self._processes, self._work, self._seconds, self._own = processes, work, seconds, own
        self._pool = _start(processes, own)
        self._under_way: dict[int, tuple[_Chunk, int]] = {}
        self._filling = _Chunk()

    def __enter__(self) -> "ProcessPool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _stop(self._pool)

    def ahead(self, items: Iterable[_Item], *, known: Collection[str] = ()) -> Iterator[_Item]:
        """The items in order, each article among them sent to a worker some time before it is yielded.

        Articles whose `article_id` is in `known` are passed through unsent, as are items that are no articles.
        """
        waiting: deque[tuple[_Item, int]] = deque()
        chars = 0
        for item in items:
            size = len(item.text) if isinstance(item, Article) else 0
            if isinstance(item, Article) and not (known and item.article_id in known):
                self._send(item)
            waiting.append((item, size))
            chars += size
            while len(waiting) >= AHEAD * self._processes or chars > AHEAD_CHARS:
                oldest, its_size = waiting.popleft()
                chars -= its_size
                yield oldest
        self._flush()
        while waiting:
            yield waiting.popleft()[0]

    def result(self, article: Article) -> Any:
        """What was made of an article that `ahead` yielded; raises what extraction raised, or `ArticleCrashedError`."""
        chunk, place = self._under_way.pop(id(article), (None, 0))
        if chunk is None:
            chunk = _Chunk()
            chunk.articles.append(article)
        made = self._made(chunk)[place]
        if isinstance(made, Exception):
            raise made
        return made

    def _send(self, article: Article) -> None:
        chunk = self._filling
        self._under_way[id(article)] = (chunk, len(chunk.articles))
        chunk.articles.append(article)
        chunk.chars += len(article.text)
        if chunk.is_full:
            self._flush()

    def _flush(self) -> None:
        chunk, self._filling = self._filling, _Chunk()
        if chunk.articles:
            self._submit(chunk)

    def _submit(self, chunk: _Chunk) -> None:
        try:
            chunk.future = self._pool.submit(self._work, chunk.articles)
        except BrokenProcessPool:
            self._restart()
            chunk.future = self._pool.submit(self._work, chunk.articles)

    def _made(self, chunk: _Chunk) -> Sequence[Any]:
        if chunk.made is None:
            if chunk.future is None:
                if chunk is self._filling:
                    self._filling = _Chunk()
                self._submit(chunk)
            try:
                chunk.made = chunk.future.result(timeout=self._seconds)
            except (BrokenProcessPool, TooLong):
                self._restart(suspect=chunk)
                chunk.made = self._one_by_one(chunk.articles)
            chunk.future = None
        return chunk.made

    def _restart(self, suspect: _Chunk | None = None) -> None:
        """A new pool, with what was under way and is not done sent again."""
        _stop(self._pool)
        self._pool = _start(self._processes, self._own)
        for chunk in dict.fromkeys(chunk for chunk, _ in self._under_way.values()):
            future = chunk.future
            if chunk is suspect or chunk.made is not None or future is None:
                continue
            if not future.done() or future.cancelled() or isinstance(future.exception(), BrokenProcessPool):
                chunk.future = self._pool.submit(self._work, chunk.articles)

    def _one_by_one(self, articles: Sequence[Article]) -> list[Any]:
        """Suspects in a process of their own, so that the guilty one takes no other with it."""
        made: list[Any] = []
        pool: ProcessPoolExecutor | None = None
        try:
            for article in articles:
                if pool is None:
                    pool = _start(1, self._own)
                    # starting is not the article's time
                    pool.submit(os.getpid).result(timeout=_SECONDS_TO_START)
                try:
                    made += pool.submit(self._work, [article]).result(timeout=self._seconds)
                except (BrokenProcessPool, TooLong) as error:
                    made.append(self._crashed(article, error))
                    _stop(pool)
                    pool = None
        finally:
            if pool:
                _stop(pool)
        return made

    def _crashed(self, article: Article, error: Exception) -> ArticleCrashedError:
        if isinstance(error, BrokenProcessPool):
            return ArticleCrashedError(f"extraction of {article.id} ended its process; leave the article out")
        return ArticleCrashedError(
            f"extraction of {article.id} took longer than {self._seconds:.0f} s; shorten or leave out the article"
        )


def _start(processes: int, own: Sequence[OwnPlace]) -> ProcessPoolExecutor:
    # spawned, not forked: the parent runs threads (DuckDB, Arrow) that a fork would leave in mid-step
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(processes, mp_context=context, initializer=_in_worker, initargs=(own,))


def _in_worker(own: Sequence[OwnPlace]) -> None:
    """Ctrl-C is the parent's to answer; a worker whose parent was killed must not wait for work for ever. `own` are
    the places that the corpus adds to the gazetteer."""
    use_own_places(own)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def follow() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


def _stop(pool: ProcessPoolExecutor) -> None:
    for process in list((pool._processes or {}).values()):
        process.kill()
    pool.shutdown(wait=True, cancel_futures=True)
