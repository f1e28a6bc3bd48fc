"""The list of articles and the reader beneath it."""

import pandas as pd
import streamlit as st

from corpus import CorpusError, StoredArticle
from dashboard import notices, selection
from dashboard.card import articles_frame, articles_of
from dashboard.frame import Frame
from dashboard.reader import article_html, places_html
from dashboard.resources import gazetteer
from dashboard.safe import safe_markdown
from dashboard.words import count_of, is_sample
from extract.types import Mention

LIST_KEY = "articles_list"
_ROWS_KEY = "articles_list_ids"
_HEIGHT = 320


def browse(frame: Frame) -> None:
    """List, then the chosen article."""
    place_id = selection.selected(selection.PLACE)
    rows = _rows(frame, place_id)
    if rows.empty:
        notices.nothing_found(frame, "article")
    else:
        _list(rows)
    chosen = selection.selected(selection.ARTICLE)
    if chosen is None:
        if len(rows):
            st.info("Choose a row to read the article with its places marked.", icon=":material/arrow_upward:")
        return
    try:
        stored = frame.desk.index.article(chosen)
    except CorpusError as error:
        notices.failure(error, "Reload the page to open the corpus as it is now.")
        return
    if stored is None:
        st.info("The link names an article that is not in this corpus.", icon=":material/search_off:")
        return
    _reader(frame, stored, place_id)


def _rows(frame: Frame, place_id: str | None) -> pd.DataFrame:
    if place_id is None:
        return frame.desk.articles(frame.asked)
    place = gazetteer().get(place_id)
    name = safe_markdown(place.name) if place else "the selected place"
    if st.toggle(f"Only articles that mention {name}", value=False, key="only_selected_place"):
        rows = frame.desk.articles(articles_of(frame.asked, place_id))
        return rows[rows["mentions"] > 0]
    return frame.desk.articles(frame.asked)


def _list(rows: pd.DataFrame) -> None:
    ids = rows["article_id"].tolist()
    chosen = selection.selected(selection.ARTICLE)
    st.session_state[_ROWS_KEY] = ids
    st.session_state[LIST_KEY] = {"selection": {"rows": [ids.index(chosen)] if chosen in ids else []}}
    st.caption(f"{count_of(len(rows), 'articles')}, newest first, undated last. Mentions are those under the filter.")
    st.dataframe(
        articles_frame(rows),
        key=LIST_KEY,
        hide_index=True,
        on_select=_row_chosen,
        selection_mode="single-row",
        height=min(_HEIGHT, 38 + 35 * len(rows)),
        column_config={"Title": st.column_config.TextColumn(width="large")},
    )


def _row_chosen() -> None:
    rows, ids = st.session_state[LIST_KEY].selection.rows, st.session_state.get(_ROWS_KEY, [])
    selection.select(selection.ARTICLE, ids[rows[0]] if rows and rows[0] < len(ids) else None)


def _reader(frame: Frame, stored: StoredArticle, place_id: str | None) -> None:
    text, side = st.columns([3, 2], gap="large")
    with text:
        if is_sample(stored.article.source):
            st.html(f'<div class="dl-sample">{notices.SAMPLE_TITLE}</div>')
        st.html(article_html(stored, this_place=place_id))
    with side:
        st.subheader("Places in this article", anchor=False)
        _to_map(frame, stored.mentions)
        st.html(places_html(stored.mentions))


def _to_map(frame: Frame, mentions: tuple[Mention, ...]) -> None:
    names = {m.place_id: m.name for m in mentions if m.place_id and m.status == "placed"}
    if not names:
        return
    chosen = st.selectbox(
        "Show on the map",
        list(names),
        format_func=lambda place_id: names[place_id] or place_id,
        index=None,
        placeholder="choose a place",
        key="to_map",
    )
    if chosen:
        selection.select(selection.PLACE, chosen)
        st.switch_page(frame.pages["map"])
