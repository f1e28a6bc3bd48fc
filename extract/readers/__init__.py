"""Readers: files, folders and streams to articles. A bad item gives a `Failure`; the rest goes on."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from extract.errors import UnreadableError, UnreadableInputError
from extract.readers.base import Failure, ReadOptions, Seen
from extract.readers.jsonl import read_json_lines
from extract.readers.table import read_table
from extract.readers.text import read_text_file
from extract.types import Article

TEXT_SUFFIXES = frozenset([".txt", ".md"])
JSON_SUFFIXES = frozenset([".jsonl", ".ndjson"])
TABLE_SUFFIXES = frozenset([".csv", ".tsv"])
SUFFIXES = TEXT_SUFFIXES | JSON_SUFFIXES | TABLE_SUFFIXES
STDIN = "-"

__all__ = ["SUFFIXES", "Failure", "ReadOptions", "read_paths"]


def read_paths(paths: Sequence[str], *, options: ReadOptions | None = None) -> Iterator[Article | Failure]:
    """Every article in the files and folders, in order; what cannot be read comes as a `Failure` in its place.

    `-` is JSON lines on standard input. A folder gives its files recursively in the order of their names, hidden ones
    left out. Ids are unique within the run: a second, different text under a known id is read as `ID#2`; the same text
    under the same id is a `Failure` that says where it was read. Never raises for an item; nothing is skipped silently.
    """
    options = options or ReadOptions()
    seen = Seen()
    for path in paths:
        for found in _read(path, options):
            yield seen.admit(found) if isinstance(found, Article) else found


def _read(path: str, options: ReadOptions) -> Iterator[Article | Failure]:
    if path == STDIN:
        yield from _guarded(STDIN, read_json_lines(sys.stdin.buffer, item="stdin", options=options))
        return
    place = Path(path)
    try:
        is_folder = place.is_dir()
        if not is_folder and not place.exists():
            yield Failure(path, "there is no such file or folder; check the path")
            return
    except (OSError, ValueError) as error:
        yield Failure(path, f"the path cannot be used ({error}); check it")
        return
    if is_folder:
        yield from _read_folder(place, options)
    else:
        yield from _read_file(place, options)


def _read_folder(folder: Path, options: ReadOptions) -> Iterator[Article | Failure]:
    found = 0
    for entry in _walk(folder):
        found += 1
        if isinstance(entry, Failure):
            yield entry
        else:
            yield from _read_file(entry, options)
    if not found:
        yield Failure(str(folder), f"the folder holds no file; put articles ({_known()}) into it")


def _walk(folder: Path) -> Iterator[Path | Failure]:
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield Failure(str(folder), f"the folder cannot be opened: {error.strerror or error}; check its permissions")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if not entry.is_dir():
            yield entry
        elif entry.is_symlink():
            yield Failure(str(entry), "a link to a folder is not followed; name the folder itself")
        else:
            yield from _walk(entry)


def _read_file(path: Path, options: ReadOptions) -> Iterator[Article | Failure]:
    item, suffix = str(path), path.suffix.lower()
    if suffix not in SUFFIXES:
        yield Failure(
            item, f"the kind of file {suffix or 'without a suffix'!r} is not known; Dateline reads {_known()}"
        )
    elif not path.is_file():
        yield Failure(item, "it is not a regular file; give a file or a folder")
    elif suffix in TEXT_SUFFIXES:
        yield from _guarded(item, _one_text(path, item, options))
    else:
        yield from _guarded(item, _many(path, item, suffix, options))


def _one_text(path: Path, item: str, options: ReadOptions) -> Iterator[Article]:
    yield read_text_file(path, item=item, options=options)


def _many(path: Path, item: str, suffix: str, options: ReadOptions) -> Iterator[Article | Failure]:
    read = read_json_lines if suffix in JSON_SUFFIXES else read_table
    with path.open("rb") as file:
        yield from read(file, item=item, options=options)


def _guarded(item: str, found: Iterator[Article | Failure]) -> Iterator[Article | Failure]:
    """Turns what stops a whole file into its `Failure`."""
    try:
        yield from found
    except (UnreadableError, UnreadableInputError) as error:
        yield Failure(item, str(error))
    except OSError as error:
        yield Failure(item, f"it cannot be read: {error.strerror or error}; check its permissions")


def _known() -> str:
    return ", ".join(sorted(SUFFIXES))
