"""Command line of the corpus: `python -m corpus add | list | export`."""

import argparse
import io
import os
import sys
import unicodedata
from pathlib import Path
from typing import Any

from corpus.errors import CorpusError, FilterError, NotACorpusError
from corpus.export import FORMATS, export, export_file
from corpus.index import CorpusIndex
from corpus.options import add_filter_options, day, filter_from
from corpus.store import AddReport, Corpus

_READ_COLUMNS = ("text", "title", "source", "date", "url", "id")
_WIDTHS = {"date": 10, "source": 24, "lang": 7, "mentions": 8, "places": 6, "article_id": 16}


def parser() -> argparse.ArgumentParser:
    """The command line, one subcommand each for adding, listing and writing out."""
    top = argparse.ArgumentParser(prog="python -m corpus", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)
    add = commands.add_parser("add", help="read articles, find their places and keep both")
    add.add_argument("paths", nargs="+", metavar="PATH", help="file or folder; - for JSONL on stdin")
    add.add_argument("--source", default="", metavar="NAME", help="source of articles that state none")
    add.add_argument("--date", type=day, metavar="DAY", help="date of articles that state none, YYYY-MM-DD")
    for column in _READ_COLUMNS:
        add.add_argument(f"--{column}-column", metavar="NAME", help=f"the table's column of the {column}")
    add.add_argument("--replace", action="store_true", help="extract again what is there, bring back what was removed")
    listing = commands.add_parser("list", help="articles, newest first, with the mentions that count")
    writing = commands.add_parser("export", help="mentions that count, each with its place and sentence")
    writing.add_argument("--format", choices=FORMATS, required=True, help="of the output")
    writing.add_argument("-o", "--output", type=Path, metavar="FILE", help="written whole or not at all; else stdout")
    for command in (add, listing, writing):
        command.add_argument("--corpus", type=Path, required=True, metavar="DIR", help="the corpus folder")
    for command in (listing, writing):
        add_filter_options(command)
    return top


def add(args: argparse.Namespace) -> int:
    """Add articles; 0 when all were read, 1 when some failed."""
    # listing and exporting start without readers, tries and lexicons
    from corpus.adding import add_articles
    from extract.pipeline import Extractor
    from extract.readers import Failure, ReadOptions, read_paths
    from geodata import open_gazetteer

    failures: list[Failure] = []

    def on_failure(failure: Failure) -> None:
        failures.append(failure)
        complain(f"{failure.item}: {failure.reason}")

    columns = {f"{column}_column": getattr(args, f"{column}_column") for column in _READ_COLUMNS}
    options = ReadOptions(source=args.source, date=args.date, **columns)
    extractor = Extractor(open_gazetteer())
    report = add_articles(
        Corpus(args.corpus),
        read_paths(args.paths, options=options),
        extractor.extract,
        on_failure=on_failure,
        replace=args.replace,
    )
    tell_added(report, len(failures))
    return 1 if failures or report.damaged else 0


def tell_added(report: AddReport, failed: int) -> None:
    """The closing report of an add, on stderr."""
    for problem in report.damaged:
        complain(str(problem))
    lines = [
        (report.added, "added"),
        (report.undated, "of them undated"),
        (report.unknown_source, "of them from an unknown source"),
        (report.already_there, "already there"),
        (report.removed_before, "removed earlier and left out"),
        (failed, "failed, with the reasons above" if failed else "failed"),
    ]
    for figure, words in lines:
        print(f"{figure:8,}  {words}", file=sys.stderr)


def list_articles(args: argparse.Namespace) -> int:
    """Print a table of articles; 1 when a batch could not be read, and the table is therefore not complete."""
    asked = filter_from(args)
    with opened(args.corpus) as index:
        frame = index.article_rows(asked)
        print("  ".join(f"{name:{width}}" for name, width in _WIDTHS.items()) + "  title")
        for row in frame.itertuples():
            date = "undated" if row.date is None or row.date != row.date else f"{row.date:%Y-%m-%d}"
            source = row.source or "unknown source"
            values = (date, source, row.language, row.mentions, row.places, row.article_id)
            cells = [_cell(value, width) for value, width in zip(values, _WIDTHS.values(), strict=True)]
            print("  ".join([*cells, plain(row.title or row.id, 80)]).rstrip())
        return tell_problems(index)


def _cell(value: Any, width: int) -> str:
    return f"{value:{width},}" if isinstance(value, int) else f"{plain(value, width):{width}}"


def write_out(args: argparse.Namespace) -> int:
    """Export; 1 when a batch could not be read, and the export is therefore not complete."""
    asked = filter_from(args)
    with opened(args.corpus) as index:
        if args.output:
            written = export_file(index, asked, args.format, args.output)
        else:
            out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=True)
            try:
                written = export(index, asked, args.format, out)
            finally:
                out.detach()
        print(f"{written:,} mentions written", file=sys.stderr)
        return tell_problems(index)


def opened(folder: Path) -> CorpusIndex:
    """The index of a corpus that must be there: asking one that is not would look like finding nothing."""
    if not folder.exists():
        raise NotACorpusError(f"there is no corpus at {folder}; make one with `python -m corpus add PATH --corpus DIR`")
    return CorpusIndex(Corpus(folder))


def tell_problems(index: CorpusIndex) -> int:
    """Say what could not be read; the exit code."""
    for problem in index.problems:
        complain(str(problem))
    return 1 if index.problems else 0


def plain(text: str, width: int) -> str:
    """Text of an article on one terminal line: nothing in it can move the cursor or turn the line around."""
    line = " ".join(text.split())
    kept = "".join("\ufffd" if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char for char in line)
    return kept if len(kept) <= width else kept[: width - 1] + "…"


def complain(message: str) -> None:
    """One line on stderr."""
    print(f"error: {plain(message, 2000)}", file=sys.stderr)


def main(argv: list[str] | None = None) -> int:
    """Exit code: 0 done, 1 some items or batches failed or could not be written, 2 wrong usage, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    args = parser().parse_args(argv)
    commands = {"add": add, "list": list_articles, "export": write_out}
    try:
        return commands[args.command](args)
    except (FilterError, NotACorpusError) as error:
        complain(str(error))
        return 2
    except BrokenPipeError:
        # who read us has seen enough; leave nothing for the interpreter to flush into the closed pipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except CorpusError as error:
        complain(str(error))
    except OSError as error:
        complain(f"{error.filename or args.command}: {error.strerror or error}; nothing was written")
    except KeyboardInterrupt:
        complain("interrupted; whole batches written so far are kept, and the same command goes on from there")
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main())
