"""Spans of days to choose with one click, counted back from the corpus's newest article, and "this battle"."""

from collections.abc import Iterable, Mapping
from datetime import date as Date
from datetime import timedelta

import streamlit as st

from dashboard import selection
from dashboard.battles.filter import BATTLE, set_filter
from dashboard.names import battle_name
from dashboard.resources import Desk
from dashboard.texts import t
from dashboard.words import format_date
from geodata import Battle, GeodataError, battles_of, open_battles

DAYS = {"day": 1, "week": 7, "month": 30}
"""Name of a preset → how many days it spans, the newest article's day included."""
ALL = "all"
KEY, BATTLE_KEY = "period", "only_this_battle"


def span_of(preset: str, newest: Date) -> tuple[Date | None, Date | None]:
    """First and last day of a preset; both None for all days."""
    return (None, None) if preset == ALL else (newest - timedelta(days=DAYS[preset] - 1), newest)


def preset_of(first: Date | None, last: Date | None, newest: Date) -> str | None:
    """The preset that these days are, or None."""
    return next((preset for preset in (*DAYS, ALL) if span_of(preset, newest) == (first, last)), None)


def period(desk: Desk) -> None:
    """Draw the presets; nothing where no article is dated."""
    newest = desk.facets().date_max
    if newest is None:
        return
    st.session_state[KEY] = preset_of(st.session_state.get("from"), st.session_state.get("to"), newest)
    st.segmented_control(
        t("preset.label"),
        [*DAYS, ALL],
        key=KEY,
        format_func=lambda preset: t(f"preset.{preset}"),
        help=t("preset.help", day=format_date(newest)),
        on_change=_chosen,
        args=(newest,),
    )


def _chosen(newest: Date) -> None:
    preset = st.session_state[KEY] or ALL
    st.session_state["from"], st.session_state["to"] = span_of(preset, newest)
    # What has no date is in no span of days.
    st.session_state["undated"] = preset == ALL
    selection.select(selection.ONLY_BATTLE, None)


def battle() -> None:
    """Draw the choice of a battle, whose days and places everything is then narrowed to; those of the selected place
    and the one whose card is open come first."""
    try:
        offered = {battle.id: battle for battle in offered_battles()}
    except GeodataError:
        # The Battles page and the place card say what is wrong with the table.
        return
    only = selection.selected(selection.ONLY_BATTLE)
    st.session_state[BATTLE_KEY] = only if only in offered else None
    st.selectbox(
        t("preset.battle"),
        list(offered),
        index=None,
        key=BATTLE_KEY,
        format_func=lambda key: battle_name(offered[key]),
        placeholder=t("preset.any_battle"),
        help=t("preset.battle_help"),
        on_change=_battle_chosen,
        args=(offered,),
    )


def offered_battles() -> list[Battle]:
    """Every battle: the one whose card is open, those of the selected place, then all others, latest first."""
    opened, place = selection.selected(BATTLE), selection.selected(selection.PLACE)
    first = [open_battles().get(opened)] if opened else []
    first += _latest_first(battles_of(place)) if place else []
    return list(dict.fromkeys(battle for battle in (*first, *_latest_first(open_battles().all)) if battle))


def _latest_first(battles: Iterable[Battle]) -> list[Battle]:
    return sorted(battles, key=lambda battle: battle.start, reverse=True)


def _battle_chosen(offered: Mapping[str, Battle]) -> None:
    chosen, before = st.session_state[BATTLE_KEY], selection.selected(selection.ONLY_BATTLE)
    if chosen:
        set_filter(offered[chosen])
        return
    left = offered.get(before or "")
    if left and (st.session_state["from"], st.session_state["to"]) == (left.start, left.last_day):
        st.session_state["from"] = st.session_state["to"] = None
        st.session_state["undated"] = True
    selection.select(selection.ONLY_BATTLE, None)
