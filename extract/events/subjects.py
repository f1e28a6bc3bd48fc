"""The place to the left of a trigger word: what a verb says something of, or where a noun is set."""

from extract.events.objects import BREAK, REACH, is_anaphor
from extract.events.text import Passage, Spot
from extract.events.words import FALL, INSIDE, STATE, VERB, Trigger
from extract.lexicon import words

_LEFT_REACH = 6
_DIRECTIONS = words("north south east west northeast northwest southeast southwest kilometres kilometers km miles")
_BEFORE_SUBJECT = words("of in at near from on with for to against around by and")
_LEADING = words("aux adverb neg may would real det will fear place actor")
_COMING = words("came come comes passed full remain remains remained stay stays stayed")
_UNDER = words("under під под")
_SUFFERS = ("зазна", "подверг", "піддав")
_IN_AREA = words("in of у в")
_AND = words("and та і й и")
_ONE, _MANY = words("was is has"), words("were are have")
_OF_MANY = ("ені", "ані", "яні", "уті", "ены", "аны", "яты", "ли", "лися", "лись")
_VILLAGES = words("villages towns cities settlements села селища міста поселки посёлки города")


def list_to(
    passage: Passage, i: int, spot: Spot | None, sentence: tuple[int, int, int], trigger: Trigger
) -> list[Spot]:
    """The subject and those listed before it: `A, B and C were captured`, `the villages of A and B had been taken`."""
    if spot is None or spot.last > i:
        return [spot] if spot else []
    found, k = [spot], spot.first - 1
    with_and = False
    while k >= sentence[0] and not BREAK.search(passage.gaps[k]):
        before = passage.spot_at.get(k)
        if before is None:
            if passage.keys[k] not in _AND:
                break
            with_and = True
            k -= 1
            continue
        other = passage.spots[before]
        if not with_and or passage.gaps[other.last - 1] == " " and passage.keys[other.last] not in _AND:
            break
        found.append(other)
        k = other.first - 1
    if len(found) == 1 or not _tells_of_many(passage, i, found[-1], sentence[0]):
        return [spot]
    return found[::-1] if _is_subject(passage, found[-1], sentence[0], trigger) else []


def _tells_of_many(passage: Passage, i: int, head: Spot, first: int) -> bool:
    """Whether the verb, or a noun before the list, says that more than one place is meant."""
    verb = passage.keys[max(first, i - 4) : i]
    if _MANY.intersection(verb) or passage.keys[i].endswith(_OF_MANY):
        return True
    if _ONE.intersection(verb):
        return False
    lead = passage.keys[max(first, head.first - 2) : head.first]
    opens_clause = head.first == first or "," in passage.gaps[head.first - 1]
    return opens_clause or bool(_VILLAGES.intersection(lead))


def subject_of(passage: Passage, i: int, sentence: tuple[int, int, int], trigger: Trigger) -> Spot | None:
    """The place to the left of which the verb says something: `Soledar was captured`, `the village fell`."""
    first, _, number = sentence
    k = i - 1
    while k >= first and i - k <= REACH:
        spot = passage.spot_at.get(k)
        if spot is not None:
            place = _contained(passage, passage.spots[spot], first)
            fits = _is_subject(passage, place, first, trigger)
            return place if fits else _head_of_sentence(passage, first, i, trigger)
        if is_anaphor(passage, k, first):
            return passage.stands_for(k, first, number)
        open_gap = passage.gaps[k]
        if BREAK.search(open_gap) or "," in open_gap and i - k == 1:
            return _head_of_sentence(passage, first, i, trigger) if "," in open_gap else None
        if not _leads_up(passage, k, trigger):
            return _head_of_sentence(passage, first, i, trigger)
        k -= 1
    return None


def _contained(passage: Passage, spot: Spot, first: int) -> Spot:
    """`Kostiantynivka in Sumy region was taken`: the place that the area named last only tells apart."""
    k = spot.first - 1
    while k > first and "det" in passage.words[k].tags:
        k -= 1
    if spot.mention.kind not in ("region", "district") or k <= first or passage.keys[k] not in _IN_AREA:
        return spot
    before = passage.spot_at.get(k - 1)
    return passage.spots[before] if before is not None and passage.gaps[k - 1] == " " else spot


def _leads_up(passage: Passage, k: int, trigger: Trigger) -> bool:
    """Whether token `k` may stand between a subject and its verb: `X had reportedly been`, `X came under full`."""
    word, key = passage.words[k], passage.keys[k]
    if trigger.frame == STATE and (word.side or key in _COMING):
        return True
    if key in _COMING and trigger.frame == FALL and passage.keys[k + 1] not in trigger.needs:
        return True
    return bool(word.tags & _LEADING) or key.endswith("ly") or key in ("to", "reported", "under", "in", "під", "под")


def _head_of_sentence(passage: Passage, first: int, i: int, trigger: Trigger) -> Spot | None:
    """`Izium, long the gateway to the Donbas, fell to ...`: a place that opens the sentence and an apposition."""
    spot = passage.spot_at.get(first)
    if spot is None or trigger.frame == VERB and not trigger.strict:
        return None
    place = passage.spots[spot]
    commas = sum("," in passage.gaps[k] for k in range(place.last - 1, i))
    return place if commas >= 2 and "," in passage.gaps[place.last - 1] else None


def _is_subject(passage: Passage, place: Spot, first: int, trigger: Trigger) -> bool:
    """Whether nothing before the place makes it part of something else (`the mayor of X was captured`)."""
    k = place.first - 1
    while (
        k >= first and passage.gaps[k] == " " and {"det", "place"} & passage.words[k].tags and passage.keys[k] != "of"
    ):
        k -= 1
    if k < first or passage.gaps[k] != " " or passage.keys[k] not in _BEFORE_SUBJECT:
        return True
    if passage.keys[k] == "and":
        return True
    if passage.keys[k] == "of":
        return k > first and "place" in passage.words[k - 1].tags and passage.keys[k - 1] not in _DIRECTIONS
    return not trigger.strict and passage.keys[k] in INSIDE


def place_before(passage: Passage, i: int, trigger: Trigger, sentence: tuple[int, int, int]) -> Spot | None:
    """Cyrillic word order: `по Нікополю вдарили`, `із Авдіївки відійшли`."""
    for k in range(i - 1, max(sentence[0], i - _LEFT_REACH) - 1, -1):
        if "," in passage.gaps[k] or BREAK.search(passage.gaps[k]):
            return None
        spot = passage.spot_at.get(k)
        if spot is not None:
            place = passage.spots[spot]
            lead = passage.keys[place.first - 1] if place.first > sentence[0] else ""
            return place if lead in trigger.joins else None
    return None


def setting(passage: Passage, i: int, trigger: Trigger, sentence: tuple[int, int, int]) -> Spot | None:
    """Where a noun's place stands before it: `Kharkiv is under shelling`, `у Бахмуті тривають бої`, `In X, fighting`"""
    first = sentence[0]
    suffers = trigger.kind == "shelling" and any(
        passage.keys[k] in _UNDER or passage.keys[k].startswith(_SUFFERS) for k in range(max(first, i - 3), i)
    )
    if suffers:
        near = (*range(i - 1, first - 1, -1), *range(i + 1, min(sentence[1], i + 4)))
        return next((passage.spots[passage.spot_at[k]] for k in near if k in passage.spot_at), None)
    if trigger.strict:
        return None
    if not passage.keys[i].isascii():
        return place_before(passage, i, trigger, sentence)
    opening = passage.spot_at.get(first + 1)
    here = opening is not None and passage.keys[first] in ("in", "near", "around", "at") and i - first < 12
    return passage.spots[opening] if here and trigger.side == "both" else None


def compound(passage: Passage, i: int) -> Spot | None:
    """`the Bakhmut battle`, `Mariupol's fall`."""
    spot = passage.spot_at.get(i - 1)
    return passage.spots[spot] if spot is not None and passage.gaps[i - 1] == " " else None


def left_behind(passage: Passage, i: int, trigger: Trigger, sentence: tuple[int, int, int]) -> Spot | None:
    """`they have held the city, but will pull back`: withdrawal from the one place the sentence spoke of."""
    if trigger.kind != "withdrawal" or not (trigger.needs & set(passage.keys[i + 1 : i + 3])):
        return None
    first, end, number = sentence
    if any(k in passage.spot_at for k in range(i, end)) or "from" in passage.keys[i : min(end, i + 8)]:
        return None
    for k in range(i - 1, first - 1, -1):
        if k in passage.spot_at:
            return passage.spots[passage.spot_at[k]]
        if is_anaphor(passage, k, first):
            return passage.stands_for(k, first, number)
    return None
