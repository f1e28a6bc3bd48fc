"""The place card: what the place is, its figures, then the sentences that put it on the map. All HTML is safe."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from corpus import MentionFilter
from dashboard import selection
from dashboard.reader import link_html, marked
from dashboard.resources import Desk, gazetteer
from dashboard.safe import safe_text
from dashboard.words import DATE_BASES, count_of, format_date, kind_name, source_name
from extract.types import Mention
from geodata import Gazetteer, Place
from geodata.places import SETTLEMENT_KINDS

SENTENCES_A_PAGE = 8
ARTICLES_LISTED = 200
_SHORT_SENTENCE = 600


def place_card(desk: Desk, asked: MentionFilter, place_id: str, articles_page: st.Page) -> None:
    """Draw the card of a place under a filter; a place without a mention under it says so."""
    place = gazetteer().get(place_id)
    rows = desk.places(asked)
    found = rows[rows["place_id"] == place_id]
    row = None if found.empty else found.iloc[0]
    if place is None and row is None:
        st.info("The link names a place that is not known here.", icon=":material/location_off:")
        return
    st.html(header_html(place, row, gazetteer()))
    if row is None:
        st.html('<p class="dl-quiet">No mention of it under these filters. Widen them, or choose another place.</p>')
        return
    _evidence(desk, asked, place_id, int(row["mentions"]), articles_page)
    _articles(desk, asked, place_id, articles_page)


def header_html(place: Place | None, row: pd.Series | None, places: Gazetteer) -> str:
    """Name, kind, where it lies, other names and figures."""
    name, kind = (place.name, place.kind) if place else (row["name"], row["kind"])
    where = [kind_name(kind)]
    if place:
        region = places.get(place.region) if place.region and place.region != place.id else None
        country = places.get(place.country) if place.country and place.country != place.id else None
        district = f"{place.district} district" if place.district else ""
        where += [district] + [above.name for above in (region, country) if above]
    names = [text for text in (place.uk, place.ru) if text] if place else []
    parts = [
        '<div class="dl-card">',
        f"<h3>{safe_text(name)}</h3>",
        f'<div class="dl-names">{safe_text(" · ".join(dict.fromkeys(names)))}</div>' if names else "",
        f'<div class="dl-quiet">{safe_text(", ".join(dict.fromkeys(part for part in where if part)))}</div>',
        _figures_html(row) if row is not None else "",
    ]
    if kind not in SETTLEMENT_KINDS:
        parts.append('<div class="dl-note-area">An area, not a point: the ring marks where its name is written.</div>')
    return "".join([*parts, "</div>"])


def _figures_html(row: pd.Series) -> str:
    first, last = format_date(row["first_date"]), format_date(row["last_date"])
    span = first if first == last else f"{first} to {last}"
    sums = [count_of(int(row[what]), what) for what in ("mentions", "articles", "sources")]
    roles = f"{int(row['location_mentions']):,} as location, {int(row['actor_mentions']):,} as actor"
    return (
        f'<div class="dl-sums">{"".join(f"<span>{safe_text(text)}</span>" for text in sums)}</div>'
        f'<div class="dl-quiet">{safe_text(span)} · {safe_text(roles)}</div>'
    )


def _evidence(desk: Desk, asked: MentionFilter, place_id: str, total: int, articles_page: st.Page) -> None:
    key = f"evidence_page_{place_id}"
    pages = max(1, -(-total // SENTENCES_A_PAGE))
    page = min(st.session_state.get(key, 0), pages - 1)
    rows = desk.index.evidence(asked, place_id, limit=SENTENCES_A_PAGE, offset=page * SENTENCES_A_PAGE)
    for group in _by_article(rows):
        st.html(evidence_html(group, place_id))
        link = selection.link(article=group.iloc[0]["article_id"])
        st.page_link(articles_page, label="Read the article", icon=":material/article:", query_params=link)
    if pages > 1:
        newer, words, older = st.columns([1, 2, 1], vertical_alignment="center")
        go = {"on_click": _turn, "width": "stretch"}
        newer.button("Newer", key=f"{key}_newer", disabled=not page, args=(key, page - 1), **go)
        words.html(f'<div class="dl-quiet" style="text-align:center">page {page + 1} of {pages}, newest first</div>')
        older.button("Older", key=f"{key}_older", disabled=page + 1 >= pages, args=(key, page + 1), **go)


def _turn(key: str, page: int) -> None:
    st.session_state[key] = page


def _by_article(rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The rows of each article, in the order given."""
    for _, group in rows.groupby("article_id", sort=False):
        yield group


def evidence_html(group: pd.DataFrame, place_id: str) -> str:
    """One article's sentences about the place, its name marked, with the reason behind "why here?"."""
    first = group.iloc[0]
    dated = format_date(first["date"])
    basis = first["date_basis"]
    if dated != "undated" and basis not in ("stated", "metadata"):
        dated += f" ({DATE_BASES.get(basis, basis)})"
    meta = [f"<b>{safe_text(source_name(first['source']))}</b>", safe_text(dated), link_html(first["url"])]
    quotes = "".join(_quote_html(mentions, place_id) for _, mentions in group.groupby("sentence_start", sort=False))
    return (
        f'<div class="dl-evidence"><h4>{safe_text(first["title"]) or "Untitled"}</h4>'
        f'<div class="dl-quiet">{" · ".join(part for part in meta if part)}</div>{quotes}</div>'
    )


def _quote_html(rows: pd.DataFrame, place_id: str) -> str:
    mentions = [_mention(row, place_id) for row in rows.to_dict("records")]
    first = rows.iloc[0]
    sentence, start = _shortened(first["sentence"], int(first["sentence_start"]), mentions[0])
    tags = [mention.role for mention in mentions[:1]]
    tags += ["ambiguous"] * any(mention.status == "ambiguous" for mention in mentions)
    tags += ["link scrap"] * bool(first["in_scrap"])
    shown = " ".join(f'<span class="dl-tag">{safe_text(tag)}</span>' for tag in tags)
    reasons = "<br>".join(
        f"“{safe_text(m.text)}”: {safe_text(m.reason)} (confidence {m.confidence:.2f})" for m in mentions
    )
    return (
        f"<blockquote>{marked(sentence, mentions, offset=start)}</blockquote>"
        f"<details><summary>{shown} why here?</summary>{reasons}</details>"
    )


def _mention(row: dict[str, Any], place_id: str) -> Mention:
    return Mention(
        start=int(row["start"]),
        end=int(row["end"]),
        text=row["text"],
        status=row["status"],
        role=row["role"],
        confidence=float(row["confidence"]),
        reason=row["reason"],
        place_id=place_id,
    )


def _shortened(sentence: str, start: int, mention: Mention) -> tuple[str, int]:
    """The sentence, or of a very long one what is around the mention, and where it begins in the article."""
    if len(sentence) <= _SHORT_SENTENCE:
        return sentence, start
    first = max(0, mention.start - start - _SHORT_SENTENCE // 2)
    return sentence[first : first + _SHORT_SENTENCE], start + first


def _articles(desk: Desk, asked: MentionFilter, place_id: str, articles_page: st.Page) -> None:
    rows = desk.articles(articles_of(asked, place_id))
    rows = rows[rows["mentions"] > 0]
    with st.expander(f"All {count_of(len(rows), 'articles')} with this place", icon=":material/library_books:"):
        shown = rows.head(ARTICLES_LISTED)
        chosen = st.dataframe(
            articles_frame(shown),
            hide_index=True,
            on_select="rerun",
            selection_mode="single-row",
            key=f"card_articles_{place_id}",
            height=min(320, 38 + 35 * len(shown)),
        )
        if len(rows) > len(shown):
            st.caption(f"The newest {len(shown)} are listed; the Articles page has them all.")
        if chosen.selection.rows:
            open_article(articles_page, shown.iloc[chosen.selection.rows[0]]["article_id"])


def articles_of(asked: MentionFilter, place_id: str) -> MentionFilter:
    """The same filter for one place only."""
    return replace(asked, places=(place_id,))


def articles_frame(rows: pd.DataFrame) -> pd.DataFrame:
    """Columns that a reader wants of `CorpusIndex.article_rows`, with plain words."""
    return pd.DataFrame(
        {
            "Date": rows["date"].dt.strftime("%Y-%m-%d").fillna("undated"),
            "Title": rows["title"].replace("", "Untitled"),
            "Source": rows["source"].map(source_name),
            "Mentions": rows["mentions"],
        }
    )


def open_article(articles_page: st.Page, article_id: str) -> None:
    """Go to the reader with this article open."""
    selection.select(selection.ARTICLE, article_id)
    st.switch_page(articles_page)
