"""The brief's map as SVG: outlines from `geodata`, a circle a place, labels that do not overlap. No script, no tiles.

Points are (x, y) in the drawing's own units (CSS pixels at full width), y downwards, in the Mercator projection.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpus.exports.brief_labels import Box, Named, place_labels, text_width
from corpus.exports.markup import html_text
from geodata.outlines import read_outlines

WIDTH, TALLEST, LOWEST = 960.0, 720.0, 420.0
MOST_LABELS = 45
LARGEST_RADIUS, LARGEST_SINGLE, SMALLEST_RADIUS = 22.0, 6.0, 3.0
MOST, HALF = 0.92, 0.55
"""Shares of all counts along each axis that the map, and its detail, are drawn around."""
_LEAST_DEGREES, _ALL_FIT_DEGREES = 1.2, 12.0
_DETAIL_BELOW = 0.45  # of the map's width: less of a difference is not worth a second drawing
_UKRAINE = ((44.3, 22.1), (52.4, 40.3))
_STEP = 0.7  # points of an outline nearer than this are one
_BEYOND = 30.0  # outlines are cut this far outside the frame


@dataclass(frozen=True, slots=True)
class Dot:
    """A place to draw: `count` sizes it, `anchor` is the id of what a click leads to (or empty), `area` is true for
    what is not a settlement, `unsure` where most mentions are ambiguous. Degrees WGS84."""

    name: str
    lat: float
    lon: float
    count: int
    area: bool = False
    unsure: bool = False
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The drawing, the places outside its frame, most counted first, and a drawing of its densest part, empty where
    the first shows it well enough."""

    svg: str
    outside: tuple[Dot, ...]
    detail: str


@dataclass(frozen=True, slots=True)
class _Frame:
    left: float
    top: float
    scale: float
    height: float

    def point(self, lat: float, lon: float) -> tuple[float, float]:
        return (lon - self.left) * self.scale, (self.top - _northing(lat)) * self.scale

    def holds(self, x: float, y: float) -> bool:
        return 0 <= x <= WIDTH and 0 <= y <= self.height


def draw(dots: Sequence[Dot], label: str, *, names: dict[str, str] | None = None) -> Drawn:
    """The map of `dots` (in any order), described by `label`. `names` are countries' names by id where they differ
    from the outlines' own. Raises `geodata.GazetteerDataError` when the outlines are missing."""
    outlines = read_outlines()
    for feature in outlines["countries"]["features"]:
        properties = feature["properties"]
        properties["name"] = (names or {}).get(properties["id"]) or properties["name"]
    frame, detail = _frame(dots, MOST), _frame(dots, HALF)
    places = [(dot, *frame.point(dot.lat, dot.lon)) for dot in dots]
    outside = sorted((dot for dot, x, y in places if not frame.holds(x, y)), key=lambda dot: -dot.count)
    worth_it = dots and frame.scale < detail.scale * _DETAIL_BELOW
    return Drawn(
        _drawing(dots, frame, label, outlines),
        tuple(outside),
        _drawing(dots, detail, label, outlines) if worth_it else "",
    )


def _drawing(dots: Sequence[Dot], frame: _Frame, label: str, outlines: dict[str, Any]) -> str:
    largest = max((dot.count for dot in dots), default=1)
    # areas and large circles first, so that small settlements lie on top
    ordered = sorted(dots, key=lambda dot: (not dot.area, -dot.count))
    inside = [(dot, x, y) for dot in ordered for x, y in [frame.point(dot.lat, dot.lon)] if frame.holds(x, y)]
    parts = [
        f'<svg class="map" viewBox="0 0 {WIDTH:.0f} {frame.height:.0f}" role="group" aria-label="{html_text(label)}">',
        f'<rect class="sea" width="{WIDTH:.0f}" height="{frame.height:.0f}"/>',
        _outlines(outlines["countries"], frame, "land"),
        _outlines(outlines["oblasts"], frame, "oblast"),
        *(_circle(dot, x, y, radius(dot.count, largest)) for dot, x, y in inside),
        *_labels(inside, largest, frame, _country_names(outlines["countries"], frame)),
        "</svg>",
    ]
    return "".join(parts)


def legend(entries: Sequence[tuple[float, str, str]]) -> str:
    """Radius, look and words of each, in one drawing as wide as the map, so that its circles are as large as there."""
    parts, top = [], 0.0
    for line in _lines(entries):
        tall = max(20.0, *(2 * size + 4 for size, _, _ in line))
        x, middle = 6.0, top + tall / 2
        for size, look, text in line:
            parts.append(
                f'<circle class="{look}" cx="{x + size:.1f}" cy="{middle:.1f}" r="{size}"/>'
                f'<text x="{x + 2 * size + 6:.1f}" y="{middle + 4.5:.1f}">{html_text(text)}</text>'
            )
            x += _wide(size, text)
        top += tall + 4
    return f'<svg class="legend" viewBox="0 0 {WIDTH:.0f} {top:.0f}">{"".join(parts)}</svg>'


def _lines(entries: Sequence[tuple[float, str, str]]) -> list[list[tuple[float, str, str]]]:
    lines: list[list[tuple[float, str, str]]] = [[]]
    for entry in entries:
        taken = sum(_wide(size, text) for size, _, text in [*lines[-1], entry])
        if taken > WIDTH and lines[-1]:
            lines.append([])
        lines[-1].append(entry)
    return lines


def _wide(size: float, text: str) -> float:
    return 2 * size + 30 + text_width(text, 13)


def radius(count: int, largest: int) -> float:
    """Radius of a circle whose area is proportional to `count`, never too small to be seen."""
    unit = min(LARGEST_RADIUS / math.sqrt(max(largest, 1)), LARGEST_SINGLE)
    return round(max(unit * math.sqrt(count), SMALLEST_RADIUS), 1)


def _northing(lat: float) -> float:
    """Degrees of longitude that are as long on a Mercator map as the way from the equator to `lat`."""
    lat = min(max(lat, -84.0), 84.0)
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)))


def _frame(dots: Sequence[Dot], share: float) -> _Frame:
    """Around most mentions: a capital far away must not make the front a speck. Where not everything fits, settlements
    decide if there are any, as an area's one point says little of where it is."""
    fits = share == MOST and all(_reach(dots, axis) <= _ALL_FIT_DEGREES for axis in ("lat", "lon"))
    share = 1.0 if fits else share
    chosen = dots if fits else [dot for dot in dots if not dot.area] or dots
    corners = [(dot.lat, dot.lon, dot.count) for dot in chosen] or [(*corner, 1) for corner in _UKRAINE]
    west, east = _span([(lon, count) for _, lon, count in corners], share)
    south, north = _span([(_northing(lat), count) for lat, _, count in corners], share)
    wide, tall = (east - west) * 1.18, (north - south) * 1.18
    shape = min(max(tall / wide, LOWEST / WIDTH), TALLEST / WIDTH)
    wide = max(wide, tall / shape)
    return _Frame((west + east - wide) / 2, (south + north + wide * shape) / 2, WIDTH / wide, WIDTH * shape)


def _reach(dots: Sequence[Dot], axis: str) -> float:
    values = [getattr(dot, axis) for dot in dots]
    return max(values, default=0.0) - min(values, default=0.0)


def _span(weighted: list[tuple[float, int]], share: float) -> tuple[float, float]:
    """The ends of the shortest stretch that holds `share` of the weight."""
    weighted = sorted(weighted)
    first, last = weighted[0][0], weighted[-1][0]
    if share < 1:
        first, last = _shortest(weighted, share)
    missing = max(_LEAST_DEGREES - (last - first), 0.0)
    return first - missing / 2, last + missing / 2


def _shortest(weighted: list[tuple[float, int]], share: float) -> tuple[float, float]:
    """Two ends moved over the sorted values: `held` is the weight between them."""
    wanted = share * sum(weight for _, weight in weighted)
    best, held, start = (weighted[0][0], weighted[-1][0]), 0, 0
    for value, weight in weighted:
        held += weight
        while held - weighted[start][1] >= wanted:
            held -= weighted[start][1]
            start += 1
        if held >= wanted and value - weighted[start][0] < best[1] - best[0]:
            best = (weighted[start][0], value)
    return best


def _outlines(collection: dict[str, Any], frame: _Frame, kind: str) -> str:
    paths = []
    for feature in collection["features"]:
        geometry = feature["geometry"]
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        rings = [_path(ring, frame) for polygon in polygons for ring in polygon]
        if shape := "".join(rings):
            paths.append(f'<path class="{kind}" d="{shape}"/>')
    return "".join(paths)


def _path(ring: Sequence[Sequence[float]], frame: _Frame) -> str:
    points = [frame.point(lat, lon) for lon, lat in ring]
    box = (-_BEYOND, -_BEYOND, WIDTH + _BEYOND, frame.height + _BEYOND)
    kept: list[tuple[float, float]] = []
    for x, y in _clipped(points, box):
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= _STEP:
            kept.append((x, y))
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept) + "Z" if len(kept) > 2 else ""


def _clipped(points: list[tuple[float, float]], box: tuple[float, float, float, float]) -> list[tuple[float, float]]:
    """The part of a polygon inside a box (Sutherland and Hodgman)."""
    for axis, limit, sign in ((0, box[0], 1), (1, box[1], 1), (0, box[2], -1), (1, box[3], -1)):
        cut: list[tuple[float, float]] = []
        for one, other in zip(points, points[1:] + points[:1], strict=True):
            here, there = (one[axis] - limit) * sign, (other[axis] - limit) * sign
            if here >= 0:
                cut.append(one)
            if (here >= 0) != (there >= 0):
                share = here / (here - there)
                cut.append((one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share))
        points = cut
        if not points:
            break
    return points


def _circle(dot: Dot, x: float, y: float, size: float) -> str:
    look = ("ring" if dot.area else "point") + (" unsure" if dot.unsure else "")
    circle = (
        f'<circle class="{look}" cx="{x:.1f}" cy="{y:.1f}" r="{size}">'
        f"<title>{html_text(dot.name)}: {dot.count:,}</title></circle>"
    )
    # the table holds the same links for those who use a keyboard
    return f'<a href="#{html_text(dot.anchor)}" tabindex="-1">{circle}</a>' if dot.anchor else circle


def _country_names(collection: dict[str, Any], frame: _Frame) -> list[tuple[str, float, float]]:
    """Names of countries whose label point is in the frame and that are wider on the map than their name."""
    found = []
    for feature in collection["features"]:
        name, geometry = feature["properties"]["name"], feature["geometry"]
        x, y = frame.point(*feature["properties"]["label"])
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        lons = [lon for lon, _ in max((polygon[0] for polygon in polygons), key=len)]
        if frame.holds(x, y) and (max(lons) - min(lons)) * frame.scale > text_width(name, 14):
            found.append((name, x, y))
    return found


def _labels(
    inside: list[tuple[Dot, float, float]], largest: int, frame: _Frame, countries: list[tuple[str, float, float]]
) -> list[str]:
    circles = [Box.around(x, y, size := radius(dot.count, largest), size) for dot, x, y in inside]
    named = sorted(((dot, x, y, radius(dot.count, largest)) for dot, x, y in inside), key=lambda item: -item[0].count)[
        : 3 * MOST_LABELS
    ]
    wanted = [Named(dot.name, x, y, size, "name area" if dot.area else "name") for dot, x, y, size in named]
    placed = place_labels(wanted, circles, Box(0, 0, WIDTH, frame.height), most=MOST_LABELS)
    texts = [
        f'<text class="{label.look}" x="{label.x:.1f}" y="{label.y:.1f}">{html_text(label.text)}</text>'
        for label in placed
    ]
    taken, told = [label.box for label in placed] + circles, {label.text for label in placed}
    for name, x, y in countries:
        box = Box.around(x, y, text_width(name, 14) / 2, 9)
        if name not in told and not any(box.meets(other) for other in taken):
            taken.append(box)
            texts.append(f'<text class="country" x="{x:.1f}" y="{y + 5:.1f}">{html_text(name)}</text>')
    return texts
