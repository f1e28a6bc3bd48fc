"""Articles as readers yield them, into a corpus: what is there already is not extracted again."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Date

from corpus.store import AddReport, Corpus
from corpus.stories import keep_links
from extract.readers import Failure
from extract.types import Article, Extraction

ADDED, WOULD_BE_ADDED, ALREADY_THERE = "added", "would be added", "already there"
REMOVED_BEFORE, FAILED, NOT_REACHED = "removed before", "failed", "not added: interrupted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one item: `outcome` is one of the words above, `reason` says why it failed. An item that could
    not be read has no `article_id`; `date` is None and `source` empty where nothing states them."""

    item: str
    outcome: str
    article_id: str = ""
    title: str = ""
    source: str = ""
    date: Date | None = None
    date_basis: str = ""
    reason: str = ""


def outcome_of(article: Article, outcome: str, reason: str = "") -> Outcome:
    """The outcome of an article that could be read."""
    return Outcome(
        item=article.origin or article.id,
        outcome=outcome,
        article_id=article.article_id,
        title=article.title or article.id,
        source=article.source,
        date=article.date,
        date_basis=article.date_basis,
        reason=reason,
    )


def add_articles(
    corpus: Corpus,
    items: Iterable[Article | Failure],
    extract: Callable[[Article], Extraction],
    *,
    tell: Callable[[Outcome], None],
    replace: bool = False,
    dry_run: bool = False,
) -> AddReport:
    """Extract and add what is new, with `replace` also what is there, and group what was added into stories.

    `tell` is given the outcome of every item exactly once: of an added one when it is safely in the corpus. An item
    that could not be read, or whose extraction failed, costs no other. With `dry_run` all is done but nothing written.
    Raises what `Corpus.add` and `keep_links` raise.
    """
    intake = _Intake(corpus, extract, tell, replace)
    if dry_run:
        report = intake.rehearse(items)
    else:
        try:
            report = corpus.add(intake.extractions(items), replace=replace, on_written=intake.written)
        except BaseException:
            intake.leave(NOT_REACHED)
            raise
        # what another process added in the meantime
        intake.leave(ALREADY_THERE)
        if report.added:
            keep_links(corpus)
    return dataclasses.replace(
        report,
        already_there=report.already_there + intake.skipped[ALREADY_THERE],
        removed_before=report.removed_before + intake.skipped[REMOVED_BEFORE],
    )


class _Intake:
    """One run of `add_articles`: which articles are known, and which wait to be written."""

    def __init__(
        self, corpus: Corpus, extract: Callable[[Article], Extraction], tell: Callable[[Outcome], None], replace: bool
    ):
        newest = corpus.newest()
        self._known = {article_id: ref.removed for article_id, ref in newest.rows.items()}
        self._damaged = newest.damaged
        self._extract, self._tell, self._replace = extract, tell, replace
        self._waiting: dict[str, Article] = {}
        self._done: set[str] = set()
        self.skipped = {ALREADY_THERE: 0, REMOVED_BEFORE: 0}

    def extractions(self, items: Iterable[Article | Failure]) -> Iterator[Extraction]:
        """Those to be added; every other item is told at once."""
        for item in items:
            if isinstance(item, Failure):
                self._tell(Outcome(item=item.item, outcome=FAILED, reason=item.reason))
                continue
            article_id = item.article_id
            if article_id in self._done or (not self._replace and article_id in self._known):
                gone = article_id not in self._done and self._known[article_id]
                self._skip(item, REMOVED_BEFORE if gone else ALREADY_THERE)
                continue
            try:
                extraction = self._extract(item)
            # whatever an article does to the extractor, it must not cost the other articles
            except Exception as error:
                reason = f"could not be extracted ({type(error).__name__}: {error})"
                self._tell(outcome_of(item, FAILED, reason))
                continue
            self._done.add(article_id)
            self._waiting[article_id] = extraction.article
            yield extraction

    def _skip(self, article: Article, outcome: str) -> None:
        self.skipped[outcome] += 1
        self._tell(outcome_of(article, outcome))

    def written(self, extractions: Sequence[Extraction]) -> None:
        """A batch is safely in the corpus."""
        for extraction in extractions:
            del self._waiting[extraction.article.article_id]
            self._tell(outcome_of(extraction.article, ADDED))

    def leave(self, outcome: str) -> None:
        """Tell the outcome of what was extracted and never written."""
        for article in self._waiting.values():
            self._tell(outcome_of(article, outcome))
        self._waiting.clear()

    def rehearse(self, items: Iterable[Article | Failure]) -> AddReport:
        """The report an add would give."""
        tally = {"added": 0, "undated": 0, "unknown_source": 0}
        for extraction in self.extractions(items):
            article = self._waiting.pop(extraction.article.article_id)
            self._tell(outcome_of(article, WOULD_BE_ADDED))
            tally["added"] += 1
            tally["undated"] += article.date is None
            tally["unknown_source"] += not article.source
        return AddReport(**tally, damaged=self._damaged)
