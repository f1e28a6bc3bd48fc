"""From a place's name to the adjective made of it: Бахмут - бахмутський, Кривий Ріг - криворізький.

Which suffix a name takes is custom rather than rule where its stem ends in a vowel or a cluster; the likely
candidates are all given. A table line reads `pattern cut suffixes`: a name that ends in the pattern loses `cut`
letters and takes each suffix. `~` is -ськ with what it does to the consonant before it, `*` no suffix, `?` marks one
for names of two syllables (Буча - бучанський). Lines with the same pattern all hold; otherwise the first pattern that
matches wins.
"""

import re

from geodata.declension import ru, uk
from geodata.declension.tables import vowels

_WORDS = re.compile(r"[\s-]+")
_TABLE_UK = """
москва 2 овськ
[сцз]ьк 0 *
ець 3 ецьк
єць 3 єцьк
[оеєії]вка 2 ськ
[нрй]ка 2 ськ
[нрй]ка 1 івськ
ка 1 ~/івськ/?инськ
[ое]в[еао] 1 ськ
[ое]в[еао] 3 івськ
єв[еао] 1 ськ
єв[еао] 3 ївськ
[иії]н[еао] 1 ськ
[аоеяю]не 1 ськ/енськ
нна 2 ськ
нна 1 енськ
[^аеєиіїоуюя]н[еа] 1 енськ/янськ/ськ
поле 1 ьськ
поле 3 ільськ
[щц]е 1 енськ/івськ
[ео] 1 ськ/івськ/овськ
є 1 івськ
лля 2 ьськ
стя 1 инськ/івськ
(жж|зз|сс|цц|чч|шш)я 2 ~
(дд|нн|тт)я|['’ʼ]я 2 ськ
ія 1 йськ
ля 1 ьськ/янськ
я 1 ськ/янськ/йськ
ла 1 ьськ/янськ
а 1 ~/?инськ/?анськ
[бвдзмлст]ни 2 енськ
[иі] 1 ~/івськ
ї 1 йськ/ївськ
ль 1 ьськ
ь 1 ськ
ий 2 енськ/івськ
й 0 ськ
к 0 ~/ськ
[^аеєиіїоуюя] 0 ~
"""
_TABLE_RU = """
москва 2 овск
[сц]к 0 *
ец 1 цк
вка 2 ск
[нрй]ка 2 ск
ка 1 овск
[оеё]в[оа]|[иы]н[оа] 1 ск
нн(ая|ое) 3 ск
н(ая|ое) 2 енск/янск/ск
н(ая|ое) 3 анск
в(ая|ое) 2 ск
ая|ое|яя|ее 2 овск
поле 1 ьск
стье 1 инск
стье 2 инск
ье 2 ск
[щц]е 1 енск
[ео] 1 ск/овск
ия 1 йск
ля 1 ьск/янск
я 1 ск/янск/йск
га 2 жск
ла 1 ьск
а 1 ск/?инск/?анск
цы 2 ецк/ицк
[бвдзмлст]ны 2 енск
ги 2 жск
[ыи] 1 ск/овск
ль 0 ск
ь 1 ск
[ыи]й 2 енск/овск
й 0 ск
ог 1 жск
ог 0 ск
ор[её]л 2 ловск
к 1 цк
к 0 ск
[^аеёиоуыэюя] 0 ск
"""
_MUTATED = {"г": "зьк", "ж": "зьк", "з": "зьк", "к": "цьк", "ч": "цьк", "ц": "цьк", "х": "ськ", "ш": "ськ", "с": "ськ"}
_LINKS = {
    "uk": (("ній", "ньо"), ("ня", "ньо"), ("нє", "ньо"), ("їв", "єво"), ("ів", "ово"), ("ин", "ино"), ("ця", "чно")),
    "ru": (("ний", "не"), ("яя", "е"), ("ее", "е"), ("ов", "ово"), ("ев", "ево"), ("ин", "ино"), ("ца", "чно")),
}
_ADJECTIVE_ENDS = {"uk": ("ий", "а", "е", "і"), "ru": ("ый", "ий", "ой", "ая", "ое", "ые", "ие", "а", "о")}


def _rules(table: str) -> list[tuple[re.Pattern[str], list[tuple[int, list[str]]]]]:
    lines = [line.split() for line in table.strip().splitlines()]
    patterns = dict.fromkeys(line[0] for line in lines)
    return [
        (re.compile(f"(?:{pattern})$"), [(int(cut), ends.split("/")) for name, cut, ends in lines if name == pattern])
        for pattern in patterns
    ]


_RULES = {"uk": _rules(_TABLE_UK), "ru": _rules(_TABLE_RU)}
_ENGINES = {"uk": uk, "ru": ru}


def adjective_of(name: str, *, language: str) -> frozenset[str]:
    """Nominative masculine adjectives, lower case, that may be made of a settlement's name in the nominative.

    `language` is "uk" or "ru". Empty for names that make none by rule: of three words and more, or of two of which
    the first is not an adjective.
    """
    words = [word for word in _WORDS.split(name.lower()) if word]
    prepositions = _ENGINES[language].PREPOSITIONS
    words = words[: next((i for i, word in enumerate(words) if i and word in prepositions), len(words))]
    if not words or len(words) > 2:
        return frozenset()
    last = _derived(words[-1], language)
    if len(words) == 1:
        return last
    if "-" in name:
        return frozenset(f"{words[0]}-{end}" for end in last)
    first = _linking(words[0], language)
    found = {first + end for end in last} if first else set()
    if first and _ENGINES[language].possessive_readings(words[0]):
        found |= {f"{words[0]}-{end}" for end in last}
    return frozenset(found)


def _derived(word: str, language: str) -> frozenset[str]:
    if own := _ENGINES[language].masculine(word):
        return frozenset((own,))
    for pattern, rules in _RULES[language]:
        if pattern.search(word):
            return frozenset(
                _with_suffix(word[: len(word) - cut], suffix.removeprefix("?")) + "ий"
                for cut, suffixes in rules
                for suffix in suffixes
                if vowels(word) <= 2 or not suffix.startswith("?")
            )
    return frozenset()


def _with_suffix(stem: str, suffix: str) -> str:
    if suffix == "*":
        return stem
    if suffix == "~":
        mutated = _MUTATED.get(stem[-1:])
        return stem[:-1] + mutated if mutated else stem + "ськ"
    return stem + suffix


def _linking(word: str, language: str) -> str:
    """The first part of a compound adjective: нова -> ново, верхнє -> верхньо, часів -> часово; else empty."""
    for end, link in _LINKS[language]:
        if word.endswith(end):
            return word.removesuffix(end) + link + ("-" if link == "чно" else "")
    engine = _ENGINES[language]
    if not (engine.adjective_readings(word) or engine.possessive_readings(word)):
        return ""
    end = next((end for end in _ADJECTIVE_ENDS[language] if word.endswith(end)), "")
    return word.removesuffix(end) + "о" if end else ""
