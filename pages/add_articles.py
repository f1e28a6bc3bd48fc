"""Add articles: drop files, paste text or give links; look through what was understood; save."""

import streamlit as st

from dashboard import notices
from dashboard.add import view as add_view
from dashboard.frame import current
from dashboard.texts import t

frame = current()
notices.problems(frame)
st.title(t("page.add"), anchor=False)
st.caption(t("add.lead"))
add_view.add_articles(frame)
