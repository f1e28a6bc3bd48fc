"""The head of a table - its columns and first rows - for a person who is to say which column holds what."""

import io
import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from extract.errors import UnreadableError
from extract.readers.base import parsing
from extract.readers.decoding import decode
from extract.readers.kinds import suffix_of
from extract.readers.office import refuse_encrypted, refuse_swollen
from extract.readers.sheets import MAX_SHEET_BYTES, cell_words
from extract.readers.table import table_rows

ROWS, _LONGEST_CELL, _MOST_COLUMNS = 3, 200, 200
_LOOKED_AT_LINES = 20


@dataclass(frozen=True, slots=True)
class TableHead:
    """The names of a table's columns and the words of its first rows, each cell cut to 200 characters."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table_head(file: BinaryIO, *, item: str) -> TableHead:
    """The head of a CSV, TSV, Excel, Parquet or JSON lines file. Raises `UnreadableError` for any other file, and when
    it has no columns."""
    heads: dict[str, Callable[[BinaryIO, str], Iterator[list[str]]]] = {
        ".csv": _delimited,
        ".tsv": _delimited,
        ".xlsx": _workbook,
        ".parquet": _parquet,
        ".jsonl": _objects,
        ".ndjson": _objects,
    }
    read = heads.get(suffix_of(item))
    if read is None:
        raise UnreadableError(f"{item} is no table; its columns cannot be chosen")
    with parsing(item, "a table", advice="write the table again, as CSV"):
        rows = list(itertools.islice(read(file, item), ROWS + 1))
    if not rows or not any(rows[0]):
        raise UnreadableError(f"{item} names no columns; its first line must name them")
    columns = tuple(name[:_LONGEST_CELL] for name in rows[0][:_MOST_COLUMNS])
    padded = ([*row, *[""] * len(columns)][: len(columns)] for row in rows[1:])
    return TableHead(columns, tuple(tuple(cell[:_LONGEST_CELL] for cell in row) for row in padded))


def _delimited(file: BinaryIO, item: str) -> Iterator[list[str]]:
    rows = table_rows(file, item)
    header = [name.strip().removeprefix("\ufeff") for name in next(rows, [])]
    yield header
    yield from rows


def _workbook(file: BinaryIO, item: str) -> Iterator[list[str]]:
    from openpyxl import load_workbook

    refuse_encrypted(file, item, newer=".xlsx")
    refuse_swollen(file, item, most_part_bytes=MAX_SHEET_BYTES)
    workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in workbook.worksheets:
            sheet.reset_dimensions()
            rows = ([cell_words(value) for value in cells] for cells in sheet.iter_rows(values_only=True))
            filled = itertools.islice((row for row in rows if any(cell.strip() for cell in row)), ROWS + 1)
            found = list(filled)
            if found:
                yield from found
                return
    finally:
        workbook.close()


def _parquet(file: BinaryIO, item: str) -> Iterator[list[str]]:
    import pyarrow.parquet as pq

    table = pq.ParquetFile(file, pre_buffer=False)
    yield list(table.schema_arrow.names)
    for batch in table.iter_batches(batch_size=ROWS, use_threads=False):
        for row in batch.to_pylist():
            yield [cell_words(value) for value in row.values()]
        return


def _objects(file: BinaryIO, item: str) -> Iterator[list[str]]:
    found: list[dict[str, Any]] = []
    for line in itertools.islice(io.BufferedReader(file), _LOOKED_AT_LINES):  # type: ignore[arg-type]
        try:
            value = json.loads(decode(line, item))
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            found.append(value)
    columns = list(dict.fromkeys(key for value in found for key in value))
    yield columns
    for value in found:
        yield [cell_words(value.get(name)) for name in columns]
