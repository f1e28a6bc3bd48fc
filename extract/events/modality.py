"""Whether what a trigger tells of happened, is planned, advised or denied, or unclear: then there is no event."""

from extract.events.text import Passage
from extract.events.words import FALL, NOUN, STATE, Trigger
from extract.lexicon import words
from extract.types import EVENT_MODALITIES

ASSERTED, CLAIMED, DENIED, PLANNED, ADVISED = EVENT_MODALITIES
_FIRST_TO = frozenset("first last only next".split())
_CHAIN = frozenset("aux neg will may would real advise adverb passing fear".split())
_BE = frozenset("be been being is are was were got get am".split())
_BASE_FORMS = words("""
    capture seize take gain establish conquer occupy liberate recapture retake reclaim regain encircle surround besiege
    shell bombard bomb strike attack assault storm fight battle advance push press move break enter reach withdraw
    retreat pull fall leave abandon defend hold repel evacuate visit
""")
CYRILLIC_BE = words("бути був була було були быть был была было были")
_SHORT_PASSIVES = tuple("ено ано ито ято ен ена ены ані ені ана аны взят взята взяты занят занята заняты".split())
_GOVERNING = frozenset("will real advise neg may".split())
_RUSSIAN_INFINITIVES = words("""
    взять захватить освободить окружить окружать удержать отступить оставить эвакуировать посетить продвинуть
""")
_OWN_DECISION = frozenset("withdrawal visit evacuation counterattack advance defence".split())
_LOOK_LEFT = 7
_STEPS = 9
_FREE_GERUND = frozenset("after by while and since following besides".split())


class Governors:
    """The words that govern a trigger: those of its verb group and, for an infinitive, what it depends on."""

    def __init__(self, passage: Passage, i: int, first: int):
        self.passage, self.i, self.first = passage, i, first
        self.tags: set[str] = set()
        self.keys: set[str] = set()
        self.left = self._climb(i - 1)
        self.passive = self._is_passive()
        if passage.keys[i] in _BASE_FORMS and "to" not in self.keys and self._is_coordinated():
            self._join_infinitive()
        opener = passage.keys[self.left + 1] if self.left + 1 < i else ""
        if _is_infinitive(passage.keys[i]) and not self.tags & _GOVERNING:
            opener = "to"
        governed = self.tags & _GOVERNING or "have" in self.keys
        self.infinitive = not governed and ("to" in self.keys or _is_infinitive(passage.keys[i]))
        if self.infinitive or opener == "to":
            self._climb_over_object()

    def _is_passive(self) -> bool:
        """A form of *be* in the verb group with no infinitive between, or a short passive: `захоплено`, `взят`."""
        if not self.passage.keys[self.i].isascii():
            return self.passage.keys[self.i].endswith(_SHORT_PASSIVES) or bool(self.keys & CYRILLIC_BE)
        for k in range(self.i - 1, self.left, -1):
            if self.passage.keys[k] == "to":
                return False
            if self.passage.keys[k] in _BE:
                return not self.passage.keys[self.i].endswith("ing")
        return False

    def _is_coordinated(self) -> bool:
        k = self.left
        return k > self.first and (self.passage.keys[k] in ("and", "or", "but") or "," in self.passage.gaps[k])

    def _join_infinitive(self) -> None:
        """`in an attempt to capture the city and gain ...`: governed by what governs the first infinitive."""
        for k in range(self.left, max(self.first, self.left - 14) - 1, -1):
            if any(c in self.passage.gaps[k] for c in ".;:"):
                return
            if self.passage.keys[k] == "to":
                self._climb(k)
                return

    def _climb(self, k: int) -> int:
        """Collect the verb group leftwards from `k`; returns the first token outside it."""
        passage, steps = self.passage, 0
        while k >= self.first and steps < _STEPS and _same_phrase(passage.gaps[k]):
            word, key = passage.words[k], passage.keys[k]
            if k in passage.spot_at or not (word.tags & _CHAIN or key in ("to", "reported") or key.endswith("ly")):
                determined = word.tags & {"det"} and self.tags & {"will", "fear"}
                if not determined:
                    break
            if key in ("in", "of", "on") and not passage.keys[k + 1].endswith("ing"):
                break
            self.tags |= word.tags
            self.keys.add(key)
            k, steps = k - 1, steps + 1
        return k

    def _climb_over_object(self) -> None:
        """`advises Ukraine to withdraw`, `urged residents to leave`: past the one who is told."""
        k, passage = self.left, self.passage
        while k >= self.first and self.left - k < 5 and _same_phrase(passage.gaps[k]):
            word, key = passage.words[k], passage.keys[k]
            if key in _FIRST_TO:
                self.infinitive = False
            named = word.side or k in passage.covered or passage.tokens.cases[k] or key in _CIVILIANS
            if not (named or word.tags & {"det", "actor", "self"}):
                break
            k -= 1
        if k >= self.first and k < self.left and passage.words[k].tags & {"advise", "will", "real", "neg"}:
            self._climb(k)
            self.infinitive = False


def _is_infinitive(key: str) -> bool:
    """Ukrainian and Russian infinitives, which have no *to* before them."""
    return not key.isascii() and (key.endswith(("ти", "тися")) or key in _RUSSIAN_INFINITIVES)


def _same_phrase(gap: str) -> bool:
    return gap == " " or not any(c in gap for c in ".,;:!?()\n—")


def modality(
    passage: Passage, trigger: Trigger, governors: Governors, sentence: tuple[int, int, int], last: int
) -> str:
    """One of asserted, denied, planned, advised; empty when it cannot be told whether anything happens.

    `last`: end of the place's words, for what is said of a noun or gerund as a whole.
    """
    first, end, _ = sentence
    tags, i = governors.tags, governors.i
    if _hangs_in_the_air(passage, i, first, end, last, trigger, governors):
        return ""
    if trigger.frame == NOUN:
        tags = tags | _before_noun(passage, i, first)
        if "neg" in tags:
            return DENIED if set(passage.keys[max(first, i - 3) : i]) & _NONE else ""
        if trigger.side == "both" and tags & {"advise", "will"}:
            return ""
    if "advise" in tags:
        return ADVISED
    if "neg" in tags:
        return DENIED
    if "fear" in tags:
        return ""
    if "would" in tags or "may" in tags:
        return PLANNED if trigger.kind in _OWN_DECISION and trigger.frame not in (FALL, STATE) else ""
    if "will" in tags or governors.infinitive:
        return "" if trigger.frame in (FALL, STATE) else PLANNED
    after = passage.keys[i + 1 : min(end, i + 4)] if trigger.frame == NOUN else ()
    return CLAIMED if governors.keys & _HEARSAY or not _HEARSAY.isdisjoint(after) else ASSERTED


def _before_noun(passage: Passage, i: int, first: int) -> set[str]:
    """Tags of the few words before a noun and its modifiers that say whether it takes place."""
    tags: set[str] = set()
    for k in range(i - 1, max(first, i - _LOOK_LEFT) - 1, -1):
        if not _same_phrase(passage.gaps[k]) or passage.tagged(k, "stop"):
            break
        if passage.keys[k] not in ("will", "shall"):
            tags |= passage.words[k].tags & {"will", "advise", "neg", "fear", "may"}
        if passage.keys[k] == "any":
            tags.add("fear")
        if passage.keys[k] in _NONE:
            tags.add("neg")
    return tags


def _hangs_in_the_air(
    passage: Passage, i: int, first: int, end: int, last: int, trigger: Trigger, governors: Governors
) -> bool:
    """Conditions, fears, and nouns or gerunds of which something is only supposed."""
    for k in range(i - 1, first - 1, -1):
        tags = passage.words[k].tags
        if "if" in tags and i - k <= 12:
            return True
        if "fear" in tags and i - k <= _LOOK_LEFT:
            return True
        if "," in passage.gaps[k - 1] and k > first and k <= governors.left:
            break
    gerund = passage.keys[i].endswith("ing") and trigger.frame != NOUN
    if gerund and not governors.keys & _BE and "real" not in governors.tags and not _goes_on(passage, i, governors):
        return True
    if (trigger.frame == NOUN or gerund and not governors.keys & _BE) and _opens_clause(passage, i, first):
        return _only_supposed(passage, last, end)
    return False


def _opens_clause(passage: Passage, i: int, first: int) -> bool:
    """Whether the noun or gerund is the subject: only its own modifiers stand before it in the clause."""
    for k in range(i - 1, first - 1, -1):
        word = passage.words[k]
        if passage.gaps[k] != " " or "stop" in word.tags or word.tags & {"speech", "claim"}:
            return True
        if not (word.tags & {"det", "place"} or word.side or k in passage.covered):
            return False
    return True


def _only_supposed(passage: Passage, last: int, end: int) -> bool:
    """`... would be a victory`: the main verb after the place supposes it."""
    for k in range(last, min(end, last + 25)):
        if passage.tagged(k, "would") or passage.keys[k] in _SUPPOSED:
            return True
        if passage.tagged(k, "speech") or passage.gaps[k].startswith((".", ";")):
            break
    return False


_HEARSAY = frozenset("reportedly allegedly reported нібито якобы".split())
_CIVILIANS = words("civilians residents people children families women inhabitants locals citizens everyone")
_NONE = frozenset("no without немає нет без".split())
_SUPPOSED = frozenset("could might".split())


def _goes_on(passage: Passage, i: int, governors: Governors) -> bool:
    """A gerund that tells of a deed: `after taking X`, `..., capturing X`, or one that is advised or planned."""
    k = governors.left
    if governors.tags & {"advise", "will"} or k < governors.first:
        return bool(governors.tags & {"advise", "will"})
    if passage.tagged(k, "advise") or passage.keys[k] in _FREE_GERUND or "," in passage.gaps[k]:
        return True
    said = passage.words[k].tags & {"deny", "confirm", "claim", "speech"}
    return bool(said or passage.words[k].side) or k in passage.covered
