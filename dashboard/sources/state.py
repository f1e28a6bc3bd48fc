"""Which source is open and which one it is compared with: in the link as `about=` and `with=`, and in the session."""

from collections.abc import Sequence

import streamlit as st

from corpus import UNKNOWN_SOURCE

ABOUT, WITH = "about", "with"
_LONGEST = 300
# A link would lose an empty name; the filter's links write it so too.
_UNKNOWN = "~"


def chosen(what: str, options: Sequence[str]) -> str | None:
    """The source chosen as `what` (ABOUT or WITH), if it is one of `options`: from the link, else from the session."""
    asked = st.query_params.get(what)
    kept = st.session_state.get(_kept(what))
    name = (UNKNOWN_SOURCE if asked == _UNKNOWN else asked[:_LONGEST]) if asked else kept
    choose(what, name)
    return name if name in options else None


def choose(what: str, name: str | None) -> None:
    """Choose a source, or none; writes the link."""
    st.session_state[_kept(what)] = name
    if name is None:
        st.query_params.pop(what, None)
    elif st.query_params.get(what) != (name or _UNKNOWN):
        st.query_params[what] = name or _UNKNOWN


def _kept(what: str) -> str:
    return f"chosen_source_{what}"
