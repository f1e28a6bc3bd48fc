"""GeoJSON (RFC 7946): one Feature a mention, longitude first."""

import json
from typing import IO, Any

from corpus.exports.rows import Heading, Tally, mention_rows, provenance
from corpus.filter import MentionFilter
from corpus.index import CorpusIndex


def write_geojson(index: CorpusIndex, f: MentionFilter, stream: IO[bytes], heading: Heading) -> int:
    """Gives the rows written. A mention without a place has a null geometry.

    The provenance comes last, as member `dateline`, because versions and row count are known only then.
    """
    tally = Tally()
    stream.write(b'{"type": "FeatureCollection", "features": [')
    for row in mention_rows(index, f, tally):
        row["date"] = row["date"].isoformat() if row["date"] else None
        stream.write((b"," if tally.rows > 1 else b"") + b"\n" + _json(_feature(row)))
    stream.write(b'\n], "dateline": ' + _json(provenance(index, f, tally, heading)) + b"}\n")
    return tally.rows


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    located = row["lat"] is not None and row["lon"] is not None
    point = {"type": "Point", "coordinates": [round(row["lon"], 5), round(row["lat"], 5)]} if located else None
    return {"type": "Feature", "geometry": point, "properties": row}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")
