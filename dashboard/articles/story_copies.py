"""The copies of the open article's story: who told it when, a step to another copy, and two copies side by side."""

import pandas as pd
import streamlit as st

from corpus import CorpusError, MentionFilter, StoredArticle
from dashboard import notices, selection
from dashboard.articles.story_compare import MOST_CHARACTERS, aligned, compare_html, likeness, sentences
from dashboard.frame import Frame
from dashboard.pick_row import pick_row
from dashboard.safe import safe_text, visible
from dashboard.texts import t
from dashboard.words import count_of, dated, number, source_name

TABLE_KEY = "story_copies"
COMPARE = "compare"
"""Under what `selection` keeps the copy beside the open article; in the link too."""
_PICKER = "compare_with"
_ANCHOR = "same-story"


def copies_of(frame: Frame, article_id: str) -> pd.DataFrame:
    """The story's copies in the whole corpus, earliest first, the open one too; see `CorpusIndex.article_rows`."""
    rows = frame.desk.articles(MentionFilter(stories=(article_id,), roles=(), statuses=()), limit=None)
    return rows.sort_values(["date", "article_id"], na_position="last").reset_index(drop=True)


def notice(rows: pd.DataFrame) -> None:
    """A line above the text of an article that has copies (rows of `copies_of`), leading to them."""
    if len(rows) > 1:
        words = t("story.below", copies=count_of(len(rows), "copies"))
        st.html(f'<p class="dl-quiet"><a href="#{_ANCHOR}">{words}</a></p>')


def show(frame: Frame, rows: pd.DataFrame, stored: StoredArticle) -> None:
    """The copies (`rows` of `copies_of`) beneath the reader; nothing where the article stands alone."""
    if len(rows) < 2:
        return
    st.header(t("story.title", copies=count_of(len(rows), "copies")), anchor=_ANCHOR)
    st.caption(t("story.how"))
    _list(rows, stored.article_id)
    names = _names(rows)
    others = [article_id for article_id in names if article_id != stored.article_id]
    if selection.selected(COMPARE) not in others:
        selection.select(COMPARE, None)
    st.session_state[_PICKER] = selection.selected(COMPARE)
    other = st.selectbox(
        t("story.compare"),
        others,
        index=None,
        key=_PICKER,
        format_func=names.__getitem__,
        placeholder=t("story.compare_hint"),
        on_change=lambda: selection.select(COMPARE, st.session_state[_PICKER]),
    )
    if other:
        _compare(frame, stored, other)


def _list(rows: pd.DataFrame, article_id: str) -> None:
    table = pd.DataFrame(
        {
            t("column.date"): rows["date"].dt.strftime("%Y-%m-%d").fillna(t("date.undated")),
            t("column.source"): [visible(source_name(name)) for name in rows["source"]],
            t("column.title"): rows["title"].map(visible).replace("", t("article.untitled")),
        }
    )
    height = min(240, 38 + 35 * len(table))
    pick_row(table, rows["article_id"].tolist(), key=TABLE_KEY, chosen=article_id, choose=_open, height=height)


def _open(article_id: str | None) -> None:
    """Step to another copy; what was open stays beside it."""
    before = selection.selected(selection.ARTICLE)
    if article_id and article_id != before:
        selection.select(COMPARE, before)
        selection.select(selection.ARTICLE, article_id)


def _names(rows: pd.DataFrame) -> dict[str, str]:
    names = {}
    for row in rows.itertuples(index=False):
        day = dated(row.date, row.date_basis, always=False)
        names[row.article_id] = visible(f"{source_name(row.source)}, {day}: {row.title}")
    return names


def _compare(frame: Frame, stored: StoredArticle, other_id: str) -> None:
    try:
        other = frame.desk.index.article(other_id)
    except CorpusError as error:
        notices.failure(error, t("articles.reload"))
        return
    if other is None:
        st.info(t("articles.not_here"), icon=":material/search_off:")
        return
    texts = (stored.article.text, other.article.text)
    pairs = aligned(*map(sentences, texts))
    same, changed, left, right = map(number, likeness(pairs))
    st.html(f'<p class="dl-quiet">{t("story.sums", same=same, changed=changed, left=left, right=right)}</p>')
    st.html(compare_html(pairs, (_head(stored), _head(other))))
    if max(map(len, texts)) > MOST_CHARACTERS:
        st.caption(t("story.cut", number=number(MOST_CHARACTERS)))
    st.button(t("story.close"), icon=":material/close:", type="tertiary", key="close_compare", on_click=_close)


def _head(stored: StoredArticle) -> str:
    article = stored.article
    day = dated(article.date, article.date_basis, always=False)
    title = safe_text(article.title) or t("article.untitled")
    return f'<b>{safe_text(source_name(article.source))}</b> · {safe_text(day)}<div class="dl-quiet">{title}</div>'


def _close() -> None:
    selection.select(COMPARE, None)
