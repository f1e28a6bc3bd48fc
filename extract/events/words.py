"""What a word can do in a sentence about fighting: tell of an event, name a side, change what is meant.

The tables are `data/event_triggers.csv` and `data/event_words.csv`: folded words as they stand, or their beginnings
(`обстріл*`), which is how Ukrainian and Russian ones are listed. This file only reads them.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from extract.lexicon import DATA, words
from extract.types import EVENT_SIDES

RUSSIA, UKRAINE, OTHER, UNKNOWN = EVENT_SIDES

VERB, GO, FALL, LOSE, NOUN, STATE = "verb", "go", "fall", "lose", "noun", "state"
"""How a trigger takes its place.

VERB acts on it (object, or subject of a passive); GO moves or fights by a preposition; FALL
has it as subject; LOSE as object, to the foe's gain; NOUN is a thing of it; STATE: it is *under* somebody's."""

NEEDED_WITHIN = 5
_IN = words("""
    in near at around outside inside within across along close north south east west northeast northwest southeast
    southwest northern southern eastern western
""")
_TO = words("to toward towards into on onto through")
_CYRILLIC_IN = words("""
    в у на біля під поблизу за навколо возле около под районі районах районе околицях околиці окраинах окраине
    напрямку направлении північніше південніше західніше східніше севернее южнее западнее восточнее поруч рядом
    неподалік вблизи о від от
""")
_GROUPS = {"+in": _IN, "+to": _TO, "+cyr": _CYRILLIC_IN}
INSIDE = _IN | _CYRILLIC_IN | {"of"}
"""Prepositions that keep a phrase where it is: `retreat from positions near X`."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """One reading of a word that may tell of an event.

    `needs`: one of these must follow within `NEEDED_WITHIN` words (pull its last troops *back*). `joins`: prepositions
    that lead to the place. `strict`: the place itself must be meant, not something in or near it. `side`: whose deed it
    is when nobody is named: `foe` (of the country the place lies in), `own` (that country's), or empty.
    """

    kind: str
    frame: str
    strict: bool
    side: str
    joins: frozenset[str]
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Word:
    """What is known of a word.

    `alone`: the side's name stands by itself (Moscow) rather than before a noun. `telling`: the word may tell of an
    event or a denial; `standing`: it may stand for a place (`the town`, `there`).
    """

    triggers: tuple[Trigger, ...] = ()
    side: str = ""
    alone: bool = False
    tags: frozenset[str] = frozenset()
    telling: bool = False
    standing: bool = False


@dataclass(slots=True)
class _Entry:
    triggers: list[Trigger] = field(default_factory=list)
    side: str = ""
    alone: bool = False
    tags: set[str] = field(default_factory=set)


@cache
def _entries() -> dict[str, _Entry]:
    """Word, or beginning with its asterisk, -> what the tables say of it."""
    entries: dict[str, _Entry] = {}
    with (DATA / "event_triggers.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            joins = frozenset().union(*(_GROUPS.get(part, {part}) for part in row["joins"].split()))
            strict, needs = row["strict"] == "yes", words(row["needs"])
            trigger = Trigger(row["kind"], row["frame"], strict, row["side"], joins, needs)
            for word in row["words"].split():
                entries.setdefault(word, _Entry()).triggers.append(trigger)
    with (DATA / "event_words.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            side, _, manner = row["what"].partition(" ")
            for word in row["words"].split():
                entry = entries.setdefault(word, _Entry())
                if manner:
                    entry.side, entry.alone = side, manner == "noun"
                else:
                    entry.tags.add(side)
    return entries


_NOTHING = Word()
_SHORTEST = 3
_MOST_KNOWN = 100_000


class _Known(dict):
    """Folded word -> `Word`, looked up once."""

    def __missing__(self, key: str) -> Word:
        if len(self) > _MOST_KNOWN:
            self.clear()
        word = self[key] = _look_up(key)
        return word


_known = _Known()


def words_of(keys: Iterable[str]) -> list[Word]:
    """What the tables know of each folded word; an empty `Word` for most."""
    return list(map(_known.__getitem__, keys))


def _look_up(key: str) -> Word:
    entries, found = _entries(), []
    if key in entries:
        found.append(entries[key])
    if not key.isascii():
        found += [entries[stem] for n in range(len(key), _SHORTEST - 1, -1) if (stem := key[:n] + "*") in entries]
    if not found:
        return _NOTHING
    triggers = dict.fromkeys(trigger for entry in found for trigger in entry.triggers)
    sided = next((entry for entry in found if entry.side), _Entry())
    tags = frozenset(tag for entry in found for tag in entry.tags)
    return Word(
        telling=bool(triggers) or "deny" in tags,
        standing="anaphor" in tags,
        tags=tags,
        triggers=tuple(sorted(triggers, key=lambda trigger: not trigger.needs)),
        side=sided.side,
        alone=sided.alone,
    )
