"""The list of articles and the reader beneath it."""

import pandas as pd
import streamlit as st

from corpus import CorpusError, StoredArticle
from dashboard import notices, selection
from dashboard.articles import edit as article_edit
from dashboard.articles import story_copies
from dashboard.articles.map import article_map
from dashboard.card import articles_frame, articles_of
from dashboard.frame import Frame
from dashboard.names import name_of, place_name
from dashboard.reader import article_html, places_html
from dashboard.resources import gazetteer
from dashboard.safe import safe_markdown
from dashboard.texts import t
from dashboard.words import count_of, is_sample, number
from extract.types import Mention

LIST_KEY = "articles_list"
_ROWS_KEY = "articles_list_ids"
_HEIGHT, _PLACES_HEIGHT = 320, 420


def browse(frame: Frame) -> None:
    """List, then the chosen article."""
    place_id = selection.selected(selection.PLACE)
    rows, count = _rows(frame, place_id)
    if rows.empty:
        notices.nothing_found(frame, "article")
    elif st.toggle(t("edit.several"), key="edit_several"):
        article_edit.edit_several(frame, rows)
        return
    else:
        _list(rows, count)
    chosen = selection.selected(selection.ARTICLE)
    if chosen is None:
        if len(rows):
            st.info(t("articles.choose"), icon=":material/arrow_upward:")
        return
    try:
        stored = frame.desk.index.article(chosen)
    except CorpusError as error:
        notices.failure(error, t("articles.reload"))
        return
    if stored is None:
        st.info(t("articles.not_here"), icon=":material/search_off:")
        return
    _reader(frame, stored, place_id)


def _rows(frame: Frame, place_id: str | None) -> tuple[pd.DataFrame, int]:
    """The newest articles to be listed, and how many there are."""
    desk = frame.desk
    if place_id is not None:
        place = gazetteer().get(place_id)
        name = safe_markdown(name_of(place)) if place else t("articles.selected_place")
        if st.toggle(t("articles.only", name=name), value=False, key="only_selected_place"):
            here = articles_of(frame.asked, place_id)
            return desk.articles(here, naming=True), desk.counts(here).articles
    return desk.articles(frame.asked), desk.counts(frame.asked).articles_searched


def _list(rows: pd.DataFrame, count: int) -> None:
    ids = rows["article_id"].tolist()
    chosen = selection.selected(selection.ARTICLE)
    drawn = [ids.index(chosen)] if chosen in ids else []
    st.session_state[_ROWS_KEY] = (ids, drawn)
    st.session_state[LIST_KEY] = {"selection": {"rows": drawn}}
    listed = t("articles.listed", count=count_of(count, "articles"))
    first = t("articles.first", number=number(len(rows)))
    st.caption(f"{listed} {first}" if count > len(rows) else listed)
    st.dataframe(
        articles_frame(rows),
        key=LIST_KEY,
        hide_index=True,
        on_select=_row_chosen,
        selection_mode="single-row",
        height=min(_HEIGHT, 38 + 35 * len(rows)),
        column_config={t("column.title"): st.column_config.TextColumn(width="large")},
    )


def _row_chosen() -> None:
    rows, (ids, drawn) = st.session_state[LIST_KEY].selection.rows, st.session_state.get(_ROWS_KEY, ([], []))
    # The browser may report a selection that it was given: that is nobody's choice.
    if list(rows) == drawn:
        return
    selection.select(selection.ARTICLE, ids[rows[0]] if rows and rows[0] < len(ids) else None)


def _reader(frame: Frame, stored: StoredArticle, place_id: str | None) -> None:
    copies = story_copies.copies_of(frame, stored.article_id)
    text, side = st.columns([3, 2], gap="large")
    with text:
        story_copies.notice(copies)
        if is_sample(stored.article.source):
            st.html(f'<div class="dl-sample">{t("sample.title")}</div>')
        article_edit.edit(frame, stored, len(copies))
        st.html(article_html(stored, this_place=place_id))
    with side:
        st.header(t("articles.places"), anchor=False)
        article_map(stored.mentions, frame.asked.roles)
        _to_map(frame, stored.mentions)
        with st.container(height=_PLACES_HEIGHT, border=False):
            st.html(places_html(stored.mentions))
    story_copies.show(frame, copies, stored)


def _to_map(frame: Frame, mentions: tuple[Mention, ...]) -> None:
    names = {m.place_id: place_name(m.place_id, m.name or "") for m in mentions if m.place_id and m.status == "placed"}
    if not names:
        return
    chosen = st.selectbox(
        t("articles.to_map"),
        list(names),
        format_func=lambda place_id: names[place_id] or place_id,
        index=None,
        placeholder=t("articles.choose_place"),
        key="to_map",
    )
    if chosen:
        selection.select(selection.PLACE, chosen)
        st.switch_page(frame.pages["map"], query_params={})
