"""Readers: files, folders, archives, addresses and streams to articles.

A bad item gives a `Failure`; the rest goes on.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from extract.errors import UnreadableError, UnreadableInputError
from extract.readers.archive import read_archive
from extract.readers.base import Failure, ReadOptions, Seen
from extract.readers.fetched import is_address, read_address, without_credentials
from extract.readers.jsonl import read_json_lines
from extract.readers.kinds import ARCHIVE_SUFFIX, SUFFIXES, known_suffixes, read_file, suffix_of, unknown_kind
from extract.readers.url import Fetcher, FetchPolicy
from extract.types import Article

STDIN = "-"
_PAGE_SUFFIXES = (".html", ".htm", ".xhtml")
_COMPANIONS = ("_files", ".files")

__all__ = ["SUFFIXES", "Failure", "FetchPolicy", "ReadOptions", "read_paths"]


def read_paths(
    paths: Sequence[str], *, options: ReadOptions | None = None, fetch: FetchPolicy | None = None
) -> Iterator[Article | Failure]:
    """Every article in the files, folders and addresses, in order; what cannot be read is a `Failure` in its place.

    `-` is JSON lines on standard input. A folder gives its files recursively in the order of their names, hidden ones
    and the folders of pictures that browsers save beside a page left out. An address (`https://...`) is fetched under
    `fetch`; without a policy nothing is ever fetched. Ids are unique within the run: a second, different text under a
    known id is read as `ID#2`; the same text under the same id is a `Failure`. Never raises for an item; nothing is
    skipped silently.
    """
    options = options or ReadOptions()
    seen = Seen()
    fetcher = Fetcher(fetch) if fetch else None
    for path in paths:
        for found in _read(path, options, fetcher):
            yield seen.admit(found) if isinstance(found, Article) else found


def _read(path: str, options: ReadOptions, fetcher: Fetcher | None) -> Iterator[Article | Failure]:
    if path == STDIN:
        yield from _guarded(STDIN, read_json_lines(sys.stdin.buffer, item="stdin", options=options))
        return
    if is_address(path):
        shown = without_credentials(path)
        if fetcher is None:
            yield Failure(shown, "fetching addresses is not allowed here; save the page and give the file")
        else:
            yield from _guarded(shown, read_address(path, fetcher=fetcher, options=options))
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
        yield Failure(str(folder), f"the folder holds no file; put articles ({known_suffixes()}) into it")


def _walk(folder: Path) -> Iterator[Path | Failure]:
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield Failure(str(folder), f"the folder cannot be opened: {error.strerror or error}; check its permissions")
        return
    pages = {entry.stem for entry in entries if entry.suffix.lower() in _PAGE_SUFFIXES}
    for entry in entries:
        beside_page = entry.name.endswith(_COMPANIONS) and entry.name[: -len(_COMPANIONS[0])] in pages
        if entry.name.startswith(".") or (beside_page and entry.is_dir()):
            continue
        if not entry.is_dir():
            yield entry
        elif entry.is_symlink():
            yield Failure(str(entry), "a link to a folder is not followed; name the folder itself")
        else:
            yield from _walk(entry)


def _read_file(path: Path, options: ReadOptions) -> Iterator[Article | Failure]:
    item = str(path)
    if suffix_of(item) not in SUFFIXES:
        yield unknown_kind(item)
    elif not path.is_file():
        yield Failure(item, "it is not a regular file; give a file or a folder")
    else:
        yield from _guarded(item, _opened(path, item, options))


def _opened(path: Path, item: str, options: ReadOptions) -> Iterator[Article | Failure]:
    read = read_archive if suffix_of(item) == ARCHIVE_SUFFIX else read_file
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
