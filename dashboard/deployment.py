"""Where the dashboard runs and which corpus a visitor has opened in it."""

import os
from collections.abc import Mapping
from pathlib import Path

import streamlit as st

_SHARED = "DATELINE_SHARED"
_OPENED = "opened_corpus"
# where Streamlit Community Cloud checks repositories out
_CLOUD = Path("/mount/src")


def is_shared(environment: Mapping[str, str] = os.environ) -> bool:
    """True where strangers share one server, which then writes nothing to disk and fetches nothing:
    `DATELINE_SHARED=1`, or Community Cloud unless `DATELINE_SHARED=0`."""
    stated = environment.get(_SHARED, "").strip().lower()
    if stated:
        return stated not in ("0", "no", "false", "off")
    return _CLOUD in Path(__file__).resolve().parents


def open_corpus(folder: Path) -> None:
    """Open another corpus than the server was started with, for this visitor's session."""
    st.session_state[_OPENED] = str(folder)


def opened_corpus() -> Path | None:
    """The corpus this visitor opened in the session, if any."""
    opened = st.session_state.get(_OPENED)
    return Path(opened) if opened else None
