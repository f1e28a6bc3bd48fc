"""The Sources page: who writes, how much, about which places; one source in detail, or two beside each other."""

from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from corpus import COUNT_BY, profiles
from dashboard import context, notices, selection
from dashboard.card import evidence_html
from dashboard.figures import legend_html
from dashboard.frame import Frame
from dashboard.map import base_map, clicked_place, configured_tiles, places_geojson, places_group, render_map
from dashboard.names import place_name, with_names
from dashboard.pick_row import pick_row
from dashboard.places_page import bars_words
from dashboard.resources import static_urls
from dashboard.safe import safe_text, visible
from dashboard.sources import tabs as sources_tabs
from dashboard.sources.map import both, compare_geojson, compare_legend_html
from dashboard.sources.state import ABOUT, WITH, choose, chosen
from dashboard.texts import t
from dashboard.words import language_name, measure_name, number, source_name
from geodata import GeodataError

TABLE_KEY, MAP_KEY = "sources_table", "sources_map"
_CLICKS = "sources_map_clicks"
_PICKERS = {ABOUT: "source_about", WITH: "source_with"}
_MOST_PLACES = 3_000
_SENTENCES = 3


@st.fragment
def show(frame: Frame) -> None:
    """The page below its title; what is chosen here runs only this part again."""
    st.html(context.STYLE)
    rows = frame.desk.profile(profiles.sources, frame.asked)
    _table(frame, rows)
    names = rows["source"].tolist()
    about, other = _pickers(names)
    if about is None:
        st.info(t("sources.choose"), icon=":material/arrow_upward:")
        sources_tabs.spelling_of_all(frame)
        return
    compared = [about] if other is None else [about, other]
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _map(frame, compared)
    with right, st.container(key="place_card"):
        _card(frame, rows, compared)
    sources_tabs.tabs(frame, compared)


def sources_frame(rows: pd.DataFrame, history: profiles.Histories) -> pd.DataFrame:
    """Columns of the table, one row a source in the order of `rows`, the answer of `profiles.sources`."""
    none = [0] * len(history.starts())
    languages = [", ".join(filter(None, map(language_name, codes))) for codes in rows["languages"]]
    return pd.DataFrame(
        {
            t("column.source"): [visible(source_name(name)) for name in rows["source"]],
            **{t(f"column.{measure}"): rows[measure] for measure in COUNT_BY},
            t("sources.places"): rows["places"],
            t("places.over_time"): [history.counts.get(name, none) for name in rows["source"]],
            t("column.first"): rows["first_date"],
            t("column.last"): rows["last_date"],
            t("sources.languages"): languages,
            t("sources.shared"): rows["shared"],
            t("sources.led"): rows["led"],
        }
    )


def _table(frame: Frame, rows: pd.DataFrame) -> None:
    history = frame.desk.profile(profiles.histories, frame.asked, by="source")
    names = rows["source"].tolist()
    measure = measure_name(frame.asked.count_by)
    st.caption(t("sources.how", number=number(len(rows)), measure=measure, bars=bars_words(history)))
    day = st.column_config.DateColumn(format="YYYY-MM-DD", width=90)
    pick_row(
        sources_frame(rows, history),
        names,
        key=TABLE_KEY,
        chosen=chosen(ABOUT, names),
        choose=partial(choose, ABOUT),
        height=min(320, 38 + 35 * len(rows)),
        column_config={
            t("column.source"): st.column_config.TextColumn(pinned=True, width=200),
            t("places.over_time"): st.column_config.BarChartColumn(width=150, help=bars_words(history), color="orange"),
            t("column.first"): day,
            t("column.last"): day,
            t("sources.shared"): st.column_config.NumberColumn(help=t("sources.shared_help")),
            t("sources.led"): st.column_config.NumberColumn(help=t("sources.led_help")),
        },
    )


def _pickers(names: list[str]) -> tuple[str | None, str | None]:
    """The two sources chosen, by hand or from the link; the second never without the first."""
    about = chosen(ABOUT, names)
    others = [name for name in names if name != about]
    other = chosen(WITH, others) if about is not None else None
    columns = st.columns(2)
    offered = ((ABOUT, names, about), (WITH, others, other))
    for place, (what, options, value) in zip(columns, offered, strict=True):
        st.session_state[_PICKERS[what]] = value
        place.selectbox(
            t(f"sources.{what}"),
            options,
            index=None,
            key=_PICKERS[what],
            format_func=lambda name: visible(source_name(name)),
            placeholder=t(f"sources.{what}_hint"),
            disabled=what == WITH and about is None,
            on_change=_picked,
            args=(what,),
        )
    return about, other


def _picked(what: str) -> None:
    choose(what, st.session_state[_PICKERS[what]])


def _map(frame: Frame, compared: list[str]) -> None:
    try:
        urls, tiles = static_urls(), configured_tiles()
    except (OSError, GeodataError, ValueError) as error:
        notices.failure(error, t("map.not_drawn"))
        return
    measure, selected = frame.asked.count_by, selection.selected(selection.PLACE)
    answers = [with_names(frame.desk.places(replace(frame.asked, sources=(name,)))) for name in compared]
    if len(answers) == 1:
        places = answers[0].head(_MOST_PLACES)
        ambiguous = frame.with_ambiguous
        geojson = places_geojson(places, measure=measure, with_ambiguous=ambiguous, selected=selected)
        legend = legend_html(measure, int(places[measure].max() if len(places) else 0), with_ambiguous=ambiguous)
    else:
        names = (source_name(compared[0]), source_name(compared[1]))
        places = both(*answers, measure).head(_MOST_PLACES)
        geojson = compare_geojson(places, names=names, measure=measure, selected=selected)
        legend = compare_legend_html(names, measure)
    theme = st.context.theme.type or "light"
    render_map(base_map(urls, tiles), places_group(geojson, theme), on_change=_map_clicked, key=MAP_KEY)
    st.html(legend)


def _map_clicked() -> None:
    clicks, place_id = clicked_place(st.session_state.get(MAP_KEY))
    if clicks and clicks != st.session_state.get(_CLICKS) and place_id:
        selection.select(selection.PLACE, place_id)
    st.session_state[_CLICKS] = clicks


def _card(frame: Frame, rows: pd.DataFrame, compared: list[str]) -> None:
    """What the chosen sources write of the selected place; without one, how to choose it."""
    place_id = selection.selected(selection.PLACE)
    if place_id is None:
        st.header(t("suggest.title"), anchor=False)
        st.write(t("sources.choose_place"))
        return
    known = frame.desk.places(frame.asked)
    found = known[known["place_id"] == place_id]
    name = place_name(place_id, found["name"].iloc[0] if len(found) else place_id)
    st.html(f'<div class="dl-card"><h2>{safe_text(name)}</h2></div>')
    close = {"on_click": selection.select, "args": (selection.PLACE, None)}
    st.button(t("card.close"), icon=":material/close:", type="tertiary", key="close_source_place", **close)
    for source in compared:
        asked = replace(frame.asked, sources=(source,))
        st.html(f'<h3 class="dl-source">{safe_text(source_name(source))}</h3>')
        sentences = frame.desk.index.evidence(asked, place_id, limit=_SENTENCES)
        if sentences.empty:
            st.html(f'<p class="dl-quiet">{t("sources.not_told")}</p>')
        for _, group in sentences.groupby("article_id", sort=False):
            st.html(evidence_html(group, place_id))
            link = selection.link(article=group.iloc[0]["article_id"])
            label, icon = t("card.read"), ":material/article:"
            st.page_link(frame.pages["articles"], label=label, icon=icon, query_params=link)
