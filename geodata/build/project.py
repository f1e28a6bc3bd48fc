"""The theatre layer: the project's own tables, regions.csv and theatre.csv, joined to the world list."""

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from geodata.build.write import write_layer
from geodata.declension.names import declined
from geodata.distance import distance_km
from geodata.errors import GazetteerBuildError
from geodata.layers import Layer
from geodata.names import NameKind, is_abbreviation, name_key
from geodata.places import KINDS, SETTLEMENT_KINDS, Place
from geodata.translit import russian_spellings, ukrainian_spellings

REGION_COLUMNS = """
    id name kind country admin1 lat lon radius_km uk ru aliases source
""".split()
THEATRE_COLUMNS = """
    id name uk ru former press kind lat lon oblast raion population source
""".split()
SAME_PLACE_KM = 6.0
"""A project row and a world row that share a name within this distance are one place."""

CITY_REGIONS = {"Kyiv": "UA-30", "Sevastopol": "UA-40", "Moscow": "RU-MOW", "Saint Petersburg": "RU-SPE"}
"""Cities that are first-level regions of their own (ISO 3166-2)."""

_DERIVED = (NameKind.INFLECTED, NameKind.ADJECTIVE)
"""Forms of a name: one place's may be another's name, so they tell nothing of whether two rows are one place."""

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_UKRAINIAN_ONLY = re.compile(r"[іїєґІЇЄҐ']")
_RUSSIAN_ONLY = re.compile(r"[ыэёъЫЭЁЪ]")


def read_table(path: Path, columns: list[str]) -> list[dict[str, str]]:
    """Rows of one project table, each with its line number under `line`; raises `GazetteerBuildError`."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        if reader.fieldnames != columns:
            raise GazetteerBuildError(f"{path.name}: columns are {reader.fieldnames}, wanted {columns}")
        rows = [row | {"line": str(reader.line_num)} for row in reader]
    for row in rows:
        _check_row(path.name, row)
    return rows


def _check_row(file: str, row: dict[str, str]) -> None:
    where = f"{file} line {row['line']} ({row['id'] or row['name']})"
    if None in row or any(value is None for value in row.values()):
        raise GazetteerBuildError(f"{where}: wrong number of columns")
    if not row["id"] or not row["name"] or row["kind"] not in KINDS:
        raise GazetteerBuildError(f"{where}: id, name and a known kind are needed, kind is {row['kind']!r}")
    try:
        lat, lon = float(row["lat"]), float(row["lon"])
    except ValueError as error:
        raise GazetteerBuildError(f"{where}: lat and lon must be numbers") from error
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise GazetteerBuildError(f"{where}: {lat}, {lon} is not a point on Earth (lat, lon in degrees)")


def split_names(cell: str) -> list[str]:
    """The names of a `;`-separated cell."""
    return [name.strip() for name in cell.split(";") if name.strip()]


def spellings(name: str) -> Iterator[str]:
    """`name` itself and, for a Cyrillic one, its Latin spellings by the systems of the language it is in."""
    yield name
    if not _CYRILLIC.search(name) or is_abbreviation(name):
        return
    if not _RUSSIAN_ONLY.search(name):
        yield from ukrainian_spellings(name)
    if not _UKRAINIAN_ONLY.search(name):
        yield from russian_spellings(name)


def _kind_of(name: str, kind: NameKind) -> NameKind:
    return NameKind.ABBREVIATION if is_abbreviation(name) else kind


def theatre_names(row: dict[str, str]) -> Iterator[tuple[str, NameKind]]:
    """Every name of a theatre.csv row, spellings generated."""
    yield row["name"], _kind_of(row["name"], NameKind.MAIN)
    for column, kind in (("uk", NameKind.SPELLING), ("ru", NameKind.SPELLING), ("former", NameKind.FORMER)):
        for name in split_names(row[column]):
            yield from ((s, _kind_of(name, kind)) for s in spellings(name))
    settlement = row["kind"] in SETTLEMENT_KINDS
    for name in split_names(row["press"]):
        yield name, _kind_of(name, NameKind.SPELLING if settlement else NameKind.ALIAS)
    yield from _theatre_forms(row)


def _theatre_forms(row: dict[str, str]) -> Iterator[tuple[str, NameKind]]:
    """Case forms of a theatre.csv row's Cyrillic names, and the adjectives made of its own two."""
    for column, language in (("uk", "uk"), ("ru", "ru"), ("former", None), ("press", None)):
        for name in split_names(row[column]):
            if not is_abbreviation(name):
                yield from declined(name, kind=row["kind"], country="", language=language, adjectives=bool(language))


def region_names(row: dict[str, str]) -> Iterator[tuple[str, NameKind]]:
    """Every name of a regions.csv row; aliases are listed in full there, only case forms are generated."""
    yield row["name"], _kind_of(row["name"], NameKind.MAIN)
    for name in (*split_names(row["uk"]), *split_names(row["ru"])):
        yield name, _kind_of(name, NameKind.SPELLING)
    for name in split_names(row["aliases"]):
        yield name, _kind_of(name, NameKind.ALIAS)
    for column, language in (("uk", "uk"), ("ru", "ru"), ("aliases", None)):
        for name in split_names(row[column]):
            if not is_abbreviation(name):
                adjectives = bool(language) and row["country"] in ("UA", "RU", "BY")
                kind, country = row["kind"], row["country"]
                yield from declined(name, kind=kind, country=country, language=language, adjectives=adjectives)


def region_ids(regions: list[dict[str, str]]) -> dict[str, str]:
    """GeoNames' country and first-level code (`UA.05`) -> the project's region id (`UA-14`)."""
    return {f"{row['country']}.{row['admin1']}": row["id"] for row in regions if row["admin1"]}


def build_theatre(folder: Path, regions: list[dict[str, str]], theatre: list[dict[str, str]]) -> dict[str, int]:
    """Build the layer from both tables into `folder`, beside the world layer; returns the files' sizes in bytes.

    Raises `GazetteerBuildError` for a repeated id or an oblast that regions.csv does not have.
    """
    _refuse_repeats(regions, theatre)
    world = Layer("world", folder / "world_places.arrow", folder / "world_names.marisa")
    by_name = {row["name"]: row["id"] for row in regions} | CITY_REGIONS
    rows = [_region_row(row) for row in regions]
    names = [(name, i, kind) for i, row in enumerate(regions) for name, kind in region_names(row)]
    twin_of: dict[int, int] = {}
    for i, row in enumerate(theatre, start=len(regions)):
        if row["oblast"] and row["oblast"] not in by_name:
            raise GazetteerBuildError(f"theatre.csv line {row['line']}: no region {row['oblast']!r} in regions.csv")
        own = list(theatre_names(row))
        twins = _twins(world, row, own) if row["kind"] in SETTLEMENT_KINDS else []
        rows.append(_theatre_row(row, by_name.get(row["oblast"], ""), [world.place(twin) for twin in twins]))
        names += [(name, i, kind) for name, kind in own]
        twin_of |= dict.fromkeys(twins, i)
    names += [
        (key, twin_of[row], max(NameKind(kind), NameKind.SPELLING))
        for key, (row, kind) in world.trie.iteritems()
        if row in twin_of
    ]
    return write_layer(folder, "theatre", rows, names)


def _refuse_repeats(*tables: Iterable[dict[str, str]]) -> None:
    seen: set[str] = set()
    for row in (row for table in tables for row in table):
        if row["id"] in seen:
            raise GazetteerBuildError(f"line {row['line']}: id {row['id']!r} is used twice")
        seen.add(row["id"])


def _twins(world: Layer, row: dict[str, str], names: Iterable[tuple[str, NameKind]]) -> list[int]:
    """Rows of the world list that are this place: a shared name, close by."""
    lat, lon = float(row["lat"]), float(row["lon"])
    near = set()
    for key in {name_key(name) for name, kind in names if kind not in _DERIVED}:
        for found, kind in world.find(key):
            if kind in _DERIVED:
                continue
            place = world.place(found)
            if distance_km(lat, lon, place.lat, place.lon) <= SAME_PLACE_KM:
                near.add(found)
    return sorted(near)


def _region_row(row: dict[str, str]) -> dict:
    first_level = row["kind"] == "region" and row["country"] and row["id"].startswith(row["country"] + "-")
    return _common(row) | {
        "country": row["country"],
        "region": row["id"] if first_level else "",
        "radius_km": float(row["radius_km"] or 0),
    }


def _theatre_row(row: dict[str, str], region: str, twins: list[Place]) -> dict:
    return _common(row) | {
        "country": region.split("-")[0],
        "region": region,
        "district": row["raion"],
        "population": int(row["population"] or 0) or max((twin.population for twin in twins), default=0),
        "capital_of": next((twin.capital_of for twin in twins if twin.capital_of), ""),
        "supersedes": " ".join(twin.id for twin in twins),
    }


def _common(row: dict[str, str]) -> dict:
    kept = {column: row[column] for column in ("id", "name", "kind", "uk", "ru", "source")}
    return kept | {"lat": float(row["lat"]), "lon": float(row["lon"])}
