"""Which name of a place a spelling comes from: its Ukrainian one, its Russian one, or a former one."""

import re
from difflib import SequenceMatcher
from functools import lru_cache

from geodata.gazetteer import Gazetteer
from geodata.names import NameKind, name_key
from geodata.places import REGION_KINDS, Place
from geodata.translit import russian_spellings, ukrainian_spellings

SYSTEMS = ("ukrainian", "russian", "former", "common", "other")
"""`ukrainian`, `russian`: a Latin spelling made from that name only (Kyiv, Kiev). `former`: a former or other-side
name in any script (Artyomovsk, Артёмовска). `common`: a spelling both names give (Bakhmut), or the name in Cyrillic,
where the language of the text leaves no choice. `other`: none of these, or the place is an area or abroad, or
its names are not known."""

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LONGEST_ENDING = 3
_CLOSE = 0.75
"""A habit of the press (Zaporizhia) is told by the system it is closest to, if it is at least so alike (0..1)."""


def name_system(form: str, place: Place, places: Gazetteer) -> str:
    """The system of `SYSTEMS` that `form`, a way `place` is written in a text, belongs to."""
    key = name_key(form)
    kinds = {found.name_kind for found in places.candidates(key) if found.place.id == place.id}
    if NameKind.FORMER in kinds:
        return "former"
    if place.country != "UA" or not place.uk or not place.ru or place.kind in REGION_KINDS:
        return "other"
    if _CYRILLIC.search(form):
        today = any(_may_be_case_of(key, name_key(name)) for name in (place.uk, place.ru))
        return "former" if NameKind.INFLECTED in kinds and not today else "common"
    return _latin_system(key, place.uk, place.ru)


def _may_be_case_of(form: str, name: str) -> bool:
    """False for forms that no case of `name` can be: Артёмовску of Бахмут, Днепропетровска of Днепр."""
    return abs(len(form) - len(name)) <= _LONGEST_ENDING and _alike(form, name) >= 0.5


@lru_cache(maxsize=20_000)
def _latin(language: str, name: str) -> frozenset[str]:
    spelled = ukrainian_spellings(name) if language == "uk" else russian_spellings(name)
    return frozenset(name_key(spelling) for spelling in spelled)


@lru_cache(maxsize=20_000)
def _latin_system(key: str, uk: str, ru: str) -> str:
    ukrainian, russian = _latin("uk", uk), _latin("ru", ru)
    if key in ukrainian or key in russian:
        return "common" if key in ukrainian and key in russian else "ukrainian" if key in ukrainian else "russian"
    likeness = [max(_alike(key, spelling) for spelling in spellings) for spellings in (ukrainian, russian)]
    if max(likeness) < _CLOSE:
        return "other"
    return "common" if likeness[0] == likeness[1] else "ukrainian" if likeness[0] > likeness[1] else "russian"


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
