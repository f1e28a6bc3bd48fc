"""Command line of the corpus: `python -m corpus add | watch | list | export | review | compact | verify | doctor`."""

import argparse
import io
import os
import sys
from pathlib import Path
from typing import Any

from corpus import doctor, review_commands
from corpus.errors import CorpusError, CorrectionError, FilterError, NotACorpusError
from corpus.exports.write import FORMATS, Heading, export, export_file
from corpus.index import CorpusIndex
from corpus.options import add_filter_options, day, filter_from
from corpus.store import Corpus
from corpus.terminal import complain, plain

_READ_COLUMNS = ("text", "title", "source", "date", "url", "id")
_WIDTHS = {
    "date": 10,
    "source": 24,
    "lang": 7,
    "mentions": 8,
    "places": 6,
    "copies": 6,
    "article_id": 16,
    "story_id": 16,
}


def parser() -> argparse.ArgumentParser:
    """The command line, one subcommand each for adding, listing and writing out."""
    top = argparse.ArgumentParser(prog="python -m corpus", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)
    add = commands.add_parser("add", help="read articles, find their places and keep both")
    add.add_argument("paths", nargs="+", metavar="PATH", help="file, folder or web address; - for JSONL on stdin")
    add.add_argument("--dry-run", action="store_true", help="read and extract, say what would be added, write nothing")
    add.add_argument("--report", type=Path, metavar="FILE", help="what became of each item, one row an item, as CSV")
    add.add_argument("--jobs", type=_jobs, default=1, metavar="N", help="processes that extract (default 1)")
    dask = "extract on a Dask cluster: tcp://HOST:PORT of its scheduler, or local[:N] for N processes of this machine"
    add.add_argument("--dask", type=_dask, metavar="ADDRESS", help=dask)
    add.add_argument("--replace", action="store_true", help="extract again what is there, bring back what was removed")
    watching = commands.add_parser("watch", help="add what is new in a folder or feed until Ctrl-C")
    watching.add_argument("path", metavar="FOLDER|FEED", help="folder, or web address of a feed or page")
    every = "between two looks; 10 for a folder, 900 for an address"
    watching.add_argument("--every", type=_seconds, metavar="SECONDS", help=every)
    verifying = commands.add_parser("verify", help="prove that every row of the input is in the corpus once")
    verifying.add_argument("paths", nargs="*", metavar="INPUT", help="tables to read again and look up row by row")
    for command in (add, watching, verifying):
        _add_reading_options(command)
    listing = commands.add_parser("list", help="articles, newest first, with the mentions that count")
    listing.add_argument("--one-per-story", action="store_true", help="the leading copy of each story, for all of them")
    writing = commands.add_parser("export", help="mentions that count, each with its place and sentence")
    writing.add_argument("--format", choices=FORMATS, required=True, help="of the output")
    writing.add_argument("-o", "--output", type=Path, metavar="FILE", help="written whole or not at all; else stdout")
    brief_words = "language of the HTML brief: en or uk (default en)"
    writing.add_argument("--brief-language", choices=("en", "uk"), default="en", help=brief_words)
    review_commands.add_options(commands.add_parser("review", help="decisions of reviewers: list, merge, undo"))
    merging = commands.add_parser("compact", help="merge small batches into large sorted ones; readers may go on")
    doctor.add_options(commands.add_parser("doctor", help="what would fail when this project is deployed to be shared"))
    for command in (watching, listing, writing, merging):
        command.add_argument("--corpus", type=Path, required=True, metavar="DIR", help="the corpus folder")
    for command in (add, verifying):
        where = "the corpus folder; with --dask also an address that fsspec knows (s3://...)"
        command.add_argument("--corpus", type=_folder_or_url, required=True, metavar="DIR", help=where)
    for command in (listing, writing):
        add_filter_options(command)
    return top


def _add_reading_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--source", default="", metavar="NAME", help="source of articles that state none")
    command.add_argument("--date", type=day, metavar="DAY", help="date of articles that state none, YYYY-MM-DD")
    for column in _READ_COLUMNS:
        command.add_argument(f"--{column}-column", metavar="NAME", help=f"the table's column of the {column}")


def _folder_or_url(text: str) -> Path | str:
    return text if "://" in text else Path(text)


def _dask(text: str) -> str:
    local, _, count = text.partition(":")
    if local == "local" and (text == "local" or (count.isascii() and count.isdigit() and 1 <= int(count) <= 256)):
        return text
    if not text.startswith(("tcp://", "tls://", "ws://", "wss://")):
        raise argparse.ArgumentTypeError(f"{text!r} is neither local, local:N nor the tcp:// address of a scheduler")
    return text


def _jobs(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes from 1 to 64")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 1 <= seconds <= 86_400 * 7:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds from 1 to a week (604800)")
    return seconds


def bring_in(args: argparse.Namespace) -> int:
    """Add or watch; the exit code of `corpus.intake`."""
    # listing and exporting start without readers, tries and lexicons
    from corpus import intake

    commands = {"add": intake.add, "watch": intake.watch, "verify": intake.verify}
    if args.command == "add" and isinstance(args.corpus, str) and not args.dask:
        raise NotACorpusError(f"{args.corpus} is an address, which only --dask writes to; name a folder")
    return commands[args.command](args)


def merge_batches(args: argparse.Namespace) -> int:
    """Compact; 1 when a batch could not be read, and was therefore left."""
    from corpus.scale import compacting

    return compacting.run(there(args.corpus))


def list_articles(args: argparse.Namespace) -> int:
    """Print a table of articles; 1 when a batch could not be read, and the table is therefore not complete."""
    asked = filter_from(args)
    with opened(args.corpus) as index:
        frame = index.article_rows(asked, one_per_story=args.one_per_story)
        print("  ".join(f"{name:{width}}" for name, width in _WIDTHS.items()) + "  title")
        for row in frame.itertuples():
            date = "undated" if row.date is None or row.date != row.date else f"{row.date:%Y-%m-%d}"
            source = row.source or "unknown source"
            values = (date, source, row.language, row.mentions, row.places, row.copies, row.article_id, row.story_id)
            cells = [_cell(value, width) for value, width in zip(values, _WIDTHS.values(), strict=True)]
            print("  ".join([*cells, plain(row.title or row.id, 80)]).rstrip())
        return tell_problems(index)


def _cell(value: Any, width: int) -> str:
    return f"{value:{width},}" if isinstance(value, int) else f"{plain(value, width):{width}}"


def write_out(args: argparse.Namespace) -> int:
    """Export; 1 when a batch could not be read, and the export is therefore not complete."""
    asked = filter_from(args)
    heading = Heading(corpus=args.corpus.resolve().name, language=args.brief_language)
    with opened(args.corpus) as index:
        if args.output:
            written = export_file(index, asked, args.format, args.output, heading)
        else:
            sys.stdout.flush()
            written = export(index, asked, args.format, sys.stdout.buffer, heading)
            sys.stdout.buffer.flush()
        print(f"{written:,} mentions written", file=sys.stderr)
        return tell_problems(index)


def opened(folder: Path) -> CorpusIndex:
    """The index of a corpus that must be there."""
    return CorpusIndex(there(folder))


def there(folder: Path) -> Corpus:
    """A corpus that must be there: asking one that is not would look like finding nothing."""
    if not folder.exists():
        raise NotACorpusError(f"there is no corpus at {folder}; make one with `python -m corpus add PATH --corpus DIR`")
    return Corpus(folder)


def tell_problems(index: CorpusIndex) -> int:
    """Say which batches and corrections could not be read; the exit code."""
    problems = (*index.problems, *index.corrections.problems)
    for problem in problems:
        complain(str(problem))
    return 1 if problems else 0


def main(argv: list[str] | None = None) -> int:
    """Exit code: 0 done, 1 some items or batches failed or could not be written, 2 wrong usage, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    args = parser().parse_args(argv)
    commands = {"add": bring_in, "watch": bring_in, "verify": bring_in, "list": list_articles, "export": write_out}
    commands |= {"doctor": doctor.run, "review": review_commands.run, "compact": merge_batches}
    try:
        return commands[args.command](args)
    except (FilterError, NotACorpusError, CorrectionError) as error:
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
