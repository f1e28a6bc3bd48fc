"""Articles: the list under the filter, and a reader with every place name marked."""

import streamlit as st

from dashboard import notices
from dashboard.articles import view as articles_view
from dashboard.figures import figures_line
from dashboard.frame import current
from dashboard.texts import t

frame = current()
notices.problems(frame)
if not notices.empty_corpus(frame):
    figures_line(frame.desk.counts(frame.asked), frame.pages)
    notices.sample_note(frame)
    st.title(t("page.articles"), anchor=False)
    articles_view.browse(frame)
