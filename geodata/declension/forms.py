"""Case forms of Ukrainian and Russian place names, each declined by its own pattern.

A name is read as words that agree (Часів Яр, Велика Новосілка), a noun with an adjective behind it (Станиця
Луганська, Кам'янець-Подільський), a general noun with a name (річка Дунай), or words of which only the last declines
(Нью-Йорк, Івано-Франківськ). Where usage or stress varies, every variant is given: a form that never occurs does no
harm.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from types import ModuleType

from geodata.declension import ru, uk
from geodata.declension.tables import CASES, Reading, unchanging
from geodata.places import SETTLEMENT_KINDS

_ENGINES: dict[str, ModuleType] = {"uk": uk, "ru": ru}
_ALPHABET = {
    "uk": re.compile(r"^[абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'’ʼ\d№\s—–-]+$"),
    "ru": re.compile(r"^[абвгдеёжзийклмнопрстуфхцчшщъыьэюя\d№\s—–-]+$"),
}
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_WORDS = re.compile(r"(\s*[—–]\s*|\s+|(?<!о)-)")
"""What parts words; a hyphen behind a linking о does not: Івано-Франківськ, Западно-Поморское."""
_SHORT_HEADS = {
    "uk": {"область": ("обл.",), "район": ("р-н", "р-ну", "р-ні")},
    "ru": {"область": ("обл.",), "район": ("р-н", "р-на", "р-не")},
}
_AREA_HEADS = frozenset(
    "область район громада край округ воєводство губернія провінція воеводство губерния община провинция".split()
)


def languages(name: str, *, either: bool = True) -> tuple[str, ...]:
    """The languages, "uk" and "ru", whose letters `name` is written in; none for other alphabets.

    A name without a letter of one language alone is of both, or, unless `either`, of none.
    """
    if not _CYRILLIC.search(name):
        return ()
    lowered = name.lower()
    found = tuple(language for language, alphabet in _ALPHABET.items() if alphabet.match(lowered))
    return found if either or len(found) == 1 else ()


@lru_cache(maxsize=20_000)
def inflected_forms(name: str, *, language: str, kind: str, foreign: bool = False) -> frozenset[str]:
    """All case forms of a place name given in the nominative, without the nominative itself.

    `language` is "uk" or "ru", `kind` a place's (see `geodata.places.KINDS`): a settlement's name of several words is
    one name, a feature's may be a general noun with its name behind it. `foreign` names (from outside the Slavic
    countries) keep endings that are none in them. Empty when nothing declines. Raises `KeyError` on other languages.
    """
    engine = _ENGINES[language]
    forms: set[str] = set()
    for cases in _phrase(engine, name, settlement=kind in SETTLEMENT_KINDS, foreign=foreign):
        for case in cases[1:]:
            forms.update(case)
    return frozenset(forms - {name})


def adjective_forms(adjective: str, *, language: str) -> frozenset[str]:
    """Every form, in all genders and the plural, of an adjective given in the nominative masculine, itself included.

    Empty when `adjective` does not end like one.
    """
    engine = _ENGINES[language]
    forms = {adjective}
    for base in engine.genders(adjective):
        for reading in engine.adjective_readings(base):
            forms.update(form for case in reading.forms for form in case)
    return frozenset(forms) if len(forms) > 1 else frozenset()


def area_adjective(name: str, *, language: str) -> str | None:
    """The masculine adjective of an area's name made of one and a head: Харківська область -> харківський.

    None when the name is made otherwise (Автономна Республіка Крим, Донбас).
    """
    words = name.split()
    if len(words) != 2 or words[1].lower().rstrip(".") not in _AREA_HEADS:
        return None
    return _ENGINES[language].masculine(words[0].lower())


def area_forms(name: str, *, language: str) -> frozenset[str]:
    """All case forms of an area's name, and those with its head shortened: Харківської області, Харківської обл.

    Areas named by one word (Харківщина, Донбас) decline like any name; the nominative is left out.
    """
    forms = set(inflected_forms(name, language=language, kind="region"))
    adjective, _, head = name.partition(" ")
    if area_adjective(name, language=language):
        cases = {form.partition(" ")[0] for form in forms} | {adjective}
        forms |= {f"{form} {short}" for form in cases for short in _SHORT_HEADS[language].get(head.lower(), ())}
    return frozenset(forms)


Cases = tuple[tuple[str, ...], ...]


def _phrase(engine: ModuleType, name: str, *, settlement: bool, foreign: bool) -> Iterator[Cases]:
    """Each way to decline `name`, as the whole name's forms per case."""
    parts = _WORDS.split(name.strip())
    words, gaps = parts[::2], [*parts[1::2], ""]
    if any(not word for word in words) or "(" in name:
        return
    for index, word in enumerate(words[1:], start=1):
        lowered = word.lower()
        if lowered in engine.PREPOSITIONS and index < len(words) - 1:
            yield from _joined(engine, words[:index], gaps, words[index:], settlement=settlement, foreign=foreign)
            return
        if lowered in engine.CONJUNCTIONS and index < len(words) - 1:
            yield from _both(engine, words, gaps, index, foreign=foreign)
            return
    yield from _joined(engine, words, gaps, [], settlement=settlement, foreign=foreign)


def _joined(
    engine: ModuleType, words: list[str], gaps: list[str], rest: list[str], *, settlement: bool, foreign: bool
) -> Iterator[Cases]:
    """The ways to decline `words`, with `rest` unchanged behind them."""
    for readings in _assignments(engine, words, gaps, settlement=settlement, foreign=foreign):
        readings = readings + [unchanging(word, "") for word in rest]
        yield tuple(_case(readings, gaps, case) for case in range(CASES))


def _both(engine: ModuleType, words: list[str], gaps: list[str], index: int, *, foreign: bool) -> Iterator[Cases]:
    """Боснія і Герцеговина: both sides decline; a general noun in front (острови Теркс і Кайкос) declines alone."""
    if words[0].lower() in engine.GENERIC:
        yield from _joined(engine, words[:1], gaps, words[1:], settlement=False, foreign=foreign)
        return
    for left in _assignments(engine, words[:index], gaps, settlement=False, foreign=foreign):
        for right in _assignments(engine, words[index + 1 :], gaps[index + 1 :], settlement=False, foreign=foreign):
            readings = [*left, unchanging(words[index], ""), *right]
            yield tuple(_case(readings, gaps, case) for case in range(CASES))


def _case(readings: list[Reading], gaps: list[str], case: int) -> tuple[str, ...]:
    """Every combination of the words' forms in one case; variants of a word combine with those of its neighbours."""
    texts = [""]
    for reading, gap in zip(readings, gaps, strict=False):
        texts = [text + form + gap for text in texts for form in reading.forms[case]]
    return tuple(texts)


def _assignments(
    engine: ModuleType, words: list[str], gaps: list[str], *, settlement: bool, foreign: bool
) -> Iterator[list[Reading]]:
    """Each consistent choice of one reading per word."""
    if len(words) == 1:
        yield from ([reading] for reading in _single(engine, words[0], foreign=foreign))
        return
    general = words[0].lower() in engine.GENERIC or not (words[0][0].isupper() or engine.adjective_readings(words[0]))
    if general and not (settlement and words[0][0].isupper()) and gaps[0].strip() != "-":
        yield from _with_general_noun(engine, words, gaps, settlement=settlement, foreign=foreign)
        return
    if foreign and settlement and not engine.adjective_readings(words[0]):
        yield from _last_only(engine, words, foreign=foreign)
        return
    agreed = list(_agreeing(engine, words, gaps, foreign=foreign))
    yield from agreed or _last_only(engine, words, foreign=foreign)


def _single(engine: ModuleType, word: str, *, foreign: bool) -> list[Reading]:
    if _is_fixed(word):
        return []
    adjectives = engine.adjective_readings(word, foreign=foreign)
    if adjectives and engine.is_surely_adjective(word):
        return adjectives
    return adjectives + engine.noun_readings(word, foreign=foreign)


def _is_fixed(word: str) -> bool:
    """Abbreviations (АЕС, НПЗ), figures, letters of other scripts."""
    return (word.isupper() and 1 < len(word) <= 6) or not all(_CYRILLIC.match(c) or c in "'’ʼ-" for c in word)


def _adjectives(engine: ModuleType, word: str, following: str = "") -> list[Reading]:
    """Readings of a word before `following`: as an adjective, or as a possessive one when a noun follows.

    Before an adjective it is the noun (Могилів-Подільський), as are general nouns that look alike (острів).
    """
    if word.lower() in engine.GENERIC:
        return []
    adjectives = engine.adjective_readings(word)
    return adjectives or ([] if engine.is_surely_adjective(following) else engine.possessive_readings(word))


def _agreeing(engine: ModuleType, words: list[str], gaps: list[str], *, foreign: bool) -> Iterator[list[Reading]]:
    """Adjectives, the noun they agree with, and what follows: adjectives that agree too, or words that stay.

    Nothing when the words do not agree: then only the last one declines.
    """
    head = 0
    modifiers = [_adjectives(engine, word, after) for word, after in zip(words, words[1:], strict=False)]
    while head < len(words) - 1 and modifiers[head]:
        head += 1
    nouns = engine.noun_readings(words[head], foreign=foreign) if not _is_fixed(words[head]) else []
    if head and head == len(words) - 1:
        nouns = nouns + engine.adjective_readings(words[head], foreign=foreign)
    if head and not nouns:
        nouns = [unchanging(words[head], reading.gender) for reading in modifiers[head - 1]]
    for noun in nouns:
        before = [_with_gender(found, noun.gender) for found in modifiers[:head]]
        after = [_with_gender(engine.adjective_readings(word), noun.gender) for word in words[head + 1 :]]
        if not all(before) or (not head and not all(after)):
            continue
        tail = [found[0] if found else unchanging(w, "") for found, w in zip(after, words[head + 1 :], strict=True)]
        yield [*(found[0] for found in before), noun, *tail]
        if head == 1 and noun.gender == "m" and not engine.adjective_readings(words[0]):
            # the press leaves the possessive part as it is: у Часів Яру
            yield [unchanging(words[0], noun.gender), noun, *tail]


def _with_gender(readings: list[Reading], gender: str) -> list[Reading]:
    return [reading for reading in readings if reading.gender == gender]


def _with_general_noun(
    engine: ModuleType, words: list[str], gaps: list[str], *, settlement: bool, foreign: bool
) -> Iterator[list[Reading]]:
    """річка Дунай: річки Дунай, річки Дунаю; дельта Дунаю: дельти Дунаю; Станиця Луганська agrees."""
    agreed = list(_agreeing(engine, words, gaps, foreign=foreign))
    yield from agreed
    for noun in engine.noun_readings(words[0]):
        yield [noun, *(unchanging(word, "") for word in words[1:])]
        if not agreed and words[0].lower() in engine.GENERIC:
            for tail in _assignments(engine, words[1:], gaps[1:], settlement=settlement, foreign=foreign):
                yield [noun, *tail]


def _last_only(engine: ModuleType, words: list[str], *, foreign: bool) -> Iterator[list[Reading]]:
    for reading in _single(engine, words[-1], foreign=foreign):
        yield [*(unchanging(word, "") for word in words[:-1]), reading]
