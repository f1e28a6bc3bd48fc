"""Command line of the extractor: `python -m extract PATH...` prints one JSON object an article."""

import argparse
import io
import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import TextIO

from extract.errors import ExtractError
from extract.evaluate import evaluate, read_lines
from extract.pipeline import Extractor
from extract.readers import SUFFIXES, Failure, FetchPolicy, ReadOptions, read_paths
from extract.readers.base import MAX_BYTES
from extract.readers.fields import STATABLE
from extract.types import Article, Extraction, Mention
from geodata import GeodataError, open_gazetteer

COLUMNS = (("article", 24), ("text", 24), ("place", 24), ("kind", 9), ("status", 9), ("role", 8), ("confidence", 10))
_PROGRESS_EVERY = 500


def parser() -> argparse.ArgumentParser:
    """The command line."""
    known = ", ".join(sorted(SUFFIXES))
    top = argparse.ArgumentParser(
        prog="python -m extract",
        description="Finds the places in articles and says why it placed them there.",
        epilog="`python -m extract evaluate GOLD PRED` scores its output against a gold set.",
    )
    what = f"files or folders ({known}), web addresses, or - for JSON lines"
    top.add_argument("paths", nargs="+", metavar="PATH", help=what)
    top.add_argument("--format", choices=("jsonl", "table"), default="jsonl", help="jsonl (default): an object a line")
    top.add_argument("--source", default="", help="source of articles that state none")
    top.add_argument("--date", type=_date, help="date (YYYY-MM-DD) of articles that state none")
    for name in STATABLE:
        top.add_argument(f"--{name}-column", metavar="NAME", help=f"column or key that holds the {name}")
    top.add_argument(
        "--max-bytes", type=_size, default=MAX_BYTES, help="largest article, in bytes (default %(default)s)"
    )
    return top


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2023-01-26") from error


def _size(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of bytes above 0")
    return int(text)


def main(arguments: list[str] | None = None) -> int:
    """Extract from every path; 0 when all was read, 1 when some item failed, 2 on wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        # whatever the locale, the output is UTF-8; a lone surrogate is written as its escape
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        if arguments[:1] == ["evaluate"]:
            failed = evaluate_main(arguments[1:])
        else:
            failed = run(parser().parse_args(arguments), sys.stdout)
        sys.stdout.flush()
    except BrokenPipeError:
        # the reader went away (`| head`): nothing more to say, and Python must not complain at exit either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except GeodataError as error:
        _report("gazetteer", str(error))
        return 1
    return 1 if failed else 0


def evaluate_main(arguments: list[str]) -> int:
    """`evaluate GOLD PRED`: print scores and errors by type; 1 when a file cannot be read."""
    top = argparse.ArgumentParser(prog="python -m extract evaluate", description="Scores output against a gold set.")
    top.add_argument("gold", type=Path, help="JSON lines with the wanted mentions")
    top.add_argument("predicted", type=Path, help="what `python -m extract` printed for the same articles")
    top.add_argument("--radius", type=float, metavar="KM", help="one radius for every mention")
    args = top.parse_args(arguments)
    try:
        report = evaluate(read_lines(args.gold), read_lines(args.predicted), radius_km=args.radius)
    except ExtractError as error:
        _report("evaluate", str(error))
        return 1
    for line in report.lines():
        print(printable(line))
    return 0


def run(args: argparse.Namespace, out: TextIO) -> int:
    """Print every extraction; the number of items that failed."""
    columns = {f"{name}_column": getattr(args, f"{name}_column") for name in STATABLE}
    options = ReadOptions(source=args.source, date=args.date, max_bytes=args.max_bytes, **columns)
    extractor = Extractor(open_gazetteer())
    read = failed = 0
    if args.format == "table":
        print(_row([name for name, _ in COLUMNS], "reason"), file=out)
    for item in read_paths(args.paths, options=options, fetch=FetchPolicy()):
        extraction = item if isinstance(item, Failure) else _extracted(extractor, item)
        if isinstance(extraction, Failure):
            failed += 1
            _report(extraction.item, extraction.reason)
            continue
        read += 1
        print_extraction(extraction, args.format, out)
        if read % _PROGRESS_EVERY == 0:
            print(f"{read} articles", file=sys.stderr)
    print(f"{read} {'article' if read == 1 else 'articles'} read, {failed} failed", file=sys.stderr)
    return failed


def _extracted(extractor: Extractor, article: Article) -> Extraction | Failure:
    """The item boundary: whatever goes wrong in one article is told and stops no other."""
    try:
        return extractor.extract(article)
    except Exception as error:
        return Failure(
            f"{article.id} ({article.origin})",
            f"extraction failed: {type(error).__name__}: {error}; please report it with the article",
        )


def print_extraction(extraction: Extraction, form: str, out: TextIO) -> None:
    """One line of JSON, or one row a mention."""
    if form == "jsonl":
        line = json.dumps(extraction.to_json(), ensure_ascii=False)
        # a lone surrogate has no UTF-8; JSON has an escape for it
        out.write((line if _encodable(line) else json.dumps(extraction.to_json())) + "\n")
        return
    for mention in extraction.mentions:
        out.write(_mention_row(extraction.article, mention) + "\n")


def _encodable(line: str) -> bool:
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _mention_row(article: Article, mention: Mention) -> str:
    cells = [article.id, mention.text, mention.name or "-", mention.kind or "-", mention.status, mention.role]
    return _row([*cells, f"{mention.confidence:.2f}"], mention.reason)


def _row(cells: list[str], last: str) -> str:
    shown = (_cell(cell, width) for cell, (_, width) in zip(cells, COLUMNS, strict=True))
    return "  ".join([*shown, printable(last)]).rstrip()


def _cell(text: str, width: int) -> str:
    text = printable(text)
    return (text if len(text) <= width else text[: width - 1] + "…").ljust(width)


def printable(text: str) -> str:
    """The text on one line without anything that drives a terminal: white space as spaces, the rest as escapes."""
    return "".join(
        c if c.isprintable() else " " if c.isspace() else c.encode("unicode_escape").decode("ascii") for c in text
    )


def _report(item: str, reason: str) -> None:
    print(f"error: {printable(item)}: {printable(reason)}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
