"""The sidebar's filters. Each widget owns the query parameter of its own name (`bind="query-params"`), so that a link
reopens the same filters; nothing else may set those parameters.
"""

from collections.abc import Callable, MutableMapping
from datetime import date as Date
from typing import Any

import streamlit as st

from corpus import COUNT_BY, Facets, FilterError, MentionFilter
from dashboard import event_filter, selection
from dashboard.safe import safe_markdown
from dashboard.texts import in_every_language, t
from dashboard.words import (
    format_date,
    kind_name,
    measure_name,
    number,
    role_name,
    source_name,
    status_help,
    status_name,
)
from extract.types import ROLES
from geodata.places import KINDS

DEFAULTS: dict[str, Any] = {
    "count_by": MentionFilter().count_by,
    "source": [],
    "from": None,
    "to": None,
    "undated": True,
    "text": "",
    "kind": [],
    "role": ["location"],
    "status": ["placed"],
    "event": [],
    "event_side": [],
    "event_said": [],
    "min_confidence": 0.0,
}
"""Widget keys, which are also the names of the link's parameters (as `MentionFilter.to_params` has them), and their
values when nothing is filtered."""

DRAWABLE = ("placed", "ambiguous")
_WORDED: dict[str, dict[str, str]] = {
    "source": {"": "source.unknown"},
    "kind": {kind: f"kind.{kind}" for kind in KINDS},
    "role": {role: f"role.{role}" for role in ROLES},
    "status": {status: f"status.{status}" for status in DRAWABLE},
    "count_by": {measure: f"measure.{measure}" for measure in COUNT_BY},
    **event_filter.worded(),
}
"""Widgets whose choices have words of their own in each language, and therefore other words in the link: what each
value's text is called in the table of texts."""

FIRST_DAY, LAST_DAY = Date(1990, 1, 1), Date(2099, 12, 31)
LONGEST_TEXT = 500
BIND = {"bind": "query-params"}
ACTORS_KEY = "show_actors"


def accept_link(params: MutableMapping[str, Any]) -> bool:
    """Bring a link made by `MentionFilter.to_params`, or in the other language, into the words of the widgets; True
    when anything had to be changed. Once, before any widget."""
    before = {param: _all_of(params, param) for param in params}
    if params.get("undated") in ("no", "yes"):
        params["undated"] = "false" if params["undated"] == "no" else "true"
    for param, texts in _WORDED.items():
        given = _all_of(params, param)
        meant = in_every_language(texts.values()) | {value or "~": key for value, key in texts.items()}
        words = [t(meant[text]) if text in meant else text for text in given]
        if words != given:
            params[param] = words
    return before != {param: _all_of(params, param) for param in params}


def _all_of(params: MutableMapping[str, Any], key: str) -> list[str]:
    if key not in params:
        return []
    get_all: Callable[[str], list[str]] | None = getattr(params, "get_all", None)
    found = get_all(key) if get_all else params[key]
    return [found] if isinstance(found, str) else list(found)


def keep_choices() -> None:
    """Keep what is chosen although its words change; for `on_change` of the language, which knows the old words."""
    for key in _WORDED:
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def wrong_filter_words(error: FilterError) -> str:
    """What is wrong with the chosen filters, as safe Markdown."""
    first, last = st.session_state.get("from"), st.session_state.get("to")
    if first and last and first > last:
        return t("filter.days_swapped", first=format_date(first), last=format_date(last))
    return safe_markdown(str(error))


def clear_filters() -> None:
    """Set every widget back; for `on_click`."""
    for key, value in DEFAULTS.items():
        st.session_state[key] = value
    selection.select(selection.ONLY_BATTLE, None)


def is_filtered() -> bool:
    """True when any filter differs from its default, or everything is narrowed to a battle."""
    return bool(selection.selected(selection.ONLY_BATTLE)) or any(
        st.session_state.get(key, value) != value for key, value in DEFAULTS.items() if key != "count_by"
    )


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
        event_kinds=tuple(values["event"]),
        event_sides=tuple(values["event_side"]),
        event_modalities=tuple(values["event_said"]),
        text=values["text"] or "",
        min_confidence=values["min_confidence"],
        count_by=values["count_by"] or DEFAULTS["count_by"],
    )


def _nothing() -> None:
    """Draws nothing."""


def sidebar_filter(
    facets: Facets, *, above_days: Callable[[], None] = _nothing, below_days: Callable[[], None] = _nothing
) -> MentionFilter:
    """Draw the filters and give what they ask for; what `above_days` and `below_days` draw may read and set the days'
    session state. Raises `corpus.FilterError`."""
    if "link_accepted" not in st.session_state:
        st.session_state.link_accepted = True
        if accept_link(st.query_params):
            # Widgets read the link as it was when the run began.
            st.rerun()
    values = _days_part(facets, above_days)
    below_days()
    values |= _articles_part(facets) | _mentions_part(facets)
    st.button(
        t("filter.clear"),
        icon=":material/filter_alt_off:",
        key="clear_filters",
        on_click=clear_filters,
        disabled=not is_filtered(),
        width="stretch",
    )
    return to_filter(values)


def _days_part(facets: Facets, above: Callable[[], None]) -> dict[str, Any]:
    # What stands above the days is drawn after them: only then does the session know those of the link.
    top = st.container()
    span = {"min_value": FIRST_DAY, "max_value": LAST_DAY, "format": "YYYY-MM-DD", "value": None, **BIND}
    first = st.date_input(t("filter.from"), key="from", **span)
    last = st.date_input(t("filter.to"), key="to", **span)
    undated = st.checkbox(
        t("filter.undated", number=number(facets.undated)),
        value=True,
        key="undated",
        help=t("filter.undated_help"),
        **BIND,
    )
    with top:
        above()
    return {"from": first, "to": last, "undated": undated}


def _articles_part(facets: Facets) -> dict[str, Any]:
    counts = dict(facets.sources)
    sources = st.multiselect(
        t("filter.sources"),
        list(counts),
        key="source",
        format_func=source_name,
        placeholder=t("filter.all_sources"),
        help=t("filter.sources_help"),
        **BIND,
    )
    text = st.text_input(
        t("filter.text"),
        key="text",
        max_chars=LONGEST_TEXT,
        placeholder=t("filter.text_hint"),
        icon=":material/search:",
        **BIND,
    )
    return {"source": sources, "text": text}


def _mentions_part(facets: Facets) -> dict[str, Any]:
    kinds = st.multiselect(
        t("filter.kinds"),
        [kind for kind, _ in facets.kinds],
        key="kind",
        format_func=kind_name,
        placeholder=t("filter.all_kinds"),
        **BIND,
    )
    actors = st.container()
    count_by = st.segmented_control(
        t("filter.count_by"),
        list(COUNT_BY),
        default=DEFAULTS["count_by"],
        required=True,
        key="count_by",
        format_func=measure_name,
        **BIND,
    )
    with st.expander(t("filter.more"), icon=":material/tune:", expanded=_rarer_chosen()):
        chosen = _rarer_part()
    with actors:
        _actors_toggle()
    return {"kind": kinds, "count_by": count_by, **chosen, **event_filter.events_part(BIND)}


def _actors_toggle() -> None:
    """Actors ("Moscow said") are off the map until asked for; the choice of roles below says the same."""
    roles = st.session_state.get("role")
    st.session_state[ACTORS_KEY] = roles is not None and (not roles or "actor" in roles)
    st.toggle(t("filter.actors"), key=ACTORS_KEY, help=t("filter.actors_help"), on_change=_actors_switched)


def _actors_switched() -> None:
    st.session_state["role"] = list(ROLES) if st.session_state[ACTORS_KEY] else ["location"]


def _rarer_chosen() -> bool:
    usual = {"role": ([*DEFAULTS["role"]], list(ROLES)), "status": (DEFAULTS["status"],), "min_confidence": (0.0,)}
    return any(st.session_state.get(key, usual[key][0]) not in values for key, values in usual.items())


def _rarer_part() -> dict[str, Any]:
    several = {"selection_mode": "multi", **BIND}
    roles = st.pills(
        t("filter.roles"),
        ROLES,
        default=["location"],
        key="role",
        format_func=role_name,
        help=t("filter.roles_help"),
        **several,
    )
    statuses = st.pills(
        t("filter.statuses"),
        DRAWABLE,
        default=["placed"],
        key="status",
        format_func=status_name,
        help=_statuses_help(),
        **several,
    )
    help_words = t("filter.confidence_help")
    confidence = st.slider(t("filter.confidence"), 0.0, 1.0, 0.0, 0.05, key="min_confidence", help=help_words, **BIND)
    return {"role": roles, "status": statuses, "min_confidence": confidence}


def _statuses_help() -> str:
    return ". ".join(f"**{status_name(status)}**: {status_help(status)}" for status in DRAWABLE)
