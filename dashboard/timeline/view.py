"""The Timeline page: counts over time with battles and changes of control on the same axis, and the map of a step."""

from dataclasses import replace
from datetime import date as Date

import altair as alt
import streamlit as st

from corpus import MentionFilter
from dashboard import context, kept, notices
from dashboard.figures import figures_html
from dashboard.filters import FIRST_DAY, LAST_DAY
from dashboard.frame import Frame
from dashboard.names import place_name
from dashboard.safe import visible
from dashboard.texts import t
from dashboard.timeline import chart as timeline_chart
from dashboard.timeline import lanes as timeline_lanes
from dashboard.timeline import player as timeline_player
from dashboard.timeline import state as timeline_state
from dashboard.timeline import tables as timeline_tables
from dashboard.timeline.chart import Axis, look_of
from dashboard.timeline.data import Timeline, drawn, read_timeline
from dashboard.timeline.map import step_map
from dashboard.timeline.periods import snapped, window
from dashboard.timeline.state import MOST_CHOSEN, TimelineState
from dashboard.words import count_of, format_date, measure_name, number
from geodata import GeodataError

BARS_KEY = "timeline_bars"
_BEAT = "timeline_beat"
_ON, _UNIT = "timeline_on_choice", "timeline_unit_choice"
_UNITS = ("", "day", "week", "month")
_OFFERED = 500


@st.fragment
def explore(frame: Frame) -> None:
    """The whole page below its title; what is chosen here runs only this part again."""
    st.html(context.STYLE)
    state = timeline_state.read()
    _choices(frame, state)
    try:
        timeline = read_timeline(frame, timeline_state.read())
    except GeodataError as error:
        notices.failure(error)
        return
    if timeline is None:
        st.info(t("timeline.none"), icon=":material/event_busy:")
        _undated_note(frame, frame.asked)
        return
    beat = timeline_player.SECONDS_A_STEP if timeline_player.is_playing() else None
    st.session_state[_BEAT] = beat
    st.fragment(_stage, run_every=beat)(frame, timeline)


def _choices(frame: Frame, state: TimelineState) -> None:
    """Which places, which unit."""
    names = _offered(frame)
    options = list(dict.fromkeys([*state.on, *names]))
    st.session_state[_ON], st.session_state[_UNIT] = list(state.on), state.unit
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    left.multiselect(
        t("timeline.on"),
        options,
        key=_ON,
        format_func=lambda place: names.get(place) or visible(place_name(place, place)),
        max_selections=MOST_CHOSEN,
        placeholder=t("timeline.on_all"),
        help=t("timeline.on_help"),
        on_change=lambda: kept.keep("on", st.session_state[_ON]),
    )
    right.segmented_control(
        t("timeline.unit"),
        _UNITS,
        key=_UNIT,
        format_func=lambda unit: t(f"timeline.unit_{unit or 'auto'}"),
        required=True,
        on_change=lambda: kept.keep("unit", st.session_state[_UNIT]),
    )


def _offered(frame: Frame) -> dict[str, str]:
    """Places and regions to choose from with their names: those under the filter, most written about first."""
    regions = {key: place_name(key, name) for key, name in frame.desk.facets().region_names.items()}
    found = frame.desk.places(frame.asked).head(_OFFERED)
    places = {row.place_id: place_name(row.place_id, row.name) for row in found.itertuples(index=False)}
    return {key: visible(name) for key, name in (places | regions).items()}


def _stage(frame: Frame, timeline: Timeline) -> None:
    """Charts, player and map of one step; while playing it runs by itself."""
    at = timeline_player.tick(timeline.steps, snapped(timeline.steps, timeline_state.read().at))
    state = replace(timeline_state.read(), at=at)
    if timeline_player.is_playing() != bool(st.session_state[_BEAT]):
        # the clock of a fragment is set, or taken away, by a run of what is around it
        st.rerun()
    shown = window(timeline.steps, at, cumulative=state.cumulative)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _charts(timeline, frame.asked.count_by, shown)
        _undated_note(frame, timeline.asked)
        if timeline.outside:
            span = {"first": FIRST_DAY.year, "last": LAST_DAY.year}
            st.caption(t("timeline.outside", articles=count_of(timeline.outside, "articles"), **span))
        timeline_tables.tables(timeline, frame.asked.count_by)
    with right:
        timeline_player.controls(timeline.steps, state)
        _step(frame, timeline, shown)


def _charts(timeline: Timeline, measure: str, shown: tuple[Date, Date]) -> None:
    axis = Axis(timeline.first, timeline.last)
    look = look_of(st.context.theme.type)
    title = measure_name(measure)
    counted = drawn(timeline.counts, timeline, measure, shown)
    st.altair_chart(
        timeline_chart.bars(counted, axis, look, title),
        key=BARS_KEY,
        on_select=_bar_chosen,
        selection_mode=timeline_chart.CHOSEN,
        alt=t("timeline.alt_bars", number=number(int(counted["count"].sum())), measure=title),
    )
    if timeline.lanes:
        _lanes_chart(timeline, measure, axis, shown)
    if timeline.battles:
        chart = timeline_chart.bands(timeline_lanes.bands(timeline.battles, *_span(timeline)), axis, look)
        _plain_chart(chart, "battles", t("timeline.alt_battles"))
        more = len(timeline.battles) - timeline_lanes.MOST_BATTLES
        if more > 0:
            st.caption(t("timeline.more_battles", number=number(more)))


def _lanes_chart(timeline: Timeline, measure: str, axis: Axis, shown: tuple[Date, Date]) -> None:
    held = timeline_lanes.holdings(timeline.lanes, *_span(timeline))
    marks = timeline_lanes.marks(timeline.lanes, *_span(timeline))
    cells = drawn(timeline.cells, timeline, measure, shown)
    order = [lane.label for lane in timeline.lanes]
    look = look_of(st.context.theme.type)
    chart = timeline_chart.lanes(cells, held, marks, order, axis, look, measure_name(measure))
    _plain_chart(chart, "lanes", t("timeline.alt_lanes"))
    st.html(timeline_tables.legend_html())


def _plain_chart(chart: alt.LayerChart, name: str, words: str) -> None:
    st.altair_chart(chart, key=f"timeline_{name}", alt=words)


def _span(timeline: Timeline) -> tuple[Date, Date]:
    return timeline.first, timeline.last


def _bar_chosen() -> None:
    rows = st.session_state[BARS_KEY].selection.get(timeline_chart.CHOSEN, [])
    keys = [row["key"] for row in rows if isinstance(row, dict) and isinstance(row.get("key"), str)]
    kept.keep("at", keys[-1] if keys else "")


def _undated_note(frame: Frame, asked: MentionFilter) -> None:
    found = frame.desk.undated(asked)
    if found.articles:
        words = (count_of(found.stories, "stories"), count_of(found.articles, "articles"))
        st.caption(t("timeline.undated", stories=words[0], articles=words[1]))


def _step(frame: Frame, timeline: Timeline, shown: tuple[Date, Date]) -> None:
    """Map and articles of the days shown."""
    first = max(filter(None, (shown[0], timeline.asked.date_from)))
    last = min(filter(None, (shown[1], timeline.asked.date_to)))
    if last < first:
        first, last = shown
    asked = replace(timeline.asked, date_from=first, date_to=last, include_undated=False)
    counts = frame.desk.counts(asked)
    when = format_date(first) if first == last else t("date.span", first=format_date(first), last=format_date(last))
    st.html(f'<div class="dl-step"><b>{when}</b></div>{figures_html(counts)}')
    step_map(frame, asked)
    with st.container(horizontal=True):
        # A sidebar widget changes with a run of the whole page only.
        if st.button(t("timeline.as_filter"), icon=":material/filter_alt:", key="timeline_filter", on_click=_set_days):
            st.rerun()
    st.session_state["timeline_days"] = (first, last)
    timeline_tables.articles(frame, asked, counts.articles)


def _set_days() -> None:
    first, last = st.session_state["timeline_days"]
    st.session_state["from"], st.session_state["to"], st.session_state["undated"] = first, last, False
