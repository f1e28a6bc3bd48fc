"""What every page shares: look, navigation, the sidebar; and what is shown when the corpus cannot be opened."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from corpus import CorpusError, FilterError
from dashboard import frame, notices
from dashboard.filters import clear_filters, sidebar_filter
from dashboard.resources import Desk, open_desk
from dashboard.safe import safe_text
from geodata import GeodataError

LOOK = Path(__file__).with_name("look.css")
_OTHER_CORPUS = "Open another corpus with `streamlit run app.py -- --corpus DIR`, or the sample without `--corpus`."


def run(pages: Mapping[str, Any]) -> None:
    """Draw the frame and run the chosen page. `pages` are `st.Page` objects by name, in the order of the navigation."""
    st.html(LOOK)
    page = st.navigation(list(pages.values()), position="top")
    with st.sidebar:
        st.html('<div class="dl-masthead">Dateline</div><p class="dl-motto">Where reporting says it happened</p>')
        filters = st.container()
        corpus_line = st.container()
    try:
        desk = open_desk()
    except (CorpusError, GeodataError) as error:
        notices.failure(error, _OTHER_CORPUS)
        return
    _corpus_line(desk, corpus_line)
    try:
        with filters:
            asked = sidebar_filter(desk.facets())
    except FilterError as error:
        notices.failure(error, "Change it in the sidebar, or clear all filters.")
        st.button("Clear filters", key="clear_wrong", icon=":material/filter_alt_off:", on_click=clear_filters)
        return
    frame.hand_over(frame.Frame(desk, asked, pages))
    page.run()


def _corpus_line(desk: Desk, place: Any) -> None:
    with place:
        name = "the bundled sample" if desk.is_sample else desk.corpus.folder.name
        st.html(f'<p class="dl-motto">Corpus: {safe_text(name)}</p>')
