"""The places of battles on the map, with the marks of who held them on a day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date as Date
from typing import Any

from dashboard.context import assessor_name, swatch_html
from dashboard.map import point_feature
from dashboard.names import battle_name, name_of
from dashboard.safe import safe_text
from dashboard.texts import t
from dashboard.words import format_date
from geodata import Battle, ControlStatus, Gazetteer, Place, control_at
from geodata.places import SETTLEMENT_KINDS

STATUSES = ("ukraine", "russia", "contested", "unknown")
BLUE, VERMILION, GREY = "#0072b2", "#d55e00", "#8a8a8a"
# Where the table knows who held a place, the layer of control draws its mark; the circle above only takes the clicks.
_KNOWN: dict[str, Any] = {"fill": True, "color": GREY, "fillColor": GREY, "fillOpacity": 0.02, "weight": 0.5}
_UNKNOWN: dict[str, Any] = {
    "fill": True, "color": GREY, "fillColor": GREY, "fillOpacity": 0.1, "weight": 2, "dashArray": "1 4",
}  # fmt: skip
_POINT_PX, _AREA_PX = 7.0, 11.0


def by_place(battles: Iterable[Battle]) -> dict[str, list[Battle]]:
    """Battles by the places they name, in their order."""
    found: dict[str, list[Battle]] = defaultdict(list)
    for battle in battles:
        for place in dict.fromkeys(battle.places):
            found[place].append(battle)
    return found


def battles_geojson(battles: Iterable[Battle], day: Date, places: Gazetteer, chosen: Battle | None) -> dict[str, Any]:
    """A FeatureCollection of the battles' places, areas first so that settlements lie on top; a place the gazetteer
    does not have is left out."""
    features = []
    for place_id, at in by_place(battles).items():
        place = places.get(place_id)
        if place:
            selected = chosen is not None and place_id in chosen.places
            features.append(_feature(place, at, control_at(place_id, day), selected))
    features.sort(key=lambda feature: not feature["properties"]["area"])
    return {"type": "FeatureCollection", "features": features}


def _feature(place: Place, battles: list[Battle], control: ControlStatus, selected: bool) -> dict[str, Any]:
    area = place.kind not in SETTLEMENT_KINDS
    name = name_of(place)
    lines = [f"<b>{safe_text(name)}</b>", _control_words(control)]
    lines += [safe_text(battle_name(battle)) for battle in battles[:4]]
    return point_feature(
        (place.lat, place.lon),
        place_id=place.id,
        name=name,
        lines=lines,
        count=len(battles),
        area=area,
        selected=selected,
        look=f"dl-control-{control.status}",
        style={"radius": _AREA_PX if area else _POINT_PX} | (_UNKNOWN if control.as_of is None else _KNOWN),
    )


def _control_words(control: ControlStatus) -> str:
    word = t(f"control.{control.status}")
    if control.as_of is None:
        return word
    return f"{word} ({safe_text(assessor_name(control.assessor))}, {safe_text(format_date(control.as_of))})"


def control_legend_html(day: Date, ends: Date | None) -> str:
    """What the signs mean, on which day, and where the table of control ends when the day is later."""
    signs = "".join(f"<span>{swatch_html(status)}{t(f'control.{status}')}</span>" for status in STATUSES)
    when = t("battle.control_on", day=safe_text(format_date(day)))
    late = t("context.ends", day=safe_text(format_date(ends))) if ends and day > ends else ""
    return f'<div class="dl-legend"><span>{when}</span>{signs}<span>{late}</span></div>'
