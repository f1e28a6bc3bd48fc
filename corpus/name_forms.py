"""Every way a name that somebody decided on may be written, folded to keys."""

import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.decisions import Decision
from geodata import NameKind, name_key

_CYRILLIC = re.compile("[\u0400-\u04ff]")


def decided_keys(decision: Decision) -> frozenset[str]:
    """The keys (see `name_key`) of the mentions that a decision for an article or for everywhere is about: its name
    with its case forms and, of a place of one's own, the place's name with its."""
    kind = decision.place.kind if decision.place else "town"
    keys = name_keys(decision.target.name, kind)
    if decision.action == "new_place" and decision.place:
        keys |= name_keys(decision.place.name, kind)
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
