"""What a visitor would lose with the session, and its downloads."""

import streamlit as st

from dashboard.add.preview import json_lines
from dashboard.frame import Frame
from dashboard.texts import t
from dashboard.words import count_of


def session_panel(frame: Frame, place: str = "session") -> None:
    """Nothing where all that was added or corrected is in the corpus folder. `place` tells two panels apart."""
    desk = frame.desk
    if not (desk.held_articles or desk.held_corrections):
        return
    with st.container(border=True, gap="small"):
        st.caption(t("session.held"))
        if desk.held_articles:
            st.download_button(
                count_of(desk.held_articles, "articles"),
                lambda: json_lines(stored.article for stored in desk.corpus.held_articles()),
                "dateline-articles.jsonl",
                "application/x-ndjson",
                key=f"{place}_articles",
                icon=":material/download:",
                help=t("session.articles_help"),
                on_click="ignore",
                width="stretch",
            )
        if desk.held_corrections:
            st.download_button(
                count_of(desk.held_corrections, "corrections"),
                desk.corrections.dump,
                "corrections.jsonl",
                "application/x-ndjson",
                key=f"{place}_corrections",
                icon=":material/download:",
                help=t("session.corrections_help"),
                on_click="ignore",
                width="stretch",
            )
