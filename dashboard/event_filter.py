"""The sidebar's filter by what reports say happens at a place: kind of event, side, and how it is said."""

from typing import Any

import streamlit as st

from dashboard.texts import t
from extract.types import EVENT_KINDS, EVENT_MODALITIES, EVENT_SIDES

CHOICES = {
    "event": ("event", EVENT_KINDS),
    "event_side": ("side", EVENT_SIDES),
    "event_said": ("modality", EVENT_MODALITIES),
}
"""Widget key, also the link's parameter → beginning of the keys of its words, and the values to choose from."""


def worded() -> dict[str, dict[str, str]]:
    """Widget key → value → key of the table of texts."""
    return {key: {value: f"{lead}.{value}" for value in values} for key, (lead, values) in CHOICES.items()}


def events_part(bind: dict[str, str]) -> dict[str, Any]:
    """Draw the three choices, folded away while none is made; gives what is chosen by widget key."""
    chosen = any(st.session_state.get(key) or key in st.query_params for key in CHOICES)
    with st.expander(t("events.title"), icon=":material/crisis_alert:", expanded=chosen):
        st.caption(t("events.how"))
        return {
            key: st.multiselect(
                t(f"events.{key}"),
                values,
                key=key,
                format_func=lambda value, lead=lead: t(f"{lead}.{value}"),
                placeholder=t("events.any"),
                **bind,
            )
            for key, (lead, values) in CHOICES.items()
        }
