"""What was happening at a place on a day: battles, control, and control of what lies around. For cards and maps."""

from dataclasses import dataclass
from datetime import date as Date

from geodata.battles import Battle, battles_at
from geodata.control import ControlStatus, control_at, open_control
from geodata.distance import distance_km
from geodata.gazetteer import Gazetteer, open_gazetteer
from geodata.places import Place

NEIGHBOUR_KM = 15.0


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """Battle context of one place on one day. `battles`: the most local first, then the campaigns above them."""

    place_id: str
    day: Date
    control: ControlStatus
    battles: tuple[Battle, ...]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A settlement near another, its distance in km and who held it."""

    place: Place
    km: float
    control: ControlStatus


def context_at(place_id: str, day: Date, *, gazetteer: Gazetteer | None = None) -> PlaceContext:
    """Battles and control at a place on a day.

    With a gazetteer, campaigns that name the place's oblast or country count as well; without one only those that
    name the place itself, and what is above them.
    """
    place = gazetteer.get(place_id) if gazetteer else None
    within = tuple(area for area in (place.region, place.country) if area and area != place_id) if place else ()
    return PlaceContext(place_id, day, control_at(place_id, day), battles_at(place_id, day, within=within))


def neighbours_at(
    place_id: str, day: Date, *, km: float = NEIGHBOUR_KM, gazetteer: Gazetteer | None = None
) -> tuple[Neighbour, ...]:
    """The places within `km` kilometres that the control table covers, nearest first, with their control on the day.

    Empty when there are none or the gazetteer does not have the place.
    """
    gazetteer = gazetteer or open_gazetteer()
    centre = gazetteer.get(place_id)
    if not centre:
        return ()
    found, covered = [], open_control().places
    for other_id, other in zip(covered, gazetteer.get_all(covered), strict=True):
        if other and other_id != place_id:
            away = distance_km(centre.lat, centre.lon, other.lat, other.lon)
            if away <= km:
                found.append(Neighbour(other, round(away, 1), control_at(other_id, day)))
    return tuple(sorted(found, key=lambda neighbour: (neighbour.km, neighbour.place.name)))
