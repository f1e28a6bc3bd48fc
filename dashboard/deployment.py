"""Where the dashboard runs, and what belongs to one visitor's session alone."""

import os
import threading
import weakref
from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

from corpus import CorpusIndex, CorrectionsFile, HeldCorrections
from corpus.held_corpus import MB, HeldCorpus, memory_of

_SHARED, _FETCH = "DATELINE_SHARED", "DATELINE_ALLOW_FETCH"
_OPENED = "opened_corpus"
_HELD, _CORPORA, _INDEX = "held_corrections", "held_corpora", "visitors_index"
# where Streamlit Community Cloud checks repositories out
_CLOUD = Path("/mount/src")
_NO = ("0", "no", "false", "off")
MOST_OWN_INDEXES, MOST_OWN_MB = 8, 120
"""Visitors who added or corrected something have an index of their own, each with the whole corpus in memory. Past
this number, or this size together, those not asked for longest are let go, and made again when their visitors come
back."""


def is_shared(environment: Mapping[str, str] = os.environ) -> bool:
    """True where strangers share one server, which then writes nothing to disk and fetches nothing:
    `DATELINE_SHARED=1`, or Community Cloud unless `DATELINE_SHARED=0`."""
    stated = environment.get(_SHARED, "").strip().lower()
    if stated:
        return stated not in _NO
    return _CLOUD in Path(__file__).resolve().parents


def may_fetch(environment: Mapping[str, str] = os.environ) -> bool:
    """True where visitors may have web addresses fetched: not on a shared server, unless `DATELINE_ALLOW_FETCH=1`."""
    return not is_shared(environment) or environment.get(_FETCH, "").strip().lower() not in ("", *_NO)


def open_corpus(folder: Path) -> None:
    """Open another corpus than the server was started with, for this visitor's session."""
    st.session_state[_OPENED] = str(folder)


def opened_corpus() -> Path | None:
    """The corpus this visitor opened in the session, if any."""
    opened = st.session_state.get(_OPENED)
    return Path(opened) if opened else None


def held_corpus(folder: Path) -> HeldCorpus:
    """The corpus in `folder` with what this visitor added to it, which goes nowhere but to the session."""
    corpora = st.session_state.setdefault(_CORPORA, {})
    key = str(folder)
    if key not in corpora:
        corpora[key] = HeldCorpus(folder)
    return corpora[key]


def held_corrections(folder: str, base: CorrectionsFile) -> HeldCorrections:
    """This visitor's decisions on the corpus in `folder`, which go nowhere but to the session."""
    held = st.session_state.setdefault(_HELD, {})
    return held.setdefault(folder, HeldCorrections(base))


class _Slot:
    """One visitor's own index; lives as long as the session."""

    def __init__(self) -> None:
        self.key: tuple[str, str] | None = None
        self.index: CorpusIndex | None = None
        self.size = 0


_SLOTS: list["weakref.ref[_Slot]"] = []
_SLOTS_LOCK = threading.Lock()


def visitors_index(key: tuple[str, str], make: Callable[[], CorpusIndex]) -> CorpusIndex:
    """This visitor's own index, made when there is none for `key`; the one before it is let go first."""
    slot: _Slot = st.session_state.setdefault(_INDEX, _Slot())
    _make_room(slot)
    index = slot.index
    if index is None or slot.key != key:
        # a run of another visitor may be asking one that was let go: it ends when nobody holds it any more
        index = slot.index = None
        index = make()
        slot.index, slot.key, slot.size = index, key, memory_of(index)
    return index


def _make_room(slot: _Slot) -> None:
    """Note that `slot` is asked now, and let go of those that were not for longest while there are too many."""
    with _SLOTS_LOCK:
        others = [one for ref in _SLOTS if (one := ref()) is not None and one is not slot]
        kept = [one for one in others if one.index is not None]
        while kept and (len(kept) >= MOST_OWN_INDEXES or sum(one.size for one in (*kept, slot)) > MOST_OWN_MB * MB):
            kept.pop(0).index = None
        _SLOTS[:] = [weakref.ref(one) for one in (*others, slot)]
