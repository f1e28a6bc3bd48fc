"""What the entry file hands to the page that runs: the open corpus, the filter, the other pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from corpus import MentionFilter
from dashboard.resources import Desk

_KEY = "dateline_frame"


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
    """The frame of this run, for pages."""
    return st.session_state[_KEY]
