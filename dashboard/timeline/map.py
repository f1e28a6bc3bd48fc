"""The Timeline page's map: the places of the days shown, on the same base map as every page's, so that a step changes
the circles and nothing else."""

import streamlit as st

from corpus import MentionFilter
from dashboard import control_layer, notices, selection
from dashboard.figures import legend_html
from dashboard.frame import Frame
from dashboard.map import MAP_KEY, base_map, clicked_place, configured_tiles, places_geojson, places_group, render_map
from dashboard.names import with_names
from dashboard.resources import static_urls
from dashboard.texts import t
from geodata import GeodataError

_HEIGHT, _MOST_PLACES = 400, 1_500
_CLICKS = "timeline_clicks"


def step_map(frame: Frame, asked: MentionFilter) -> None:
    """Draw the places that count under `asked`; sizes are those of the step's own largest count."""
    places = with_names(frame.desk.places(asked))
    try:
        urls, tiles = static_urls(), configured_tiles()
    except (OSError, GeodataError, ValueError) as error:
        notices.failure(error, t("timeline.not_drawn"))
        return
    geojson = places_geojson(
        places.head(_MOST_PLACES),
        measure=asked.count_by,
        with_ambiguous=frame.with_ambiguous,
        selected=selection.selected(selection.PLACE),
    )
    group = places_group(geojson, st.context.theme.type or "light")
    day = control_layer.choose_day(frame, fixed=asked.date_to)
    if day:
        control_layer.add_control(group, day)
    render_map(base_map(urls, tiles), group, on_change=_clicked, height=_HEIGHT)
    if len(places):
        st.html(legend_html(asked.count_by, int(places[asked.count_by].max()), with_ambiguous=frame.with_ambiguous))
    if day:
        control_layer.legend(day)


def _clicked() -> None:
    clicks, place_id = clicked_place(st.session_state.get(MAP_KEY))
    if clicks and clicks != st.session_state.get(_CLICKS) and place_id:
        selection.select(selection.PLACE, place_id)
    st.session_state[_CLICKS] = clicks
