"""Word documents (.docx): one file is one article, its paragraphs and tables in order, a line for each."""

import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from extract.errors import UnreadableError
from extract.readers.base import ReadOptions, as_words, file_name, file_stem, make_article, parsing, refuse_large
from extract.readers.office import refuse_encrypted, refuse_swollen
from extract.readers.text import find_title
from extract.types import Article

MAX_PART_BYTES = 60_000_000  # a part is held whole in memory
_ADVICE = "open it and save it as .docx or .txt again"
_MAIN_PART = "word/document.xml"


def read_docx(file: BinaryIO, *, item: str, options: ReadOptions) -> Iterator[Article]:
    """The one article of a document. Raises `UnreadableError` when it is none, needs a password or holds no text.

    The file's own dates say when it was typed, not when the article came out, and are not read; nor are headers,
    footnotes and text boxes.
    """
    refuse_encrypted(file, item, newer=".docx")
    with parsing(item, "a Word document", advice=_ADVICE):
        refuse_swollen(file, item, most_part_bytes=MAX_PART_BYTES)
        _refuse_other_archives(file, item)
        document = _opened(file)
        lines = list(_lines(document))
        title = as_words(document.core_properties.title) or _headed(document)
    text = "\n".join(lines).strip("\n")
    if not text.strip():
        raise UnreadableError(f"{item} holds no text; if its text is a picture, save the words as a .txt file")
    refuse_large(text, item, options)
    yield make_article(
        id=file_name(item),
        text=text,
        fields={"title": title if len(title) <= 200 and title else find_title(text)},
        options=options,
        origin=item,
        name=file_stem(item),
    )


def _opened(file: BinaryIO) -> Any:
    import docx

    return docx.Document(file)


def _refuse_other_archives(file: BinaryIO, item: str) -> None:
    with zipfile.ZipFile(file) as archive:
        names = set(archive.namelist())
    file.seek(0)
    if _MAIN_PART not in names:
        raise UnreadableError(f"{item} is an archive but no Word document; {_ADVICE}")


def _lines(container: Any) -> Iterator[str]:
    """Paragraphs as they stand; a table's rows with tabs between their cells."""
    for block in container.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                # a merged cell is listed once for each column it covers
                cells = dict.fromkeys(cell._tc for cell in row.cells)
                words = {cell._tc: " ".join(cell.text.split()) for cell in row.cells}
                yield "\t".join(words[cell] for cell in cells)
        else:
            yield block.text


def _headed(document: Any) -> str:
    """The first paragraph in a title's or heading's style."""
    for paragraph in document.paragraphs:
        style = (paragraph.style.name or "") if paragraph.style is not None else ""
        if style.startswith(("Title", "Heading")) and paragraph.text.strip():
            return as_words(paragraph.text)
    return ""
