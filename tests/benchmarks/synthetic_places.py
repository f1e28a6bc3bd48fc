"""Places that synthetic articles write about: a few very often, most hardly ever, each in its season.

The theatre's places and the larger ones of the world, ranked; how often a place is named falls with its rank (Zipf) and
swings from month to month, as reporting does.
"""

import csv
from collections import Counter
from dataclasses import dataclass

import numpy as np

from geodata import Gazetteer, Place
from geodata.gazetteer import DATA
from tests.benchmarks.synthetic_wording import LANGUAGES

THEATRE_SHARE = 0.75
"""Of the places articles are about; the others are the world's."""

MONTHS = 48
NEIGHBOURS = 12
_WORLD_PLACES = 2_500
_EXPONENT = 1.05
_SWING = 1.2  # standard deviation of a month's log weight
_AT_ONCE = 500
_KINDS = ("city", "town", "village", "facility", "area", "water", "district", "region")


@dataclass(frozen=True, slots=True)
class Places:
    """`places`, numbered; `names`: strings they are written by; `name_of`: (place, language, 0 usual or 1 rarer) -> its
    name's number; `edges`: (month, place) cumulative shares; `near`: (place, NEIGHBOURS); `actors`: cumulative shares
    of capitals and countries, which are `actor_places`."""

    places: tuple[Place, ...]
    names: tuple[str, ...]
    name_of: np.ndarray
    edges: np.ndarray
    near: np.ndarray
    actors: np.ndarray
    actor_places: np.ndarray


def pick_places(gazetteer: Gazetteer, rng: np.random.Generator) -> Places:
    """The same places in the same order for one gazetteer; `rng` decides their seasons."""
    theatre, world = (_layer(gazetteer, name) for name in ("theatre", "world"))
    told = _rows_of_control()
    local = _ranked([p for p in theatre if p.kind in _KINDS and p.country in ("UA", "RU")])
    # reporting is about where control changed, and about Ukraine more than about Russia
    local.sort(key=lambda p: (p.country != "UA", -told[p.id]))
    hidden = {place_id for layer in gazetteer.layers for place_id in layer.supersedes}
    global_ = _ranked([p for p in world if p.id not in hidden])[:_WORLD_PLACES]
    global_.sort(key=lambda p: not p.capital_of)
    countries = [p for p in theatre if p.kind == "country"]
    first = {"UA": 0, "RU": 1, "US": 2, "DE": 3, "GB": 4, "FR": 5, "PL": 6, "CN": 7}
    countries.sort(key=lambda p: (first.get(p.country, 9), p.id))
    capitals = [p for p in (*local, *global_) if p.capital_of in first]
    chosen = [*local, *global_, *countries]
    number = {place.id: at for at, place in enumerate(chosen)}
    # Kyiv, Moscow and Washington are named as often as their countries
    actors = np.array([number[p.id] for pair in _alternating(capitals, countries) for p in pair])
    shares = [(THEATRE_SHARE, len(local)), (1 - THEATRE_SHARE, len(global_) + len(countries))]
    weights = np.concatenate([share * _zipf(count) for share, count in shares])
    swings = rng.normal(0, _SWING, (MONTHS, len(chosen)))
    names, name_of = _names(chosen)
    return Places(
        places=tuple(chosen),
        names=names,
        name_of=name_of,
        edges=_cumulative(weights * np.exp(swings)),
        near=_near(chosen),
        actors=_cumulative(_zipf(len(actors))),
        actor_places=actors,
    )


def _layer(gazetteer: Gazetteer, name: str) -> list[Place]:
    layer = next(layer for layer in gazetteer.layers if layer.name == name)
    if name == "theatre":
        return [layer.place(row) for row in range(len(layer))]
    population = layer._columns["population"].to_numpy()
    return [layer.place(int(row)) for row in np.flatnonzero(population >= 150_000)]


def _rows_of_control() -> Counter[str]:
    with (DATA / "control.csv").open(encoding="utf-8", newline="") as stream:
        return Counter(row["place"] for row in csv.DictReader(stream))


def _ranked(places: list[Place]) -> list[Place]:
    return sorted(places, key=lambda p: (-p.population, p.kind == "region", p.id))


def _alternating(capitals: list[Place], countries: list[Place]) -> list[list[Place]]:
    return [[*capitals[n : n + 1], country] for n, country in enumerate(countries)]


def _zipf(count: int) -> np.ndarray:
    weights = np.arange(1, count + 1) ** -_EXPONENT
    return weights / weights.sum()


def _cumulative(weights: np.ndarray) -> np.ndarray:
    edges = np.cumsum(weights, axis=-1)
    return edges / edges[..., -1:]


def _names(places: list[Place]) -> tuple[tuple[str, ...], np.ndarray]:
    with (DATA / "theatre.csv").open(encoding="utf-8", newline="") as stream:
        rarer = {row["id"]: (row["press"] or row["former"]).split(";")[0].strip() for row in csv.DictReader(stream)}
    numbers: dict[str, int] = {}
    name_of = np.empty((len(places), len(LANGUAGES), 2), dtype=np.int32)
    for at, place in enumerate(places):
        usual = (place.name, place.uk or place.name, place.ru or place.name)
        second = (rarer.get(place.id) or place.name, *usual[1:])
        for language, pair in enumerate(zip(usual, second, strict=True)):
            name_of[at, language] = [numbers.setdefault(name, len(numbers)) for name in pair]
    return tuple(numbers), name_of


def _near(places: list[Place]) -> np.ndarray:
    """The nearest other places of each, by straight line on the globe."""
    lat, lon = (np.radians([getattr(place, axis) for place in places]) for axis in ("lat", "lon"))
    points = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1).astype(np.float32)
    near = np.empty((len(places), NEIGHBOURS), dtype=np.int32)
    for first in range(0, len(places), _AT_ONCE):
        close = points[first : first + _AT_ONCE] @ points.T
        close[np.arange(len(close)), np.arange(first, first + len(close))] = -2
        near[first : first + _AT_ONCE] = np.argpartition(-close, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
    return near
