"""Narrowing to a battle: its places and its days, as a filter on mentions."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date as Date

import pandas as pd
import streamlit as st

from corpus import MentionFilter
from dashboard import notices, selection
from dashboard.names import battle_name
from dashboard.resources import Desk
from dashboard.safe import safe_markdown
from dashboard.texts import t
from geodata import Battle, GeodataError, open_battles

BATTLE, ONLY = "battle", selection.ONLY_BATTLE
"""What `selection` keeps: the battle whose card is open, and the one that every page is narrowed to."""


def with_parts(battle: Battle) -> tuple[Battle, ...]:
    """A campaign and every battle that is part of it, however deep."""
    found = [battle]
    for part in found:
        found += open_battles().children(part.id)
    return tuple(found)


def places_of(battle: Battle, in_corpus: pd.DataFrame) -> tuple[str, ...]:
    """Ids of the places a battle and its parts name; of an area, every place of the corpus that lies in it as well.

    `in_corpus` is the answer of `Desk.all_places`.
    """
    named = dict.fromkeys(place for part in with_parts(battle) for place in part.places)
    areas = list(named)
    inside = in_corpus[in_corpus["region"].isin(areas) | in_corpus["country"].isin(areas)]
    return tuple(dict.fromkeys([*named, *inside["place_id"]]))


def narrowed_to(asked: MentionFilter, battle: Battle, in_corpus: pd.DataFrame) -> MentionFilter | None:
    """The filter with the battle's places and days too, undated articles left out; None when its days lie outside."""
    first = max(filter(None, (asked.date_from, battle.start)))
    last = min(filter(None, (asked.date_to, battle.last_day)), default=None)
    if last and last < first:
        return None
    places = places_of(battle, in_corpus)
    return replace(asked, places=places, date_from=first, date_to=last, include_undated=False)


def set_filter(battle: Battle) -> None:
    """Set the sidebar's days to those of a battle and narrow every page to its places; for `on_click`."""
    st.session_state["from"], st.session_state["to"] = battle.start, battle.last_day
    st.session_state["undated"] = False
    selection.select(ONLY, battle.id)


def narrowed(desk: Desk, asked: MentionFilter) -> MentionFilter:
    """The filter with the places of the battle that everything is narrowed to, if any, which is said above the page."""
    chosen = selection.selected(ONLY)
    if not chosen:
        return asked
    try:
        battle = open_battles().get(chosen)
    except GeodataError as error:
        notices.failure(error, t("battle.not_narrowed"))
        return asked
    if battle is None:
        return asked
    with st.container(horizontal=True, vertical_alignment="center", key="battle_notice"):
        st.info(t("battle.only", name=safe_markdown(battle_name(battle))), icon=":material/filter_alt:")
        st.button(t("battle.all_places"), key="leave_battle", on_click=selection.select, args=(ONLY, None))
    return replace(asked, places=places_of(battle, desk.all_places()))


def shown_battles(battles: Iterable[Battle], day: Date | None, words: str) -> tuple[Battle, ...]:
    """Those under way on `day` (any day without one) that have `words` in a name or the summary, in their order."""
    wanted = words.casefold().split()
    return tuple(battle for battle in battles if (day is None or battle.on(day)) and _has(battle, wanted))


def _has(battle: Battle, wanted: list[str]) -> bool:
    text = " ".join((battle.name, battle.name_uk, *battle.other_names, battle.summary)).casefold()
    return all(word in text for word in wanted)
