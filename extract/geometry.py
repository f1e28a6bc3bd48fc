"""Where a text says a place lies relative to another: "7 km southwest of Bakhmut", "near", "between A and B"."""

import math
import re
from dataclasses import dataclass

from extract.toponyms import Toponym
from geodata import Place
from geodata.distance import bearing_degrees, rough_distance_km

_SIDES = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
_DEGREES = {side: 45.0 * step for step, side in enumerate(_SIDES)}
_KM = {"km": 1.0, "kilometre": 1.0, "kilometer": 1.0, "mile": 1.609344}
_TOWARD = r"(?P<side>(?:north|south)?[- ]?(?:east|west)|north|south)(?:ern)?"
_THE_TOWN = r"(?:the\s(?:embattled\s|besieged\s)?(?:city|town|village)\sof\s)?"
_RELATION = re.compile(
    rf"(?P<number>\d+(?:[.,]\d+)?)\s?[- ]?(?P<unit>km|kilomet(?:re|er)|mile)s?\b(?:\s\([^)]*\))?\s(?:to the\s)?"
    rf"(?:{_TOWARD}\s)?(?:of|from|away from|outside)\s{_THE_TOWN}$"
    rf"|(?:to the\s)?{_TOWARD.replace('side', 'side2')}\s(?:of|from)\s{_THE_TOWN}$"
    rf"|\b(?P<near>just outside|near|outside|beside|next to|close to)\s{_THE_TOWN}$",
    re.IGNORECASE,
)
_CYRILLIC_SIDES = tuple(
    (re.compile(stem, re.IGNORECASE), degrees)
    for stem, degrees in (
        (r"(?:північн\w*|северо)[- ]?(?:схід|сході|сходу|східн|восто)", 45.0),
        (r"(?:південн\w*|юго)[- ]?(?:схід|сході|сходу|східн|восто)", 135.0),
        (r"(?:південн\w*|юго)[- ]?(?:захід|заході|заходу|західн|запад)", 225.0),
        (r"(?:північн\w*|северо)[- ]?(?:захід|заході|заходу|західн|запад)", 315.0),
        (r"півн|север", 0.0),
        (r"сх(?:ід|од)|восто", 90.0),
        (r"півд|юг|южн", 180.0),
        (r"зах(?:ід|од)|запад", 270.0),
    )
)
"""Sides in Ukrainian and Russian, the longer first, in degrees."""
_CYRILLIC_SIDE = r"[а-яіїєґ]*(?:північ|півден|півдн|схід|сход|захід|заход|север|юг|юж|юго|восто|запад)[а-яіїєґ-]*"
_CYRILLIC_RELATION = re.compile(
    rf"(?P<number>\d+(?:[.,]\d+)?)\s?(?:км|кілометр\w*|километр\w*)\.?\s"
    rf"(?:(?:на|к|до)?\s?(?P<side>{_CYRILLIC_SIDE}(?:\s{_CYRILLIC_SIDE})?)\s)?(?:від|от)?\s?$"
    rf"|(?:на|к|до)?\s?(?P<side2>{_CYRILLIC_SIDE})\s(?:від\s|от\s)?$"
    r"|\b(?:під|под|біля|поблизу|неподалік(?:\sвід)?|недалеко\sот|возле|около|рядом\sс|поруч\s(?:з|із))\s$",
    re.IGNORECASE,
)
_LEADS = tuple(f"{word} " for word in ("of", "from", "outside", "Outside", "near", "Near", "beside", "to"))
"""How the words of a relation in English end: looked at first, since most names stand in none."""
_REACH = 110
NEAR_KM = 20.0
"""Distance at which "near" has lost two thirds of its weight."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Toponym `number` lies `km` (None: not said) from toponym `anchor`, on its side `bearing` (degrees, or None)."""

    number: int
    anchor: int
    km: float | None
    bearing: float | None
    text: str
    other: int | None = None
    """Second anchor of "between A and B"."""


_PAIRED = (" and ", " та ", " і ", " й ", " и ")
_BETWEEN_BEFORE = re.compile(r"(?:\bbetween|\bміж|\bмежду) $", re.IGNORECASE)
"""Two places that something lies between are near each other."""
_BETWEEN = re.compile(r",? (?:[\w -]{0,40} )?(?:between|halfway between|midway between) (?:the \w+ of )?$")


def stated_relations(toponyms: list[Toponym], text: str) -> list[Relation]:
    """Relations between a toponym and the next one, read from the words between them within one sentence."""
    found = []
    for number, (inner, outer) in enumerate(zip(toponyms, toponyms[1:], strict=False)):
        between = text[inner.end : outer.start]
        if between in _PAIRED and _BETWEEN_BEFORE.search(text, max(0, inner.start - 12), inner.start):
            found.append(Relation(number, number + 1, None, None, "near"))
            continue
        if not 4 <= len(between) <= _REACH or "\n" in between or re.search(r"[.!?;] ", between):
            continue
        if _BETWEEN.fullmatch(between) and _pair_follows(toponyms, number + 1, text):
            found.append(Relation(number, number + 1, None, None, "between", number + 2))
            continue
        if not between.isascii() and (relation := _cyrillic_relation(number, between)):
            found.append(relation)
            continue
        match = _RELATION.search(between) if between.endswith(_LEADS) else None
        if not match:
            continue
        if match["number"]:
            km = float(match["number"].replace(",", ".")) * _KM[match["unit"].lower().rstrip("s")]
            found.append(Relation(number, number + 1, km, _bearing(match["side"]), match.group().strip()))
        elif match["side2"]:
            found.append(Relation(number, number + 1, None, _bearing(match["side2"]), match.group().strip()))
        else:
            found.append(Relation(number, number + 1, None, None, match["near"]))
    return found


def _cyrillic_relation(number: int, between: str) -> Relation | None:
    """`за 7 км на захід від X`, `в 7 км западнее X`, `північніше X`, `під X`: in Ukrainian and Russian."""
    match = _CYRILLIC_RELATION.search(between)
    if not match:
        return None
    said = match["side"] or match["side2"] or ""
    bearing = next((degrees for stem, degrees in _CYRILLIC_SIDES if stem.search(said)), None)
    if match["number"]:
        km = float(match["number"].replace(",", "."))
        return Relation(number, number + 1, km, bearing, f"{match['number']} km from")
    side = _SIDES[round(bearing / 45)] if bearing is not None else ""
    return Relation(number, number + 1, None, bearing, f"{side} of" if side else "near")


def _pair_follows(toponyms: list[Toponym], first: int, text: str) -> bool:
    """Whether the toponym `first` and the next are joined by "and"."""
    return first + 1 < len(toponyms) and text[toponyms[first].end : toponyms[first + 1].start] == " and "


def lies_between(place: Place, first: Place, second: Place) -> float:
    """How well `place` fits "between A and B": the detour over it is hardly longer than the way from A to B."""
    way = rough_distance_km(first.lat, first.lon, second.lat, second.lon)
    detour = rough_distance_km(first.lat, first.lon, place.lat, place.lon)
    detour += rough_distance_km(place.lat, place.lon, second.lat, second.lon)
    return 3.0 if detour <= 1.3 * way + 5 else -1.5


def _bearing(side: str | None) -> float | None:
    return _DEGREES[re.sub(r"[- ]", "", side.lower())] if side else None


def agreement(relation: Relation, place: Place, anchor: Place) -> float:
    """How well `place` fits the relation to `anchor`: positive when it does, negative when it cannot."""
    away = rough_distance_km(anchor.lat, anchor.lon, place.lat, place.lon)
    if relation.km is None and relation.bearing is None:
        return 3.0 * math.exp(-away / NEAR_KM) if away <= 3 * NEAR_KM else -1.0
    if relation.km is not None:
        weight = 4.0 if abs(away - relation.km) <= max(6.0, 0.4 * relation.km) else -2.5
    else:
        weight = 1.5 if away <= 120 else -1.5
    if relation.bearing is not None and weight > 0 and away > 1:
        seen = bearing_degrees(anchor.lat, anchor.lon, place.lat, place.lon)
        off = abs((seen - relation.bearing + 180) % 360 - 180)
        weight += 1.5 if off <= 50 else -2.0
    return weight
