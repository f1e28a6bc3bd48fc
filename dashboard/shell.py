"""What every page shares: look, navigation, the sidebar; and what is shown when the corpus cannot be opened."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from corpus import CorpusError, FilterError
from dashboard import frame, notices, presets, texts
from dashboard.battles import filter as battle_filter
from dashboard.export_panel import export_panel
from dashboard.filters import clear_filters, keep_choices, sidebar_filter, wrong_filter_words
from dashboard.link_box import copy_link
from dashboard.resources import Desk, open_desk
from dashboard.safe import safe_text
from dashboard.session_panel import session_panel
from dashboard.texts import t
from geodata import GeodataError

LOOK = Path(__file__).with_name("look.css")
_LANGUAGE_KEY = "language_switch"


def run(pages: Mapping[str, Any]) -> None:
    """Draw the frame and run the chosen page. `pages` are `st.Page` objects by name, in the order of the navigation."""
    st.html(LOOK)
    page = st.navigation(list(pages.values()), position="top")
    frame.lead_on(pages)
    with st.sidebar:
        st.html(f'<div class="dl-masthead">Dateline</div><p class="dl-motto">{t("shell.motto")}</p>')
        _language_switch()
        held = st.container()
        filters = st.container()
        corpus_line = st.container()
    try:
        with st.spinner(t("shell.opening")):
            desk = open_desk()
    except (CorpusError, GeodataError) as error:
        notices.failure(error, t("shell.other_corpus"))
        return
    _corpus_line(desk, corpus_line)
    try:
        with filters:
            asked = sidebar_filter(desk.facets(), above_days=lambda: presets.period(desk), below_days=presets.battle)
    except FilterError as error:
        notices.wrong(wrong_filter_words(error), t("filter.change"))
        st.button(t("filter.clear"), key="clear_wrong", icon=":material/filter_alt_off:", on_click=clear_filters)
        return
    here = frame.Frame(desk, battle_filter.narrowed(desk, asked), pages)
    with filters:
        copy_link()
        export_panel(here)
    with held:
        session_panel(here)
    frame.hand_over(here)
    page.run()


def _corpus_line(desk: Desk, place: Any) -> None:
    with place:
        name = t("shell.sample") if desk.is_sample else desk.corpus.folder.name
        st.html(f'<p class="dl-motto">{t("shell.corpus")}: {safe_text(name)}</p>')


def _language_switch() -> None:
    # The link's word for a language is its code, the button's its own name: so the widget is not bound to the link.
    st.session_state[_LANGUAGE_KEY] = texts.language()
    st.segmented_control(
        t("shell.language"),
        list(texts.LANGUAGES),
        format_func=texts.LANGUAGES.__getitem__,
        key=_LANGUAGE_KEY,
        required=True,
        label_visibility="collapsed",
        on_change=_language_changed,
    )


def _language_changed() -> None:
    keep_choices()
    texts.choose(st.session_state[_LANGUAGE_KEY])
