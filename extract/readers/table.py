"""CSV and TSV: one row is one article. Columns are recognised by their usual names. Read as a stream."""

import contextlib
import csv
import io
from collections.abc import Iterator

from extract.errors import NoTextColumnError, UnreadableError
from extract.readers.base import Failure, ReadOptions, file_name, make_article
from extract.readers.decoding import find_encoding
from extract.readers.fields import columns_for, listed
from extract.types import Article

_SAMPLE = 262_144
_DELIMITERS = (",", ";", "\t", "|")
_HEAD_LINES = 20


def read_table(file: io.BufferedIOBase, *, item: str, options: ReadOptions) -> Iterator[Article | Failure]:
    """Articles in the order of their rows; a row that is none gives a `Failure` with its number (the header is row 1).

    Raises `UnreadableError` when the file has no column for the text, or is no table at all.
    """
    csv.field_size_limit(max(csv.field_size_limit(), options.max_bytes))
    yield from _articles(table_rows(file, item), item, options)


def table_rows(file: io.BufferedIOBase, item: str) -> Iterator[list[str]]:
    """The rows of a table as they are, its header first. Raises `UnreadableError` when it is empty or no text."""
    sample = file.read(_SAMPLE)
    if not sample.strip():
        raise UnreadableError(f"{item} is empty; give it a header and a row for each article")
    encoding = find_encoding(sample, item, streamed=True)
    # bytes that do not fit the encoding are kept as surrogates and refused row by row
    errors = "replace" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
    file.seek(0)
    stream = io.TextIOWrapper(file, encoding=encoding, errors=errors, newline="")  # type: ignore[arg-type]
    delimiter = _delimiter(sample.decode(encoding, "replace").removeprefix("\ufeff"), item)
    return csv.reader(stream, delimiter=delimiter, strict=True)


def _articles(rows: Iterator[list[str]], item: str, options: ReadOptions) -> Iterator[Article | Failure]:
    header: list[str] | None = None
    columns: dict[str, list[int]] = {}
    number = 0
    while True:
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            line = getattr(rows, "line_num", number)
            yield Failure(f"{item}, row {number} (line {line})", f"{_explained(error)}; correct the row")
            continue
        if header is None:
            header = [name.strip().removeprefix("\ufeff") for name in row]
            columns = table_columns(header, item, options)
        elif any(cell.strip() for cell in row):
            yield row_article(row, header, columns, number, item, options)
    if header is None:
        raise UnreadableError(f"{item} has no header that can be read; its first line must name the columns")


def table_columns(header: list[str], item: str, options: ReadOptions) -> dict[str, list[int]]:
    """Positions of the columns that may hold each field. Raises `UnreadableError` when none holds the text."""
    try:
        names = columns_for(header, options)
    except UnreadableError as error:
        raise UnreadableError(f"{item} has {error}") from error
    if not names["text"]:
        raise NoTextColumnError(f"no text column in {item}: found {listed(header)}; say which with --text-column")
    return {field: [header.index(name) for name in found] for field, found in names.items()}


def row_article(
    row: list[str], header: list[str], columns: dict[str, list[int]], number: int, item: str, options: ReadOptions
) -> Article | Failure:
    """The article in a row of as many cells as the header names; `columns` is what `table_columns` gave."""
    origin = f"{item}:{number}"
    if len(row) != len(header):
        return Failure(
            f"{item}, row {number}",
            f"the row has {len(row)} cells where the header has {len(header)}; quote cells that hold the delimiter",
        )
    if any("\udc80" <= c <= "\udcff" for cell in row if not cell.isascii() for c in cell):
        return Failure(f"{item}, row {number}", "the row has bytes of another encoding; save the table as UTF-8")
    fields = {
        field: next((row[place] for place in places if row[place].strip()), "") for field, places in columns.items()
    }
    text = fields["text"]
    if not text:
        return Failure(f"{item}, row {number}", "the row's text is empty; fill it or leave the row out")
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > options.max_bytes:
        limit = f"{options.max_bytes / 1e6:g} MB"
        return Failure(f"{item}, row {number}", f"its text is {size / 1e6:.1f} MB, the limit is {limit}; split it")
    article_id = fields["id"].strip() or f"{file_name(item)}:{number}"
    return make_article(id=article_id, text=text, fields=fields, options=options, origin=origin)


def _delimiter(sample: str, item: str) -> str:
    """The delimiter under which the first rows have most columns alike; a tab for .tsv when in doubt."""
    lines = sample.splitlines(keepends=True)[:_HEAD_LINES]
    best, best_score = ("\t" if item.lower().endswith(".tsv") else ","), (0, 0)
    for delimiter in _DELIMITERS:
        rows = []
        with contextlib.suppress(csv.Error):  # the reading itself tells which row is malformed
            rows.extend(csv.reader(lines, delimiter=delimiter))
        width = len(rows[0]) if rows else 0
        alike = sum(len(row) == width for row in rows)
        if width > 1 and (alike, width) > best_score:
            best, best_score = delimiter, (alike, width)
    return best


def _explained(error: csv.Error) -> str:
    message = str(error)
    if "unexpected end of data" in message:
        return "a quotation mark opened in this row is never closed"
    if "field larger than field limit" in message:
        return "a cell is larger than the limit for one article, perhaps for want of a closing quotation mark"
    return f"the row is malformed ({message})"
