"""Review: what the machine was unsure of, decided by a person."""

import streamlit as st

from dashboard import notices
from dashboard.figures import figures_line
from dashboard.frame import current
from dashboard.review import view as review_view
from dashboard.review.view import STYLE
from dashboard.texts import t

frame = current()
notices.problems(frame)
if not notices.empty_corpus(frame):
    figures_line(frame.desk.counts(frame.asked), frame.pages)
    notices.sample_note(frame)
    st.title(t("page.review"), anchor=False)
    st.html(STYLE)
    review_view.review(frame)
