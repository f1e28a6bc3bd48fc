"""Checks of the project's tables and of the built files: `python -m geodata verify`."""

import csv
import math
import statistics
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from geodata.distance import distance_km, rough_distance_km
from geodata.gazetteer import open_gazetteer
from geodata.layers import Layer
from geodata.names import name_key
from geodata.places import SETTLEMENT_KINDS, Place
from geodata.verify_context import context_faults

FAR_KM, MEDIAN_KM = 6.0, 1.5
"""Limits against a reference file: no settlement further off than the first, the median within the second."""
_SAME_SPOT_KM = 0.3
_NEIGHBOURS = 25


def verify(data: Path, *, reference: Path | None = None) -> int:
    """Print every fault found and a summary; returns 0 when there is none, 1 otherwise.

    `reference` is a tab-separated file with columns name, alternatenames, lat, lon, admin1, name_uk; rows of
    theatre.csv whose name it has in the same oblast are compared by distance. Raises `GazetteerBuildError` for
    rows that cannot be read at all and `GazetteerDataError` for missing built files.
    """
    from geodata.build.project import REGION_COLUMNS, THEATRE_COLUMNS, read_table

    regions = read_table(data / "regions.csv", REGION_COLUMNS)
    theatre = read_table(data / "theatre.csv", THEATRE_COLUMNS)
    faults = [
        *repeated(regions + theatre),
        *incomplete(theatre),
        *misplaced(theatre, regions, _world()),
        *unbuilt(theatre),
        *context_faults(data, open_gazetteer()),
    ]
    for fault in faults:
        print(fault)
    summary = f"{len(regions)} regions, {len(theatre)} theatre rows, {len(faults)} faults"
    if reference:
        compared, far = compare(theatre, reference)
        for line in far:
            print(line)
        middle = statistics.median(compared) if compared else math.nan
        summary += (
            f"; {len(compared)} compared with {reference.name}: median {middle:.2f} km, {len(far)} over {FAR_KM} km"
        )
        if far or middle > MEDIAN_KM:
            faults.append("distance to the reference")
    print(summary)
    return 1 if faults else 0


def _where(row: dict[str, str]) -> str:
    return f"line {row['line']} ({row['id']})"


def repeated(rows: list[dict[str, str]]) -> Iterator[str]:
    """Ids used twice, and one place entered twice: the same name on the same spot."""
    ids: dict[str, str] = {}
    spots: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        if row["id"] in ids:
            yield f"{_where(row)}: id already used on line {ids[row['id']]}"
        ids[row["id"]] = row["line"]
        for other in spots[name_key(row["name"]), row["kind"]]:
            if distance_km(*_point(row), *_point(other)) < _SAME_SPOT_KM:
                yield f"{_where(row)}: the same place as {other['id']}"
        spots[name_key(row["name"]), row["kind"]].append(row)


def incomplete(rows: list[dict[str, str]]) -> Iterator[str]:
    """Settlements without a Ukrainian or Russian name, rows without a source."""
    for row in rows:
        if row["kind"] in SETTLEMENT_KINDS and not (row["uk"] and row["ru"]):
            yield f"{_where(row)}: a settlement needs its Ukrainian and its Russian name"
        if not row["source"]:
            yield f"{_where(row)}: no source"


def misplaced(rows: list[dict[str, str]], regions: list[dict[str, str]], world: Layer) -> Iterator[str]:
    """Settlements none of whose nearest neighbours in the world list lies in the oblast they are said to be in."""
    names = {row["id"]: row["name"] for row in regions}
    country = {row["name"]: row["country"] for row in regions}
    cells: dict[tuple[int, int], list[Place]] = defaultdict(list)
    for place in map(world.place, range(len(world))):
        if place.country in ("UA", "RU") and place.region in names:
            cells[math.floor(place.lat), math.floor(place.lon)].append(place)
    for row in rows:
        if row["kind"] not in SETTLEMENT_KINDS or row["oblast"] not in names.values():
            continue
        lat, lon = _point(row)
        around = [
            place
            for down in (-1, 0, 1)
            for right in (-1, 0, 1)
            for place in cells[math.floor(lat) + down, math.floor(lon) + right]
            if place.country == country[row["oblast"]]
        ]
        around.sort(key=lambda place: rough_distance_km(lat, lon, place.lat, place.lon))
        nearest = [names[place.region] for place in around[:_NEIGHBOURS]]
        if nearest and row["oblast"] not in nearest:
            yield f"{_where(row)}: all around {lat}, {lon} is {nearest[0]}, not {row['oblast']}"


def _world() -> Layer:
    return next(layer for layer in open_gazetteer().layers if layer.name == "world")


def unbuilt(rows: list[dict[str, str]]) -> Iterator[str]:
    """Rows that the built gazetteer does not answer by their own name and id."""
    gazetteer = open_gazetteer()
    for row in rows:
        if row["id"] not in {candidate.place.id for candidate in gazetteer.candidates(name_key(row["name"]))}:
            yield f"{_where(row)}: not in the built gazetteer; run `python -m geodata build`"


def compare(rows: list[dict[str, str]], reference: Path) -> tuple[list[float], list[str]]:
    """Distances in km from each settlement to its namesake in the same oblast, and the rows that are too far off."""
    points: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    with reference.open(encoding="utf-8", newline="") as stream:
        for line in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            names = {line["name"], line["name_uk"] or "", *(line["alternatenames"] or "").split(",")}
            for key in {name_key(name) for name in names if name}:
                points[key, line["admin1"]].append((float(line["lat"]), float(line["lon"])))
    distances, far = [], []
    for row in rows:
        known = [p for name in (row["name"], row["uk"]) for p in points.get((name_key(name), row["oblast"]), ())]
        if row["kind"] in SETTLEMENT_KINDS and known:
            away = min(distance_km(*_point(row), *point) for point in known)
            distances.append(away)
            if away > FAR_KM and "differs:" not in row["source"]:
                far.append(f"{_where(row)}: {away:.1f} km from the reference's {row['name']} in {row['oblast']}")
    return distances, far


def _point(row: dict[str, str]) -> tuple[float, float]:
    return float(row["lat"]), float(row["lon"])
