"""Outlines of countries and of Ukraine's oblasts for the base map, with a point to write each name at.

GeoJSON order inside geometries: (lon, lat), degrees WGS84; label points are (lat, lon).
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from geodata.errors import GazetteerDataError

DATA = Path(__file__).parent / "data"
COUNTRIES, OBLASTS = "outlines_world.geojson", "outlines_oblasts.geojson"
Ring = Sequence[Sequence[float]]


def read_outlines(data: Path = DATA) -> dict[str, Any]:
    """`{"countries": collection, "oblasts": collection}`, GeoJSON with `id`, `name` and `label` [lat, lon] properties.

    Each collection carries its `attribution`. Raises `GazetteerDataError` when a file is missing or broken.
    """
    return {"countries": _read(data / COUNTRIES), "oblasts": _read(data / OBLASTS)}


def _read(path: Path) -> dict[str, Any]:
    try:
        collection = json.loads(path.read_text(encoding="utf-8"))
        for feature in collection["features"]:
            feature["properties"]["label"] = _label_point(feature["geometry"])
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise GazetteerDataError(f"{path.name} cannot be read ({error}); run `python -m geodata build`") from error
    return collection


def _label_point(geometry: dict[str, Any]) -> list[float]:
    """Centre of the largest ring, (lat, lon)."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    area, lon, lat = max((_centre(polygon[0]) for polygon in polygons), key=lambda centre: centre[0])
    return [round(lat, 2), round(lon, 2)]


def _centre(ring: Ring) -> tuple[float, float, float]:
    """Area (square degrees) and centroid (lon, lat) of a ring by the shoelace formula."""
    twice = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, ring[1:], strict=False):
        cross = x0 * y1 - x1 * y0
        twice, x, y = twice + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    if not twice:
        return 0.0, ring[0][0], ring[0][1]
    return abs(twice) / 2, x / (3 * twice), y / (3 * twice)
