"""Places by their looks that the gazetteer lacks: shown and counted, never drawn, never dropped."""

from extract import lexicon
from extract.groups import lists_of
from extract.people import People
from extract.roles import LOCATION
from extract.tokens import LOWER, TITLE, Tokens
from extract.toponyms import Toponym
from extract.types import Mention

_BEFORE = lexicon.words(
    """
    village settlement hamlet town city villages towns settlements hamlets село селище місто смт деревня посёлок
    поселок город
"""
)
_AFTER = lexicon.words("oblast raion rayon village hamlet область район")
_NO_NAMES = lexicon.FUNCTION_WORDS | lexicon.DEMONYMS
_MOST_WORDS = 3


def find_unplaced(tokens: Tokens, toponyms: list[Toponym], people: People, accepted: list[Toponym]) -> list[Mention]:
    """Capitalised names that no gazetteer name covers and that the text makes a place: after "the village of",
    before "oblast", or in a list of settlements."""
    edges = {t.last for members in lists_of(accepted, tokens) for t in members if _lists_settlements(members, t)}
    settlements = [t for t in accepted if t.candidates[0].place.is_settlement]
    beside = frozenset(t.last for t in settlements), frozenset(t.first for t in settlements)
    taken = {k for t in toponyms for k in range(t.first, t.last)} | set(people.tokens)
    mentions: list[Mention] = []
    for i in tokens.capitals:
        if i in taken or tokens.cases[i] != TITLE or tokens.keys[i] in _NO_NAMES:
            continue
        if i and tokens.cases[i - 1] != LOWER and tokens.gaps[i - 1] in (" ", "-"):
            continue
        last = _end(tokens, i, taken)
        cue = _cue(tokens, i, last) or _listed(tokens, i, last, edges) or _between(tokens, i, last, beside)
        if cue:
            edges.add(last)
            taken.update(range(i, last))
            mentions.append(_mention(tokens, i, last, cue))
    return mentions


def _lists_settlements(members: list[Toponym], toponym: Toponym) -> bool:
    """A list of two or more places, or one announced as settlements, whose last named member is a settlement."""
    return toponym.candidates[0].place.is_settlement and (
        len(members) > 1 or toponym.wanted in ("village", "settlement")
    )


def _end(tokens: Tokens, i: int, taken: set[int]) -> int:
    last = i + 1
    while (
        last < len(tokens)
        and last - i < _MOST_WORDS
        and tokens.gaps[last - 1] in (" ", "-")
        and not tokens.possessive[last - 1]
        and tokens.cases[last] == TITLE
        and last not in taken
    ):
        last += 1
    return last


def _cue(tokens: Tokens, first: int, last: int) -> str:
    """The words that make the span a place; empty when there are none."""
    if first and tokens.gaps[first - 1] == " ":
        before = tokens.keys[first - 1]
        if before == "of" and first > 1 and tokens.keys[first - 2] in _BEFORE:
            return f"follows “{tokens.words[first - 2]} of”"
        if before in _BEFORE and tokens.cases[first - 1] == LOWER and before not in ("city", "town"):
            return f"follows “{tokens.words[first - 1]}”"
    if (
        last < len(tokens)
        and tokens.gaps[last - 1] == " "
        and tokens.keys[last] in _AFTER
        and tokens.cases[last] == LOWER
    ):
        return f"stands before “{tokens.words[last]}”"
    return ""


def _listed(tokens: Tokens, first: int, last: int, edges: set[int]) -> str:
    """Whether the span goes on a list of settlements: a member before it, and another or the list's end after it."""
    if first < 1:
        return ""
    gap, opener = tokens.gaps[first - 1], first
    if tokens.keys[first - 1] in _AND and gap == " ":
        opener, gap = first - 1, ", "
    if opener not in edges or gap not in (", ", "; "):
        return ""
    if last >= len(tokens):
        return "stands in a list of settlements"
    after, key = tokens.gaps[last - 1], tokens.keys[last]
    goes_on = after in (", ", "; ") and (tokens.cases[last] == TITLE or key in _AND)
    ends = after == " " and (key in _AND or key in _AFTER_LIST) or "." in after
    return "stands in a list of settlements" if goes_on or ends else ""


def _between(tokens: Tokens, first: int, last: int, beside: tuple[frozenset[int], frozenset[int]]) -> str:
    """Whether the span stands between two settlements of one list: `near A, X and B`. `beside`: where settlements end
    and begin."""
    ends, begins = beside
    if last >= len(tokens) or first not in ends or tokens.gaps[first - 1] != ", ":
        return ""
    gap, following = tokens.gaps[last - 1], last
    if tokens.keys[last] in _AND and gap in (" ", ", "):
        gap, following = ", ", last + 1
    return "stands in a list of settlements" if gap == ", " and following in begins else ""


_AFTER_LIST = lexicon.PLACE_PREPOSITIONS | lexicon.DIRECTIONS | frozenset(["directions", "direction", "areas", "area"])
_AND = frozenset(["and", "or", "та", "і", "й", "и"])


def _mention(tokens: Tokens, first: int, last: int, cue: str) -> Mention:
    start, end = tokens.starts[first], tokens.ends[last - 1]
    text = tokens.text[start:end]
    return Mention(
        start=start,
        end=end,
        text=text,
        status="unplaced",
        role=LOCATION,
        confidence=0.6,
        reason=f"“{text}” {cue}, so it names a place, but the gazetteer has no place of that name.",
    )
