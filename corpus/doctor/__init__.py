"""What would fail once this project is deployed on Streamlit Community Cloud: `python -m corpus doctor`.

Each check is a function that yields findings; none of them writes anything, and only the check of wheels, which is
asked for, needs the network.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from corpus.doctor.content import check_content
from corpus.doctor.corpus_fit import check_corpus
from corpus.doctor.dependencies import check_dependencies
from corpus.doctor.files import NotAProjectError, Project, check_files
from corpus.doctor.findings import FAILS, NOTE, WARNS, Finding
from corpus.doctor.settings import check_settings
from corpus.doctor.wheels import check_wheels
from corpus.terminal import complain, plain

_SIGNS = {FAILS: "FAILS", WARNS: "warns", NOTE: "note "}


def add_options(command: argparse.ArgumentParser) -> None:
    """The command's options."""
    command.add_argument(
        "--project", type=Path, default=Path(), metavar="DIR", help="the folder with app.py (default .)"
    )
    command.add_argument(
        "--corpus", type=Path, metavar="DIR", help="the corpus to be shared (default: what app.py opens)"
    )
    command.add_argument("--wheels", action="store_true", help="ask the package index for wheels of every dependency")


def diagnose(project: Project, corpus: Path | None, *, wheels: bool = False) -> Iterator[Finding]:
    """All findings, in the order a deployment would meet them."""
    yield from check_dependencies(project)
    yield from check_settings(project)
    yield from check_content(project)
    yield from check_files(project)
    yield from check_corpus(project, corpus)
    if wheels:
        yield from check_wheels(project)


def run(args: argparse.Namespace) -> int:
    """Print the findings. Exit code 0 when nothing would fail, 1 when something would, 2 when this is no project."""
    try:
        project = Project.at(args.project)
    except NotAProjectError as error:
        complain(str(error))
        return 2
    counts = dict.fromkeys(_SIGNS, 0)
    for finding in diagnose(project, args.corpus, wheels=args.wheels):
        counts[finding.level] += 1
        print(f"{_SIGNS[finding.level]}  {plain(finding.what, 300)}")
        for words in (finding.why, finding.way_out):
            if words:
                print(f"       {plain(words, 600)}")
    fails, warns = counts[FAILS], counts[WARNS]
    verdict = "would not work as it is" if fails else "nothing found that would fail"
    print(f"{verdict}: {fails} that fail, {warns} that warn", file=sys.stderr)
    return 1 if fails else 0
