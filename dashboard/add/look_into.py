"""One waiting article looked into before it is saved: its text with the places found, any of which can be taken out."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import streamlit as st

from dashboard.add import preview
from dashboard.add.preview import Waiting
from dashboard.reader import legend_html, marked, meta_html
from dashboard.safe import safe_text, visible
from dashboard.texts import t
from dashboard.words import source_name

_SHOWN = 6_000
_CHOSEN = "add_look"


def look_into(waiting: Sequence[Waiting], change: Callable[[int, Waiting], None]) -> None:
    """Choose an article, read it, untick places. `change` is called with its number and the changed article."""
    with st.expander(t("add.look"), icon=":material/search:"):
        number = st.selectbox(
            t("add.look_which"),
            range(len(waiting)),
            index=None,
            format_func=lambda at: _name(waiting[at]),
            placeholder=t("add.look_hint"),
            key=_CHOSEN,
        )
        if number is None or number >= len(waiting):
            return
        one = waiting[number]
        names = preview.places_of(one.extraction)
        key = f"add_places_{one.article.article_id}"

        def dropped() -> None:
            kept = set(st.session_state[key])
            change(number, preview.without_places(one, [place for place in names if place not in kept]))

        if names:
            st.multiselect(
                t("add.look_places"),
                list(names),
                default=[place for place in names if place not in one.dropped],
                format_func=names.__getitem__,
                key=key,
                on_change=dropped,
                help=t("add.look_places_help"),
            )
        else:
            st.caption(t("reader.no_place"))
        _text(one)


def _name(one: Waiting) -> str:
    title = visible(one.article.title) or t("article.untitled")
    return f"{title} · {source_name(visible(one.article.source))}"


def _text(one: Waiting) -> None:
    article, mentions = one.article, [m for m in one.extraction.mentions if m.place_id not in one.dropped]
    rest = len(article.text) - _SHOWN
    more = f'<p class="dl-quiet">{t("reader.cut", shown=_SHOWN, rest=rest)}</p>' if rest > 0 else ""
    st.html(
        f'<div class="dl-reader"><h2>{safe_text(article.title) or t("article.untitled")}</h2>'
        f'<div class="dl-quiet">{meta_html(article, datetime.now(UTC).date())}</div>{legend_html()}'
        f'<div class="dl-text">{marked(article.text[:_SHOWN], mentions)}</div>{more}</div>'
    )
