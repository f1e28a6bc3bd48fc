"""Articles as readers yield them, into a corpus: what is there already is not extracted again."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Date

from corpus.prepared import Head, Prepared, head_of
from corpus.store import AddReport, Corpus
from corpus.stories import keep_links
from extract.readers import Failure
from extract.types import Article, Extraction

ADDED, WOULD_BE_ADDED, ALREADY_THERE = "added", "would be added", "already there"
REMOVED_BEFORE, FAILED, NOT_REACHED = "removed before", "failed", "not added: interrupted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one item: `outcome` is one of the words above, `reason` says why it failed. An item that could
    not be read has no `article_id`; `date` is None and `source` empty where nothing states them. `notes` say
    what to look at twice, such as a date in the future."""

    item: str
    outcome: str
    article_id: str = ""
    title: str = ""
    source: str = ""
    date: Date | None = None
    date_basis: str = ""
    reason: str = ""
    notes: tuple[str, ...] = ()


def outcome_of(head: Head, outcome: str, reason: str = "") -> Outcome:
    """The outcome of an article that could be read."""
    return Outcome(
        item=head.item,
        outcome=outcome,
        article_id=head.article_id,
        title=head.title,
        source=head.source,
        date=head.date,
        date_basis=head.date_basis,
        reason=reason,
        notes=head.notes,
    )


def add_articles(
    corpus: Corpus,
    items: Iterable[Article | Failure],
    extract: Callable[[Article], Extraction | Prepared],
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
        # links of what is held are found when it is opened
        if report.added and not corpus.is_held:
            keep_links(corpus)
    return dataclasses.replace(
        report,
        already_there=report.already_there + intake.skipped[ALREADY_THERE],
        removed_before=report.removed_before + intake.skipped[REMOVED_BEFORE],
    )


class _Intake:
    """One run of `add_articles`: which articles are known, and which wait to be written."""

    def __init__(
        self,
        corpus: Corpus,
        extract: Callable[[Article], Extraction | Prepared],
        tell: Callable[[Outcome], None],
        replace: bool,
    ):
        newest = corpus.newest()
        self._known = {article_id: ref.removed for article_id, ref in newest.rows.items()}
        self._damaged = newest.damaged
        self._extract, self._tell, self._replace = extract, tell, replace
        self._waiting: dict[str, Head] = {}
        self._done: set[str] = set()
        self.skipped = {ALREADY_THERE: 0, REMOVED_BEFORE: 0}

    def extractions(self, items: Iterable[Article | Failure]) -> Iterator[Extraction | Prepared]:
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
                self._tell(outcome_of(head_of(item), FAILED, reason))
                continue
            self._done.add(article_id)
            self._waiting[article_id] = (
                extraction.head if isinstance(extraction, Prepared) else head_of(extraction.article, extraction.notes)
            )
            yield extraction

    def _skip(self, article: Article, outcome: str) -> None:
        self.skipped[outcome] += 1
        self._tell(outcome_of(head_of(article), outcome))

    def written(self, batch: Sequence[Prepared]) -> None:
        """A batch is safely in the corpus."""
        for one in batch:
            del self._waiting[one.head.article_id]
            self._tell(outcome_of(one.head, ADDED))

    def leave(self, outcome: str) -> None:
        """Tell the outcome of what was extracted and never written."""
        for head in self._waiting.values():
            self._tell(outcome_of(head, outcome))
        self._waiting.clear()

    def rehearse(self, items: Iterable[Article | Failure]) -> AddReport:
        """The report an add would give."""
        tally = {"added": 0, "undated": 0, "unknown_source": 0}
        for _ in self.extractions(items):
            _, head = self._waiting.popitem()
            self._tell(outcome_of(head, WOULD_BE_ADDED))
            tally["added"] += 1
            tally["undated"] += head.date is None
            tally["unknown_source"] += not head.source
        return AddReport(**tally, damaged=self._damaged)
