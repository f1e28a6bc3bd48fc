"""Reading the project's dated tables, battles.csv and control.csv: columns held to, every fault with file and line."""

import csv
from collections.abc import Sequence
from datetime import date as Date
from pathlib import Path

from geodata.errors import ContextDataError


def read_rows(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """Rows of a comma-separated table, each with its line number under `line`.

    Raises `ContextDataError` when the file is missing, its columns differ or a row has too many or too few cells.
    """
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            if reader.fieldnames != list(columns):
                raise ContextDataError(f"{path.name}: columns are {reader.fieldnames}, wanted {list(columns)}")
            rows = [row | {"line": str(reader.line_num)} for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ContextDataError(f"{path.name} cannot be read ({error}); restore it from the repository") from error
    for row in rows:
        if None in row or any(value is None for value in row.values()):
            raise ContextDataError(f"{path.name} line {row['line']}: wrong number of columns")
    return rows


def parse_day(text: str, where: str) -> Date:
    """The ISO date of a cell; raises `ContextDataError` that begins with `where`."""
    try:
        return Date.fromisoformat(text)
    except ValueError as error:
        raise ContextDataError(f"{where}: {text!r} is not a date such as 2023-01-25") from error


def one_of(text: str, allowed: Sequence[str], where: str) -> str:
    """`text` when it is one of `allowed`; raises `ContextDataError` that begins with `where` otherwise."""
    if text not in allowed:
        raise ContextDataError(f"{where}: {text!r} is none of {', '.join(allowed)}")
    return text


def split_cell(cell: str) -> tuple[str, ...]:
    """The parts of a `;`-separated cell."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())
