"""The place to the right of a trigger word, as its object or after a preposition, and the list that follows."""

import re

from extract.events.text import Passage, Spot
from extract.events.words import FALL, GO, INSIDE, NEEDED_WITHIN, NOUN, VERB, Trigger
from extract.lexicon import FEATURE_NOUNS, words
from geodata.places import SETTLEMENT_KINDS

REACH = 14
BREAK = re.compile(r"[.;:!?()\[\]\n—]| [–-] ")
_LISTED = words("""
    and or as well та і й и или або a an the of in near at village town city settlement villages towns
""")
_AND = words("and or as та і й и или або")
_NOT_OF_IT = words("""
    residents resident mayor governor highway road people officials official native natives based born bound led style
    police prison family families man woman soldier accords talks format university map streets
""")
_OPENS = frozenset(["speech", "claim", "deny", "confirm", "aux"])
_SETTING = words("of in at near around outside inside from")
_POSTED = words("""
    present stationed trapped positioned holed up remaining civilians residents people children families women
    жителів жителей людей населення населения дітей детей мирних мирных цивільних гражданских мешканців родини семьи
""")


def object_of(passage: Passage, i: int, trigger: Trigger, sentence: tuple[int, int, int]) -> Spot | None:
    """The place to the right of the trigger that its frame allows."""
    first, end, number = sentence
    needed = not trigger.needs
    lead, direct = "", True
    for k in range(i + 1, min(end, i + 1 + REACH)):
        gap, key = passage.gaps[k - 1], passage.keys[k]
        if gap != " " and (BREAK.search(gap) or "," in gap):
            return None
        if key in trigger.needs and k - i <= NEEDED_WITHIN:
            needed = True
        spot = passage.spot_at.get(k)
        if spot is None and is_anaphor(passage, k, first):
            found = passage.stands_for(k, first, number) if _allowed(trigger, lead, direct) else None
            return found if needed else None
        if spot is not None:
            place = _named_after(passage, passage.spots[spot])
            fits = needed and _allowed(trigger, lead, direct) and not _only_modifies(passage, place, end, trigger)
            return place if fits and not _is_destination(place, trigger, lead) else None
        word = passage.words[k]
        if _breaks_off(passage, i, k, trigger):
            return None
        if "place" in word.tags and not key.isascii() and not trigger.strict and trigger.frame == VERB:
            lead, direct = "", True
        if "prep" in word.tags or key == "of":
            lead = key if not (key == "of" and "place" in passage.words[k - 1].tags and direct) else lead
        elif not _filler(passage, k, trigger):
            direct = False
    return None


_MOVED_INTO = words("в у во")
_LOCATIVE = ("е", "і", "ї", "ах", "ях", "ому", "ем", "ом", "ій", "ой", "ни")


def _is_destination(spot: Spot, trigger: Trigger, lead: str) -> bool:
    """`эвакуируют жителей в Белгород`: with an accusative the preposition says where to, not where."""
    moved = trigger.kind == "evacuation" and lead in _MOVED_INTO
    return moved and not spot.mention.text.casefold().endswith(_LOCATIVE)


def _breaks_off(passage: Passage, i: int, k: int, trigger: Trigger) -> bool:
    """Whether token `k` begins something else, so that no place after it belongs to the trigger at `i`."""
    word, key, before = passage.words[k], passage.keys[k], passage.keys[k - 1]
    if k in passage.covered and not passage.tokens.possessive[k]:
        return True
    if "stop" in word.tags and not (key == "as" and before == "such") and key not in trigger.joins:
        return True
    if trigger.frame == NOUN and (key in ("mayor", "governor") or key.endswith("ing") and before == "and"):
        return True
    another = word.triggers and k - i > 1 and not {"prep", "place", "aux"} & word.tags
    return bool(another) and _takes_over(passage, k, trigger)


def is_anaphor(passage: Passage, k: int, first: int) -> bool:
    if "anaphor" not in passage.words[k].tags:
        return False
    key = passage.keys[k]
    if key in ("there", "там"):
        return not (k + 1 < len(passage.keys) and passage.keys[k + 1] in ("is", "are", "was", "were", "has", "have"))
    following = passage.keys[k + 1] if k + 1 < len(passage.keys) and passage.gaps[k] == " " else ""
    if following == "of" or k + 1 in passage.spot_at or following in ("council", "hall", "centre", "center"):
        return False
    if not key.isascii():
        return True
    return any(passage.keys[d] in ("the", "this", "that") for d in range(max(first, k - 4), k))


def _named_after(passage: Passage, spot: Spot) -> Spot:
    """`the Black Sea port of Odesa` is Odesa."""
    k = spot.last
    while _goes_on(passage, k) and k - spot.last < 3 and "place" in passage.words[k].tags and passage.keys[k] != "of":
        k += 1
    if k > spot.last and _goes_on(passage, k + 1) and passage.keys[k] == "of" and k + 1 in passage.spot_at:
        return passage.spots[passage.spot_at[k + 1]]
    return spot


def _goes_on(passage: Passage, k: int) -> bool:
    """Whether token `k` follows the one before it with nothing but a space between."""
    return k < len(passage.keys) and passage.gaps[k - 1] == " "


def _takes_over(passage: Passage, k: int, trigger: Trigger) -> bool:
    """Whether a later trigger opens a clause of its own, or is the noun that the place goes with."""
    if trigger.frame == NOUN and any(t.frame == NOUN for t in passage.words[k].triggers):
        return "and" not in passage.keys[k - 2 : k]
    return any(t.frame in (VERB, GO, FALL) for t in passage.words[k].triggers) and (
        passage.tagged(k - 1, "aux") or passage.tagged(k - 1, "adverb") or bool(passage.words[k - 1].side)
    )


def _filler(passage: Passage, k: int, trigger: Trigger) -> bool:
    """Words that leave the place the direct object: articles, `town of`, the country's name, adjectives."""
    word, key = passage.words[k], passage.keys[k]
    if {"det", "place", "adverb", "self"} & word.tags or key in trigger.needs or key.isdigit():
        return True
    if word.side and trigger.kind not in ("withdrawal", "encirclement"):
        return not (k + 1 < len(passage.words) and "actor" in passage.words[k + 1].tags)
    if word.side:
        return True
    of_troops = trigger.kind in ("withdrawal", "encirclement", "evacuation") and (
        "actor" in word.tags or key in _POSTED
    )
    return of_troops or key.endswith("ly")


def _allowed(trigger: Trigger, lead: str, direct: bool) -> bool:
    """Whether the place may be reached by the last preposition `lead`; `direct`: nothing but fillers came between."""
    if trigger.frame == GO:
        return lead in trigger.joins and (direct or not trigger.strict)
    if not lead:
        return direct and (trigger.frame != NOUN or not trigger.joins or "по" in trigger.joins or "на" in trigger.joins)
    if trigger.frame == VERB and not trigger.joins:
        return False
    inside = not trigger.strict and lead in INSIDE
    return (lead in trigger.joins or inside) and (direct or not trigger.strict)


def _only_modifies(passage: Passage, spot: Spot, end: int, trigger: Trigger) -> bool:
    """`captured Bakhmut residents`: the place belongs to what follows it."""
    last = spot.last
    if last >= end or passage.gaps[last - 1] not in (" ", "-"):
        return False
    if passage.tokens.possessive[last - 1] and trigger.strict:
        return "place" not in passage.words[last].tags
    feature = trigger.strict and spot.mention.kind in SETTLEMENT_KINDS and passage.keys[last] in FEATURE_NOUNS
    return feature or passage.keys[last] in _NOT_OF_IT


def list_from(passage: Passage, spot: Spot | None, sentence: tuple[int, int, int]) -> list[Spot]:
    """The place and those listed after it: `near A, B, C and D`."""
    if spot is None:
        return []
    found = [spot]
    k, end = spot.last, sentence[1]
    skipped = 0
    # `near A and in B` goes on; `hit A, and in B the mayor said` does not
    led = spot.first > sentence[0] and passage.keys[spot.first - 1] in _SETTING
    while k < end and skipped <= 4 and not BREAK.search(passage.gaps[k - 1]):
        number = passage.spot_at.get(k)
        if number is None:
            if passage.keys[k] not in _LISTED:
                break
            k, skipped = k + 1, skipped + 1
            continue
        other = passage.spots[number]
        between = passage.keys[found[-1].last : other.first]
        speaks = other.last < end and passage.gaps[other.last - 1] == " " and passage.words[other.last].tags & _OPENS
        joined = between or "," in passage.gaps[found[-1].last - 1]
        beside = {"in", "near", "at"} & set(between) and not (_AND & set(between) and led)
        if speaks or not joined or beside or _contains(other, found[-1]):
            break
        if found[-1].mention.place_id != other.mention.place_id:
            found.append(other)
        k, skipped = other.last, 0
    return found


def _contains(wide: Spot, narrow: Spot) -> bool:
    areas = ("region", "district")
    return wide.mention.kind in areas and narrow.mention.kind not in areas
