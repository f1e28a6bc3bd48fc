"""The sidebar's filters. Each widget owns the query parameter of its own name (`bind="query-params"`), so that a link
reopens the same filters; nothing else may set those parameters.
"""

from collections.abc import Callable, MutableMapping
from datetime import date as Date
from typing import Any

import streamlit as st

from corpus import COUNT_BY, Facets, MentionFilter
from dashboard.words import ROLES, STATUS_HELP, UNKNOWN_SOURCE_NAME, source_name

DEFAULTS: dict[str, Any] = {
    "count_by": "articles",
    "source": [],
    "from": None,
    "to": None,
    "undated": True,
    "text": "",
    "kind": [],
    "role": ["location"],
    "status": ["placed"],
    "min_confidence": 0.0,
}
"""Widget keys, which are also the names of the link's parameters (as `MentionFilter.to_params` has them), and their
values when nothing is filtered."""

FIRST_DAY, LAST_DAY = Date(1990, 1, 1), Date(2099, 12, 31)
DRAWABLE = ("placed", "ambiguous")
LONGEST_TEXT = 500
BIND = {"bind": "query-params"}


def accept_link(params: MutableMapping[str, Any]) -> None:
    """Bring a link made by `MentionFilter.to_params` into the words of the widgets; run once, before any widget."""
    if params.get("undated") in ("no", "yes"):
        params["undated"] = "false" if params["undated"] == "no" else "true"
    get_all: Callable[[str], list[str]] | None = getattr(params, "get_all", None)
    sources = get_all("source") if get_all else params.get("source", [])
    if "~" in sources:
        params["source"] = [UNKNOWN_SOURCE_NAME if source == "~" else source for source in sources]


def clear_filters() -> None:
    """Set every widget back; for `on_click`."""
    for key, value in DEFAULTS.items():
        st.session_state[key] = value


def is_filtered() -> bool:
    """True when any filter differs from its default."""
    return any(st.session_state.get(key, value) != value for key, value in DEFAULTS.items() if key != "count_by")


def to_filter(values: dict[str, Any]) -> MentionFilter:
    """The filter of the widgets' values (keys of `DEFAULTS`). Raises `corpus.FilterError`, for example when the first
    day is after the last."""
    return MentionFilter(
        sources=tuple(values["source"]),
        date_from=values["from"],
        date_to=values["to"],
        include_undated=values["undated"],
        kinds=tuple(values["kind"]),
        roles=tuple(values["role"]),
        # No status chosen means both that can be drawn; what has no place is in the figures, not on the map.
        statuses=tuple(values["status"]) or DRAWABLE,
        text=values["text"] or "",
        min_confidence=values["min_confidence"],
        count_by=values["count_by"] or "articles",
    )


def sidebar_filter(facets: Facets) -> MentionFilter:
    """Draw the filters and give what they ask for. Raises `corpus.FilterError`."""
    if "link_accepted" not in st.session_state:
        st.session_state.link_accepted = True
        accept_link(st.query_params)
    values = {**_articles_part(facets), **_mentions_part(facets)}
    st.button(
        "Clear filters",
        icon=":material/filter_alt_off:",
        on_click=clear_filters,
        disabled=not is_filtered(),
        width="stretch",
    )
    return to_filter(values)


def _articles_part(facets: Facets) -> dict[str, Any]:
    counts = dict(facets.sources)
    sources = st.multiselect(
        "Sources",
        list(counts),
        key="source",
        format_func=source_name,
        placeholder="all sources",
        help="Who published the article. “unknown source” are articles that do not say.",
        **BIND,
    )
    text = st.text_input(
        "Search in articles",
        key="text",
        max_chars=LONGEST_TEXT,
        placeholder="words in title or text",
        icon=":material/search:",
        **BIND,
    )
    span = {"min_value": FIRST_DAY, "max_value": LAST_DAY, "format": "YYYY-MM-DD", "value": None, **BIND}
    first = st.date_input("From", key="from", **span)
    last = st.date_input("To", key="to", **span)
    undated = st.checkbox(
        f"Include undated ({facets.undated:,})",
        value=True,
        key="undated",
        help="Articles whose date is not stated anywhere. They are never given a date in silence.",
        **BIND,
    )
    return {"source": sources, "text": text, "from": first, "to": last, "undated": undated}


def _mentions_part(facets: Facets) -> dict[str, Any]:
    kinds = st.multiselect(
        "Kinds of place", [kind for kind, _ in facets.kinds], key="kind", placeholder="all kinds", **BIND
    )
    role_help = "; ".join(f"**{role}**: {words}" for role, words in ROLES.items()) + ". None chosen: both."
    roles = st.pills(
        "Roles", list(ROLES), selection_mode="multi", default=["location"], key="role", help=role_help, **BIND
    )
    status_help = ". ".join(f"**{status}**: {STATUS_HELP[status].lower()}" for status in DRAWABLE)
    statuses = st.pills(
        "On the map", list(DRAWABLE), selection_mode="multi", default=["placed"], key="status", help=status_help, **BIND
    )
    confidence = st.slider(
        "Minimum confidence", 0.0, 1.0, 0.0, 0.05, key="min_confidence", help="How sure each mention is, 0 to 1", **BIND
    )
    count_by = st.segmented_control(
        "Circles count", list(COUNT_BY), default="articles", required=True, key="count_by", **BIND
    )
    return {"kind": kinds, "role": roles, "status": statuses, "min_confidence": confidence, "count_by": count_by}
