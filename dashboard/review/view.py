"""The Review page: a queue of names as a list, and beside it the open name with its sentences, what it may mean, and
the decision."""

from pathlib import Path

import pandas as pd
import streamlit as st

from corpus.review import QUEUES, Group, Page, Queue, page
from dashboard import selection
from dashboard.filters import BIND
from dashboard.frame import Frame
from dashboard.names import place_name
from dashboard.review import group as review_group
from dashboard.review import log as review_log
from dashboard.review.state import (
    BELOW_KEY,
    DEFAULT_BELOW,
    KEYS_KEY,
    LONGEST_SEARCH,
    QUEUE,
    SEARCH_KEY,
    ReviewDesk,
    asked_queue,
    key,
    limited,
    review_desk,
)
from dashboard.review.store import held_reason, tell
from dashboard.safe import visible
from dashboard.texts import t
from dashboard.words import count_of, fraction, number

STYLE = Path(__file__).with_name("review.css")
PAGE_SIZE = 50
_SWITCH, _TABLE, _ROWS = "review_queue", "review_table", "review_table_rows"
_HEIGHT = 560


@st.fragment
def review(frame: Frame) -> None:
    """Everything below the page's title; moving about runs only this part again, a decision the whole page."""
    desk = review_desk()
    if desk.changed:
        desk.changed = False
        st.rerun()
    tell()
    name = asked_queue(desk)
    _choose_queue(name)
    st.caption(t(f"review.about_{name}"))
    if reason := held_reason(frame.desk):
        st.info(t(f"review.held_{reason}"), icon=":material/hourglass_bottom:")
    review_log.last_saved(frame, desk)
    if name == "corrected":
        review_log.all_decisions(frame)
    else:
        _queue(frame, desk, name)
    st.caption("  \n".join([t("review.keys"), t("review.lead")] if key("J") else [t("review.lead")]))


def _queue(frame: Frame, desk: ReviewDesk, name: str) -> None:
    left, right = st.columns([2, 5], gap="medium")
    with left:
        _limits(frame, name)
    queue = limited(name, st.session_state)
    if name == "place" and not queue.place_id:
        right.info(t("review.choose_place"), icon=":material/search:")
        return
    found = page(frame.desk.index, frame.asked, queue, key=desk.key, number=desk.number, size=PAGE_SIZE)
    current = found.asked
    if current is None:
        right.success(t("review.nothing_searched" if queue.search else "review.nothing"), icon=":material/done_all:")
        return
    desk.open(current.number, current.key)
    with left:
        _list(found, current, queue)
    with right:
        _moves(current, found)
        review_group.open_group(frame, desk, queue, current)


def _choose_queue(name: str) -> None:
    st.session_state[_SWITCH] = name
    with st.container(horizontal=True, vertical_alignment="center"):
        st.segmented_control(
            t("review.queue"),
            list(QUEUES),
            format_func=lambda name: t(f"review.queue_{name}"),
            key=_SWITCH,
            required=True,
            label_visibility="collapsed",
            on_change=lambda: selection.select(QUEUE, st.session_state[_SWITCH]),
        )
        st.toggle(t("review.keys_on"), value=True, key=KEYS_KEY, help=t("review.keys_help"), persist_state="session")


def _limits(frame: Frame, name: str) -> None:
    """The choices that narrow the queue."""
    if name == "placed":
        st.slider(t("review.below"), 0.0, 1.0, DEFAULT_BELOW, 0.05, key=BELOW_KEY, on_change=_restart, **BIND)
    if name == "place":
        _place_choice(frame, selection.selected(selection.PLACE))
    st.text_input(
        t("review.search"),
        key=SEARCH_KEY,
        max_chars=LONGEST_SEARCH,
        icon=":material/search:",
        persist_state="session",
        on_change=_restart,
    )


def _place_choice(frame: Frame, chosen: str | None) -> None:
    known = frame.desk.all_places()
    names = dict(zip(known["place_id"], known["name"], strict=True))
    ids = list(names) if chosen is None or chosen in names else [chosen, *names]
    st.session_state["review_place"] = chosen
    st.selectbox(
        t("review.of_place"),
        ids,
        format_func=lambda place_id: visible(place_name(place_id, names.get(place_id, place_id))),
        key="review_place",
        placeholder=t("find.hint"),
        on_change=_place_chosen,
    )


def _place_chosen() -> None:
    selection.select(selection.PLACE, st.session_state["review_place"])
    _restart()


def _restart() -> None:
    review_desk().open(0)


def _list(found: Page, current: Group, queue: Queue) -> None:
    """The names of one page of the queue as a table, the open one chosen."""
    first = found.groups[0].number
    drawn = [current.number - first]
    st.session_state[_ROWS] = (first, [one.key for one in found.groups], drawn)
    st.session_state[_TABLE] = {"selection": {"rows": drawn}}
    names, mentions = count_of(found.total, "names"), count_of(found.mentions, "mentions")
    st.caption(t("review.listed", names=names, mentions=mentions))
    st.dataframe(
        groups_frame(found, queue),
        key=_TABLE,
        hide_index=True,
        on_select=_row_chosen,
        selection_mode="single-row",
        height=min(_HEIGHT, 38 + 35 * len(found.groups)),
        column_config={
            t("review.column_name"): st.column_config.TextColumn(pinned=True),
            t("column.mentions"): st.column_config.NumberColumn(width="small"),
            t("column.articles"): st.column_config.NumberColumn(width="small"),
        },
    )
    if found.total > len(found.groups):
        _pages(first, found.total)


def groups_frame(found: Page, queue: Queue) -> pd.DataFrame:
    """Columns of the list."""
    columns = {
        t("review.column_name"): [visible(" ".join(one.text.split())) for one in found.groups],
        t("column.mentions"): [one.mentions for one in found.groups],
        t("column.articles"): [one.articles for one in found.groups],
    }
    if queue.name == "placed":
        columns[t("review.column_least")] = [fraction(one.confidence) for one in found.groups]
    return pd.DataFrame(columns)


def _pages(first: int, total: int) -> None:
    earlier, words, later = st.columns([1, 2, 1], vertical_alignment="center")
    go = {"on_click": _open_number, "width": "stretch"}
    earlier.button(t("review.earlier"), key="review_earlier", disabled=not first, args=(first - PAGE_SIZE,), **go)
    told = t("review.rows", first=number(first + 1), last=number(min(first + PAGE_SIZE, total)), total=number(total))
    words.html(f'<div class="dl-quiet" style="text-align:center">{told}</div>')
    more = first + PAGE_SIZE
    later.button(t("review.later"), key="review_later", disabled=more >= total, args=(more,), **go)


def _moves(current: Group, found: Page) -> None:
    """To the name before and after, by button or key."""
    with st.container(horizontal=True, vertical_alignment="center"):
        at = current.number
        st.button(
            t("review.previous"),
            key="review_previous",
            shortcut=key("K"),
            on_click=_open_number,
            args=(at - 1,),
            disabled=not at,
        )
        end = at + 1 >= found.total
        st.button(
            t("review.next"), key="review_next", shortcut=key("J"), on_click=_open_number, args=(at + 1,), disabled=end
        )
        st.caption(t("review.at", number=number(at + 1), total=number(found.total)))


def _open_number(number_: int) -> None:
    review_desk().open(number_)


def _row_chosen() -> None:
    rows, (first, keys, drawn) = st.session_state[_TABLE].selection.rows, st.session_state.get(_ROWS, (0, [], []))
    # The browser may report a selection that it was given: that is nobody's choice.
    if list(rows) == drawn or not rows or rows[0] >= len(keys):
        return
    review_desk().open(first + rows[0], keys[rows[0]])
