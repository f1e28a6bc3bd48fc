"""Map, place card and table of one filter's places, in step with one another."""

import pandas as pd
import streamlit as st

from dashboard import control_layer, find, notices, selection
from dashboard.card import place_card
from dashboard.figures import legend_html
from dashboard.frame import Frame
from dashboard.map import (
    MAP_KEY,
    Tiles,
    base_map,
    clicked_place,
    configured_tiles,
    kept_view,
    places_geojson,
    places_group,
    render_map,
    view_of,
)
from dashboard.names import name_of, with_names
from dashboard.resources import gazetteer, static_urls
from dashboard.safe import safe_markdown
from dashboard.table import places_table
from dashboard.texts import t
from dashboard.words import count_of, number
from geodata import GeodataError

_CLICKS, _VIEW_TOLD = "map_clicks", "map_view_told"
SUGGESTED = 8
MOST_PLACES = 3_000


@st.fragment
def explore(frame: Frame) -> None:
    """A click on the map or in the table runs only this part again."""
    places = with_names(frame.desk.places(frame.asked))
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _map(frame, places)
    with right:
        find.find_place(frame.desk)
    with right, st.container(key="place_card"):
        chosen = selection.selected(selection.PLACE)
        if chosen:
            st.button(t("card.close"), icon=":material/close:", type="tertiary", key="close_card", on_click=_close)
            place_card(frame.desk, frame.asked, chosen, frame.pages["articles"])
        else:
            _suggestions(frame, places)
    st.header(t("table.title", number=number(len(places))), anchor=False)
    places_table(places, area_names(frame), with_ambiguous=frame.with_ambiguous)


def _map(frame: Frame, places: pd.DataFrame) -> None:
    measure = frame.asked.count_by
    try:
        urls = static_urls()
    except (OSError, GeodataError) as error:
        notices.failure(error, t("map.not_drawn"))
        return
    drawn = places.head(MOST_PLACES)
    chosen = selection.selected(selection.PLACE)
    geojson = places_geojson(drawn, measure=measure, with_ambiguous=frame.with_ambiguous, selected=chosen)
    theme = st.context.theme.type or "light"
    day = control_layer.choose_day(frame)
    kept = selection.selected(selection.VIEW)
    group = places_group(geojson, theme, view=kept)
    if day:
        control_layer.add_control(group, day)
    if told := st.session_state.pop(_VIEW_TOLD, ""):
        st.toast(t(told), icon=":material/bookmark:")
    base = base_map(urls, _tiles(), keeps_view=True)
    render_map(base, group, on_change=_map_clicked, view=view_of(kept))
    if len(places) > len(drawn):
        st.caption(t("map.cut", drawn=number(len(drawn)), number=number(len(places))))
    st.html(legend_html(measure, int(places[measure].max()), with_ambiguous=frame.with_ambiguous))
    if day:
        control_layer.legend(day)


def _tiles() -> Tiles | None:
    try:
        return configured_tiles()
    except ValueError as error:
        st.warning(f"{safe_markdown(str(error))}. {t('map.offline')}", icon=":material/warning:")
        return None


def _map_clicked() -> None:
    value = st.session_state.get(MAP_KEY)
    clicks, place_id = clicked_place(value)
    # One click counts up by more than one, and a map drawn anew starts again at 0: only a change says something.
    if clicks and clicks != st.session_state.get(_CLICKS):
        view = kept_view(value)
        if view is not None:
            selection.select(selection.VIEW, view or None)
            st.session_state[_VIEW_TOLD] = "map.view_kept" if view else "map.view_left"
        if place_id:
            selection.select(selection.PLACE, place_id)
    st.session_state[_CLICKS] = clicks


def area_names(frame: Frame) -> dict[str, str]:
    """Names of regions and countries by id, as far as the gazetteer has them."""
    countries = frame.desk.places(frame.asked)["country"].dropna().unique()
    found = {country: gazetteer().get(country) for country in countries}
    regions = {key: name for key, name in frame.desk.facets().region_names.items() if name != key}
    named = {key: gazetteer().get(key) for key in regions} | found
    return regions | {key: name_of(place) for key, place in named.items() if place}


def _close() -> None:
    selection.select(selection.PLACE, None)
    st.session_state[find.KEY] = ""


def _suggestions(frame: Frame, places: pd.DataFrame) -> None:
    st.header(t("suggest.title"), anchor=False)
    st.write(t("suggest.how"))
    measure = frame.asked.count_by
    with st.container(gap=None):
        for row in places.head(SUGGESTED).itertuples(index=False):
            label = f"{safe_markdown(row.name)} ({count_of(int(getattr(row, measure)), measure)})"
            args = (selection.PLACE, row.place_id)
            st.button(label, key=f"suggest_{row.place_id}", type="tertiary", on_click=selection.select, args=args)
