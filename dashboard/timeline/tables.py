"""The Timeline page's legend and tables: what the charts show, for those who cannot see or point at them."""

import pandas as pd
import streamlit as st

from corpus import MentionFilter
from dashboard.card import ARTICLES_LISTED, list_articles
from dashboard.context import span_words
from dashboard.frame import Frame
from dashboard.names import battle_name
from dashboard.texts import t
from dashboard.timeline import lanes as timeline_lanes
from dashboard.timeline.data import Timeline, drawn
from dashboard.words import measure_name, number

SIGNS = ("confirmed", "claimed", "estimated", "denied")
_SIDES = ("ukraine", "russia", "contested")


def legend_html() -> str:
    """What colours, shapes and fillings of the marks mean."""
    sides = "".join(
        f'<span><i class="dl-sign dl-sign-{side}" aria-hidden="true"></i>{t(f"control.{side}")}</span>'
        for side in _SIDES
    )
    signs = "".join(
        f'<span><i class="dl-sign dl-sign-{sign}" aria-hidden="true"></i>{t(f"timeline.sign_{sign}")}</span>'
        for sign in SIGNS
    )
    return f'<div class="dl-legend">{sides}{signs}<span>{t("timeline.line")}</span></div>'


def tables(timeline: Timeline, measure: str) -> None:
    """The charts as tables."""
    first, second = st.tabs([t("timeline.table_periods"), t("timeline.table_context")])
    with first:
        counted = counts_frame(timeline, measure)
        st.dataframe(counted, hide_index=True, height=min(380, 38 + 35 * len(counted)), key="timeline_counts")
    with second:
        marked = context_frame(timeline)
        if marked.empty:
            st.caption(t("timeline.no_context"))
        else:
            st.dataframe(marked, hide_index=True, height=min(380, 38 + 35 * len(marked)), key="timeline_context")


def counts_frame(timeline: Timeline, measure: str) -> pd.DataFrame:
    """A row a period that has any mention: its counts, then those of each row of places by `measure`."""
    steps = drawn(timeline.counts, timeline, measure, (timeline.first, timeline.last))
    frame = pd.DataFrame({t("timeline.period"): steps["label"], t("column.first_day"): steps["start"]})
    for what in ("stories", "articles", "mentions"):
        frame[measure_name(what).capitalize()] = timeline.counts[what].astype(int).to_numpy()
    if len(timeline.cells):
        cells = timeline.cells.pivot_table(index="day", columns="lane", values=measure, aggfunc="sum")
        rows = cells.reindex(timeline.counts["day"]).fillna(0).astype(int)
        for lane in timeline.lanes:
            if lane.label in rows:
                frame[lane.label] = rows[lane.label].to_numpy()
    return frame


def context_frame(timeline: Timeline) -> pd.DataFrame:
    """Changes of control and battles in the span, oldest first."""
    span = (timeline.first, timeline.last)
    marks = timeline_lanes.marks(timeline.lanes, *span)
    rows = [(row.day, row.lane, row.words, row.by, row.source) for row in marks.itertuples(index=False)]
    rows += [
        (battle.start, battle_name(battle), span_words(battle), t(f"outcome.{battle.outcome}"), battle.source)
        for battle in timeline.battles
    ]
    names = ["column.date", "timeline.what_row", "timeline.change", "timeline.by", "battle.source"]
    frame = pd.DataFrame(rows, columns=[t(name) for name in names])
    return frame.sort_values(t("column.date"), kind="stable") if rows else frame


def articles(frame: Frame, asked: MentionFilter, number_of_all: int) -> None:
    """The newest articles of the days shown that have a mention that counts; `number_of_all` is how many there are."""
    if not number_of_all:
        st.caption(t("timeline.no_article"))
        return
    rows = frame.desk.articles(asked, naming=True, limit=ARTICLES_LISTED)
    title = t("timeline.articles", number=number(number_of_all))
    with st.expander(title, icon=":material/library_books:", expanded=True):
        list_articles(rows, frame.pages["articles"], key="timeline_articles", count=number_of_all)
