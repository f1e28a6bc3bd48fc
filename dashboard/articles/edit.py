"""Source, date and story of articles that are in already, put right by hand: as corrections, so that all can be undone.

Nothing in the corpus is altered; what the reader took from the article stays and comes back with an undo.
"""

from collections.abc import Sequence
from datetime import date as Date

import pandas as pd
import streamlit as st

from corpus import CorpusError, Decision, StoredArticle, decide
from corpus.corrections.standing import not_undone
from dashboard import notices
from dashboard.card import articles_frame
from dashboard.dates_told import date_remark
from dashboard.filters import FIRST_DAY, LAST_DAY
from dashboard.frame import Frame
from dashboard.resources import Desk
from dashboard.review.store import is_held, latest, save, take_back, tell
from dashboard.review.words import moment_words
from dashboard.safe import safe_markdown, visible
from dashboard.texts import t
from dashboard.words import count_of, dated, format_date, source_name

LONGEST_SOURCE, LONGEST_NOTE, LONGEST_NAME = 200, 500, 200
_LISTED, _HEIGHT = 1_000, 320
_ACTIONS = ("date", "source", "split", "merge")
_SEVERAL, _TOLD = "edit_several_rows", "edit_told"


def edit(frame: Frame, stored: StoredArticle, copies: int) -> None:
    """The form of the open article, its story's buttons, and what was decided of it; `copies` are in its story."""
    _tell()
    with st.expander(t("edit.title"), icon=":material/edit:", key="edit_article"):
        article = stored.article
        known = dated(article.date, article.date_basis)
        remark = date_remark(article, stored.added_at.date())
        st.caption(safe_markdown(f"{source_name(article.source)} · {known}" + (f" · {remark}" if remark else "")))
        _form(frame.desk, [stored.article_id], source=article.source, day=article.date, key=stored.article_id)
        _story(frame, stored, copies)
        _decided(frame.desk, stored.article_id)
        if is_held(frame.desk):
            st.caption(t("edit.held"))


def edit_several(frame: Frame, rows: pd.DataFrame) -> None:
    """Choose rows of the list, then give all of them a source, a date, or both."""
    _tell()
    st.caption(t("edit.several_help"))
    shown = rows.head(_LISTED)
    chosen = st.dataframe(
        articles_frame(shown),
        key=_SEVERAL,
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        height=min(_HEIGHT, 38 + 35 * len(shown)),
        column_config={t("column.title"): st.column_config.TextColumn(width="large")},
    )
    ids = [shown["article_id"].iloc[row] for row in chosen.selection.rows if row < len(shown)]
    if len(rows) > len(shown):
        st.caption(t("edit.first_rows", articles=count_of(_LISTED, "articles")))
    if not ids:
        st.info(t("edit.choose_rows"), icon=":material/check_box:")
        return
    st.markdown(f"**{t('edit.chosen', articles=count_of(len(ids), 'articles'))}**")
    picked = shown[shown["article_id"].isin(ids)]
    sources, days = set(picked["source"]), set(picked["date"].dt.date.where(picked["date"].notna(), None))
    _form(
        frame.desk,
        ids,
        source=sources.pop() if len(sources) == 1 else "",
        day=days.pop() if len(days) == 1 else None,
        key="several",
    )


def _form(desk: Desk, ids: Sequence[str], *, source: str, day: Date | None, key: str) -> None:
    with st.form(f"edit_form_{key}", border=False):
        left, right = st.columns(2)
        new_source = left.text_input(
            t("column.source"), value=visible(source), max_chars=LONGEST_SOURCE, help=t("edit.source_help")
        )
        new_day = right.date_input(
            t("column.date"), value=day, min_value=FIRST_DAY, max_value=LAST_DAY, format="YYYY-MM-DD",
            help=t("edit.date_help"),
        )  # fmt: skip
        left, right = st.columns(2)
        who = left.text_input(t("review.who"), value=_who(), max_chars=LONGEST_NAME, help=t("review.who_help"))
        why = right.text_input(t("edit.why"), max_chars=LONGEST_NOTE)
        if st.form_submit_button(t("edit.save"), icon=":material/save:", type="primary"):
            st.session_state["review_who"] = who
            changes = {}
            if new_source.strip() != visible(source):
                changes["source"] = " ".join(new_source.split())
            if new_day != day:
                changes["date"] = new_day
            _saved(desk, ids, changes, why)


def _saved(desk: Desk, ids: Sequence[str], changes: dict, why: str) -> None:
    if not changes:
        st.info(t("edit.nothing" if len(ids) == 1 else "edit.nothing_several"), icon=":material/info:")
        return
    try:
        after = latest(desk)
        desk.corrections.append(
            [
                decide(action, scope="article", article_id=article_id, value=value, who=_who(), why=why, after=after)
                for article_id in ids
                for action, value in changes.items()
            ]
        )
    except CorpusError as error:
        notices.failure(error, t("edit.kept"))
        return
    st.session_state[_TOLD] = t("edit.saved", articles=count_of(len(ids), "articles"))
    st.rerun()


def _tell() -> None:
    tell()
    if told := st.session_state.pop(_TOLD, None):
        st.toast(told, icon=":material/check:")


def _who() -> str:
    return st.session_state.get("review_who", "") or ""


def _story(frame: Frame, stored: StoredArticle, copies: int) -> None:
    """Take the article out of its story, or put it into another's."""
    st.markdown(f"**{t('edit.story')}**")
    if copies > 1:
        st.caption(t("edit.in_story", copies=count_of(copies - 1, "copies")))
        st.button(
            t("edit.split"), icon=":material/call_split:", key="edit_split", help=t("edit.split_help"),
            on_click=_decide, args=(frame.desk, "split", stored.article_id, None),
        )  # fmt: skip
    else:
        st.caption(t("edit.alone"))
    names = _others(frame, stored.article_id)
    other = st.selectbox(
        t("edit.merge"),
        list(names),
        index=None,
        format_func=lambda article_id: names[article_id],
        placeholder=t("edit.merge_hint"),
        key=f"edit_merge_{stored.article_id}",
        help=t("edit.merge_help"),
    )
    if other:
        st.button(
            t("edit.merge_button"), icon=":material/call_merge:", key="edit_merge_go",
            on_click=_decide, args=(frame.desk, "merge", stored.article_id, other),
        )  # fmt: skip


def _others(frame: Frame, article_id: str) -> dict[str, str]:
    """The listed articles outside the story, by id."""
    rows = frame.desk.articles(frame.asked)
    own = rows.loc[rows["article_id"] == article_id, "story_id"]
    rows = rows[(rows["article_id"] != article_id) & ~rows["story_id"].isin(own)].head(_LISTED)
    return {
        row.article_id: visible(f"{row.title or t('article.untitled')} · {source_name(row.source)}")
        for row in rows.itertuples(index=False)
    }


def _decide(desk: Desk, action: str, article_id: str, value: str | None) -> None:
    save(desk, decide(action, scope="article", article_id=article_id, value=value, who=_who(), after=latest(desk)))


def _decided(desk: Desk, article_id: str) -> None:
    """What stands decided of the article, each with its undo."""
    found = [
        decision
        for decision in not_undone(desk.corrections.read().decisions).values()
        if decision.action in _ACTIONS and article_id in (decision.target.article_id, decision.value)
    ]
    if not found:
        return
    st.markdown(f"**{t('edit.decided')}**")
    for decision in sorted(found, key=lambda one: one.order, reverse=True):
        words, undo = st.columns([5, 1], vertical_alignment="center")
        words.markdown(_told(desk, decision))
        undo.button(
            t("edit.undo"), key=f"edit_undo_{decision.id}", icon=":material/undo:", type="tertiary",
            on_click=take_back, args=(desk, decision.id),
        )  # fmt: skip


def _told(desk: Desk, decision: Decision) -> str:
    """What was decided, as said beside the article itself; with when, by whom and why."""
    if decision.action == "source":
        words = t("edit.said_source", value=safe_markdown(visible(source_name(str(decision.value)))))
    elif decision.action == "date":
        day = decision.value if isinstance(decision.value, Date) else None
        words = t("edit.said_date", value=format_date(day))
    elif decision.action == "merge":
        both = [desk.index.article(one) for one in (decision.target.article_id, str(decision.value))]
        titles = [safe_markdown(visible(one.article.title) or t("article.untitled")) if one else "?" for one in both]
        words = t("edit.said_merge", one=titles[0], other=titles[1])
    else:
        words = t("edit.said_split")
    parts = [moment_words(decision.time), safe_markdown(visible(decision.who)), safe_markdown(visible(decision.why))]
    return f"{words}  \n:small[{' · '.join(part for part in parts if part)}]"
