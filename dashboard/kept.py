"""Choices of a page that its link keeps, and the session too, since a change of page empties the link.

For widgets whose words differ by language, or whose value is not the link's: those that Streamlit binds itself need
none of this.
"""

from collections.abc import Sequence

import streamlit as st


def read(param: str) -> list[str]:
    """The values of a parameter: the link's, else the session's; they may be anything a visitor typed."""
    given = st.query_params.get_all(param) if param in st.query_params else None
    values = given if given is not None else st.session_state.get(_kept(param), [])
    keep(param, values)
    return list(values)


def read_one(param: str) -> str:
    """The last value of a parameter, empty without any."""
    values = read(param)
    return values[-1] if values else ""


def keep(param: str, chosen: str | Sequence[str]) -> None:
    """Set a choice in the session and in the link; an empty one is left out of both."""
    values = [chosen] if isinstance(chosen, str) else list(chosen)
    values = [value for value in values if value]
    st.session_state[_kept(param)] = values
    if not values:
        st.query_params.pop(param, None)
    elif st.query_params.get_all(param) != values:
        st.query_params[param] = values


def _kept(param: str) -> str:
    return f"kept_{param}"
