"""PDF: one file is one article, the text of its pages in order, its lines joined to paragraphs again.

Neither the dates nor the author that a PDF states are the article's: they say when and by whom the file was made.
"""

import logging
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from extract.errors import UnreadableError
from extract.readers.base import (
    Failure,
    ReadOptions,
    as_words,
    file_name,
    file_stem,
    make_article,
    parsing,
    refuse_large,
)
from extract.readers.text import find_title
from extract.types import Article

MAX_PAGES = 5_000
_ADVICE = "save its text as a .txt file"
_OCR = "run it through a text recogniser (such as ocrmypdf) first"
_SENTENCE_ENDS = re.compile(r"[.!?…:;][\"”’'»)\]]*$")
_OWN_LINE = re.compile(r"[•·▪●○*–—-]\s|\(?\d{1,3}[.)]\s")
_HYPHENATED = re.compile(r"[^\W\d_][-\u00ad]$")
_FULL_LINE = 0.7
_FILE_NAME_TITLE = re.compile(r"(?i)\.\w{2,5}$|^(?:microsoft word|untitled|document\d*|slide \d)\b")


def read_pdf(file: BinaryIO, *, item: str, options: ReadOptions) -> Iterator[Article | Failure]:
    """The article of a PDF, then a `Failure` naming the pages that are pictures without text, if there are any.

    Raises `UnreadableError` when the file is no PDF, needs a password or holds no text.
    """
    with parsing(item, "a PDF", advice=_ADVICE):
        reader = _opened(file, item)
        pages, pictures = _pages(reader, item, options)
    text = "\n\n".join(page for page in pages if page)
    if not text:
        what = "only pictures of text (a scan)" if pictures else "no text"
        raise UnreadableError(f"{item} holds {what} on its {len(pages)} pages; {_OCR}")
    refuse_large(text, item, options)
    yield make_article(
        id=file_name(item),
        text=text,
        fields={"title": _title(reader) or find_title(text)},
        options=options,
        origin=item,
        name=file_stem(item),
    )
    if pictures:
        numbers = ", ".join(map(str, pictures[:20])) + (" and more" if len(pictures) > 20 else "")
        yield Failure(f"{item}, page {numbers}", f"a picture without text, left out of the article; {_OCR}")


def _opened(file: BinaryIO, item: str) -> Any:
    """The reader of a PDF that is open to everyone. Raises `UnreadableError` when it is not."""
    import pypdf
    from pypdf.errors import DependencyError

    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    if not file.read(1):
        raise UnreadableError(f"{item} is empty; copy it again")
    file.seek(0)
    reader = pypdf.PdfReader(file)
    locked = f"{item} is protected with a password; open it and save a copy without one"
    try:
        # many are encrypted with no password, only to forbid printing
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError(locked)
    except DependencyError as error:
        raise UnreadableError(f"{locked} (or install the package cryptography)") from error
    return reader


def _pages(reader: Any, item: str, options: ReadOptions) -> tuple[list[str], list[int]]:
    """The text of every page, and the numbers of those that are pictures without text."""
    if len(reader.pages) > MAX_PAGES:
        raise UnreadableError(f"{item} has {len(reader.pages):,} pages, the limit is {MAX_PAGES:,}; split it")
    pages, pictures, size = [], [], 0
    for number, page in enumerate(reader.pages, 1):
        text = unwrapped(page.extract_text())
        pages.append(text)
        size += len(text)
        if not text and _has_picture(page):
            pictures.append(number)
        if size > options.max_bytes:
            raise UnreadableError(f"the text of {item} is above the limit of {options.max_bytes / 1e6:g} MB; split it")
    return pages, pictures


def _has_picture(page: Any) -> bool:
    resources = page.get("/Resources")
    objects = (resources.get_object() if resources else {}).get("/XObject")
    found = objects.get_object() if objects else {}
    return any(found[name].get_object().get("/Subtype") in ("/Image", "/Form") for name in found)


def unwrapped(page: str) -> str:
    """A page's lines as paragraphs: a line as long as the page is wide that ends no sentence goes on in the next."""
    lines = [" ".join(line.replace("\x00", "").split()) for line in page.splitlines()]
    lengths = sorted(len(line) for line in lines if line)
    if not lengths:
        return ""
    full = _FULL_LINE * lengths[min(len(lengths) - 1, int(0.9 * len(lengths)))]
    pieces: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        goes_on = len(line) >= full and following and not _OWN_LINE.match(following)
        if not goes_on or _SENTENCE_ENDS.search(line):
            pieces.append(f"{line}\n")
        elif not _HYPHENATED.search(line):
            pieces.append(f"{line} ")
        else:
            # Bakh-mut is one word, Ivano-Frankivsk keeps its hyphen
            pieces.append(line if following[0].isupper() else line[:-1])
    return re.sub(r"\n{3,}", "\n\n", "".join(pieces)).strip()


def _title(reader: Any) -> str:
    """The title the document states, unless it is the name of a file."""
    stated = as_words(str((reader.metadata or {}).get("/Title") or "")).replace("\x00", "")
    return "" if _FILE_NAME_TITLE.search(stated) or len(stated) > 200 else stated
