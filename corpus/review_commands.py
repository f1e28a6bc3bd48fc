"""The command `review`: decisions listed, merged, taken back, carried along."""

import argparse
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import IO

from corpus.corrections.file import CorrectionsFile, Decision, Restored, decide
from corpus.corrections.overlay_words import in_words
from corpus.corrections.standing import not_undone
from corpus.errors import CorrectionError, NotACorpusError
from corpus.files import write_beside
from corpus.store import Corpus
from corpus.terminal import complain, plain

_WIDTH = 300


def add_options(command: argparse.ArgumentParser) -> None:
    """Give the command its actions, each with the corpus it is about."""
    actions = command.add_subparsers(dest="action", required=True, help="what to do with them")
    listing = actions.add_parser("list", help="every decision, oldest first, in plain words")
    merging = actions.add_parser("merge", help="take in other reviewers' corrections.jsonl; conflicts are listed")
    merging.add_argument("files", nargs="+", type=Path, metavar="FILE", help="corrections.jsonl of another copy")
    undoing = actions.add_parser("undo", help="take a decision back; an undo can be taken back too")
    undoing.add_argument("id", metavar="ID", help="of the decision, as `list` shows it")
    undoing.add_argument("--who", default="", metavar="NAME", help="who takes it back")
    undoing.add_argument("--why", default="", metavar="TEXT", help="why")
    exporting = actions.add_parser("export", help="the corrections as they are, to take along")
    exporting.add_argument("-o", "--output", type=Path, metavar="FILE", help="there whole or not at all; else stdout")
    restoring = actions.add_parser("restore", help="bring an export back: the same as merge with one file")
    restoring.add_argument("files", nargs=1, type=Path, metavar="FILE", help="what `export` wrote")
    for action in (merging, restoring):
        action.add_argument("--later-wins", action="store_true", help="in a conflict let the later decision count")
    for action in (listing, merging, undoing, exporting, restoring):
        action.add_argument("--corpus", type=Path, required=True, metavar="DIR", help="the corpus folder")


def run(args: argparse.Namespace) -> int:
    """0 done, 1 when a line could not be read or a conflict was not taken, 2 on a wrong id or no corpus."""
    if not args.corpus.exists():
        raise NotACorpusError(f"there is no corpus at {args.corpus}; check the path")
    Corpus(args.corpus)
    file = CorrectionsFile(args.corpus)
    actions = {"list": _list, "merge": _merge, "restore": _merge, "undo": _undo, "export": _export}
    return actions[args.action](file, args)


def _list(file: CorrectionsFile, args: argparse.Namespace) -> int:
    found = file.read()
    standing = not_undone(found.decisions)
    known = {decision.id: decision for decision in found.decisions}
    for decision in sorted(found.decisions, key=lambda d: d.order):
        undone = decision.action != "undo" and decision.id not in standing
        mark = " (taken back)" if undone else ""
        print(f"{_line(decision, known.get(str(decision.value)))}{mark}")
    return _tell(found.problems)


def _line(decision: Decision, undone: Decision | None = None) -> str:
    words = in_words(decision)
    if decision.action == "undo" and undone:
        words = f"{words} ({in_words(undone)})"
    who = decision.who or "a reviewer"
    why = f" ({decision.why})" if decision.why else ""
    return plain(f"{decision.time:%Y-%m-%d %H:%M} UTC  {decision.id}  {who}: {words}{why}", _WIDTH)


def _tell(problems: Iterable[object]) -> int:
    code = 0
    for problem in problems:
        complain(str(problem))
        code = 1
    return code


def _merge(file: CorrectionsFile, args: argparse.Namespace) -> int:
    # all of them are read before anything is written
    contents = [(path, path.read_bytes()) for path in args.files]
    code = 0
    for path, data in contents:
        restored = file.restore(data, later_wins=args.later_wins)
        code = max(code, _told(path, restored, later_wins=args.later_wins))
    return code


def _told(path: Path, restored: Restored, *, later_wins: bool) -> int:
    merged = restored.merged
    print(f"{plain(str(path), 200)}: {len(merged.added):,} added, {merged.same:,} already there", file=sys.stderr)
    for conflict in merged.conflicts:
        print(f"conflict\n  here   {_line(conflict.mine)}\n  there  {_line(conflict.theirs)}")
    added = {decision.id for decision in merged.added}
    left = sum(conflict.theirs.id not in added for conflict in merged.conflicts)
    if left:
        way_out = "" if later_wins else "; --later-wins lets the later decision count"
        complain(f"{path}: {left:,} decisions that conflict were not taken{way_out}")
    for problem in restored.problems:
        complain(f"{path} line {problem.line}: {problem.reason}; it was left out")
    return 1 if left or restored.problems else 0


def _undo(file: CorrectionsFile, args: argparse.Namespace) -> int:
    found = file.read()
    known = {decision.id: decision for decision in found.decisions}
    decision = known.get(args.id)
    if decision is None:
        raise CorrectionError(f"{args.id!r} is no decision here; `review list` shows their ids")
    if decision.action != "undo" and args.id not in not_undone(found.decisions):
        raise CorrectionError(f"{args.id} is taken back already; undo that undo to have it again")
    file.append([decide("undo", scope="everywhere", value=args.id, who=args.who, why=args.why, after=found.latest)])
    print(f"taken back: {_line(decision, known.get(str(decision.value)))}", file=sys.stderr)
    return _tell(found.problems)


def _export(file: CorrectionsFile, args: argparse.Namespace) -> int:
    data = file.dump()
    if args.output:
        write_beside(args.output, partial(_write, data))
    else:
        _write(data, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    return _tell(file.read().problems)


def _write(data: bytes, stream: IO[bytes]) -> None:
    stream.write(data)
