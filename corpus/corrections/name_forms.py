"""Every way a name that somebody decided on may be written, folded to keys."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from corpus.corrections.decisions import Decision
from geodata import NameKind, name_key

_CYRILLIC = re.compile("[\u0400-\u04ff]")


def decided_keys(decision: Decision, names: Iterable[str] = ()) -> frozenset[str]:
    """The keys (see `name_key`) of the mentions that a decision for an article or for everywhere is about.

    They are its name with its case forms; of a place of one's own also the place's name with its. Where the name is
    itself a case form of one of the chosen place's `names`, all forms of that one belong.
    """
    place = decision.place
    kind = place.kind if place else "town"
    keys = name_keys(decision.target.name, kind)
    if place and _CYRILLIC.search(decision.target.name):
        written = name_key(decision.target.name)
        for name in (place.name, *names):
            keys |= found if written in (found := name_keys(name, kind)) else frozenset()
    if place and decision.action == "new_place":
        keys |= name_keys(place.name, kind)
    return keys


@lru_cache(maxsize=20_000)
def name_keys(name: str, kind: str) -> frozenset[str]:
    """The keys of `name` and, where it is a Cyrillic name in the nominative, of its case forms."""
    return frozenset(key for key in map(name_key, (name, *case_forms(name, kind))) if key)


def case_forms(name: str, kind: str) -> Iterator[str]:
    """The case forms of a Cyrillic name of a place of this kind; none of other names."""
    if _CYRILLIC.search(name):
        # the rules of declension are read when the first Cyrillic name is decided on, not at every start
        from geodata.declension.names import declined

        # a word without its capital would be read as a general noun
        shown = name[:1].upper() + name[1:]
        yield from (form for form, what in declined(shown, kind=kind, country="") if what == NameKind.INFLECTED)
