"""The commands that bring articles in: `add` once, `watch` until stopped."""

import argparse
import dataclasses
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Set
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path

from tqdm import tqdm

from corpus.adding import ADDED, FAILED, WOULD_BE_ADDED, Outcome, add_articles
from corpus.corrections.file import CorrectionsFile
from corpus.corrections.own_places import corpus_gazetteer, own_places
from corpus.prepared import Prepared, prepare
from corpus.reporting import tell_report, write_report
from corpus.store import AddReport, Corpus
from corpus.tables.kept_file import keep_tables
from corpus.terminal import complain
from corpus.watching import FolderWatch, keep_looking, stopping
from extract.batch import ProcessPool
from extract.dates.dating import is_ahead, today
from extract.pipeline import Extractor
from extract.readers import Failure, FetchPolicy, ReadOptions, read_paths
from extract.readers.fetched import is_address
from extract.types import Article, Extraction
from geodata import open_gazetteer
from geodata.own_layer import with_own

READ_COLUMNS = ("text", "title", "source", "date", "url", "id")
FOLDER_SECONDS, ADDRESS_SECONDS = 10.0, 900.0
LEAST_ADDRESS_SECONDS = 60.0


def read_options(args: argparse.Namespace) -> ReadOptions:
    """How to read, as the command line says."""
    columns = {f"{column}_column": getattr(args, f"{column}_column") for column in READ_COLUMNS}
    return ReadOptions(source=args.source, date=args.date, **columns)


def add(args: argparse.Namespace) -> int:
    """Add articles; 0 when all were read, 1 when some failed, 2 when the report has nowhere to go."""
    if args.dask:
        return _add_by_cluster(args)
    if args.report and not args.report.parent.is_dir():
        complain(f"--report: there is no folder {args.report.parent}; make it first. Nothing was added")
        return 2
    corpus = Corpus(args.corpus)
    teller = _Teller(keep=bool(args.report))
    known = () if args.replace else corpus.article_ids()
    try:
        items = _with_progress(read_paths(args.paths, options=read_options(args), fetch=FetchPolicy()))
        with _workers(args.jobs, args.corpus) as (ahead, extract):
            report = add_articles(
                corpus, ahead(items, known), extract, tell=teller.tell, replace=args.replace, dry_run=args.dry_run
            )
        tell_report(report, teller.failed, ahead=teller.ahead, dry_run=args.dry_run)
        if report.added and not args.dry_run:
            keep_tables(corpus)
    finally:
        # what became of each item is worth most when the add broke off
        if args.report:
            write_report(teller.outcomes, args.report)
    return 1 if teller.failed or report.damaged else 0


def _add_by_cluster(args: argparse.Namespace) -> int:
    if args.dry_run or args.report or args.replace or args.jobs != 1:
        complain("--dask goes with none of --dry-run, --report, --replace and --jobs; leave those out")
        return 2
    # only those who ask for a cluster need what it takes
    try:
        from corpus.scale import cluster
    except ImportError as error:
        complain(f"--dask needs {error.name}: `python -m pip install -r requirements-scale.txt`")
        return 2
    return cluster.add(args, read_options(args))


def verify(args: argparse.Namespace) -> int:
    """Prove that all is there; 0 when it is, else 1, or 2 when it cannot be looked into."""
    try:
        from corpus.scale import verify as verifying
    except ImportError as error:
        complain(f"verify needs {error.name}: `python -m pip install -r requirements-scale.txt`")
        return 2
    return verifying.run(args, read_options(args))


@contextmanager
def _workers(jobs: int, folder: Path) -> Iterator[tuple[Callable, Callable[[Article], Extraction | Prepared]]]:
    """How items are prepared and extracted: in this process for one job, else by that many processes ahead of time."""
    corrections = CorrectionsFile(folder).read()
    for problem in corrections.problems:
        complain(str(problem))
    own = own_places(corrections.state, open_gazetteer())
    if jobs == 1:
        yield (lambda items, known: items), Extractor(with_own(open_gazetteer(), own)).extract
        return
    with ProcessPool(jobs, work=prepare, own=own) as pool:
        yield (lambda items, known: pool.ahead(items, known=known)), pool.result


class _Teller:
    """Says on stderr what failed, and with `keep` keeps what became of each item: of a million that is a gigabyte."""

    def __init__(self, *, keep: bool) -> None:
        self._keep = keep
        self.outcomes: list[Outcome] = []
        self.failed = self.ahead = 0

    def tell(self, outcome: Outcome) -> None:
        if self._keep:
            self.outcomes.append(outcome)
        self.ahead += outcome.outcome in (ADDED, WOULD_BE_ADDED) and is_ahead(outcome.date, today())
        if outcome.outcome == FAILED:
            self.failed += 1
            with tqdm.external_write_mode(file=sys.stderr):
                complain(f"{outcome.item}: {outcome.reason}")


def _with_progress(items: Iterable[Article | Failure]) -> Iterator[Article | Failure]:
    """The items, counted on a terminal; silent where nobody looks."""
    return iter(tqdm(items, unit=" items", desc="reading", disable=None, file=sys.stderr, dynamic_ncols=True))


def watch(args: argparse.Namespace) -> int:
    """Add what is new in a folder or at an address until interrupted; 0, or 2 when it cannot be watched."""
    at_address = is_address(args.path)
    if not at_address and not Path(args.path).is_dir():
        complain(f"{args.path} is neither a folder nor a web address; check it")
        return 2
    every = args.every or (ADDRESS_SECONDS if at_address else FOLDER_SECONDS)
    if at_address and every < LEAST_ADDRESS_SECONDS:
        complain(f"--every: a site is asked once in {LEAST_ADDRESS_SECONDS:g} seconds at most")
        return 2
    with stopping() as stop:
        watching = _Watching(args, stop)
        look = watching.look_at_address if at_address else watching.look_at_folder
        print(f"watching {args.path} every {every:g} seconds; Ctrl-C ends", file=sys.stderr)
        keep_looking(look, every_seconds=every, stop=stop)
    tell_report(watching.total, watching.failed)
    return 0


class _Watching:
    """The rounds of one `watch`: the corpus, the extractor opened once, and what was added in all."""

    def __init__(self, args: argparse.Namespace, stop: threading.Event):
        self._path, self._options, self._stop = args.path, read_options(args), stop
        self._corpus = Corpus(args.corpus)
        self._folder = FolderWatch(Path(args.path), apart=args.corpus)
        self._corrections = CorrectionsFile(args.corpus)
        self._open_extractor()
        self._told: set[tuple[str, str]] = set()
        self.total, self.failed = AddReport(), 0

    def _open_extractor(self) -> None:
        self._corrected = self._corrections.version
        self._extractor = Extractor(corpus_gazetteer(self._corpus.folder))

    def look_at_folder(self) -> None:
        """One round over files that are new or changed."""
        paths, failures = self._folder.look()
        for failure in failures:
            self._failed(failure.item, failure.reason)
        if paths:
            self._add(read_paths([str(path) for path in paths], options=self._options))

    def look_at_address(self) -> None:
        """One round over a feed or page. What fails as it did in the last round is not told again."""
        before, self._told = self._told, set()
        self._add(read_paths([self._path], options=self._options, fetch=FetchPolicy()), before)

    def _add(self, items: Iterable[Article | Failure], told_before: Set[tuple[str, str]] = frozenset()) -> None:
        def tell(outcome: Outcome) -> None:
            if outcome.outcome == FAILED:
                self._told.add((outcome.item, outcome.reason))
                if (outcome.item, outcome.reason) not in told_before:
                    self._failed(outcome.item, outcome.reason)

        if self._corrections.version != self._corrected:
            self._open_extractor()
        # an interruption ends the round at the next item; what was extracted by then is still written
        wanted = takewhile(lambda _: not self._stop.is_set(), items)
        report = add_articles(self._corpus, wanted, self._extractor.extract, tell=tell)
        if report.added:
            print(f"{report.added:,} added", file=sys.stderr)
        self.total = _sum(self.total, report)

    def _failed(self, item: str, reason: str) -> None:
        self.failed += 1
        complain(f"{item}: {reason}")


def _sum(one: AddReport, other: AddReport) -> AddReport:
    figures = ("added", "already_there", "undated", "unknown_source", "removed_before")
    sums = {name: getattr(one, name) + getattr(other, name) for name in figures}
    return dataclasses.replace(other, **sums)
