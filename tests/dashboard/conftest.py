from typing import Any

import pytest
import streamlit as st


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A visitor's session outside Streamlit's own, in English."""
    state: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", state)
    return state


@pytest.fixture
def in_ukrainian(session: dict[str, Any]) -> None:
    """The visitor has chosen Ukrainian."""
    session["lang"] = "uk"
