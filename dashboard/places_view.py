"""Map, place card and table of one filter's places, in step with one another."""

import streamlit as st

from dashboard import notices, selection
from dashboard.card import place_card
from dashboard.figures import legend_html
from dashboard.frame import Frame
from dashboard.map import (
    MAP_KEY,
    Tiles,
    base_map,
    clicked_place,
    configured_tiles,
    places_geojson,
    places_group,
    render_map,
)
from dashboard.resources import gazetteer, static_urls
from dashboard.safe import safe_markdown
from dashboard.table import places_table
from dashboard.words import count_of
from geodata import GeodataError

_CLICKS = "map_clicks"
SUGGESTED = 8
MOST_PLACES = 3_000


@st.fragment
def explore(frame: Frame) -> None:
    """A click on the map or in the table runs only this part again."""
    places = frame.desk.places(frame.asked)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _map(frame)
    with right, st.container(key="place_card"):
        chosen = selection.selected(selection.PLACE)
        if chosen:
            st.button("Close", icon=":material/close:", type="tertiary", key="close_card", on_click=_close)
            place_card(frame.desk, frame.asked, chosen, frame.pages["articles"])
        else:
            _suggestions(frame)
    st.subheader(f"The same {count_of(len(places), 'places')} as a table", anchor=False)
    places_table(places, _area_names(frame), with_ambiguous=frame.with_ambiguous)


def _map(frame: Frame) -> None:
    places, measure = frame.desk.places(frame.asked), frame.asked.count_by
    try:
        urls = static_urls()
    except (OSError, GeodataError) as error:
        notices.failure(error, "The map cannot be drawn; the table below has the same places.")
        return
    drawn = places.head(MOST_PLACES)
    chosen = selection.selected(selection.PLACE)
    geojson = places_geojson(drawn, measure=measure, with_ambiguous=frame.with_ambiguous, selected=chosen)
    theme = st.context.theme.type or "light"
    render_map(base_map(urls, _tiles()), places_group(geojson, theme), on_change=_map_clicked)
    if len(places) > len(drawn):
        st.caption(f"The map draws the first {len(drawn):,} of {len(places):,} places; the table has them all.")
    st.html(legend_html(measure, int(places[measure].max()), with_ambiguous=frame.with_ambiguous))


def _tiles() -> Tiles | None:
    try:
        return configured_tiles()
    except ValueError as error:
        st.warning(f"{safe_markdown(str(error))}. The offline base map is shown.", icon=":material/warning:")
        return None


def _map_clicked() -> None:
    clicks, place_id = clicked_place(st.session_state.get(MAP_KEY))
    # One click counts up by more than one, and a map drawn anew starts again at 0: only a change says something.
    if clicks and clicks != st.session_state.get(_CLICKS) and place_id:
        selection.select(selection.PLACE, place_id)
    st.session_state[_CLICKS] = clicks


def _area_names(frame: Frame) -> dict[str, str]:
    """Names of regions and countries by id, as far as the gazetteer has them."""
    countries = frame.desk.places(frame.asked)["country"].dropna().unique()
    found = {country: gazetteer().get(country) for country in countries}
    regions = {key: name for key, name in frame.desk.facets().region_names.items() if name != key}
    return regions | {key: place.name for key, place in found.items() if place}


def _close() -> None:
    selection.select(selection.PLACE, None)


def _suggestions(frame: Frame) -> None:
    st.subheader("Choose a place", anchor=False)
    st.write("Click a circle or a row of the table to read what was written about it. Most written about here:")
    places, measure = frame.desk.places(frame.asked), frame.asked.count_by
    with st.container(gap=None):
        for row in places.head(SUGGESTED).itertuples(index=False):
            label = f"{safe_markdown(row.name)} ({count_of(int(getattr(row, measure)), measure)})"
            args = (selection.PLACE, row.place_id)
            st.button(label, key=f"suggest_{row.place_id}", type="tertiary", on_click=selection.select, args=args)
