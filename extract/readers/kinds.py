"""Which reader reads which kind of file, by its suffix, and what to do with the kinds that none reads."""

import tempfile
from collections.abc import Iterator
from typing import BinaryIO

from extract.readers.base import Failure, Reader, ReadOptions, file_name
from extract.readers.docx import read_docx
from extract.readers.feeds import read_feed, read_json_feed
from extract.readers.html import read_page
from extract.readers.jsonl import read_json_lines
from extract.readers.pdf import read_pdf
from extract.readers.sheets import read_parquet, read_workbook
from extract.readers.table import read_table
from extract.readers.text import read_text_file
from extract.types import Article

READERS: dict[str, Reader] = {
    **dict.fromkeys((".txt", ".md"), read_text_file),
    **dict.fromkeys((".html", ".htm", ".xhtml"), read_page),
    **dict.fromkeys((".jsonl", ".ndjson"), read_json_lines),
    **dict.fromkeys((".csv", ".tsv"), read_table),
    **dict.fromkeys((".rss", ".atom", ".xml"), read_feed),
    ".json": read_json_feed,
    ".parquet": read_parquet,
    ".xlsx": read_workbook,
    ".pdf": read_pdf,
    ".docx": read_docx,
}
ARCHIVE_SUFFIX = ".zip"
SUFFIXES = frozenset([*READERS, ARCHIVE_SUFFIX])
_RANDOM_ACCESS = frozenset([".parquet", ".xlsx", ".pdf", ".docx"])
_WAYS_OUT = {
    ".doc": "a Word document of the kind before 2007; open it and save it as .docx",
    ".xls": "an Excel workbook of the kind before 2007; open it and save it as .xlsx",
    **dict.fromkeys((".rtf", ".odt", ".pages"), "a text document; open it and save it as .docx or .txt"),
    ".ods": "a spreadsheet; open it and save it as .xlsx or .csv",
    **dict.fromkeys((".mhtml", ".mht", ".webarchive"), "a web archive; open the page and save it as HTML only"),
    **dict.fromkeys((".gz", ".tar", ".tgz", ".7z", ".rar", ".bz2", ".xz"), "an archive; unpack it, or pack a .zip"),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".tif", ".tiff", ".heic"), "a picture; give the article's text"),
}
_IN_MEMORY = 8_000_000


def known_suffixes() -> str:
    """The suffixes that are read, for a message."""
    return ", ".join(sorted(SUFFIXES))


def suffix_of(item: str) -> str:
    """The suffix of a file's name in small letters with its dot; empty when it has none."""
    stem, dot, suffix = file_name(item).rpartition(".")
    return f".{suffix.lower()}" if dot and stem else ""


def unknown_kind(item: str) -> Failure:
    """Why a file of another kind is not read, with the way out where there is one."""
    suffix = suffix_of(item)
    if suffix in _WAYS_OUT:
        return Failure(item, f"the file is {_WAYS_OUT[suffix]}")
    what = f"{suffix or 'without a suffix'!r}"
    return Failure(item, f"the kind of file {what} is not known; Dateline reads {known_suffixes()}")


def read_file(file: BinaryIO, *, item: str, options: ReadOptions, seekable: bool = True) -> Iterator[Article | Failure]:
    """The articles of an open file of a known kind that is no archive; see `base.Reader`.

    A file that cannot seek freely is first copied to a temporary one where its reader must.
    """
    suffix = suffix_of(item)
    if seekable or suffix not in _RANDOM_ACCESS:
        yield from READERS[suffix](file, item=item, options=options)
        return
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
        while piece := file.read(1 << 20):
            copy.write(piece)
        copy.seek(0)
        yield from READERS[suffix](copy, item=item, options=options)
