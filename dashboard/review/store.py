"""Where this visitor's decisions are kept, and keeping, undoing and bringing them back with a word on how it went."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from corpus import CorpusError, Corrections, CorrectionsStore, Decision, decide
from corpus.corrections.file import Merged, merge, read_corrections
from dashboard.resources import Desk
from dashboard.review.state import review_desk
from dashboard.review.words import decision_words
from dashboard.safe import safe_markdown, visible
from dashboard.texts import t
from dashboard.words import count_of

_TOLD = "review_told"


def store_of(desk: Desk) -> CorrectionsStore:
    """The corpus's own file, or the visitor's own memory."""
    return desk.corrections


def is_held(desk: Desk) -> bool:
    """Whether decisions are kept in the session only."""
    return bool(held_reason(desk))


def held_reason(desk: Desk) -> str:
    """Why decisions are kept in the session only: "sample", "shared" or "read_only"; empty where they are written."""
    return desk.held_because


def save(desk: Desk, *decisions: Decision) -> bool:
    """Keep decisions; says so, or says what went wrong."""
    if not _kept(desk, decisions):
        return False
    review_desk().saved += [decision.id for decision in decisions]
    st.session_state[_TOLD] = ("check", t("review.saved", decision=decision_words(decisions[-1])))
    return True


def take_back(desk: Desk, *ids: str) -> None:
    """Undo decisions."""
    undos = [decide("undo", scope="everywhere", value=key, who=_who(), after=latest(desk)) for key in ids]
    if undos and _kept(desk, undos):
        st.session_state[_TOLD] = ("undo", t("review.undone", decisions=count_of(len(ids), "decisions")))


def bring_back(desk: Desk, data: bytes, *, later_wins: bool) -> bool:
    """Merge a file of decisions into those here."""
    try:
        restored = desk.corrections.restore(data, later_wins=later_wins)
    except CorpusError as error:
        st.session_state[_TOLD] = ("error", safe_markdown(str(error)))
        return False
    review_desk().changed = True
    added = count_of(len(restored.merged.added), "decisions")
    st.session_state[_TOLD] = ("check", t("review.restored", decisions=added))
    return True


def look_into(desk: Desk, data: bytes) -> tuple[Merged, Corrections]:
    """What bringing a file back would do, and what the file holds."""
    theirs = read_corrections(data)
    return merge(desk.corrections.read().decisions, theirs.decisions), theirs


def latest(desk: Desk) -> datetime | None:
    """The time of the newest decision, None where there is none: a new one is to be later."""
    return desk.corrections.read().latest


def tell() -> None:
    """Show once what the last action came to."""
    if told := st.session_state.pop(_TOLD, None):
        icon, words = told
        if icon == "error":
            st.error(words, icon=":material/error:")
        else:
            st.toast(words, icon=f":material/{icon}:")


def _kept(desk: Desk, decisions: Sequence[Decision]) -> bool:
    try:
        desk.corrections.append(decisions)
    except CorpusError as error:
        st.session_state[_TOLD] = ("error", safe_markdown(str(error)))
        return False
    review_desk().changed = True
    return True


def _who() -> str:
    return visible(st.session_state.get("review_who"))
