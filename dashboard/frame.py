"""What the entry file hands to the page that runs: the open corpus, the filter, the other pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from corpus import MentionFilter
from dashboard.resources import Desk

_KEY, _WANTED = "dateline_frame", "dateline_wanted_page"


@dataclass(frozen=True, slots=True)
class Frame:
    """One run of the app. `pages` are the `st.Page` objects by name."""

    desk: Desk
    asked: MentionFilter
    pages: Mapping[str, Any]

    @property
    def with_ambiguous(self) -> bool:
        """True when ambiguous mentions are among those counted."""
        return not self.asked.statuses or "ambiguous" in self.asked.statuses


def hand_over(frame: Frame) -> None:
    """Called by app.py before a page runs."""
    st.session_state[_KEY] = frame


def current() -> Frame:
    """The frame of this run, for pages.

    A server just started does not know app.py's pages yet and runs the file in `pages/` that an address names by
    itself. Then the visitor is led through app.py, which comes back to the page with the link as it was.
    """
    if _KEY not in st.session_state:
        st.session_state[_WANTED] = urlsplit(st.context.url or "").path.rstrip("/").rpartition("/")[2]
        st.switch_page("app.py", query_params=_link())
    return st.session_state[_KEY]


def lead_on(pages: Mapping[str, Any]) -> None:
    """Called by app.py: go on to the page a visitor had asked for before the pages were known."""
    asked = st.session_state.pop(_WANTED, "")
    wanted = {page.url_path: page for page in pages.values()}.get(asked) if asked else None
    if wanted is not None:
        st.switch_page(wanted, query_params=_link())


def _link() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}
