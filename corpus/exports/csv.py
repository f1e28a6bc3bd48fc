"""CSV in UTF-8, one row a mention, without anything a spreadsheet would run."""

import csv
import io
from typing import IO, Any

from corpus.exports.rows import COLUMNS, Heading, Tally, mention_rows
from corpus.filter import MentionFilter
from corpus.index import CorpusIndex

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(index: CorpusIndex, f: MentionFilter, stream: IO[bytes], heading: Heading) -> int:
    """Gives the rows written. `heading` has no place in a table: each row carries its versions."""
    del heading
    tally = Tally()
    text = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="")
    try:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for row in mention_rows(index, f, tally):
            row["date"] = row["date"].isoformat() if row["date"] else None
            writer.writerow(harmless(value) for value in row.values())
    finally:
        text.detach()  # flushes; the stream itself is closed by who opened it
    return tally.rows


def harmless(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value
