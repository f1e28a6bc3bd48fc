"""Battles: campaigns and battles since 2022, where and when, and what the corpus has of each."""

import streamlit as st

from dashboard import notices
from dashboard.battles import view as battles_view
from dashboard.frame import current
from dashboard.texts import t

frame = current()
notices.problems(frame)
st.title(t("page.battles"), anchor=False)
battles_view.show(frame)
