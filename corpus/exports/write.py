"""What a filter counts, written out with its evidence: one row a mention, the same columns in every format."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

from corpus.errors import FilterError
from corpus.exports.brief import write_brief
from corpus.exports.csv import write_csv
from corpus.exports.geojson import write_geojson
from corpus.exports.kml import write_kml
from corpus.exports.rows import COLUMNS, Heading
from corpus.exports.xlsx import write_xlsx
from corpus.files import write_beside
from corpus.filter import MentionFilter
from corpus.index import CorpusIndex

Writer = Callable[[CorpusIndex, MentionFilter, IO[bytes], Heading], int]

WRITERS: Mapping[str, Writer] = {
    "csv": write_csv,
    "geojson": write_geojson,
    "kml": write_kml,
    "xlsx": write_xlsx,
    "html": write_brief,
}
"""Format → what writes it; each gives the number of mentions written."""

FORMATS = tuple(WRITERS)

__all__ = ["COLUMNS", "FORMATS", "Heading", "export", "export_file"]


def export(index: CorpusIndex, f: MentionFilter, format: str, stream: IO[bytes], heading: Heading | None = None) -> int:
    """Write what `f` counts to a binary stream, a few thousand rows in memory at a time.

    Gives the number of mentions written. Raises `FilterError` for a format that does not exist or that cannot hold
    so much.
    """
    if format not in FORMATS:
        raise FilterError(f"format: {format!r} is not known; choose from {', '.join(FORMATS)}")
    return WRITERS[format](index, f, stream, heading or Heading())


def export_file(index: CorpusIndex, f: MentionFilter, format: str, path: Path, heading: Heading | None = None) -> int:
    """`export` into a file that is there whole or stays as it was. Raises `OSError` when it cannot be."""
    written = 0

    def fill(stream: IO[bytes]) -> None:
        nonlocal written
        written = export(index, f, format, stream, heading)

    write_beside(path, fill)
    return written
