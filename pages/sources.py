"""Sources: who writes about which places, how names are spelled, whose claims are relayed, which stories are shared."""

import streamlit as st

from dashboard import notices, sources_page
from dashboard.frame import current
from dashboard.texts import t

frame = current()
notices.problems(frame)
if not notices.empty_corpus(frame):
    st.title(t("page.sources"), anchor=False)
    if frame.desk.counts(frame.asked).articles_searched:
        sources_page.show(frame)
    else:
        notices.nothing_found(frame, "article")
