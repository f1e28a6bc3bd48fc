"""What the tries get beside a Cyrillic name itself: its case forms, and the forms of the adjectives made of it."""

from collections.abc import Iterator

from geodata.declension.adjectives import adjective_of
from geodata.declension.forms import adjective_forms, area_adjective, area_forms, inflected_forms, languages
from geodata.names import NameKind
from geodata.places import SETTLEMENT_KINDS

_SLAVIC = frozenset("UA RU BY PL SK CZ BG RS ME MK HR SI BA".split())


def declined(
    name: str, *, kind: str, country: str, language: str | None = None, adjectives: bool = False
) -> Iterator[tuple[str, NameKind]]:
    """Forms of a Cyrillic `name` as `NameKind.INFLECTED`, and with `adjectives` those of its adjectives.

    `kind` and `country` are the place's; `language` is "uk" or "ru", or None where only the letters can tell: a name
    in letters of both is declined in both. Nothing for names in other scripts and alphabets.
    """
    foreign = bool(country) and country not in _SLAVIC
    for own in languages(name):
        if language not in (None, own):
            continue
        forms = inflected_forms(name, language=own, kind=kind, foreign=foreign)
        if kind in ("region", "district"):
            forms |= area_forms(name, language=own)
        yield from ((form, NameKind.INFLECTED) for form in sorted(forms))
        for adjective in sorted(_adjectives(name, own, kind)) if adjectives else ():
            yield from ((form, NameKind.ADJECTIVE) for form in sorted(adjective_forms(adjective, language=own)))


def _adjectives(name: str, language: str, kind: str) -> frozenset[str]:
    if kind in SETTLEMENT_KINDS:
        return adjective_of(name, language=language)
    made = area_adjective(name, language=language) if kind in ("region", "district") else None
    return frozenset((made,)) if made else frozenset()
