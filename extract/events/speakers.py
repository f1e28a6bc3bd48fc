"""Who says so: speech verbs before or after the clause, `according to`, a headline's end, a running quotation."""

import re
from dataclasses import dataclass, field

from extract.events.names import speaker_name
from extract.events.text import Passage
from extract.events.words import OTHER, RUSSIA, UKRAINE, UNKNOWN
from extract.lexicon import words

_SPEECH = frozenset("speech claim deny confirm".split())
_PRONOUNS = words("he she they it who він вона вони он она они")
_ACCORDING = words("according словам словами даними данным інформацією информации")
_CREDIT = words("за по згідно согласно")
_QUOTING = frozenset("cited cites citing quoted quotes quoting".split())
_BE = frozenset("be been being is are was were".split())
_GAP_ENDS = re.compile(r"[.;:!?\n“”\"()]")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says it, on which side that speaker is, and how: speech, claim, deny or confirm. Empty: the writer."""

    name: str = ""
    side: str = ""
    manner: str = ""


@dataclass(slots=True)
class Speakers:
    """Remembers who spoke, so that `he`, a surname or a quotation that runs on lead back to the name."""

    last: Voice = field(default_factory=Voice)
    sides: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    spoken_in: int = -9

    def voice(self, passage: Passage, i: int, sentence: tuple[int, int, int]) -> Voice:
        """Who says the clause around token `i`."""
        first, end, number = sentence
        found = self._before(passage, i, first) or self._after(passage, i, end) or self._credited(passage, i, sentence)
        found = found or _headline(passage, i, first, end)
        if found:
            return self._remember(passage, *found, number)
        opening = passage.tokens.text[max(0, passage.tokens.starts[first] - 1) : passage.tokens.starts[first]]
        if opening in ("“", '"', "«") and not any(c in gap for gap in passage.gaps[first:i] for c in "”»"):
            self._catch_up(passage, number)
            if self.last.name and number - self.spoken_in <= 1:
                return Voice(self.last.name, self.last.side, "speech")
        return Voice()

    def _catch_up(self, passage: Passage, number: int) -> None:
        """Note who spoke in the sentences just before, of which no event was told."""
        for n in range(max(0, self.spoken_in + 1, number - 2), number):
            first, end, _ = (*passage.sentences[n], n)
            found = self._after(passage, first, end) or self._before(passage, end, first)
            if found:
                self._remember(passage, *found, n)

    def _before(self, passage: Passage, i: int, first: int) -> tuple[int, int, str] | None:
        """`X said that ...`: token range of the speaker, and the manner."""
        for k in range(_start(passage, i), first - 1, -1):
            if ";" in passage.gaps[k] and k < i:
                return None
            manner = passage.words[k].tags & _SPEECH
            if manner and k > first and passage.keys[k - 1] in _BE:
                continue
            if not manner or passage.keys[k] in _ACCORDING or passage.tokens.cases[k]:
                continue
            cited = _cited(passage, k, first)
            if cited:
                return cited, k - 1, next(iter(manner))
            start = k
            while start > first and k - start < 24 and not _GAP_ENDS.search(passage.gaps[start - 1]):
                if start < k and _cuts_off(passage, start, k):
                    break
                start -= 1
            if start < k:
                return start, k, next(iter(manner))
        return None

    def _after(self, passage: Passage, i: int, end: int) -> tuple[int, int, str] | None:
        """`..., X said`, `...,” said X`: the speech verb follows a comma or a quotation mark."""
        comma = None
        for k in range(i + 1, end):
            gap = passage.gaps[k - 1]
            if ";" in gap or ":" in gap:
                return None
            if "," in gap or "”" in gap or "—" in gap or "–" in gap:
                comma = k if comma is None or k - comma > 16 else comma
            manner = passage.words[k].tags & _SPEECH
            if not manner or comma is None or passage.keys[k] in _ACCORDING:
                continue
            if "," in gap and (not passage.keys[k].isascii() or _opens_name(passage, k + 1)):
                comma = k  # those before it part a list: `took A, B and C, said D`
            quoted = any(c in passage.gaps[k - 1] for c in '”"»“')
            verb_first = quoted or not passage.keys[k].isascii()
            if k == comma and (verb_first or passage.keys[k] != "told" and _opens_name(passage, k + 1)):
                stop = k + 1
                while stop < end and stop - k < 14 and not _named_by(passage, k, stop):
                    stop += 1
                return k + 1, stop, next(iter(manner))
            if comma < k and k - comma <= 16 and not any(passage.tagged(n, "stop") for n in range(comma, k)):
                return comma, k, next(iter(manner))
            return None
        return None

    def _credited(self, passage: Passage, i: int, sentence: tuple[int, int, int]) -> tuple[int, int, str] | None:
        """`according to X`, `за словами X`, `по данным X`."""
        first, end, _ = sentence
        for k in range(first, end):
            if (
                passage.keys[k] not in _ACCORDING
                or passage.keys[k] != "according"
                and (k == first or passage.keys[k - 1] not in _CREDIT)
            ):
                continue
            start = k + 2 if passage.keys[k] == "according" else k + 1
            stop = start
            while stop < end and stop - start < 12 and not (stop > start and _closes(passage, stop)):
                stop += 1
            if start < stop and not start <= i < stop:
                return start, stop, "speech"
        return None

    def _remember(self, passage: Passage, start: int, stop: int, manner: str, number: int) -> Voice:
        after = start > 0 and "," in passage.gaps[start - 1]
        name = speaker_name(passage, start, stop, after=after)
        described = stop + 8 if "," in passage.gaps[stop - 1] else stop
        side = next((w.side for w in passage.words[start:described] if w.side in (RUSSIA, UKRAINE, OTHER)), "")
        if not name or name.lower() in _PRONOUNS:
            self._catch_up(passage, number)
            if not self.last.name or number - self.spoken_in > 4:
                return Voice("", "", manner)
            return Voice(self.last.name, self.last.side, manner)
        surname = name.split()[-1].casefold()
        name = self.names.get(surname, name) if " " not in name else name
        if " " in name:
            self.names[surname] = name
        side = side or self.sides.get(surname, "")
        if side:
            self.sides[surname] = side
        self.last, self.spoken_in = Voice(name, side or UNKNOWN, manner), number
        return self.last


def _cited(passage: Passage, k: int, first: int) -> int:
    """First token of whom another is said to quote: `TASS cited the ministry as saying`; 0 for other speech."""
    if k <= first or passage.keys[k - 1] != "as":
        return 0
    quoting = (c for c in range(k - 2, max(first, k - 14), -1) if passage.keys[c] in _QUOTING)
    return next(quoting, -1) + 1


def _start(passage: Passage, i: int) -> int:
    """`Moscow claimed X` tells of the taking and of the claim in one word."""
    return i if i < len(passage.words) and "claim" in passage.words[i].tags else i - 1


def _named_by(passage: Passage, k: int, stop: int) -> bool:
    """Whether the speaker after the verb at `k` is named before token `stop`: `said X, an adviser to Y`."""
    gap = passage.gaps[stop - 1]
    return bool(_GAP_ENDS.search(gap)) or "," in gap and stop > k + 1 and bool(passage.tokens.cases[stop - 1])


def _cuts_off(passage: Passage, start: int, k: int) -> bool:
    """Whether the word before `start` parts the speaker of the verb at `k` from what is said before."""
    before = passage.words[start - 1]
    if passage.keys[start - 1] in ("that", "while", "and", "but", "що", "что"):
        return True
    another = before.tags & _SPEECH and not passage.tokens.cases[start - 1]
    return bool(another) and any(passage.tokens.cases[start:k])


def _ends(gap: str) -> bool:
    return bool(_GAP_ENDS.search(gap)) or "," in gap


def _closes(passage: Passage, k: int) -> bool:
    """Whether a credited name ends before token `k`: at a comma too, unless a name follows it."""
    gap = passage.gaps[k - 1]
    if "," in gap and passage.tokens.cases[k] and k + 1 < len(passage.keys) and passage.tokens.cases[k + 1]:
        return False
    return _ends(gap)


def _headline(passage: Passage, i: int, first: int, end: int) -> tuple[int, int, str] | None:
    """`Ukraine may pull back from Bakhmut: Zelensky adviser`."""
    for k in range(max(i, end - 5), end - 1):
        if passage.gaps[k] == ": " and "\n" in passage.gaps[end - 1]:
            return k + 1, end, "speech"
    return None


def _opens_name(passage: Passage, k: int) -> bool:
    return k < len(passage.keys) and (bool(passage.tokens.cases[k]) or passage.tagged(k, "det"))
