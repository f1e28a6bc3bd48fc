"""The card of a battle: what the table says of it, then what the corpus has of its places in its days."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from corpus import MentionFilter
from corpus.profiles import sources
from dashboard.battles.filter import narrowed_to, set_filter
from dashboard.card import ARTICLES_LISTED, list_articles
from dashboard.context import span_words
from dashboard.figures import figures_html
from dashboard.frame import Frame
from dashboard.names import battle_name, place_name
from dashboard.resources import gazetteer
from dashboard.safe import safe_text
from dashboard.texts import t
from dashboard.words import number, source_name
from geodata import Battle, open_battles

MOST_SOURCES = 12


def battle_card(frame: Frame, battle: Battle) -> None:
    """Draw the card of a battle under the frame's filter."""
    st.html(battle_html(battle))
    asked = narrowed_to(frame.asked, battle, frame.desk.all_places())
    st.subheader(t("battle.reporting"), anchor=False)
    if asked is None:
        st.html(f'<p class="dl-quiet">{t("battle.outside")}</p>')
        return
    st.html(f'<p class="dl-quiet">{t("battle.reporting_how")}</p>')
    counts = frame.desk.counts(asked)
    if not counts.mentions:
        st.html(f'<p class="dl-quiet">{t("battle.no_mention")}</p>')
        return
    st.html(figures_html(counts))
    st.html(sources_html(frame.desk.profile(sources, asked)))
    if st.button(t("battle.filter"), icon=":material/map:", key="filter_battle", on_click=set_filter, args=(battle,)):
        # Without parameters of its own Streamlit refuses to leave while a filter is in the link.
        st.switch_page(frame.pages["map"], query_params={})
    _articles(frame, battle, asked, counts.articles)


def battle_html(battle: Battle) -> str:
    """Name, campaign, days, attacker, outcome, the sides' formations, places, one sentence and its source."""
    table = open_battles()
    above = " ← ".join(safe_text(battle_name(campaign)) for campaign in table.above(battle))
    parts = ", ".join(safe_text(battle_name(part)) for part in table.children(battle.id))
    facts = [
        ("battle.part_of", above),
        ("battle.days", safe_text(span_words(battle))),
        ("battle.attacker", t(f"attacker.{battle.attacker}")),
        ("battle.outcome", t(f"outcome.{battle.outcome}")),
        ("battle.places", ", ".join(safe_text(_place(place)) for place in battle.places)),
        ("battle.formations_ukraine", _joined(battle.formations_ukraine)),
        ("battle.formations_russia", _joined(battle.formations_russia)),
        ("battle.parts", parts),
        ("battle.source", f"<cite>{safe_text(battle.source)}</cite>"),
    ]
    rows = "".join(f"<dt>{t(key)}</dt><dd>{words}</dd>" for key, words in facts if words)
    name = battle_name(battle)
    named = [other for other in (battle.name, *battle.other_names) if other != name]
    others = f'<div class="dl-names">{_joined(named)}</div>' if named else ""
    return (
        f'<div class="dl-card"><h2>{safe_text(name)}</h2>{others}<p lang="en">{safe_text(battle.summary)}</p>'
        f'<dl class="dl-context">{rows}</dl></div>'
    )


def _joined(words: Sequence[str]) -> str:
    return ", ".join(safe_text(word) for word in words)


def _place(place_id: str) -> str:
    place = gazetteer().get(place_id)
    return place_name(place_id, place.name) if place else place_id


def sources_html(by_source: pd.DataFrame) -> str:
    """How much each source wrote, most stories first; `by_source` is as `corpus.profiles.sources` has it."""
    by_source = by_source[by_source["mentions"] > 0]
    by_source = by_source.sort_values(["stories", "mentions", "source"], ascending=[False, False, True])
    head = "".join(f'<th class="dl-n">{t(f"measure.{what}")}</th>' for what in ("stories", "articles", "mentions"))
    body = "".join(
        f"<tr><td>{safe_text(source_name(row.source))}</td>"
        + "".join(f'<td class="dl-n">{number(int(n))}</td>' for n in (row.stories, row.articles, row.mentions))
        + "</tr>"
        for row in by_source.head(MOST_SOURCES).itertuples(index=False)
    )
    rest = len(by_source) - MOST_SOURCES
    more = f'<div class="dl-quiet">{t("battle.more_sources", number=number(rest))}</div>' if rest > 0 else ""
    return f'<table class="dl-places"><tr><th>{t("column.source")}</th>{head}</tr>{body}</table>{more}'


def _articles(frame: Frame, battle: Battle, asked: MentionFilter, count: int) -> None:
    with st.expander(t("battle.articles", number=number(count)), icon=":material/library_books:"):
        rows = frame.desk.articles(asked, naming=True, limit=ARTICLES_LISTED)
        list_articles(rows, frame.pages["articles"], key=f"battle_articles_{battle.id}", count=count)
