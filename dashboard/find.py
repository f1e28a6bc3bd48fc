"""Finding a place by any spelling: what a visitor types is looked up in the gazetteer, case forms and former names
included, and answered with the places of the open corpus."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard import selection
from dashboard.names import containers, place_name
from dashboard.resources import Desk, gazetteer
from dashboard.safe import safe_markdown, safe_text
from dashboard.texts import t
from dashboard.words import count_of
from geodata import Gazetteer
from geodata.names import NameKind, name_key

KEY = "find_place"
LONGEST_NAME = 100
MOST_CLOSE = 6
# What a name need not mean: an adjective stands for a place only before certain nouns, a listed name is loosely tied.
_WEAK = (NameKind.ADJECTIVE, NameKind.LISTED)


@dataclass(frozen=True, slots=True)
class Found:
    """Ids of the corpus's places called what was typed, most written about first; where there is none, of those whose
    name begins so or is loosely tied to it. `known` says whether the gazetteer has the name at all."""

    called: tuple[str, ...]
    close: tuple[str, ...]
    known: bool


def find(text: str, in_corpus: pd.DataFrame, places: Gazetteer) -> Found | None:
    """Look up `text` among the places of `Desk.all_places`; None when it holds no letter or digit."""
    key = name_key(text)
    if not any(c.isalnum() for c in key):
        return None
    order = {place_id: rank for rank, place_id in enumerate(in_corpus["place_id"])}
    candidates = places.lookup(key)
    strong = [c.place.id for c in candidates if c.name_kind not in _WEAK]
    weak = [c.place.id for c in candidates if c.name_kind in _WEAK]
    called = _here(strong or weak, order)
    if not called:
        # A corpus may hold places that this gazetteer does not.
        called = tuple(row.place_id for row in in_corpus.itertuples() if name_key(row.name) == key)
    close = () if called else _here(weak, order) or tuple(_beginning(key, in_corpus, places))
    return Found(called, close, bool(candidates))


def _here(ids: Sequence[str], order: Mapping[str, int]) -> tuple[str, ...]:
    """Those of `ids` that the corpus has, most written about first."""
    return tuple(sorted({place_id for place_id in ids if place_id in order}, key=order.__getitem__))


def _beginning(key: str, in_corpus: pd.DataFrame, places: Gazetteer) -> list[str]:
    found: list[str] = []
    for row in in_corpus.itertuples():
        place = places.get(row.place_id)
        names = (row.name, place.uk, place.ru) if place else (row.name,)
        if any(name_key(name).startswith(key) for name in names if name):
            found.append(row.place_id)
        if len(found) == MOST_CLOSE:
            break
    return found


def find_place(desk: Desk) -> None:
    """The box and, beneath it, what needs a word: other places of the name, or why there is none."""
    typed = st.text_input(
        t("find.label"),
        key=KEY,
        max_chars=LONGEST_NAME,
        placeholder=t("find.hint"),
        icon=":material/search:",
        help=t("find.help"),
        on_change=_typed,
        args=(desk,),
    )
    in_corpus = desk.all_places()
    found = find(typed or "", in_corpus, gazetteer())
    if found is None:
        return
    chosen = selection.selected(selection.PLACE)
    if found.called:
        if chosen in found.called and len(found.called) > 1:
            _say(t("find.others", text=safe_text(typed)))
            _choices([place_id for place_id in found.called if place_id != chosen], in_corpus)
        return
    _say(t("find.not_in_corpus" if found.known else "find.not_in_gazetteer", text=safe_text(typed)))
    if found.close:
        _say(t("find.close"))
        _choices(found.close, in_corpus)


def _typed(desk: Desk) -> None:
    found = find(st.session_state[KEY], desk.all_places(), gazetteer())
    if found and found.called:
        selection.select(selection.PLACE, found.called[0])


def _say(html: str) -> None:
    st.html(f'<div class="dl-quiet" role="status">{html}</div>')


def _choices(ids: Sequence[str], in_corpus: pd.DataFrame) -> None:
    rows = in_corpus.set_index("place_id")
    with st.container(gap=None):
        for place_id in ids:
            row = rows.loc[place_id]
            place = gazetteer().get(place_id)
            # The country says nothing here; the district tells villages of one oblast apart.
            within = containers(place, gazetteer())[:-1] if place else []
            name = ", ".join([place_name(place_id, row["name"]), *within])
            label = f"{safe_markdown(name)} ({count_of(int(row['articles']), 'articles')})"
            args = (selection.PLACE, place_id)
            st.button(label, key=f"found_{place_id}", type="tertiary", on_click=selection.select, args=args)
