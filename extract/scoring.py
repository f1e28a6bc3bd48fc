"""What speaks for each of the places that bear a name: kind, region, stated geometry, neighbours, size.

Every observation has a weight and words; the heaviest in favour of the winner becomes the mention's reason.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date as Date

from extract.geometry import Relation, agreement, lies_between
from extract.toponyms import Toponym
from geodata import Candidate, NameKind, Place
from geodata.distance import rough_distance_km
from geodata.front import Front

DISTRICT_KM = 60.0
WORLD_CITY = 1_000_000
"""Cities this large are meant by their bare name even in an article set elsewhere (New York, not Niu-York)."""
BESIDE_KM = 20.0
"""Distance to a place named in the same list at which closeness has lost two thirds of its weight."""
CLOSE_KM = 60.0
"""The same for any other place of the text."""
_NEIGHBOUR_READINGS = 12

_KIND_PRIOR = {
    "country": 11.0,
    "continent": 11.0,
    "region": 5.0,
    "district": 3.0,
    "water": 4.5,
    "area": 4.5,
    "facility": 4.0,
}
_NAME_PENALTY = {
    NameKind.SPELLING: 0.6,
    NameKind.ALIAS: 0.2,
    NameKind.FORMER: 0.9,
    NameKind.INFLECTED: 0.1,
    NameKind.ADJECTIVE: 0.3,
    NameKind.LISTED: 2.5,
}
_WANTED = {
    "settlement": ("city", "town", "village"),
    "village": ("village", "town"),
    "region": ("region", "country", "area"),
    "district": ("district", "region"),
    "water": ("water",),
    "feature": ("facility", "area", "water", "city", "town", "village"),
}


@dataclass(slots=True)
class Scored:
    """One candidate with its score, and what each kind of observation added to it in which words."""

    candidate: Candidate
    score: float
    parts: dict[str, tuple[float, str]] = field(default_factory=dict)

    def add(self, kind: str, weight: float, text: str = "") -> None:
        """Count one observation of a kind (`container`, `country`, ...); `text` tells it as a reason."""
        self.score += weight
        self.parts[kind] = (self.parts.get(kind, (0.0, ""))[0] + weight, text)

    def advantage(self, rival: "Scored") -> str:
        """The observation that sets this candidate apart from `rival`, in words; empty when it is mere size.

        What the text says outright (container, geometry, kind) is named before what only makes it likelier.
        """
        leads = [
            (kind in _OUTRIGHT, weight - rival.parts.get(kind, (0.0, ""))[0], text)
            for kind, (weight, text) in self.parts.items()
        ]
        return max((lead for lead in leads if lead[1] >= _TELLING), default=(False, 0.0, ""))[2]


_OUTRIGHT = frozenset(["container", "relation", "kind", "sense"])
_THEATRE = ("UA", "RU")
NEAR_FRONT = 0.4
"""A tie-breaker: most reports name villages near the line, but the table of control does not know them all."""
_TELLING = 0.7
"""Lead in one kind of observation that is worth naming as the reason."""


@dataclass(slots=True)
class Context:
    """What the article as a whole says about where it is set, learned from its surely resolved places."""

    countries: Counter[str] = field(default_factory=Counter)
    known: int = 0
    front: Front | None = None
    day: Date | None = None
    """The line of contact and the article's day, in an article about the war that has one."""
    regions: set[str] = field(default_factory=set)
    anchors: dict[tuple[int, int], dict[str, Place]] = field(default_factory=lambda: defaultdict(dict))
    """Sure places by degree of latitude and longitude, so that only near ones are looked at."""

    def learn(self, place: Place) -> None:
        """Count a surely resolved place."""
        if place.country:
            self.countries[place.country] += 1
            self.known += 1
        if place.region:
            self.regions.add(place.region)
        if place.kind not in ("country", "continent", "area", "water", "region"):
            self.anchors[math.floor(place.lat), math.floor(place.lon)][place.id] = place

    def near(self, place: Place) -> Iterator[Place]:
        """Sure places other than `place` in its own and the adjoining degrees: all within some 70 km, some beyond."""
        row, column = math.floor(place.lat), math.floor(place.lon)
        for cell in ((row + up, column + right) for up in (-1, 0, 1) for right in (-1, 0, 1)):
            for anchor in self.anchors[cell].values() if cell in self.anchors else ():
                if anchor.id != place.id:
                    yield anchor

    def share(self, country: str) -> float:
        """How much of the article's sure places lie in `country`, 0..1."""
        return self.countries.get(country, 0) / self.known if self.known and country else 0.0


def prior(candidate: Candidate) -> float:
    """How likely the bare name means this place: by kind, and for settlements by the order of their population."""
    place = candidate.place
    if place.is_settlement:
        base = math.log10(place.population + 30)
        if place.layer == "theatre":
            base = max(base, 2.5) + 1.2
    else:
        base = _KIND_PRIOR.get(place.kind, 3.0)
    if place.capital_of:
        base += 1.0
    if place.population >= WORLD_CITY and candidate.name_kind is not NameKind.LISTED:
        base += 3.0
    return base - _NAME_PENALTY.get(candidate.name_kind, 0.0)


def score_kind(item: Scored, wanted: str | None) -> None:
    """`village of X`, `X region`: the kind the text asks for."""
    if not wanted:
        return
    kind = item.candidate.place.kind
    if kind in _WANTED[wanted]:
        item.add("kind", 3.0 if wanted == kind == "village" else 2.5, f"the text speaks of a {wanted}")
    else:
        item.add("kind", -2.5)


def lies_in(place: Place, inside: Place) -> bool:
    """Whether the gazetteer has `place` in `inside`; a place without a region is given the benefit of the doubt."""
    if inside.kind == "district":
        return rough_distance_km(place.lat, place.lon, inside.lat, inside.lon) < DISTRICT_KM
    if not place.region and inside.kind == "region":
        return place.country in ("", inside.country)
    return inside.id in (place.id, place.region, place.country) or place.kind in ("water", "area", "facility")


def score_container(item: Scored, inside: Place) -> None:
    """`X, Donetsk Oblast`: the region or country the text puts it in."""
    place = item.candidate.place
    if place.id == inside.id:
        item.add("container", -3.0)
    elif inside.id in (place.region, place.country):
        item.add("container", 6.0, f"the text says it is in {inside.name}")
    elif inside.kind == "district" and lies_in(place, inside):
        item.add("container", 4.0, f"the text says it is in {inside.name}")
    elif inside.kind in ("country", "region") and inside.country:
        item.add("container", -4.0)


def score_relation(item: Scored, relation: Relation, anchor: Place, second: Place | None) -> None:
    """`7 km southwest of Bakhmut`, `between Robotyne and Verbove`: the geometry the text states."""
    if relation.other is not None:
        if second:
            fit = lies_between(item.candidate.place, anchor, second)
            item.add("relation", fit, f"the text says it is between {anchor.name} and {second.name}")
    elif item.candidate.place.id != anchor.id:
        fit = agreement(relation, item.candidate.place, anchor)
        item.add("relation", fit, f"the text says it is {relation.text} {anchor.name}")


Spot = tuple[float, float, str]
"""Latitude, longitude (degrees) and name of one reading of a neighbour."""


def readings(toponym: Toponym) -> list[Spot]:
    """The settlements that a neighbour in a list may be."""
    places = (c.place for c in toponym.candidates[:_NEIGHBOUR_READINGS])
    return [(place.lat, place.lon, place.name) for place in places if place.is_settlement]


def score_neighbours(item: Scored, neighbours: list[list[Spot]]) -> None:
    """`X, Y and Z`: a list names places of one area, so a place near some place of each other name is likelier."""
    place = item.candidate.place
    if not place.is_settlement:
        return
    total, nearest, name = 0.0, math.inf, ""
    for spots in neighbours:
        away, who = _closest(place, spots)
        if who:
            total += math.exp(-away / BESIDE_KM)
            if away < nearest:
                nearest, name = away, who
    if name:
        weight = 5.0 * total / len(neighbours)
        item.add("beside", weight, f"it is {max(1, round(nearest))} km from {name}, named beside it")


def _closest(place: Place, spots: list[Spot]) -> tuple[float, str]:
    """Distance in km to the nearest other spot and its name; beyond a degree of latitude it does not matter."""
    nearest, name = math.inf, ""
    for lat, lon, who in spots:
        if -1.0 < lat - place.lat < 1.0:
            away = rough_distance_km(place.lat, place.lon, lat, lon)
            if 0.5 < away < nearest:
                nearest, name = away, who
    return nearest, name


def _near_the_front(place: Place, context: Context) -> bool:
    if not (context.front and context.day and place.is_settlement and place.country in _THEATRE):
        return False
    return context.front.near(place.lat, place.lon, context.day)


def score_context(item: Scored, context: Context) -> None:
    """Country, region and closeness of the article's other places."""
    place = item.candidate.place
    share = context.share(place.country)
    if share:
        item.add("country", 2.5 * share, "most places in the text are in the same country")
    if place.kind in ("country", "continent"):
        return
    if place.region and place.region in context.regions and place.kind != "region":
        item.add("region", 1.0, "the text names other places in its region")
    if _near_the_front(place, context):
        item.add("front", NEAR_FRONT, "it lay near the line of contact at the time")
    nearest, name = math.inf, ""
    for anchor in context.near(place):
        away = rough_distance_km(place.lat, place.lon, anchor.lat, anchor.lon)
        if away < nearest:
            nearest, name = away, anchor.name
    if name:
        km = max(1, round(nearest))
        item.add("close", 3.0 * math.exp(-nearest / CLOSE_KM), f"it is {km} km from {name}, which the text names too")
