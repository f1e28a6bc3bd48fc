"""The selected place and the open article: one each a session, kept in the link as `place=` and `article=`.

Map, table, card and reader all read and set them here. They are kept in the session too, since a change of page
empties the link.
"""

import re

import streamlit as st

PLACE, ARTICLE, ONLY_BATTLE, VIEW = "place", "article", "only_battle", "view"
# Ids are made by Dateline; a link with anything else in their place was made up.
_ID = re.compile(r"[\w.:-]{1,120}")


def selected(what: str) -> str | None:
    """The selected id of `what` (PLACE or ARTICLE): from the link, else from the session."""
    asked = st.query_params.get(what)
    if asked is not None and not _ID.fullmatch(asked):
        asked = None
    kept = st.session_state.get(_kept(what))
    chosen = asked or kept
    select(what, chosen)
    return chosen


def select(what: str, chosen: str | None) -> None:
    """Select an id, or nothing; writes the link."""
    st.session_state[_kept(what)] = chosen
    if chosen is None:
        if what in st.query_params:
            del st.query_params[what]
    elif st.query_params.get(what) != chosen:
        st.query_params[what] = chosen


def link(**chosen: str) -> list[tuple[str, str]]:
    """The parameters of a link to another page: those of now, with `chosen` instead of theirs."""
    params = st.query_params
    kept = [(name, value) for name in params if name not in chosen for value in params.get_all(name)]
    return [*kept, *chosen.items()]


def _kept(what: str) -> str:
    return f"selected_{what}"
