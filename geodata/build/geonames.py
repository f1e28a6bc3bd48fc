"""The downloaded layer: every settlement of whole countries, from GeoNames' country dumps (CC BY 4.0).

Stages: fetch the dumps, read the settlements, merge them with the project's own table, write the layer, install it.
"""

import hashlib
import io
import json
import os
import re
import shutil
import urllib.parse
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from geodata.build.download import fetch
from geodata.build.project import REGION_COLUMNS, SAME_PLACE_KM, read_table, region_ids
from geodata.build.world import case_forms, city_row, usable_names
from geodata.build.write import write_layer
from geodata.distance import distance_km
from geodata.downloaded import DOWNLOAD, FOLDER, INSTALLED, Installed
from geodata.errors import DownloadError, GazetteerBuildError
from geodata.layers import Layer
from geodata.names import NameKind, name_key
from geodata.places import Place

ADDRESS = "https://download.geonames.org/export/dump"
VARIABLE = "DATELINE_GEONAMES_URL"
COLUMNS = """
    geonameid name asciiname alternatenames latitude longitude feature_class feature_code country_code cc2 admin1
    admin2 admin3 admin4 population elevation dem timezone modified
""".split()
LEFT_OUT = frozenset(["PPLX", "PPLH", "PPLCH", "PPLQ"])
"""Quarters of towns, historical and abandoned places: names that reporting hardly means and that double others'."""
_CODE = re.compile(r"^[A-Z]{2}$")
_FAULTS_SHOWN = 5
_DERIVED = (NameKind.INFLECTED, NameKind.ADJECTIVE)


def country_codes(text: str) -> tuple[str, ...]:
    """The codes of `UA,RU,BY`, once each. Raises `GazetteerBuildError` for what is none."""
    codes = tuple(dict.fromkeys(code.strip().upper() for code in text.split(",") if code.strip()))
    wrong = [code for code in codes if not _CODE.match(code)]
    if wrong or not codes:
        raise GazetteerBuildError(f"{text!r} holds no country codes (ISO 3166-1) such as UA,RU,BY")
    return codes


def build_download(data: Path, user: Path, codes: Sequence[str], *, address: str = "") -> Installed:
    """Fetch the dumps of `codes`, build the layer and put it to use in the folder `user`, in place of any before it.

    `data` holds the project's tables and its built layers. `address` is where the dumps are, by default GeoNames or
    what `DATELINE_GEONAMES_URL` says. Prints what it does. Raises `DownloadError` or `GazetteerBuildError`; what was
    installed before then stays in use.
    """
    address = (address or os.environ.get(VARIABLE) or ADDRESS).rstrip("/")
    if urllib.parse.urlsplit(address).scheme not in ("http", "https"):
        raise GazetteerBuildError(f"{VARIABLE} {address!r} is not a web address")
    dumps = {code: user / "downloads" / f"{code}.zip" for code in codes}
    for code, path in dumps.items():
        fetch(f"{address}/{code}.zip", path, check=check_zip, say=print)
    cities = [city for code, path in dumps.items() for city in settlements(path, code)]
    rows, names = merged(cities, region_ids(read_table(data / "regions.csv", REGION_COLUMNS)), _theatre(data))
    return _install(user, codes, rows, names, {code: _digest(path) for code, path in dumps.items()})


def check_zip(path: Path) -> None:
    """Raise `ValueError` unless the file is a zip archive whose every member has its checksum."""
    try:
        with zipfile.ZipFile(path) as archive:
            damaged = archive.testzip()
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        raise ValueError(f"it is no sound zip archive: {error}") from error
    if damaged:
        raise ValueError(f"the checksum of {damaged!r} in it is wrong")


def settlements(dump: Path, code: str) -> Iterator[dict]:
    """The settlements of a country's dump as the world list has them, most populous first.

    Lines that cannot be read are counted and told, and the rest goes on. Raises `GazetteerBuildError` when the archive
    is none of this country or holds no settlement at all.
    """
    found, faults = [], []
    try:
        with zipfile.ZipFile(dump) as archive, archive.open(f"{code}.txt") as stream:
            text = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="\n")
            for number, line in enumerate(text, 1):
                try:
                    city = _city(line.rstrip("\r\n").split("\t"))
                except ValueError as error:
                    faults.append(f"{dump.name} line {number}: {error}")
                    continue
                if city:
                    found.append(city)
    except (KeyError, zipfile.BadZipFile) as error:
        raise GazetteerBuildError(
            f"{dump} is not a GeoNames dump of {code} ({error}); delete it and run again"
        ) from error
    for fault in faults[:_FAULTS_SHOWN]:
        print(fault)
    if faults:
        print(f"{dump.name}: {len(faults)} lines left out")
    if not found:
        raise GazetteerBuildError(f"{dump} holds no settlement of {code}; delete it and run again")
    return iter(sorted(found, key=lambda city: (-city["population"], city["geonameid"])))


def _city(cells: Sequence[str]) -> dict | None:
    """One line as a settlement, None for another feature; raises `ValueError` saying what is wrong with it."""
    if len(cells) != len(COLUMNS):
        raise ValueError(f"{len(cells)} columns instead of {len(COLUMNS)}")
    row = dict(zip(COLUMNS, cells, strict=True))
    if row["feature_class"] != "P" or row["feature_code"] in LEFT_OUT:
        return None
    lat, lon = float(row["latitude"]), float(row["longitude"])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"{lat}, {lon} is not a point on Earth")
    if not row["name"].strip():
        raise ValueError("no name")
    return {
        "geonameid": int(row["geonameid"]),
        "name": row["name"].strip(),
        "alternatenames": row["alternatenames"].split(",") if row["alternatenames"] else [],
        "latitude": lat,
        "longitude": lon,
        "population": min(max(int(row["population"] or 0), 0), 2**31 - 1),
        "countrycode": row["country_code"],
        "admin1code": row["admin1"],
        "capital": row["feature_code"] == "PPLC",
    }


def merged(
    cities: Sequence[Mapping], regions: Mapping[str, str], theatre: Layer
) -> tuple[list[dict], Iterator[tuple[str, int, NameKind]]]:
    """Rows and names of the layer. A settlement that the project's own table has gives its names to that place:
    its row is a copy of the table's, under the table's id."""
    rows: list[dict] = []
    number_of: dict[str, int] = {}
    placed: list[tuple[Mapping, int, bool]] = []
    for city in cities:
        if f"gn{city['geonameid']}" in theatre.supersedes:
            continue  # the table's place has this one's names already
        twin = _twin(theatre, city)
        row = _copied(twin) if twin else _row(city, regions)
        number = number_of.setdefault(row["id"], len(rows))
        if number == len(rows):
            rows.append(row)
        placed.append((city, number, twin is not None))
    return rows, _names(placed)


def _names(placed: Sequence[tuple[Mapping, int, bool]]) -> Iterator[tuple[str, int, NameKind]]:
    """Names with their rows, made as they are used: with all case forms there are some eighty a settlement."""
    for city, number, is_twin in placed:
        for name, kind in (*usable_names(city["name"], city["alternatenames"]), *case_forms(dict(city))):
            yield name, number, max(kind, NameKind.SPELLING) if is_twin else kind


def _twin(theatre: Layer, city: Mapping) -> Place | None:
    """The project's own place that is this settlement: a shared name, close by; the closest."""
    near: list[tuple[float, Place]] = []
    names = usable_names(city["name"], city["alternatenames"])
    for key in {name_key(name) for name, kind in names if kind is not NameKind.LISTED}:
        for row, kind in theatre.find(key):
            place = theatre.place(row)
            if kind not in _DERIVED and place.is_settlement:
                away = distance_km(city["latitude"], city["longitude"], place.lat, place.lon)
                if away <= SAME_PLACE_KM:
                    near.append((away, place))
    return min(near, key=lambda found: (found[0], found[1].id))[1] if near else None


def _row(city: Mapping, regions: Mapping[str, str]) -> dict:
    return city_row(city, regions) | {
        "capital_of": city["countrycode"] if city["capital"] else "",
        "source": f"GeoNames {city['geonameid']}",
    }


def _copied(place: Place) -> dict:
    kept = ("id", "name", "kind", "lat", "lon", "country", "region", "district", "population", "uk", "ru", "source")
    return {column: getattr(place, column) for column in kept}


def _theatre(data: Path) -> Layer:
    return Layer("theatre", data / "theatre_places.arrow", data / "theatre_names.marisa")


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _install(
    user: Path,
    codes: Sequence[str],
    rows: Sequence[Mapping],
    names: Iterable[tuple[str, int, NameKind]],
    dumps: dict[str, str],
) -> Installed:
    """Write the layer into a folder of its own, then name that folder as the one in use and delete the others."""
    now = datetime.now(UTC)
    stamp = hashlib.sha256(json.dumps(dumps, sort_keys=True).encode()).hexdigest()[:8]
    gazetteer = user / FOLDER
    folder = gazetteer / f"{DOWNLOAD}-{now:%Y%m%dT%H%M%S%f}-{stamp}"
    record = Installed(folder.name, tuple(codes), now.isoformat(timespec="seconds"), len(rows), dumps)
    try:
        gazetteer.mkdir(parents=True, exist_ok=True)
        before = set(gazetteer.glob(f"{DOWNLOAD}-*"))
        folder.mkdir()
        sizes = write_layer(folder, DOWNLOAD, rows, names)
        beside = folder / INSTALLED
        beside.write_text(record.as_json(), encoding="utf-8")
        beside.replace(gazetteer / INSTALLED)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise DownloadError(f"{folder} cannot be written ({error}); check space and permissions") from error
    for other in before:
        # one that another process has open may stay (Windows); the next build deletes it
        shutil.rmtree(other, ignore_errors=True)
    print(f"{len(rows):,} settlements of {', '.join(codes)}, {sum(sizes.values()) / 1e6:.1f} MB, now in use")
    print(f"to go back to the embedded gazetteer alone, delete {gazetteer / INSTALLED}")
    return record
