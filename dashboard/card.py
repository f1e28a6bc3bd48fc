"""The place card: what the place is, its figures, then the sentences that put it on the map. All HTML is safe."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date as Date
from typing import Any

import pandas as pd
import streamlit as st

from corpus import MentionFilter
from dashboard import context, notices, selection
from dashboard.claims import claims_html
from dashboard.names import containers, name_of
from dashboard.quotes import mention_of, shortened
from dashboard.reader import link_html, marked
from dashboard.reports import reports_html
from dashboard.resources import Desk, gazetteer
from dashboard.safe import safe_text
from dashboard.texts import t
from dashboard.words import (
    count_of,
    dated,
    format_date,
    fraction,
    kind_name,
    number,
    role_name,
    source_name,
    status_name,
)
from geodata import Gazetteer, GeodataError, Place
from geodata.names import NameKind
from geodata.places import SETTLEMENT_KINDS

SENTENCES_A_PAGE = 8
FORMS_SHOWN = 12
ARTICLES_LISTED = 200


def place_card(desk: Desk, asked: MentionFilter, place_id: str, articles_page: st.Page) -> None:
    """Draw the card of a place under a filter; a place without a mention under it says so."""
    place = gazetteer().get(place_id)
    rows = desk.places(asked)
    found = rows[rows["place_id"] == place_id]
    row = None if found.empty else found.iloc[0]
    if place is None and row is None:
        st.info(t("card.unknown_place"), icon=":material/location_off:")
        return
    forms = desk.written_forms(asked, place_id) if row is not None else ()
    st.html(header_html(place, row, gazetteer(), forms=forms))
    _context(place, row)
    if row is None:
        st.html(f'<p class="dl-quiet">{t("card.no_mention")}</p>')
        return
    _claims(desk, asked, place_id, _day(row["last_date"]))
    _reports(desk, asked, place_id)
    _evidence(desk, asked, place_id, int(row["mentions"]), articles_page)
    _articles(desk, asked, place_id, articles_page)


def _context(place: Place | None, row: pd.Series | None) -> None:
    """Who held the place at its newest report and now, battles, neighbours; nothing for one without an entry."""
    if place is None:
        return
    last = None if row is None else _day(row["last_date"])
    st.html(context.STYLE)
    try:
        st.html(context.place_context_html(place, last, Date.today(), gazetteer()))
    except GeodataError as error:
        notices.failure(error)


def _claims(desk: Desk, asked: MentionFilter, place_id: str, day: Date | None) -> None:
    try:
        line = claims_html(desk, asked, place_id, day)
    except GeodataError:
        # what is wrong with the table has been said above
        return
    if line:
        st.html(line)


def _reports(desk: Desk, asked: MentionFilter, place_id: str) -> None:
    st.html(reports_html(desk, asked, place_id))


def header_html(place: Place | None, row: pd.Series | None, places: Gazetteer, *, forms: Sequence[str] = ()) -> str:
    """Name, other names, kind, where it lies, figures, and the forms its name has in the articles."""
    name = name_of(place) if place else row["name"]
    kind = place.kind if place else row["kind"]
    where = [kind_name(kind), *(containers(place, places) if place else [])]
    parts = [
        '<div class="dl-card">',
        f"<h2>{safe_text(name)}</h2>",
        _names_html(place, name) if place else "",
        f'<div class="dl-quiet">{safe_text(", ".join(dict.fromkeys(part for part in where if part)))}</div>',
        _figures_html(row) if row is not None else "",
        _forms_html(forms, name, place, places),
    ]
    if kind not in SETTLEMENT_KINDS:
        parts.append(f'<div class="dl-note-area">{t("card.area")}</div>')
    return "".join([*parts, "</div>"])


def _names_html(place: Place, shown: str) -> str:
    """The English, Ukrainian and Russian names but the one in the heading, each with its language."""
    named = [(code, name) for code, name in (("en", place.name), ("uk", place.uk), ("ru", place.ru)) if name]
    heading = "uk" if shown != place.name else "en"
    words = [
        f'{t(f"name.{code}")} <span lang="{code}">{safe_text(name)}</span>' for code, name in named if code != heading
    ]
    return f'<div class="dl-names">{" · ".join(words)}</div>' if words else ""


def _forms_html(forms: Sequence[str], shown: str, place: Place | None, places: Gazetteer) -> str:
    """The name as the articles write it, former names marked; empty when all write it as the heading does."""
    others = [form for form in forms if form != shown]
    if not others:
        return ""
    words = [safe_text(form) + (f" ({t('card.former')})" if _is_former(form, place, places) else "") for form in others]
    more = t("card.more_forms", number=number(len(words) - FORMS_SHOWN)) if len(words) > FORMS_SHOWN else ""
    return f'<div class="dl-quiet">{t("place.written")}: {", ".join(words[:FORMS_SHOWN])}{more}</div>'


def _is_former(form: str, place: Place | None, places: Gazetteer) -> bool:
    found = places.lookup(form) if place else []
    return any(c.place.id == place.id and c.name_kind == NameKind.FORMER for c in found)


def _figures_html(row: pd.Series) -> str:
    first, last = format_date(row["first_date"]), format_date(row["last_date"])
    span = first if first == last else t("date.span", first=first, last=last)
    sums = [count_of(int(row[what]), what) for what in ("mentions", "articles", "sources")]
    roles = t(
        "card.roles",
        location=number(int(row["location_mentions"])),
        actor=number(int(row["actor_mentions"])),
    )
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
        st.page_link(articles_page, label=t("card.read"), icon=":material/article:", query_params=link)
    if pages > 1:
        newer, words, older = st.columns([1, 2, 1], vertical_alignment="center")
        go = {"on_click": _turn, "width": "stretch"}
        newer.button(t("card.newer"), key=f"{key}_newer", disabled=not page, args=(key, page - 1), **go)
        told = t("card.page", page=page + 1, pages=pages)
        words.html(f'<div class="dl-quiet" style="text-align:center">{told}</div>')
        older.button(t("card.older"), key=f"{key}_older", disabled=page + 1 >= pages, args=(key, page + 1), **go)


def _turn(key: str, page: int) -> None:
    st.session_state[key] = page


def _by_article(rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The rows of each article, in the order given."""
    for _, group in rows.groupby("article_id", sort=False):
        yield group


def evidence_html(group: pd.DataFrame, place_id: str) -> str:
    """One article's sentences about the place, its name marked, with the reason behind "why here?"."""
    first = group.iloc[0]
    day = dated(first["date"], first["date_basis"], always=False)
    meta = [f"<b>{safe_text(source_name(first['source']))}</b>", safe_text(day), link_html(first["url"])]
    that_day = _that_day(place_id, _day(first["date"]))
    quotes = "".join(_quote_html(mentions, place_id) for _, mentions in group.groupby("sentence_start", sort=False))
    return (
        f'<div class="dl-evidence"><h3>{safe_text(first["title"]) or t("article.untitled")}</h3>'
        f'<div class="dl-quiet">{" · ".join(part for part in meta if part)}</div>{that_day}{quotes}</div>'
    )


def _that_day(place_id: str, day: Date | None) -> str:
    try:
        return context.article_context_html(place_id, day, gazetteer())
    except GeodataError:
        # the card has said what is wrong with the tables; the sentences go on without them
        return ""


def _day(value: Any) -> Date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()


def _quote_html(rows: pd.DataFrame, place_id: str) -> str:
    mentions = [mention_of(row, place_id) for row in rows.to_dict("records")]
    first = rows.iloc[0]
    sentence, start = shortened(first["sentence"], int(first["sentence_start"]), mentions[0])
    tags = [role_name(mentions[0].role)]
    tags += [status_name("ambiguous")] * any(mention.status == "ambiguous" for mention in mentions)
    tags += [t("card.scrap")] * bool(first["in_scrap"])
    shown = " ".join(f'<span class="dl-tag">{safe_text(tag)}</span>' for tag in tags)
    reasons = "<br>".join(
        f"{t('quoted', text=safe_text(m.text))}: {safe_text(m.reason)} "
        f"({t('card.confidence')} {fraction(m.confidence)})"
        for m in mentions
    )
    return (
        f"<blockquote>{marked(sentence, mentions, offset=start)}</blockquote>"
        f"<details><summary>{shown} {t('card.why')}</summary>{reasons}</details>"
    )


def _articles(desk: Desk, asked: MentionFilter, place_id: str, articles_page: st.Page) -> None:
    here = articles_of(asked, place_id)
    count = desk.counts(here).articles
    with st.expander(t("card.all_articles", number=number(count)), icon=":material/library_books:"):
        rows = desk.articles(here, naming=True, limit=ARTICLES_LISTED)
        list_articles(rows, articles_page, key=f"card_articles_{place_id}", count=count)


def list_articles(shown: pd.DataFrame, articles_page: st.Page, *, key: str, count: int) -> None:
    """Articles as a table whose chosen row opens in the reader; `count` is how many there are with those not shown."""
    chosen = st.dataframe(
        articles_frame(shown),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=key,
        height=min(320, 38 + 35 * len(shown)),
    )
    if count > len(shown):
        st.caption(t("card.articles_cut", number=number(len(shown))))
    if chosen.selection.rows:
        open_article(articles_page, shown.iloc[chosen.selection.rows[0]]["article_id"])


def articles_of(asked: MentionFilter, place_id: str) -> MentionFilter:
    """The same filter for one place only."""
    return replace(asked, places=(place_id,))


def articles_frame(rows: pd.DataFrame) -> pd.DataFrame:
    """Columns that a reader wants of `CorpusIndex.article_rows`, with plain words."""
    return pd.DataFrame(
        {
            t("column.date"): rows["date"].dt.strftime("%Y-%m-%d").fillna(t("date.undated")),
            t("column.title"): rows["title"].replace("", t("article.untitled")),
            t("column.source"): rows["source"].map(source_name),
            t("column.mentions"): rows["mentions"],
        }
    )


def open_article(articles_page: st.Page, article_id: str) -> None:
    """Go to the reader with this article open."""
    selection.select(selection.ARTICLE, article_id)
    # Without parameters of its own Streamlit refuses to leave while a filter is in the link.
    st.switch_page(articles_page, query_params={})
