"""Names of places in the visitor's language, as far as the gazetteer has them."""

import pandas as pd

from dashboard.resources import gazetteer
from dashboard.texts import language, t
from geodata import Battle, Gazetteer, Place


def name_of(place: Place) -> str:
    """The Ukrainian name for visitors in Ukrainian where it is known, else the English one."""
    return (language() == "uk" and place.uk) or place.name


def battle_name(battle: Battle) -> str:
    """The Ukrainian name of a battle for visitors in Ukrainian where the table has one, else the English one."""
    return (language() == "uk" and battle.name_uk) or battle.name


def place_name(place_id: str | None, name: str) -> str:
    """The same by id; `name` where the gazetteer does not have the place."""
    if language() == "en" or not place_id:
        return name
    place = gazetteer().get(place_id)
    return name_of(place) if place else name


def with_names(places: pd.DataFrame) -> pd.DataFrame:
    """The rows of `CorpusIndex.places` with `name` in the visitor's language."""
    if language() == "en":
        return places
    names = [place_name(place_id, name) for place_id, name in zip(places["place_id"], places["name"], strict=True)]
    return places.assign(name=names)


def containers(place: Place, places: Gazetteer) -> list[str]:
    """Names of the district, region and country a place lies in, as far as they are known."""
    region, country = (places.get(key) if key and key != place.id else None for key in (place.region, place.country))
    above = [name_of(found) for found in (region, country) if found]
    return [_district(place, places), *above] if place.district else above


def _district(place: Place, places: Gazetteer) -> str:
    for candidate in places.lookup(f"{place.district} Raion", country=place.country):
        if candidate.place.kind == "district":
            return name_of(candidate.place)
    return t("card.district", name=place.district)
