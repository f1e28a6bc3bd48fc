"""The closing report of an add: figures on the terminal, and one row an item in a file."""

import csv
import io
import sys
from pathlib import Path
from typing import IO

from corpus.adding import FAILED, Outcome
from corpus.exports.csv import harmless
from corpus.files import write_beside
from corpus.store import AddReport
from corpus.terminal import complain

COLUMNS = (
    "item",
    "outcome",
    "reason",
    "article_id",
    "title",
    "source",
    "date",
    "date_basis",
    "undated",
    "unknown_source",
    "notes",
)


def tell_report(report: AddReport, failed: int, *, ahead: int = 0, dry_run: bool = False) -> None:
    """The figures, on stderr; `ahead` is how many articles are dated in the future."""
    for problem in report.damaged:
        complain(str(problem))
    lines = [
        (report.added, "would be added" if dry_run else "added"),
        (report.undated, "of them undated"),
        (report.unknown_source, "of them from an unknown source"),
        *([(ahead, "of them dated in the future")] if ahead else []),
        (report.already_there, "already there"),
        (report.removed_before, "removed earlier and left out"),
        (failed, "failed, with the reasons above" if failed else "failed"),
    ]
    for figure, words in lines:
        print(f"{figure:8,}  {words}", file=sys.stderr)


def write_report(outcomes: list[Outcome], path: Path) -> None:
    """One row an item, as CSV in UTF-8 without formulas, there whole or not at all. Raises `OSError`."""

    def fill(raw: IO[bytes]) -> None:
        text = io.TextIOWrapper(raw, encoding="utf-8", errors="replace", newline="")
        try:
            writer = csv.writer(text, lineterminator="\r\n")
            writer.writerow(COLUMNS)
            writer.writerows([harmless(value) for value in _row(outcome)] for outcome in outcomes)
        finally:
            text.detach()

    write_beside(path, fill)


def _row(outcome: Outcome) -> list[str | bool]:
    day = outcome.date.isoformat() if outcome.date else ""
    cells: list[str | bool] = [outcome.item, outcome.outcome, outcome.reason, outcome.article_id, outcome.title]
    cells += [outcome.source, day, outcome.date_basis]
    # of an item that could not be read nothing is known, not even that it is undated
    unread = outcome.outcome == FAILED and not outcome.article_id
    known: list[str | bool] = ["", ""] if unread else [outcome.date is None, not outcome.source]
    return [*cells, *known, " ".join(outcome.notes)]
