"""The layer of who held the places on a day: one mark a place that the table of control knows, never an area.

A disc in blue for Ukraine, a square in vermilion for Russia, a hatched diamond for contested; the table says nothing of
all other places, and nothing is drawn there. Every mark names its day and who says so.
"""

from dataclasses import dataclass
from datetime import date as Date
from functools import lru_cache
from typing import Any

import folium
import pandas as pd
import streamlit as st

from dashboard import context, kept, notices
from dashboard.context import assessor_name, swatch_html
from dashboard.frame import Frame
from dashboard.map import Call
from dashboard.names import name_of
from dashboard.resources import gazetteer
from dashboard.safe import safe_text, visible
from dashboard.texts import language, t
from dashboard.words import format_date, number
from geodata import ControlStatus, GeodataError, Place, open_control

SHOWN, DAY = "control", "control_day"
"""Parameters of the link: `control=yes`, `control_day=2023-01-13`."""
STATUSES = ("ukraine", "russia", "contested")
FIRST_DAY = Date(2022, 2, 24)
_TOGGLE, _DATE = "control_shown", "control_date"


@dataclass(frozen=True, slots=True)
class Held:
    """One place with its control on a day."""

    place: Place
    control: ControlStatus


@lru_cache(maxsize=32)
def held_on(day: Date) -> tuple[Held, ...]:
    """Every place of the table with a known control on the day that the gazetteer has, in the table's order. Raises
    `GeodataError`."""
    table, places = open_control(), gazetteer()
    found = zip(places.get_all(table.places), (table.at(place_id, day) for place_id in table.places), strict=True)
    return tuple(Held(place, control) for place, control in found if place and control.status in STATUSES)


def choose_day(frame: Frame, *, fixed: Date | None = None) -> Date | None:
    """Draw the toggle and, when it is on, the day, unless it is `fixed` by the page; gives the day to show, None while
    the layer is off."""
    st.session_state[_TOGGLE] = kept.read_one(SHOWN) == "yes"
    with st.container(horizontal=True, vertical_alignment="center", key="control_choice"):
        shown = st.toggle(t("layer.show"), key=_TOGGLE, help=t("layer.help"), on_change=_toggled)
        if not shown:
            return None
        if fixed:
            return min(max(fixed, FIRST_DAY), _last_day())
        st.session_state[_DATE] = _asked_day() or default_day(frame)
        return st.date_input(
            t("layer.day"),
            key=_DATE,
            min_value=FIRST_DAY,
            max_value=_last_day(),
            format="YYYY-MM-DD",
            label_visibility="collapsed",
            width=150,
            on_change=_day_changed,
        )


def default_day(frame: Frame) -> Date:
    """The last day of the date filter, else the newest article's, else today."""
    day = frame.asked.date_to or frame.desk.facets().date_max or Date.today()
    return min(max(day, FIRST_DAY), _last_day())


def _last_day() -> Date:
    return Date.today()


def _asked_day() -> Date | None:
    try:
        day = Date.fromisoformat(kept.read_one(DAY))
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= _last_day() else None


def _toggled() -> None:
    kept.keep(SHOWN, "yes" if st.session_state[_TOGGLE] else "")


def _day_changed() -> None:
    day = st.session_state[_DATE]
    kept.keep(DAY, day.isoformat() if day else "")


def add_control(group: folium.FeatureGroup, day: Date, *, only: frozenset[str] | None = None) -> None:
    """Add the day's marks to the feature group of a map, those of certain places `only` if given; says so above the map
    when the table cannot be read."""
    try:
        data = control_data(day, language())
    except GeodataError as error:
        notices.failure(error, t("layer.failed"))
        return
    if only is not None:
        data = data | {"places": [row for row in data["places"] if row[0] in only]}
    if data["places"]:
        group.add_child(Call("datelineControl", lambda: f"map_div, {group.get_name()}", data))


@lru_cache(maxsize=32)
def control_data(day: Date, shown_in: str) -> dict[str, Any]:
    """What static/dateline_map.js draws: `places` as [id, name, lat, lon, number of the status, number of the line in
    `said`], contested ones last so that they lie on top. Lines are shared: a few hundred serve thousands of places.
    `shown_in` is the visitor's language. Texts are safe HTML."""
    del shown_in  # part of the cache's key only: the words below are in the visitor's language
    said: dict[str, int] = {}
    places = []
    for held in sorted(held_on(day), key=lambda held: STATUSES.index(held.control.status)):
        line = "<br>".join(safe_text(line) for line in said_lines(held.control))
        place, status = held.place, STATUSES.index(held.control.status)
        number_of_line = said.setdefault(line, len(said))
        places.append([place.id, safe_text(name_of(place)), place.lat, place.lon, status, number_of_line])
    words = [t(f"control.{status}") for status in STATUSES]
    return {"places": places, "said": list(said), "words": words}


def said_lines(control: ControlStatus) -> list[str]:
    """What the status rests on, with who says so and since when, as plain text: every claim that stands unsettled, else
    the row that settled it."""
    if control.claims:
        return [context.change_words(claim) for claim in control.claims]
    day = format_date(control.as_of)
    if control.basis == "estimated":
        return [t("control.by_estimate", day=day)]
    return [t(f"control.by_{control.basis}", who=visible(assessor_name(control.assessor)), day=day)]


def legend(day: Date) -> None:
    """What the marks mean, how many there are on the day, and the same as a table."""
    try:
        found = held_on(day)
        ends = open_control().ends
    except GeodataError:
        # said above the map
        return
    counts = {status: sum(held.control.status == status for held in found) for status in STATUSES}
    signs = "".join(
        f"<span>{swatch_html(status)}{t(f'control.{status}')} ({number(counts[status])})</span>" for status in STATUSES
    )
    late = f"<span>{t('context.ends', day=safe_text(format_date(ends)))}</span>" if ends and day > ends else ""
    when = t("layer.as_of", day=safe_text(format_date(day)))
    st.html(context.STYLE)
    st.html(f'<div class="dl-legend"><span><b>{when}</b></span>{signs}{late}<span>{t("layer.how")}</span></div>')
    if st.toggle(t("layer.table", number=number(len(found))), key="control_table_shown"):
        st.dataframe(table_frame(found), hide_index=True, height=300, key="control_table")


def table_frame(found: tuple[Held, ...]) -> pd.DataFrame:
    """The marks as a table, by name."""
    rows = [
        (
            visible(name_of(held.place)),
            t(f"control.{held.control.status}"),
            held.control.as_of,
            "; ".join(said_lines(held.control)),
            visible(held.control.source),
        )
        for held in found
    ]
    names = ("column.place", "timeline.held", "layer.since", "timeline.by", "battle.source")
    return pd.DataFrame(sorted(rows), columns=[t(name) for name in names])
