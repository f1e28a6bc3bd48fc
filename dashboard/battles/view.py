"""The Battles page: campaigns and their battles as a map, a nested list and the card of the one chosen."""

from collections.abc import Mapping, Sequence
from datetime import date as Date

import pandas as pd
import streamlit as st

from dashboard import context, notices, selection
from dashboard.battles.card import battle_card
from dashboard.battles.counts import told_of
from dashboard.battles.filter import BATTLE, shown_battles
from dashboard.battles.map import battles_geojson, by_place, control_legend_html
from dashboard.context import span_words
from dashboard.control_layer import add_control
from dashboard.frame import Frame
from dashboard.map import MAP_KEY, base_map, clicked_place, configured_tiles, places_group, render_map
from dashboard.names import battle_name
from dashboard.resources import gazetteer, static_urls
from dashboard.texts import t
from dashboard.words import number
from geodata import Battle, GeodataError, open_battles, open_control

FIRST_DAY = Date(2022, 2, 24)
LONGEST_WORDS = 100
TABLE_KEY = "battles_table"
_ROWS_KEY = "battles_table_ids"
_CLICKS = "battle_clicks"
_INDENT = "\u2003"


def show(frame: Frame) -> None:
    """The whole page below its title."""
    try:
        battles, ends = open_battles(), open_control().ends
    except GeodataError as error:
        notices.failure(error)
        return
    st.html(context.STYLE)
    st.caption(f"{t('battle.what')} {t('map.not_events')}.")
    day, words = _choices()
    listed = in_tree(shown_battles(battles.all, day, words))
    chosen = battles.get(selection.selected(BATTLE) or "")
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _map([battle for battle, _ in listed], day or ends or Date.today(), ends, chosen)
    with right, st.container(key="place_card"):
        if chosen:
            close = {"on_click": selection.select, "args": (BATTLE, None)}
            st.button(t("card.close"), icon=":material/close:", type="tertiary", key="close_battle", **close)
            battle_card(frame, chosen)
        else:
            st.header(t("battle.choose"), anchor=False)
            st.write(t("battle.how"))
    st.header(t("battle.listed", number=number(len(listed))), anchor=False)
    if listed:
        _table(listed, told_of(frame, [battle for battle, _ in listed]))
    else:
        st.info(t("battle.none"), icon=":material/search_off:")


def _choices() -> tuple[Date | None, str]:
    first, second = st.columns(2)
    day = first.date_input(
        t("battle.day"),
        value=None,
        min_value=FIRST_DAY,
        max_value=Date.today(),
        format="YYYY-MM-DD",
        key="battle_day",
        help=t("battle.day_help"),
        persist_state="session",
    )
    words = second.text_input(
        t("battle.find"), key="battle_find", max_chars=LONGEST_WORDS, icon=":material/search:", persist_state="session"
    )
    return day, words or ""


def in_tree(battles: Sequence[Battle]) -> list[tuple[Battle, int]]:
    """The battles with the campaigns above them, each followed by its parts, earliest first, with its depth."""
    table = open_battles()
    wanted = {battle.id for battle in battles} | {above.id for battle in battles for above in table.above(battle)}
    listed: list[tuple[Battle, int]] = []

    def walk(parent: str, depth: int) -> None:
        for battle in table.children(parent):
            if battle.id in wanted:
                listed.append((battle, depth))
                walk(battle.id, depth + 1)

    walk("", 0)
    return listed


def _map(battles: Sequence[Battle], day: Date, ends: Date | None, chosen: Battle | None) -> None:
    try:
        urls, tiles = static_urls(), configured_tiles()
    except (OSError, GeodataError, ValueError) as error:
        notices.failure(error, t("battle.not_drawn"))
        return
    geojson = battles_geojson(battles, day, gazetteer(), chosen)
    theme = st.context.theme.type or "light"
    st.session_state[f"{_ROWS_KEY}_at"] = {place: at[-1].id for place, at in by_place(battles).items()}
    group = places_group(geojson, theme)
    add_control(group, day, only=frozenset(by_place(battles)))
    render_map(base_map(urls, tiles), group, on_change=_map_clicked)
    st.html(control_legend_html(day, ends))


def _map_clicked() -> None:
    clicks, place_id = clicked_place(st.session_state.get(MAP_KEY))
    at = st.session_state.get(f"{_ROWS_KEY}_at", {})
    if clicks and clicks != st.session_state.get(_CLICKS) and place_id in at:
        selection.select(BATTLE, at[place_id])
    st.session_state[_CLICKS] = clicks


def battles_frame(
    listed: Sequence[tuple[Battle, int]], told: Mapping[str, tuple[int, list[str]]] | None = None
) -> pd.DataFrame:
    """Columns of the list; a battle stands deeper than the campaign it is part of. `told`: see `battle_counts`."""
    counted = [(told or {}).get(battle.id, (0, [])) for battle, _ in listed]
    return pd.DataFrame(
        {
            t("battle.name"): [_INDENT * depth + battle_name(battle) for battle, depth in listed],
            t("battle.days"): [span_words(battle) for battle, _ in listed],
            t("column.articles"): [articles for articles, _ in counted],
            t("battle.by_source"): [sources for _, sources in counted],
            t("battle.attacker"): [t(f"attacker.{battle.attacker}") for battle, _ in listed],
            t("battle.outcome"): [t(f"outcome.{battle.outcome}") for battle, _ in listed],
        }
    )


def _table(listed: Sequence[tuple[Battle, int]], told: Mapping[str, tuple[int, list[str]]]) -> None:
    ids = [battle.id for battle, _ in listed]
    chosen = selection.selected(BATTLE)
    drawn = [ids.index(chosen)] if chosen in ids else []
    st.session_state[_ROWS_KEY] = (ids, drawn)
    st.session_state[TABLE_KEY] = {"selection": {"rows": drawn}}
    st.dataframe(
        battles_frame(listed, told),
        key=TABLE_KEY,
        hide_index=True,
        on_select=_row_chosen,
        selection_mode="single-row",
        height=min(460, 38 + 35 * len(ids)),
        column_config={
            t("battle.name"): st.column_config.TextColumn(width=270, pinned=True),
            t("column.articles"): st.column_config.NumberColumn(width="small", help=t("battle.counted")),
            t("battle.by_source"): st.column_config.ListColumn(width="large", help=t("battle.counted")),
        },
    )


def _row_chosen() -> None:
    rows, (ids, drawn) = st.session_state[TABLE_KEY].selection.rows, st.session_state.get(_ROWS_KEY, ([], []))
    # The browser may report a selection that it was given: that is nobody's choice.
    if list(rows) == drawn:
        return
    selection.select(BATTLE, ids[rows[0]] if rows and rows[0] < len(ids) else None)
