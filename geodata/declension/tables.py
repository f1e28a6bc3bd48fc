"""Case paradigms as tables: what the Ukrainian and the Russian pattern engine share.

A table line reads `pattern gender cut genitive dative accusative instrumental locative`: a word whose end matches the
regular expression loses `cut` letters and takes the endings. Endings are separated by `/` where usage or stress
varies, `=` is the nominative. Lines with the same pattern all hold; otherwise the first pattern that matches wins.
"""

import re
from dataclasses import dataclass

CASES = 6  # nominative, genitive, dative, accusative, instrumental, locative
_VOWELS = re.compile("[аеёєиіїоуыэюя]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to decline a word: its gender (`m`, `f`, `n`, or `p` for a plural) and, per case, its forms."""

    gender: str
    forms: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of a table."""

    pattern: str
    gender: str
    cut: int
    endings: tuple[tuple[str, ...], ...]

    def decline(self, word: str, nominative: str | None = None) -> Reading:
        """`word` declined; `nominative` is given where the other cases stand on another stem than it."""
        stem = word[: len(word) - self.cut]
        named = nominative or word
        cases = (tuple(named if end == "=" else stem + end for end in ends) for ends in self.endings)
        return Reading(self.gender, ((named,), *cases))


class Table:
    """The rules of one part of speech, asked from the top."""

    def __init__(self, text: str):
        lines = [line.split() for line in text.strip().splitlines()]
        rules = [Rule(line[0], line[1], int(line[2]), tuple(tuple(e.split("/")) for e in line[3:])) for line in lines]
        broken = [rule for rule in rules if len(rule.endings) != CASES - 1]
        if broken:
            raise ValueError(f"a paradigm has {CASES - 1} cases after the nominative: {broken[0]}")
        patterns = dict.fromkeys(rule.pattern for rule in rules)
        self._rules = [(re.compile(f"(?:{p})$"), [rule for rule in rules if rule.pattern == p]) for p in patterns]

    def readings(self, word: str, nominative: str | None = None) -> list[Reading]:
        """Every paradigm of the first pattern that `word` ends in; empty when none does."""
        lowered = word.lower()
        for pattern, rules in self._rules:
            if pattern.search(lowered):
                return [rule.decline(word, nominative) for rule in rules]
        return []


def vowels(word: str) -> int:
    """How many syllables a Cyrillic word has."""
    return len(_VOWELS.findall(word))


def unchanging(word: str, gender: str) -> Reading:
    """The reading of a word that keeps its form."""
    return Reading(gender, ((word,),) * CASES)


def changed_stem(lowered: str, changes: dict[str, tuple[str, ...]]) -> list[str]:
    """`lowered` with its end replaced by what the first fitting key of `changes` says; empty when none fits."""
    for end, others in changes.items():
        if lowered.endswith(end):
            return [lowered.removesuffix(end) + other for other in others]
    return []


def recased(word: str, lowered: str) -> str:
    """`lowered` with the capitals that `word` has in the same places."""
    return "".join(
        old if old.lower() == new else new for old, new in zip(word.ljust(len(lowered)), lowered, strict=False)
    )
