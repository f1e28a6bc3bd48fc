"""Finding spans that a gazetteer name fits: longest match of whole words, before any judgement of what they mean."""

from dataclasses import dataclass, field

from extract import cyrillic, lexicon
from extract.tokens import LOWER, TITLE, UPPER, Tokens
from geodata import Candidate, Gazetteer, NameKind

_JOINTS = frozenset([" ", "-", "–", "‑", "\u00a0", ". ", ".", " - ", "-\n", "  "])
_SMALL_WORDS = frozenset(
    """
    of the on upon and am an a de del della di da do dos das du des la le les los las el al in na nad pod pri
    sur sous en bei ob der den zu sub sul y e i v у на під над с и по при ob
""".split()
)
_LOWER_TAILS = (
    lexicon.REGION_NOUNS | lexicon.DISTRICT_NOUNS | lexicon.WATER_NOUNS | lexicon.FEATURE_NOUNS
) | frozenset(
    """
    people's peoples state valley coast область область. край район республика республіка громада
""".split()
)


@dataclass(slots=True)
class Evidence:
    """One observation for (positive weight) or against a reading, in words a reporter understands."""

    weight: float
    text: str


@dataclass(slots=True)
class Toponym:
    """A span of tokens [first, last) that bears a gazetteer name, with what speaks for and against it."""

    first: int
    last: int
    start: int
    end: int
    text: str
    key: str
    candidates: tuple[Candidate, ...]
    evidence: list[Evidence] = field(default_factory=list)
    score: float = 0.0
    """Sum of the evidence; above zero the span is taken for a place."""
    wanted: str | None = None
    rejected_by: str = ""
    certain_person: bool = False
    """The very words are a person's name, not merely a surname that the text gives somebody elsewhere."""

    def note(self, weight: float, text: str) -> None:
        """Add one observation."""
        self.score += weight
        self.evidence.append(Evidence(weight, text))


def find_toponyms(tokens: Tokens, gazetteer: Gazetteer) -> list[Toponym]:
    """Leftmost-longest spans whose folded words are a name in the gazetteer, in order, never overlapping."""
    found, reached = [], 0
    keys, gaps, skip = tokens.keys, tokens.gaps, lexicon.FUNCTION_WORDS
    for i in _openers(tokens):
        if i < reached or (keys[i] in skip and not _abbreviation_like(tokens, i)):
            continue
        toponym = _longest(tokens, i, keys, gaps, gazetteer)
        if toponym:
            found.append(toponym)
            reached = toponym.last
    return found


def _openers(tokens: Tokens) -> list[int]:
    """Tokens that may open a name: capitals, and the few names that are put in lower case on purpose."""
    if cyrillic.LOWER_CASE_NAMES.isdisjoint(tokens.keys):
        return tokens.capitals
    return [i for i, (case, key) in enumerate(zip(tokens.cases, tokens.keys, strict=True))
            if case != LOWER or key in cyrillic.LOWER_CASE_NAMES]  # fmt: skip


def _abbreviation_like(tokens: Tokens, i: int) -> bool:
    """US, U.S., DC: capitals throughout, which the pronoun never is outside headlines in capitals."""
    return tokens.cases[i] == UPPER or "." in tokens.words[i]


def _longest(tokens: Tokens, i: int, keys: list[str], gaps: list[str], gazetteer: Gazetteer) -> Toponym | None:
    """The longest name that starts at token `i`; the gazetteer is asked on word by word while a longer one exists."""
    text, last, ends = keys[i], i, []
    while (
        last + 1 < len(keys)
        and gaps[last] in _JOINTS
        and gazetteer.opens_longer_name(text + "s" if tokens.possessive[last] else text)
    ):
        text += ("s " if tokens.possessive[last] else " ") + keys[last + 1]
        last += 1
        ends.append((last + 1, text))
    for end, name in reversed(ends):
        toponym = _accept_case(tokens, i, end, name, gazetteer) if gazetteer.candidates(name) else None
        if toponym:
            return toponym
    return _accept_case(tokens, i, i + 1, keys[i], gazetteer) if gazetteer.candidates(keys[i]) else None


def _accept_case(tokens: Tokens, first: int, last: int, key: str, gazetteer: Gazetteer) -> Toponym | None:
    """The span as a toponym, if its words are written the way the name would be."""
    cases, keys = tokens.cases, tokens.keys
    candidates = gazetteer.candidates(key)
    for k in range(first + 1, last):
        if cases[k] == LOWER and keys[k] not in _SMALL_WORDS and keys[k] not in _LOWER_TAILS:
            candidates = tuple(c for c in candidates if _has_lower_case_words(c))
    if last - first > 1 and cases[last - 1] == LOWER and keys[last - 1] in _SMALL_WORDS:
        return None
    if key in lexicon.ORGANISATION_WORDS:
        return None
    written = tokens.words[first:last]
    capitals = all(case == UPPER for case in cases[first:last]) or "." in written[0]
    single = last - first == 1
    if capitals and single and key in _PRONOUNS and _among_capitals(tokens, first):
        return None
    if capitals and single and (len(key) <= 3 or _in_capitals_by_habit(tokens, first)):
        candidates = tuple(c for c in candidates if _may_be_capitals(c, key))
    elif single and not capitals:
        candidates = tuple(c for c in candidates if c.name_kind is not NameKind.ABBREVIATION)
    candidates = _as_written(candidates, tokens, first, last)
    if single and len(key) <= 2:
        candidates = tuple(c for c in candidates if c.name_kind is NameKind.ABBREVIATION)
    if not candidates or _is_currency(tokens, first, last):
        return None
    start, end = tokens.starts[first], tokens.ends[last - 1]
    return Toponym(first, last, start, end, tokens.text[start:end], key, candidates)


def _has_lower_case_words(candidate: Candidate) -> bool:
    """Names of features and regions hold ordinary words (`Чорного моря`, `Luhansk power plant`); towns' do not."""
    return candidate.place.layer != "world" and not candidate.place.is_settlement


def _as_written(candidates: tuple[Candidate, ...], tokens: Tokens, first: int, last: int) -> tuple[Candidate, ...]:
    """Adjectives of names where a noun that takes them follows, and only there: `Бахмутський район`, not `Зеленський`.

    Before such a noun the adjective is of the town (Бахмут), not the village that is called so (Бахмутське).
    """
    adjectives = tuple(c for c in candidates if c.name_kind is NameKind.ADJECTIVE)
    if not adjectives:
        return candidates
    if adjective_noun(tokens, last):
        return adjectives
    return tuple(c for c in candidates if c.name_kind is not NameKind.ADJECTIVE)


def adjective_noun(tokens: Tokens, last: int) -> str | None:
    """The kind of noun that the adjective ending before token `last` belongs to, past further ones of a list.

    `Раївській та Великомихайлівській громадам` gives `settlement` for both; None where no such noun follows.
    """
    k, steps = last, 0
    while k < len(tokens) and steps < _LONGEST_ADJECTIVE_LIST:
        gap = tokens.gaps[k - 1]
        if gap not in (" ", ", ", "-", " – ", " - ", " — "):
            return None
        kind = cyrillic.kind_after(tokens.keys[k]) if tokens.cases[k] == LOWER or len(tokens.keys[k]) <= 3 else None
        if kind:
            # the adjectives of one noun agree: `Ольгівське, Кам'янське Запорізької області` are villages of the oblast
            return kind if k == last or tokens.keys[k - 1][-2:] == tokens.keys[last - 1][-2:] else None
        if tokens.cases[k] == LOWER and tokens.keys[k] not in _AND:
            return None
        k, steps = k + 1, steps + 1
    return None


_AND = frozenset(["і", "й", "та", "и", "а", "також", "також"])
_LONGEST_ADJECTIVE_LIST = 14


def _is_currency(tokens: Tokens, first: int, last: int) -> bool:
    """`US$5`, `$US4.5 billion`."""
    text = tokens.text
    return (
        text[tokens.ends[last - 1] : tokens.ends[last - 1] + 1] == "$"
        or text[max(0, tokens.starts[first] - 1) : tokens.starts[first]] == "$"
    )


_PRONOUNS = frozenset(["us", "it", "in", "or", "me", "hi"])


def _among_capitals(tokens: Tokens, i: int) -> bool:
    """Whether the words on both sides, or the only one, are in capitals too: a shouted line, not an abbreviation."""
    sides = [k for k in (i - 1, i + 1) if 0 <= k < len(tokens)]
    return tokens.words[i].isalpha() and all(tokens.cases[k] == UPPER for k in sides)


def _may_be_capitals(candidate: Candidate, key: str) -> bool:
    """Which places a short word in capitals may be: abbreviations, and large names as datelines print them."""
    if candidate.name_kind is NameKind.ABBREVIATION:
        return True
    return len(key) > 3 and candidate.name_kind is NameKind.MAIN and candidate.place.population >= 300_000


def _in_capitals_by_habit(tokens: Tokens, i: int) -> bool:
    """A lone word of capitals amid ordinary writing is an abbreviation unless it opens its line, as datelines do:
    `BUCHA, Ukraine`, `KYIV/SUMY, May 30`."""
    if len(tokens.words[i]) > 5:
        return False
    first = i
    while first and tokens.gaps[first - 1] == "/" and tokens.cases[first - 1] == UPPER:
        first -= 1
    opens_line = first == 0 or "\n" in tokens.gaps[first - 1]
    after = tokens.cases[i + 1] if i + 1 < len(tokens) else TITLE
    return not opens_line and after != UPPER
