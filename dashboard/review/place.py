"""A place that the gazetteer lacks: its name, kind and point, typed or clicked on the small map."""

import re
from collections.abc import Mapping
from typing import Any

import streamlit as st

from corpus.corrections.file import DecidedPlace, own_place_id
from dashboard.safe import visible
from dashboard.texts import t
from dashboard.words import kind_name
from geodata.places import KINDS

NAME_KEY, KIND_KEY, POINT_KEY = "review_new_name", "review_new_kind", "review_new_point"
_LONGEST = 200
_OF = "review_new_of"
_NUMBER = r"([+-]?\d{1,3}(?:[.,]\d+)?)\s*°?\s*"
_POINT = re.compile(rf"\s*([NSEW]?)\s*{_NUMBER}([NSEW]?)\s*(?:[,;]|\s)\s*([NSEW]?)\s*{_NUMBER}([NSEW]?)\s*", re.I)


class PointError(ValueError):
    """What was typed is no point on Earth."""


def read_point(text: str) -> tuple[float, float]:
    """Latitude and longitude (degrees) of `48.59, 38.00`, `48,59; 38,00`, `48.59 N 38.00 E` or `38.00E, 48.59N`. Raises
    `PointError`."""
    found = _POINT.fullmatch(text)
    if not found:
        raise PointError(t("review.point_wrong"))
    first, second = (
        _signed(number, before or after) for before, number, after in (found.groups()[:3], found.groups()[3:])
    )
    letters = [(found[1] or found[3]).upper(), (found[4] or found[6]).upper()]
    if letters[0] in ("E", "W") or letters[1] in ("N", "S"):
        first, second, letters = second, first, letters[::-1]
    if letters[0] in ("E", "W") or letters[1] in ("N", "S") or not (abs(first) <= 90 and abs(second) <= 180):
        raise PointError(t("review.point_wrong"))
    return first, second


def _signed(number: str, letter: str) -> float:
    value = float(number.replace(",", "."))
    return -value if letter.upper() in ("S", "W") else value


def point_words(point: tuple[float, float]) -> str:
    """The point as `read_point` takes it."""
    return f"{point[0]:.5f}, {point[1]:.5f}"


def new_place(row: Mapping[str, Any]) -> None:
    """The fields of a new place; those of another name begin anew."""
    if st.session_state.get(_OF) != row["text"]:
        st.session_state[_OF] = row["text"]
        st.session_state[NAME_KEY] = visible(" ".join(row["text"].split()))[:_LONGEST]
    st.text_input(t("review.new_name"), key=NAME_KEY, max_chars=_LONGEST)
    kind, point = st.columns([2, 3], vertical_alignment="bottom")
    kind.selectbox(
        t("column.kind"),
        [*KINDS],
        index=KINDS.index("village"),
        key=KIND_KEY,
        format_func=kind_name,
        persist_state="session",
    )
    point.text_input(
        t("review.new_point"),
        key=POINT_KEY,
        max_chars=80,
        placeholder="48.5944, 38.0008",
        help=t("review.new_point_help"),
    )


def typed_point() -> tuple[float, float] | None:
    """The point as typed or clicked, None while there is none that can be read."""
    try:
        return read_point(st.session_state.get(POINT_KEY) or "")
    except PointError:
        return None


def typed_place() -> DecidedPlace | None:
    """The new place as typed, None while its name or point is still missing. Raises `PointError` or
    `corpus.CorpusError` for what cannot be one."""
    name, point = visible(st.session_state.get(NAME_KEY)).strip(), st.session_state.get(POINT_KEY, "").strip()
    if not name or not point:
        return None
    lat, lon = read_point(point)
    return DecidedPlace(
        id=own_place_id(name, lat, lon),
        name=name,
        kind=st.session_state.get(KIND_KEY, "village"),
        lat=lat,
        lon=lon,
    )


def take_point(point: tuple[float, float]) -> None:
    """A click on the map: the point of the new place."""
    st.session_state[POINT_KEY] = point_words(point)
