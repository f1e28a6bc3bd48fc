"""What a filter counts, written out with its evidence: one row a mention, the same columns in every format."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from corpus.errors import FilterError
from corpus.files import write_beside
from corpus.filter import MentionFilter
from corpus.index import CorpusIndex

FORMATS = ("geojson", "csv")
"""KML, XLSX and the HTML brief join here; each is a function (index, filter, stream) -> rows written."""

COLUMNS = (
    "place_id",
    "name",
    "kind",
    "country",
    "region",
    "matched_text",
    "sentence",
    "title",
    "url",
    "source",
    "date",
    "date_basis",
    "role",
    "status",
    "confidence",
    "reason",
    "lat",
    "lon",
    "article_id",
    "story_id",
    "start",
    "end",
    "in_scrap",
    "gazetteer_version",
    "extractor_version",
)
"""`lat`, `lon` in degrees WGS84; `start`, `end` code points into the article's text; `date` ISO or empty;
`story_id` the article id of the story's leading copy."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def export(index: CorpusIndex, f: MentionFilter, format: str, stream: IO[str]) -> int:
    """Write what `f` counts to a text stream (opened with `newline=""`), a few thousand rows in memory at a time.

    Gives the number of mentions written. Raises `FilterError` for a format that does not exist.
    """
    if format not in FORMATS:
        raise FilterError(f"format: {format!r} is not known; choose from {', '.join(FORMATS)}")
    return _write_csv(index, f, stream) if format == "csv" else _write_geojson(index, f, stream)


def export_file(index: CorpusIndex, f: MentionFilter, format: str, path: Path) -> int:
    """`export` into a file in UTF-8 that is there whole or stays as it was. Raises `OSError` when it cannot be."""
    written = 0

    def fill(raw: IO[bytes]) -> None:
        nonlocal written
        text = io.TextIOWrapper(raw, encoding="utf-8", newline="")
        try:
            written = export(index, f, format, text)
        finally:
            text.detach()  # flushes; the file itself is closed by who opened it

    write_beside(path, fill)
    return written


def _rows(index: CorpusIndex, f: MentionFilter) -> Iterator[dict[str, Any]]:
    for row in index.mention_rows(f):
        row["date"] = row["date"].isoformat() if row["date"] else None
        row["confidence"] = round(row["confidence"], 3)
        yield {column: row[column] for column in COLUMNS}


def _write_csv(index: CorpusIndex, f: MentionFilter, stream: IO[str]) -> int:
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    written = 0
    for row in _rows(index, f):
        writer.writerow(harmless(value) for value in row.values())
        written += 1
    return written


def harmless(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def _write_geojson(index: CorpusIndex, f: MentionFilter, stream: IO[str]) -> int:
    """RFC 7946: one Feature a mention, longitude first; a mention without a place has a null geometry.

    The provenance comes last, as member `dateline`, because versions and row count are known only then.
    """
    stream.write('{"type": "FeatureCollection", "features": [')
    written = 0
    versions: dict[str, set[str]] = {"gazetteer_version": set(), "extractor_version": set()}
    for row in _rows(index, f):
        stream.write(("," if written else "") + "\n" + _json(_feature(row)))
        written += 1
        for name, seen in versions.items():
            seen.add(row[name])
    provenance = {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "filter": f.to_params(),
        "filter_in_words": f.describe(),
        "rows": written,
        "corpus_version": index.version,
        "gazetteer_versions": sorted(versions["gazetteer_version"]),
        "extractor_versions": sorted(versions["extractor_version"]),
        "batches_not_read": [problem.path.name for problem in index.problems],
        "note": "Mentions in reporting, not events on the ground. Places from GeoNames (CC BY 4.0) and Dateline.",
    }
    stream.write(f'\n], "dateline": {_json(provenance)}}}\n')
    return written


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    located = row["lat"] is not None and row["lon"] is not None
    point = {"type": "Point", "coordinates": [round(row["lon"], 5), round(row["lat"], 5)]} if located else None
    return {"type": "Feature", "geometry": point, "properties": row}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
