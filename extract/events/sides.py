"""Whose deed it is: the nearest side that can be the doer, the one named after `by`, or who must have been."""

from extract.events.modality import Governors
from extract.events.speakers import Voice
from extract.events.text import Passage, Spot
from extract.events.words import FALL, LOSE, NEEDED_WITHIN, NOUN, OTHER, RUSSIA, STATE, UKRAINE, UNKNOWN, VERB, Trigger

_FOE = {RUSSIA: UKRAINE, UKRAINE: RUSSIA, UNKNOWN: UNKNOWN}
_FAR = 45
_AGENT_REACH = 9
Sentence = tuple[int, int, int]
_SETTLED = (RUSSIA, UKRAINE, OTHER)


def side_of(
    passage: Passage, trigger: Trigger, governors: Governors, sentence: Sentence, spot: Spot, voice: Voice
) -> str:
    """russia, ukraine, other or unknown. `voice`: whoever says so, whose own side tells whose `its troops` are."""
    if trigger.side == "both":
        return UNKNOWN
    speaker, owner = voice.side, passage.owner(spot)
    found = _named(passage, trigger, governors, sentence, owner, speaker)
    if found:
        side = _resolve(found, owner, speaker)
        return _FOE.get(side, UNKNOWN) if trigger.frame == LOSE else side
    if trigger.side and owner != UNKNOWN:
        settled = _FOE[owner] if trigger.side == "foe" else owner
        # Each side calls its own taking of a town a liberation.
        return speaker if trigger.side == "own" and speaker in (RUSSIA, UKRAINE) else settled
    if trigger.kind != "capture" or speaker not in (RUSSIA, UKRAINE):
        return UNKNOWN
    return _FOE[speaker] if voice.manner == "deny" else speaker


def _named(
    passage: Passage, trigger: Trigger, governors: Governors, sentence: Sentence, owner: str, speaker: str
) -> str:
    """The side that the sentence names as the doer; `attacker`, `defender`, `enemy` are yet to be resolved."""
    first, end, _ = sentence
    i = governors.i
    found = _agent_after(passage, i, end, trigger) or _holder(passage, i, first, end, trigger)
    if found or trigger.frame == STATE:
        return found
    if trigger.frame == NOUN:
        return _owner_of_noun(passage, trigger, governors, sentence, owner, speaker)
    if trigger.frame == FALL and trigger.needs:
        return _between(passage, i, end, trigger)
    if governors.passive:
        found = _cyrillic_doer(passage, i, end)
    elif trigger.frame != FALL:
        found = _doer(passage, governors.left, first, speaker) or _cyrillic_doer(passage, i, end)
    if not found and trigger.kind == "defence" and trigger.frame == VERB:
        return _FOE.get(_modifier(passage, i, first), speaker)
    return found


def _between(passage: Passage, i: int, end: int, trigger: Trigger) -> str:
    """`under heavy Russian fire`: the side named before the word that the trigger needs."""
    for k in range(i + 1, min(end, i + 1 + NEEDED_WITHIN)):
        if passage.words[k].side:
            return passage.words[k].side
        if passage.keys[k] in trigger.needs:
            break
    return ""


def _owner_of_noun(
    passage: Passage, trigger: Trigger, governors: Governors, sentence: Sentence, owner: str, speaker: str
) -> str:
    """Whose shelling, withdrawal or attack it is."""
    first, end, _ = sentence
    i = governors.i
    found = _modifier(passage, i, first)
    if not found and trigger.kind != "visit":
        found = _doer(passage, governors.left, first, speaker) or _cyrillic_doer(passage, i, end)
        if _is_repelled(passage, i, first, end):
            found = _FOE.get(_resolve(found, owner, speaker), "")
        elif _other_is_near(passage, governors.left, first, found):
            found = ""
    return found or (speaker if _own(passage, i, first, end) else "")


def _is_repelled(passage: Passage, i: int, first: int, end: int) -> bool:
    """`repelled attacks near X`, `attacks repelled near X`: the attacks are the others'."""
    around = passage.words[max(first, i - 3) : min(end, i + 3)]
    return any(t.kind == "defence" and t.frame == VERB for word in around for t in word.triggers)


def _other_is_near(passage: Passage, k: int, first: int, found: str) -> bool:
    """Whether another side than the one found is spoken of in between: then it is not clear whose the deed is."""
    for n in range(k, max(first, k - _FAR) - 1, -1):
        side = passage.words[n].side
        if side == found:
            return False
        if side in (RUSSIA, UKRAINE) and found in (RUSSIA, UKRAINE) and n not in passage.spot_at:
            return True
    return False


_ANNOUNCED = ("announc", "declar", "оголо", "объяв")


def _own(passage: Passage, i: int, first: int, end: int) -> bool:
    """`announced the withdrawal`, `the withdrawal of its units`: what a side tells of itself."""
    if any("self" in passage.words[k].tags for k in range(max(first, i - 2), min(end, i + 4))):
        return True
    return any(passage.keys[k].startswith(_ANNOUNCED) for k in range(max(first, i - 3), i))


def _resolve(found: str, owner: str, speaker: str) -> str:
    if found == "enemy":
        return _FOE[speaker if speaker in (RUSSIA, UKRAINE) else owner]
    if found == "attacker":
        return _FOE[owner]
    if found == "defender":
        return owner
    return found if found in _SETTLED else UNKNOWN


def _agent_after(passage: Passage, i: int, end: int, trigger: Trigger) -> str:
    """`captured by Russian forces`, `fell to the Russians`, `withdrawal of Ukrainian troops`."""
    leads = {"by"} | ({"to"} if trigger.frame == FALL else set()) | ({"of"} if trigger.frame == NOUN else set())
    for k in range(i + 1, min(end - 1, i + 1 + _AGENT_REACH)):
        if any(c in passage.gaps[k - 1] for c in ".;:") or passage.tagged(k, "stop"):
            return ""
        if passage.keys[k] in leads and (passage.keys[k] != "of" or k == i + 1):
            for n in range(k + 1, min(end, k + 5)):
                word = passage.words[n]
                if word.side and n not in passage.spot_at and (word.alone or _with_actor(passage, n, end)):
                    return word.side
                if n in passage.covered:
                    break
    return ""


def _holder(passage: Passage, i: int, first: int, end: int, trigger: Trigger) -> str:
    """`under full Russian control`, `in Ukrainian hands`, `under the control of the Russians`."""
    if trigger.frame != STATE:
        return ""
    for k in (*range(i - 1, max(first, i - 4) - 1, -1), *range(i + 1, min(end, i + 5))):
        if passage.words[k].side:
            return passage.words[k].side
    return ""


_ENDS_PHRASE = frozenset("stop prep aux speech claim deny confirm".split())


def _modifier(passage: Passage, i: int, first: int) -> str:
    """`Russian artillery strikes on`, `Ukraine's withdrawal from`."""
    for k in range(i - 1, max(first, i - 5) - 1, -1):
        word = passage.words[k]
        if passage.gaps[k] not in (" ", "-") or word.tags & _ENDS_PHRASE or any(t.frame == VERB for t in word.triggers):
            return ""
        if word.side and k not in passage.spot_at:
            return word.side
    return ""


def _with_actor(passage: Passage, k: int, end: int) -> bool:
    """Whether the adjective at `k` qualifies people who act: `Russian forces`, `Ukraine's 72nd brigade`."""
    for n in range(k + 1, min(end, k + 5)):
        if passage.gaps[n - 1] not in (" ", "-") or n in passage.spot_at:
            return False
        if "actor" in passage.words[n].tags:
            return True
        if "place" in passage.words[n].tags or "prep" in passage.words[n].tags:
            return False
    return False


def _doer(passage: Passage, k: int, first: int, speaker: str) -> str:
    """The nearest side to the left that is not merely spoken of; the speaker's own for `its troops`, `our units`."""
    own = False
    for n in range(k, max(first, k - _FAR) - 1, -1):
        word = passage.words[n]
        if "self" in word.tags or "unit" in word.tags:
            own = True
        if _introduces(passage, n, k):
            return speaker if own and speaker in (RUSSIA, UKRAINE) else ""
        if not word.side or n in passage.spot_at or _is_only_a_country(passage, n):
            continue
        if _merely_spoken_of(passage, n, first, k):
            continue
        joined = passage.gaps[n] in ("-", "–")
        if joined and passage.keys[n + 1] in ("held", "occupied", "controlled"):
            continue
        stands = word.alone and not passage.tokens.possessive[n]
        if stands or n == k or _with_actor(passage, n, k + 1):
            return word.side
    return speaker if own and speaker in (RUSSIA, UKRAINE) else ""


def _is_only_a_country(passage: Passage, n: int) -> bool:
    """A country as a place; in `the Armed Forces of Ukraine`, `армія Росії` it says whose forces they are."""
    if n not in passage.covered or passage.tokens.possessive[n]:
        return False
    k = n - 1 if n and passage.keys[n - 1] != "of" else n - 2
    return k < 0 or "actor" not in passage.words[k].tags


def _introduces(passage: Passage, n: int, k: int) -> bool:
    """Whether token `n` is a verb of saying that opens the clause around `k`; `..., X said, ...` does not."""
    if not passage.words[n].tags & {"speech", "claim", "confirm", "deny"} or passage.tokens.cases[n]:
        return False
    if n > k or passage.keys[n] in _CREDITS:
        return False
    return not any("," in passage.gaps[m] for m in range(n, k))


_CREDITS = frozenset("according словам словами даними данным reports".split())
_OBJECT_OF = frozenset(
    "against of from with for over at in on toward towards like than to near and between".split()
) - {"and"}


def _merely_spoken_of(passage: Passage, n: int, first: int, k: int) -> bool:
    """`the invasion of Ukraine`, `strikes on Russian forces`: named, but not as the one who does it."""
    m = n - 1
    while m >= first and passage.gaps[m] == " " and "det" in passage.words[m].tags:
        m -= 1
    if m < first or passage.gaps[m] != " ":
        return False
    if passage.keys[m] not in _OBJECT_OF:
        return _is_object(passage, m, k)
    told = passage.keys[m] == "to" and m > first and passage.keys[m - 1] == "according"
    units = passage.keys[m] == "of" and m > first and "actor" in passage.words[m - 1].tags
    return not told and not units


def _is_object(passage: Passage, m: int, k: int) -> bool:
    """`drove Ukrainian forces out and ...`: what stands before the side is a verb that acts on it."""
    key = passage.keys[m]
    acts = (
        key in _DRIVES
        or key.endswith("ed")
        and not passage.words[m].tags & {"speech", "claim", "confirm", "deny", "real"}
    )
    return acts and passage.tokens.cases[m] == 0 and "to" not in passage.keys[m : k + 1]


_DRIVES = frozenset("drove beat hit struck fought drives driving killing told".split())


def _cyrillic_doer(passage: Passage, i: int, end: int) -> str:
    """Verb before subject: `обстрілюють росіяни`, `вдарили російські війська`."""
    if passage.keys[i].isascii():
        return ""
    for n in range(i + 1, min(end, i + 8)):
        if any(c in passage.gaps[n - 1] for c in ".,;:()"):
            return ""
        word = passage.words[n]
        if "prep" in passage.words[n - 1].tags:
            continue
        if word.side and n not in passage.spot_at and (word.alone or _with_actor(passage, n, end)):
            return word.side
    return ""
