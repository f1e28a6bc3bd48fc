"""Decisions made: the last one with its undo, the list of all, the file to take along and bring back."""

import pandas as pd
import streamlit as st

from corpus import CorpusError
from corpus.corrections.file import Corrections, Decision, Merged
from corpus.corrections.standing import not_undone
from dashboard import notices
from dashboard.frame import Frame
from dashboard.review.state import ReviewDesk, key
from dashboard.review.store import bring_back, held_reason, look_into, store_of, take_back
from dashboard.review.words import decision_words, moment_words, plain_words
from dashboard.safe import safe_markdown, visible
from dashboard.texts import t
from dashboard.words import count_of, number

MOST_FILE_MB = 20
LISTED = 500
LAST = 8
_TABLE, _LATER, _UPLOADS = "review_decisions", "review_later_wins", "review_uploads"
FILE_NAME = "corrections.jsonl"


def last_saved(frame: Frame, desk: ReviewDesk) -> None:
    """The decision saved last in this session and the button that takes it back."""
    if not desk.saved:
        return
    known = {decision.id: decision for decision in standing_decisions(frame)}
    desk.saved = [made for made in desk.saved if made in known]
    if not desk.saved:
        return
    last = known[desk.saved[-1]]
    with st.container(horizontal=True, vertical_alignment="center", key="review_last"):
        st.button(
            t("review.undo"), key="review_undo", shortcut=key("U"), icon=":material/undo:", on_click=take_back,
            args=(frame.desk, last.id),
        )  # fmt: skip
        st.markdown(f"{t('review.saved_last')} {decision_words(last)}")


def standing_decisions(frame: Frame) -> list[Decision]:
    """The decisions that no undo takes back, newest first."""
    found = not_undone(store_of(frame.desk).read().decisions)
    return sorted(found.values(), key=lambda decision: decision.order, reverse=True)


def all_decisions(frame: Frame) -> None:
    """The queue of what is decided: the list, undo of the chosen ones, download and restore."""
    decisions = standing_decisions(frame)
    _problems(store_of(frame.desk).read())
    if not decisions:
        st.info(t("review.no_decision"), icon=":material/edit_off:")
    else:
        _table(frame, decisions)
    portable(frame, decisions)


def _table(frame: Frame, decisions: list[Decision]) -> None:
    shown = decisions[:LISTED]
    chosen = st.dataframe(
        decisions_frame(shown),
        key=_TABLE,
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        height=min(460, 38 + 35 * len(shown)),
        column_config={t("review.column_what"): st.column_config.TextColumn(width="large")},
    )
    if len(decisions) > len(shown):
        st.caption(t("review.decisions_cut", shown=number(len(shown)), total=number(len(decisions))))
    ids = [shown[row].id for row in chosen.selection.rows if row < len(shown)]
    if not ids:
        st.caption(t("review.tick"))
        return
    st.button(
        t("review.undo_chosen", decisions=count_of(len(ids), "decisions")), key="review_undo_chosen",
        icon=":material/undo:", on_click=take_back, args=(frame.desk, *ids),
    )  # fmt: skip


def decisions_frame(decisions: list[Decision]) -> pd.DataFrame:
    """Columns of the list, texts as plain text."""
    return pd.DataFrame(
        {
            t("review.column_when"): [moment_words(decision.time) for decision in decisions],
            t("review.column_what"): [plain_words(decision) for decision in decisions],
            t("review.column_who"): [visible(decision.who) for decision in decisions],
            t("review.column_why"): [visible(" ".join(decision.why.split())) for decision in decisions],
        }
    )


def _problems(found: Corrections) -> None:
    """Lines of the file that are no decisions, the first few by name."""
    if not found.problems:
        return
    told = "  \n".join(safe_markdown(str(problem)) for problem in found.problems[:LAST])
    more = len(found.problems) - LAST
    rest = "  \n" + t("review.more_problems", number=number(more)) if more > 0 else ""
    st.warning(told + rest, icon=":material/warning:")


def portable(frame: Frame, decisions: list[Decision]) -> None:
    """Where the decisions are kept; the file to download, and one to bring back."""
    st.header(t("review.file"), anchor=False)
    reason = held_reason(frame.desk)
    kept = t(f"review.held_{reason}") if reason else t("review.kept_in_folder", file=FILE_NAME)
    st.write(kept)
    st.download_button(
        t("review.download", decisions=count_of(len(decisions), "decisions")), store_of(frame.desk).dump, FILE_NAME,
        "application/x-ndjson", key="review_download", icon=":material/download:", on_click="ignore",
        disabled=not store_of(frame.desk).version,
    )  # fmt: skip
    uploads = st.session_state.setdefault(_UPLOADS, 0)
    given = st.file_uploader(
        t("review.restore"), type=["jsonl"], key=f"review_upload_{uploads}", max_upload_size=MOST_FILE_MB,
        help=t("review.restore_help"),
    )  # fmt: skip
    if given is not None:
        _restore(frame, given.getvalue())


def _restore(frame: Frame, data: bytes) -> None:
    """What bringing the file back would add, what contradicts; then the button that does it."""
    try:
        merged, theirs = look_into(frame.desk, data)
    except CorpusError as error:
        notices.failure(error)
        return
    _problems(theirs)
    st.write(
        t(
            "review.merged",
            added=count_of(len(merged.added), "decisions"),
            same=number(merged.same),
            conflicts=count_of(len(merged.conflicts), "conflicts"),
        )
    )
    later = False
    if merged.conflicts:
        st.dataframe(conflicts_frame(merged), hide_index=True)
        later = st.checkbox(t("review.later_wins"), key=_LATER)
    st.button(
        t("review.take"), key="review_take", type="primary", icon=":material/upload:",
        disabled=not merged.added and not later, on_click=_take, args=(frame, data, later),
    )  # fmt: skip


def conflicts_frame(merged: Merged) -> pd.DataFrame:
    """The pairs that contradict each other, side by side."""
    pairs = merged.conflicts[:LISTED]
    return pd.DataFrame(
        {
            t("review.column_mine"): [_signed(pair.mine) for pair in pairs],
            t("review.column_theirs"): [_signed(pair.theirs) for pair in pairs],
        }
    )


def _signed(decision: Decision) -> str:
    who = f"{visible(decision.who)}, " if decision.who else ""
    return f"{plain_words(decision)} ({who}{moment_words(decision.time)})"


def _take(frame: Frame, data: bytes, later_wins: bool) -> None:
    if bring_back(frame.desk, data, later_wins=later_wins):
        st.session_state[_UPLOADS] += 1
