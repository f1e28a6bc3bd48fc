"""The open name of a queue: its sentences, what it may mean as a numbered list and on a small map."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from corpus import CorpusError
from corpus.review import Group, Queue, SurePlace, mentions_of, sure_places
from dashboard import notices, selection
from dashboard.frame import Frame
from dashboard.map import base_map, clicked_place, configured_tiles, places_group, render_map
from dashboard.quotes import mention_of, shortened
from dashboard.reader import link_html, marked
from dashboard.resources import gazetteer, static_urls
from dashboard.review import decide as review_decide
from dashboard.review import geocode as review_geocode
from dashboard.review import place as review_place
from dashboard.review.map import HEIGHT, REVIEW_MAP_KEY, clicked_point, options_geojson, view_of
from dashboard.review.options import Option, options
from dashboard.review.state import PLACE_SEARCH_KEY, Proposal, ReviewDesk, key, review_desk
from dashboard.safe import safe_markdown, safe_text
from dashboard.texts import t
from dashboard.words import count_of, dated, fraction, kind_name, number, role_name, source_name, status_name
from extract.types import Choice
from geodata import GeodataError

SENTENCES = 4
NUMBERED, FIRST_OPTIONS = 9, 5
MOST_SEARCHED = 6
_CLICKS, _POINT = "review_clicks", "review_clicked_point"


def open_group(frame: Frame, desk: ReviewDesk, queue: Queue, group: Group) -> None:
    """Sentences, meanings, decision."""
    mentions, articles = count_of(group.mentions, "mentions"), count_of(group.articles, "articles")
    st.html(
        f'<div class="dl-card"><h2>{safe_text(t("quoted", text=group.text))}</h2><div class="dl-quiet">'
        f"{t('review.group', mentions=mentions, articles=articles)}</div></div>"
    )
    desk.mention = min(desk.mention, group.mentions - 1)
    row = _sentences(frame, desk, queue, group)
    sure = sure_places(frame.desk.index, row["article_id"], but=group.key)
    found = _options(frame, desk, group, row, sure)
    listed, decided = st.columns(2, gap="medium")
    proposal = review_decide.proposed(desk, queue, row, found)
    chosen = next((option for option in found if proposal and option.id == proposal.option_id), None)
    with listed:
        _meanings(found, chosen)
        review_decide.other_answers(row, proposal)
        _search(group)
        review_geocode.ask(frame, desk, group)
    with decided:
        review_decide.decide_form(frame, desk, queue, row, chosen, proposal)
        new = review_place.typed_point() if proposal and proposal.action == "new_place" else None
        _map(found, sure, chosen, new)


def _sentences(frame: Frame, desk: ReviewDesk, queue: Queue, group: Group) -> dict[str, Any]:
    """The sentences around the open mention; gives the row of that mention."""
    first = desk.mention - desk.mention % SENTENCES
    rows = mentions_of(frame.desk.index, frame.asked, queue, group.key, limit=SENTENCES, offset=first)
    records = rows.to_dict("records")
    here = min(desk.mention - first, len(records) - 1)
    st.html("".join(sentence_html(record, current=at == here) for at, record in enumerate(records)))
    record = records[here]
    with st.container(horizontal=True, vertical_alignment="center"):
        _sentence_moves(desk, group)
        link = selection.link(article=record["article_id"])
        st.page_link(frame.pages["articles"], label=t("card.read"), icon=":material/article:", query_params=link)
    return record


def _sentence_moves(desk: ReviewDesk, group: Group) -> None:
    at, last = desk.mention, group.mentions - 1
    if not last:
        return
    step = {"on_click": _open_mention, "type": "tertiary"}
    st.button(
        t("review.sentence_before"), key="review_before", shortcut=key("P"), args=(at - 1,), disabled=not at, **step
    )
    st.button(
        t("review.sentence_after"), key="review_after", shortcut=key("N"), args=(at + 1,), disabled=at >= last, **step
    )
    st.caption(t("review.sentence_at", number=number(at + 1), total=number(group.mentions)))


def _open_mention(at: int) -> None:
    desk = review_desk()
    desk.mention, desk.chosen = max(0, at), None


def sentence_html(row: dict[str, Any], *, current: bool) -> str:
    """A mention's sentence with its article, status and the machine's reason; the open one stands out."""
    day = dated(None if pd.isna(row["date"]) else row["date"], row["date_basis"], always=False)
    meta = [f"<b>{safe_text(source_name(row['source']))}</b>", safe_text(day), safe_text(row["title"])]
    if current:
        meta.append(link_html(row["url"]))
    mention = mention_of(row)
    sentence, start = shortened(row["sentence"], int(row["sentence_start"]), mention)
    tags = [status_name(mention.status), role_name(mention.role)] if mention.status != "rejected" else []
    tags += [t("card.scrap")] * bool(row["in_scrap"])
    shown = " ".join(f'<span class="dl-tag">{safe_text(tag)}</span>' for tag in tags)
    reason = f"{safe_text(mention.reason)} ({t('card.confidence')} {fraction(mention.confidence)})"
    why = f"<details{' open' * current}><summary>{shown} {t('card.why')}</summary>{reason}</details>"
    classes = "dl-evidence dl-sentence" + " dl-open" * current
    return (
        f'<div class="{classes}"{" aria-current=true" * current}><div class="dl-quiet">'
        f"{' · '.join(part for part in meta if part)}</div>"
        f"<blockquote>{marked(sentence, [mention], offset=start)}</blockquote>{why}</div>"
    )


def _options(
    frame: Frame, desk: ReviewDesk, group: Group, row: dict[str, Any], sure: Sequence[SurePlace]
) -> list[Option]:
    places = gazetteer()
    searched = st.session_state.get(_search_key(group)) or ""
    near = (sure[0].lat, sure[0].lon) if sure else None
    return options(
        _stored(frame, row),
        places.candidates(group.key),
        places.lookup(searched, near=near)[:MOST_SEARCHED] if searched.strip() else [],
        desk.answers.get(group.key),
        sure,
        places=places,
        guess=row["place_id"] or None,
    )


def _search_key(group: Group) -> str:
    """The box of another name is another one, and empty."""
    return f"{PLACE_SEARCH_KEY}_{group.key}"


def _stored(frame: Frame, row: dict[str, Any]) -> Sequence[Choice]:
    """The candidates that the machine weighed for this mention."""
    try:
        stored = frame.desk.index.article(row["article_id"])
    except CorpusError as error:
        notices.failure(error, t("articles.reload"))
        return ()
    found = [m for m in stored.mentions if (m.start, m.end) == (row["start"], row["end"])] if stored else []
    if not found:
        return ()
    mention = found[0]
    if mention.candidates or not mention.place_id:
        return mention.candidates
    return (Choice(mention.place_id, mention.name, mention.kind, mention.lat, mention.lon, mention.confidence),)


def _meanings(found: Sequence[Option], chosen: Option | None) -> None:
    """The numbered list of places; those beyond the first few on demand."""
    st.markdown(f"**{t('review.means')}**")
    if not found:
        st.caption(t("review.no_option"))
    elif any(option.near for option in found):
        st.caption(t("review.distances"))
    with st.container(key="review_options", gap=None):
        for at, option in enumerate(found[:FIRST_OPTIONS], 1):
            _option(at, option, chosen=option is chosen)
        if len(found) > FIRST_OPTIONS:
            with st.expander(t("review.more_options", number=number(len(found) - FIRST_OPTIONS))):
                for at, option in enumerate(found[FIRST_OPTIONS:], FIRST_OPTIONS + 1):
                    _option(at, option, chosen=option is chosen)


def _search(group: Group) -> None:
    """Another place of the gazetteer, by any of its names."""
    searched = st.text_input(
        t("review.another"),
        key=_search_key(group),
        max_chars=100,
        placeholder=t("find.hint"),
        icon=":material/search:",
    )
    if searched and not gazetteer().lookup(searched):
        st.caption(t("review.not_found", text=safe_markdown(searched)))


def _option(at: int, option: Option, *, chosen: bool) -> None:
    st.button(
        f"**{at}** {safe_markdown(option.name)}, {safe_markdown(kind_name(option.kind))}",
        key=f"review_option_{at}",
        shortcut=key(str(at)) if at <= NUMBERED else None,
        type="primary" if chosen else "secondary",
        width="stretch",
        on_click=_choose,
        args=(option.id,),
    )
    far = t("review.near", km=km_words(option.near_km), name=option.near) if option.near_km is not None else ""
    told = " · ".join(part for part in (option.where, far, option.why) if part)
    st.html(f'<div class="dl-quiet dl-why">{safe_text(told)}</div>')


def km_words(km: float) -> str:
    """Whole kilometres from ten on, one decimal below."""
    return number(round(km)) if km >= 10 else fraction(km)[:-1]


def _choose(option_id: str) -> None:
    review_desk().chosen = Proposal("option", option_id)


def _map(
    found: Sequence[Option], sure: Sequence[SurePlace], chosen: Option | None, new: tuple[float, float] | None
) -> None:
    try:
        urls, tiles = static_urls(), configured_tiles()
    except (OSError, GeodataError, ValueError) as error:
        notices.failure(error, t("review.map_not_drawn"))
        return
    points = [(option.lat, option.lon) for option in found if option is chosen or option in found[:FIRST_OPTIONS]]
    near = [(place.lat, place.lon) for place in sure[:3]]
    geojson = options_geojson(found, sure, chosen.id if chosen else None, new)
    theme = st.context.theme.type or "light"
    render_map(
        base_map(urls, tiles),
        places_group(geojson, theme),
        on_change=_map_clicked,
        height=HEIGHT,
        key=REVIEW_MAP_KEY,
        view=view_of([*points, *near]),
        any_click=True,
    )
    st.html(f'<div class="dl-quiet">{t("review.map_signs")} {t("review.map_click")}</div>')


def _map_clicked() -> None:
    """A click on a number chooses it; one beside them gives the point of a new place."""
    value, desk = st.session_state.get(REVIEW_MAP_KEY), review_desk()
    clicks, place_id = clicked_place(value)
    on_option = bool(clicks and clicks != st.session_state.get(_CLICKS))
    st.session_state[_CLICKS] = clicks
    point = clicked_point(value)
    if on_option:
        st.session_state[_POINT] = point
        if place_id:
            desk.chosen = Proposal("option", place_id)
        return
    if point is not None and point != st.session_state.get(_POINT):
        st.session_state[_POINT] = point
        review_decide.point_clicked(point)
