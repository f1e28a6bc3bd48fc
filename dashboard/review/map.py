"""The small map of the Review page: what a name may mean, numbered as in the list, and what the article is sure of."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from corpus.review import SurePlace
from dashboard.map import LARGEST_SINGLE_PX, START, START_ZOOM, point_feature
from dashboard.names import place_name
from dashboard.review.options import Option
from dashboard.safe import safe_text
from dashboard.texts import t
from dashboard.words import kind_name
from geodata.places import SETTLEMENT_KINDS

REVIEW_MAP_KEY = "review_map"
HEIGHT = 280
# The map is about this wide beside the list; a little less, so that names at the edge still fit.
_WIDTH_PX, _HEIGHT_PX, _TILE_PX = 240, 180, 256
_CLOSEST_ZOOM, _FARTHEST_ZOOM = 9.0, 2.0
_MOST_SURE = 6


def options_geojson(
    options: Sequence[Option],
    sure: Sequence[SurePlace],
    chosen: str | None,
    new: tuple[float, float] | None = None,
) -> dict[str, Any]:
    """A FeatureCollection: sure places first, so that options lie on top of them, the first option uppermost. `new` is
    the point (lat, lon) of a place about to be added."""
    features = [_sure_feature(place) for place in sure[:_MOST_SURE]]
    features += [_new_feature(new)] if new else []
    numbered = list(enumerate(options, 1))
    features += [_option_feature(number, option, option.id == chosen) for number, option in reversed(numbered)]
    return {"type": "FeatureCollection", "features": features}


def _option_feature(number: int, option: Option, selected: bool) -> dict[str, Any]:
    look = "dl-unsure dl-point" if option.is_suggestion else "dl-point"
    lines = [f"<b>{number}. {safe_text(option.name)}</b>", safe_text(kind_name(option.kind)), safe_text(option.where)]
    return point_feature(
        (option.lat, option.lon),
        place_id=option.id,
        name=f"{number} {option.name}",
        lines=lines,
        count=1000 - number,  # names are written for the largest first: in the order of the list
        area=option.kind not in SETTLEMENT_KINDS,
        selected=selected,
        look=look,
        style={"radius": 8, "weight": 2},
    )


def _sure_feature(place: SurePlace) -> dict[str, Any]:
    name = place_name(place.place_id, place.name)
    return point_feature(
        (place.lat, place.lon),
        name=name,
        lines=[f"<b>{safe_text(name)}</b>", t("review.sure")],
        count=place.mentions,
        area=True,
        look="dl-ring",
        style={"radius": LARGEST_SINGLE_PX, "weight": 2},
    )


def _new_feature(point: tuple[float, float]) -> dict[str, Any]:
    name = t("review.new_here")
    return point_feature(
        point,
        name=name,
        lines=[name],
        count=1000,
        selected=True,
        look="dl-unsure dl-point",
        style={"radius": 8, "weight": 2},
    )


def view_of(points: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], float]:
    """Centre (lat, lon) and zoom that show all `points`; Ukraine when there is none."""
    if not points:
        return START, START_ZOOM - 1
    lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
    tops = [_mercator(lat) for lat in (min(lats), max(lats))]
    wide = (max(lons) - min(lons)) / 360
    high = tops[1] - tops[0]
    fits = [math.log2(px / _TILE_PX / share) for px, share in ((_WIDTH_PX, wide), (_HEIGHT_PX, high)) if share > 0]
    zoom = max(_FARTHEST_ZOOM, min([_CLOSEST_ZOOM, *fits]))
    middle = math.degrees(2 * math.atan(math.exp(math.pi * (tops[0] + tops[1]))) - math.pi / 2)
    return (round(middle, 4), round((max(lons) + min(lons)) / 2, 4)), math.floor(zoom * 2) / 2


def _mercator(lat: float) -> float:
    """How far north on Web Mercator, the whole height of the map being 1."""
    phi = math.radians(max(-85.0, min(85.0, lat)))
    return math.log(math.tan(math.pi / 4 + phi / 2)) / (2 * math.pi)


def clicked_point(value: Mapping[str, Any] | None) -> tuple[float, float] | None:
    """Where the map was clicked last, as (lat, lon) in degrees, or None."""
    at = (value or {}).get("last_clicked") or {}
    lat, lon = at.get("lat"), at.get("lng")
    if not all(isinstance(degrees, int | float) and math.isfinite(degrees) for degrees in (lat, lon)):
        return None
    return round(max(-90.0, min(90.0, lat)), 5), round((lon + 180) % 360 - 180, 5)
