"""Parquet tables and Excel workbooks: one row is one article, columns as in CSV.

Parquet is read in small batches, so that memory does not grow with the file; a workbook row by row, with its table of
shared words in memory.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

from extract.errors import UnreadableError
from extract.readers.base import Failure, ReadOptions, parsing
from extract.readers.fields import columns_for, listed
from extract.readers.office import refuse_encrypted, refuse_swollen
from extract.readers.table import row_article, table_columns
from extract.types import Article

MAX_SHEET_BYTES = 250_000_000
_BATCH_ROWS = 64
_BUFFER_BYTES = 1 << 20
_UNUSABLE = (list, dict, tuple, set, bytes)
_PARQUET_ADVICE = "write the table again, as Parquet or CSV"
_WORKBOOK_ADVICE = "open it in a spreadsheet program and save it as .xlsx or .csv"


def read_parquet(file: BinaryIO, *, item: str, options: ReadOptions) -> Iterator[Article | Failure]:
    """Articles in the order of the rows, the first of which is row 1. Raises `UnreadableError` when the file is no
    Parquet table or has no column for the text."""
    import pyarrow.parquet as pq

    with parsing(item, "a Parquet table", advice=_PARQUET_ADVICE):
        table = pq.ParquetFile(file, buffer_size=_BUFFER_BYTES, pre_buffer=False, page_checksum_verification=True)
        header = list(table.schema_arrow.names)
    table_columns(header, item, options)  # refuses a table without texts
    wanted = {name for names in columns_for(header, options).values() for name in names}
    kept = [name for name in dict.fromkeys(header) if name in wanted]
    columns = table_columns(kept, item, options)
    number = 0
    with parsing(item, "a whole Parquet table", advice=_PARQUET_ADVICE):
        for batch in table.iter_batches(batch_size=_BATCH_ROWS, columns=kept, use_threads=False):
            arrays = [batch.column(name) for name in kept]
            for place in range(batch.num_rows):
                number += 1
                yield _row([array[place].as_py() for array in arrays], kept, columns, number, item, options)


def read_workbook(file: BinaryIO, *, item: str, options: ReadOptions) -> Iterator[Article | Failure]:
    """Articles of every sheet, in order; the first row of a sheet that is not blank names its columns.

    A sheet without a column for the text gives a `Failure` when another has one. Raises `UnreadableError` when no sheet
    has one, or the file is no workbook.
    """
    from openpyxl import load_workbook

    refuse_encrypted(file, item, newer=".xlsx")
    with parsing(item, "an Excel workbook", advice=_WORKBOOK_ADVICE):
        refuse_swollen(file, item, most_part_bytes=MAX_SHEET_BYTES)
        workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    refused: list[UnreadableError] = []
    used = False
    try:
        for sheet in workbook.worksheets:
            where = f"{item}, sheet {sheet.title}"
            try:
                with parsing(where, "a sheet", advice=_WORKBOOK_ADVICE):
                    for found in _sheet(sheet, where, options):
                        used = True
                        yield found
            except UnreadableError as error:
                refused.append(error)
    finally:
        workbook.close()
    if refused and not used:
        raise refused[0]
    yield from (Failure(item, str(error)) for error in refused)


def _sheet(sheet: Any, where: str, options: ReadOptions) -> Iterator[Article | Failure]:
    header: list[str] | None = None
    columns: dict[str, list[int]] = {}
    # the size a sheet states of itself is often wrong
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        row = [cell_words(value) for value in cells]
        if not any(isinstance(value, str) and value.strip() for value in row):
            continue
        if header is None:
            while row and not row[-1]:
                row.pop()
            header = [str(name).strip() for name in row]
            columns = table_columns(header, where, options)
        else:
            padded = [*row, *[""] * (len(header) - len(row))][: len(header)]
            yield _row(padded, header, columns, number, where, options)


def _row(
    values: list[Any], header: list[str], columns: dict[str, list[int]], number: int, item: str, options: ReadOptions
) -> Article | Failure:
    for place in columns["text"]:
        if isinstance(values[place], _UNUSABLE):
            what = f"the column {listed([header[place]]).removeprefix('columns ')} holds no text"
            return Failure(f"{item}, row {number}", f"{what} but {type(values[place]).__name__}; say --text-column")
    return row_article([cell_words(value) for value in values], header, columns, number, item, options)


def cell_words(value: Any) -> str:
    """A cell as the words a CSV would hold; dates in ISO form with their offset."""
    if value is None or isinstance(value, _UNUSABLE):
        return ""
    if isinstance(value, datetime):
        # midnight is how a table keeps a date without a time
        return value.isoformat(sep=" ").removesuffix(" 00:00:00")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
