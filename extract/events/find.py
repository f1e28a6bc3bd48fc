"""What sentences say happens at places: who fought, shelled, advanced, took, left, where, and on whose word.

Clause by clause: a trigger word, the place its grammar gives it, whose deed it is, whether it happened, is planned,
advised or denied, and who says so. What cannot be told gives no event. An event is something reported, not a fact.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from extract.events.modality import ASSERTED, CLAIMED, CYRILLIC_BE, DENIED, Governors, modality
from extract.events.places import places_of
from extract.events.sides import side_of
from extract.events.speakers import Speakers, Voice
from extract.events.text import Passage, Spot
from extract.events.words import GO, NEEDED_WITHIN, NOUN, RUSSIA, STATE, UKRAINE, UNKNOWN, VERB, Trigger
from extract.tokens import Tokens
from extract.types import EVENT_KINDS as KINDS
from extract.types import Event, Mention

__all__ = ["KINDS", "find_events"]

_ATTRIBUTIVE = re.compile(r"[нт](?:ого|ому|ої|ій|их|им|ими|ою|ая|ую|ой|ый|ий|ом|ые|ых|ым|ей|а|і)$")
_STATES = frozenset("occupied besieged liberated controlled".split())
_BY_ACTORS = frozenset("leave leaves leaving left abandon abandoned abandoning enter enters entered entering".split())
Sentence = tuple[int, int, int]


def find_events(
    tokens: Tokens,
    mentions: Sequence[Mention],
    sentences: Iterable[tuple[int, int]],
    language: str = "unknown",
    *,
    country_of: Callable[[str], str] = lambda place_id: "",
) -> list[Event]:
    """Events in the order of the text.

    `sentences`: offsets as of `tokens.sentence_spans`. `language` ("en", "uk", "ru", "unknown") is a hint; the words
    of all three are understood. `country_of`: place id -> ISO code of its country, for sentences that leave open
    whose deed it was (a fall, a liberation); empty when not known.
    """
    if not any(mention.place_id for mention in mentions):
        return []
    passage = Passage(tokens, mentions, sentences, country_of)
    if not passage.of_the_war:
        return []
    speakers, found = Speakers(), []
    for sentence, clues, placed in passage.clues():
        here = [event for i in clues if placed for event in _told(passage, i, sentence, speakers)]
        found += here or [event for i in clues for event in _denied(passage, i, sentence, found, speakers)]
    return list(dict.fromkeys(found))


def _told(passage: Passage, i: int, sentence: Sentence, speakers: Speakers) -> list[Event]:
    """The events that token `i` tells of: its first reading that finds a place."""
    if i in passage.covered or not passage.words[i].triggers or _is_unreal(passage, i, sentence[0]):
        return []
    governors = Governors(passage, i, sentence[0])
    for trigger in _readings(passage, i, governors, sentence):
        passive = governors.passive and trigger.frame != NOUN and passage.keys[i].isascii()
        spots = places_of(passage, i, trigger, sentence, passive=passive)
        if spots:
            return _events(passage, i, trigger, governors, sentence, spots, speakers)
    return []


_UNREAL = frozenset("had should were якби якщо если".split())


def _is_unreal(passage: Passage, i: int, first: int) -> bool:
    """`Had Kharkiv fallen, ...`, `Should Dnipro be attacked, ...`: a condition opens the sentence."""
    if passage.keys[first] not in _UNREAL:
        return False
    return not any("," in gap for gap in passage.gaps[first:i])


def _readings(passage: Passage, i: int, governors: Governors, sentence: Sentence) -> list[Trigger]:
    """The readings of a word that its surroundings allow, the likeliest first."""
    triggers = passage.words[i].triggers
    after = set(passage.keys[i + 1 : min(i + 1 + NEEDED_WITHIN, sentence[1])])
    triggers = tuple(t for t in triggers if not t.needs or t.needs & after)
    if any(t.needs for t in triggers):
        triggers = tuple(t for t in triggers if t.needs)
    noun = [t for t in triggers if t.frame in (NOUN, STATE)]
    verb = [t for t in triggers if t.frame not in (NOUN, STATE)]
    if noun and verb:
        return verb if _is_verb(passage, i, governors) else noun
    if verb and _is_attribute(passage, i, governors):
        return []
    return noun or verb


def _is_verb(passage: Passage, i: int, governors: Governors) -> bool:
    """`to attack X`, `Russians advance on X` rather than `an attack on X`."""
    if passage.keys[i].endswith(("ed", "ck")) and passage.keys[i] in ("attacked", "assaulted", "advanced", "retreated"):
        return True
    if "to" in governors.keys or governors.tags & {"may", "would", "aux"}:
        return True
    k = i - 1
    plural = k >= 0 and (passage.tagged(k, "unit") or passage.words[k].alone) and not passage.tokens.possessive[k]
    return plural and passage.gaps[k] == " "


def _is_attribute(passage: Passage, i: int, governors: Governors) -> bool:
    """`the captured town`, `in besieged Bakhmut`, `звільненого Ізюма`: a state, not a deed."""
    key = passage.keys[i]
    if i and passage.gaps[i - 1] in ("-", "–", "‑"):
        return True
    if key in _STATES and i + 1 in passage.spot_at:
        before = passage.words[i - 1] if i else None
        return not before or not (before.tags & {"aux", "unit"} or before.side)
    if not key.isascii():
        return (
            not governors.keys & CYRILLIC_BE
            and bool(_ATTRIBUTIVE.search(key))
            and not key.endswith(("на", "та", "но", "то"))
            and len(key) > 6
        )
    if (
        not key.endswith(("ed", "en", "lost", "held"))
        or governors.left != i - 1
        or i == 0
        or passage.gaps[i - 1] not in (" ", "-")
    ):
        return False
    before = passage.words[i - 1]
    return bool(before.tags & {"prep", "det"}) or passage.tokens.possessive[i - 1]


def _events(
    passage: Passage,
    i: int,
    trigger: Trigger,
    governors: Governors,
    sentence: Sentence,
    spots: list[Spot],
    speakers: Speakers,
) -> list[Event]:
    mode = modality(passage, trigger, governors, sentence, max(i + 1, spots[-1].last))
    if not mode:
        return []
    voice = speakers.voice(passage, i, sentence)
    side = side_of(passage, trigger, governors, sentence, spots[0], voice)
    if not _worth(passage, i, trigger, side, sentence):
        return []
    kind = "shelling" if trigger.kind == "fighting" and _from_afar(passage, i, sentence) else trigger.kind
    return [_event(passage, i, kind, spot, side, _told_by(mode, voice), voice.name) for spot in spots]


_AFAR = frozenset(
    """
    drone drones missile missiles rocket rockets aerial airstrike bombs shells shahed shaheds kalibr дрон* ракета ракети
    ракетами дронами беспилотниками безпілотниками шахед шахеди
""".split()
)
_ATTACKS = frozenset(
    "attack attacks attacked attacking атака атаку атаки атакою атакой атакував атакували атаковали".split()
)


def _from_afar(passage: Passage, i: int, sentence: Sentence) -> bool:
    """`a drone attack on X`, `attacked X with missiles`: fire, not fighting."""
    near = passage.keys[max(sentence[0], i - 20) : min(sentence[1], i + 12)]
    return passage.keys[i] in _ATTACKS and not _AFAR.isdisjoint(near)


def _told_by(mode: str, voice: Voice) -> str:
    """The modality once it is known who says so: a report is a claim, a confirmation is not, a denial denies."""
    if voice.manner == "deny" and mode in (ASSERTED, CLAIMED):
        return DENIED
    if mode == ASSERTED and voice.manner in ("speech", "claim"):
        return CLAIMED
    return mode


def _worth(passage: Passage, i: int, trigger: Trigger, side: str, sentence: Sentence) -> bool:
    """Whether the doer fits the deed: only troops leave, enter or hold a place in the sense meant here."""
    if passage.keys[i] in _BY_ACTORS:
        return side in (RUSSIA, UKRAINE) and any(
            passage.words[k].tags & {"actor"} for k in range(max(sentence[0], i - 8), i)
        )
    if trigger.kind in ("defence", "counterattack") and trigger.frame in (VERB, GO):
        return side != UNKNOWN
    if trigger.frame == STATE:
        return side in (RUSSIA, UKRAINE) and _came_about(passage, i, sentence)
    if trigger.frame in (VERB, GO) and trigger.kind in ("advance", "encirclement", "capture", "withdrawal"):
        return side in (RUSSIA, UKRAINE) or trigger.kind in ("capture", "encirclement")
    return True


def _came_about(passage: Passage, i: int, sentence: Sentence) -> bool:
    """`is now under Russian control`, not `remains in Ukrainian hands`."""
    near = passage.keys[max(sentence[0], i - 6) : i]
    return bool(set(near) & {"under", "in", "під", "под"}) and not any(
        key.startswith(("remain", "still", "залиша", "лиша", "оста")) for key in near
    )


def _event(passage: Passage, i: int, kind: str, spot: Spot, side: str, mode: str, name: str) -> Event:
    tokens = passage.tokens
    start = min(tokens.starts[i], tokens.starts[spot.first])
    end = max(tokens.ends[i], tokens.ends[spot.last - 1])
    return Event(start, end, kind, spot.mention.place_id or "", side, mode, name)


_CLAIM_WORDS = frozenset("claim claims report reports statement this that it assertion allegation both це это".split())
_HOW_FAR_BACK = 700


def _ends_on_claim(passage: Passage, i: int, last: int) -> bool:
    """`denied the claim.`, `denied it:`, `denied both claims` - and nothing more is said of what was denied."""
    return any(passage.keys[k] in _CLAIM_WORDS and passage.gaps[k] != " " for k in range(i + 1, min(last, i + 4)))


def _denied(passage: Passage, i: int, sentence: Sentence, found: list[Event], speakers: Speakers) -> list[Event]:
    """`Kyiv denied the claim.`: what was claimed just before, denied by this speaker."""
    first, last, _ = sentence
    if "deny" not in passage.words[i].tags or i == first or not _ends_on_claim(passage, i, last):
        return []
    start = passage.tokens.starts[first]
    claims = [event for event in found if event.modality == CLAIMED and start - event.end <= _HOW_FAR_BACK]
    voice = speakers.voice(passage, i + 1, sentence)
    if not claims or not voice.name or voice.name == claims[-1].attributed_to:
        return []
    told = [e for e in claims if (e.kind, e.attributed_to) == (claims[-1].kind, claims[-1].attributed_to)]
    end = passage.tokens.ends[min(i + 2, last - 1)]
    return [Event(start, end, e.kind, e.place_id, e.side, DENIED, voice.name) for e in told]
