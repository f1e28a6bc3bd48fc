"""XLSX: the mentions, their places, and where the workbook comes from."""

from typing import IO, Any

from corpus.errors import FilterError
from corpus.exports.rows import COLUMNS, Heading, Tally, mention_rows, provenance
from corpus.exports.workbook import MOST_ROWS, Column, Workbook
from corpus.filter import MentionFilter
from corpus.index import CorpusIndex

_WIDTHS = {"name": 22, "sentence": 70, "title": 40, "url": 30, "source": 22, "reason": 50, "matched_text": 20}
_PLACE_COLUMNS = (
    "place_id",
    "name",
    "kind",
    "country",
    "region",
    "lat",
    "lon",
    "stories",
    "articles",
    "mentions",
    "sources",
    "first_date",
    "last_date",
)


def write_xlsx(index: CorpusIndex, f: MentionFilter, stream: IO[bytes], heading: Heading) -> int:
    """Gives the rows written to the sheet of mentions. Raises `FilterError` when there are more than a sheet holds."""
    mentions = index.counts(f).mentions
    if mentions >= MOST_ROWS:
        raise FilterError(
            f"{mentions:,} mentions are more than the {MOST_ROWS - 1:,} rows a sheet holds; narrow the filter, or "
            "export CSV"
        )
    tally, book = Tally(), Workbook(stream)
    columns = [Column(name, _WIDTHS.get(name, 14)) for name in COLUMNS]
    book.add("Mentions", columns, (list(row.values()) for row in mention_rows(index, f, tally)))
    places = index.places(f)[list(_PLACE_COLUMNS)]
    rows = ([_plain(value) for value in row] for row in places.itertuples(index=False))
    book.add("Places", [Column(name, _WIDTHS.get(name, 14)) for name in _PLACE_COLUMNS], rows)
    about = provenance(index, f, tally, heading)
    book.add("About", [Column("what", 24), Column("value", 110)], _about_rows(about), wrap=True)
    book.close()
    return tally.rows


def _plain(value: Any) -> Any:
    """A frame's cell as a Python value; days without a time, missing ones as None."""
    if value != value:
        return None
    if hasattr(value, "date"):
        return value.date()
    return value.item() if hasattr(value, "item") else value


def _about_rows(about: dict[str, Any]) -> list[tuple[str, Any]]:
    rows: list[tuple[str, Any]] = []
    for name, value in about.items():
        if isinstance(value, dict):
            rows += [
                (f"{name}: {key}", "; ".join([item] if isinstance(item, str) else item)) for key, item in value.items()
            ]
        else:
            rows.append((name, "; ".join(map(str, value)) if isinstance(value, list) else value))
    return rows
