"""Places: every place under the filter as a table, with its history, its spellings and its card."""

import streamlit as st

from dashboard import notices, places_page
from dashboard.figures import figures_line
from dashboard.frame import current
from dashboard.texts import t

frame = current()
notices.problems(frame)
if not notices.empty_corpus(frame):
    counts = frame.desk.counts(frame.asked)
    figures_line(counts, frame.pages)
    st.title(t("page.places"), anchor=False)
    if counts.places:
        places_page.show(frame)
    else:
        notices.nothing_found(frame, "place" if counts.articles_searched else "article")
