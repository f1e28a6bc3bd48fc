"""Which places a trigger word is about: its object, its subject, or where it is set."""

from extract.events.objects import list_from, object_of
from extract.events.subjects import compound, left_behind, list_to, place_before, setting, subject_of
from extract.events.text import Passage, Spot
from extract.events.words import FALL, GO, LOSE, NOUN, STATE, VERB, Trigger

_POSITIONS = frozenset("positions forces troops defenders".split())


def places_of(
    passage: Passage, i: int, trigger: Trigger, sentence: tuple[int, int, int], *, passive: bool
) -> list[Spot]:
    """The places an event told by token `i` is at; empty when none is clearly meant.

    `sentence`: first token, end, number. `passive`: the verb has a form of *be* before it.
    """
    cyrillic = not passage.keys[i].isascii()
    if trigger.frame in (FALL, STATE):
        return list_to(passage, i, subject_of(passage, i, sentence, trigger), sentence, trigger) or (
            _one(object_of(passage, i, trigger, sentence)) if cyrillic else []
        )
    if trigger.frame == NOUN:
        found = object_of(passage, i, trigger, sentence)
        return list_from(passage, found, sentence) or _one(
            compound(passage, i) or setting(passage, i, trigger, sentence)
        )
    if trigger.frame == GO:
        found = object_of(passage, i, trigger, sentence) or (
            place_before(passage, i, trigger, sentence) if cyrillic else None
        )
        return list_from(passage, found, sentence) or _one(left_behind(passage, i, trigger, sentence))
    found = None if passive else object_of(passage, i, trigger, sentence)
    if found:
        return list_from(passage, found, sentence)
    implied = _implied(passage, i, trigger, sentence)
    if implied:
        return [implied]
    may_be_passive = passive or cyrillic or _bare_participle(passage, i, sentence[1])
    if trigger.frame in (VERB, LOSE) and may_be_passive and not passage.keys[i].endswith("ing"):
        subject = subject_of(passage, i, sentence, trigger)
        if subject or trigger.strict or not passive:
            return list_to(passage, i, subject, sentence, trigger)
        return list_from(passage, object_of(passage, i, trigger, sentence), sentence)
    return []


def _bare_participle(passage: Passage, i: int, end: int) -> bool:
    """`the town lost on Tuesday`, not `captured a number of ...`, which has an object of its own."""
    if not passage.keys[i].endswith(("ed", "en", "lost", "held", "hit", "struck")) or i + 1 >= end:
        return passage.keys[i].endswith(("ed", "en", "lost", "held", "hit", "struck"))
    return passage.gaps[i] != " " or not ("det" in passage.words[i + 1].tags or passage.words[i + 1].side)


def _implied(passage: Passage, i: int, trigger: Trigger, sentence: tuple[int, int, int]) -> Spot | None:
    """`... in Bakhmut, while they bombard their positions`: shelling of troops where the sentence has them."""
    first, end, _ = sentence
    if trigger.kind != "shelling" or not any(passage.keys[k] in _POSITIONS for k in range(i + 1, min(end, i + 4))):
        return None
    before = {passage.spot_at[k] for k in range(first, i) if k in passage.spot_at}
    settlements = [passage.spots[s] for s in sorted(before)]
    return settlements[0] if len({s.mention.place_id for s in settlements}) == 1 else None


def _one(spot: Spot | None) -> list[Spot]:
    return [spot] if spot else []
