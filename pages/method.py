"""Method: what Dateline does, what its words mean, and what it cannot do."""

import streamlit as st

from dashboard.frame import current
from dashboard.method import method_html, versions_html
from dashboard.texts import t

frame = current()
st.title(t("page.method"), anchor=False)
st.html(method_html())
st.html(versions_html(frame))
