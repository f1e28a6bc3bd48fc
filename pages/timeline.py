"""Timeline: mentions over time with battles and changes of control on the same axis, step by step on the map."""

import streamlit as st

from dashboard import notices
from dashboard.figures import figures_line
from dashboard.frame import current
from dashboard.texts import t
from dashboard.timeline import view as timeline_view

frame = current()
notices.problems(frame)
if not notices.empty_corpus(frame):
    counts = frame.desk.counts(frame.asked)
    figures_line(counts, frame.pages)
    st.title(t("page.timeline"), anchor=False)
    st.caption(f"{t('timeline.what')} {t('map.not_events')}.")
    notices.sample_note(frame)
    if counts.mentions:
        timeline_view.explore(frame)
    else:
        notices.nothing_found(frame, "place" if counts.articles_searched else "article")
