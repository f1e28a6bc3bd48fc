"""Sources: who writes about which places, how names are spelled, whose claims are relayed, which stories are shared."""

import streamlit as st

from dashboard import notices
from dashboard.figures import figures_line
from dashboard.frame import current
from dashboard.sources import page as sources_page
from dashboard.texts import t

frame = current()
notices.problems(frame)
if not notices.empty_corpus(frame):
    counts = frame.desk.counts(frame.asked)
    figures_line(counts, frame.pages)
    st.title(t("page.sources"), anchor=False)
    if counts.articles_searched:
        sources_page.show(frame)
    else:
        notices.nothing_found(frame, "article")
