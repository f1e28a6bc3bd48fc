"""Names that merely contain a place: papers, units, clubs, treaties, institutes."""

from extract import lexicon
from extract.origin.sources import outlet_names
from extract.tokens import LOWER, Tokens

_LINKS = frozenset(["of", "for", "the", "and", "on"])


def organisation_around(tokens: Tokens, first: int, last: int) -> str:
    """The organisation's name that the span [first, last) is part of, as written; empty when it is part of none."""
    return (
        _outlet(tokens, first, last)
        or _preceded(tokens, first, last)
        or _headed(tokens, first, last)
        or _followed(tokens, first, last)
    )


def _text(tokens: Tokens, first: int, last: int) -> str:
    return tokens.text[tokens.starts[first] : tokens.ends[last - 1]]


def _outlet(tokens: Tokens, first: int, last: int) -> str:
    """A news outlet or institute of the table whose name covers the span and more."""
    if not _beside_more(tokens, first, last):
        return ""
    start = first
    while start > 0 and first - start < 4 and tokens.gaps[start - 1] in (" ", "-"):
        start -= 1
    end = last
    while end < len(tokens) and end - last < 2 and tokens.gaps[end - 1] in (" ", "-"):
        end += 1
    if end - start <= last - first:
        return ""
    names, keys = outlet_names(), tokens.keys
    for low in range(start, first + 1):
        for high in range(end, last - 1, -1):
            if high - low > last - first and " ".join(keys[low:high]) in names:
                return _text(tokens, low, high)
    return ""


def _beside_more(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a word that could belong to a longer name stands beside the span."""
    if first and (tokens.cases[first - 1] != LOWER or tokens.keys[first - 1] in _LINKS):
        return True
    return last < len(tokens.cases) and tokens.cases[last] != LOWER


def _preceded(tokens: Tokens, first: int, last: int) -> str:
    """`Battlegroup X`, `cruiser X`, `Shakhtar X`."""
    if (
        first
        and tokens.gaps[first - 1] in (" ", ' "', " “", " «")
        and tokens.keys[first - 1] in lexicon.ORGANISATION_BEFORE
    ):
        return _text(tokens, first - 1, last)
    return ""


def _headed(tokens: Tokens, first: int, last: int) -> str:
    """`University of X`, `Institute for the Study of X`: a capitalised head joined to the span by small words."""
    k = first - 1
    if k < 0 or tokens.keys[k] not in _LINKS:
        return ""
    while k >= 0 and first - k <= 7 and tokens.gaps[k] == " ":
        if tokens.cases[k] == LOWER:
            if tokens.keys[k] not in _LINKS:
                return ""
        elif tokens.keys[k] in lexicon.ORGANISATION_HEADS:
            return _text(tokens, k, last)
        k -= 1
    return ""


def _followed(tokens: Tokens, first: int, last: int) -> str:
    """`X Brigade`, `X Times`, `X 2nd Army Corps`: a capitalised noun of organisations after the span."""
    if tokens.possessive[last - 1]:
        return ""
    k = last
    while k < len(tokens) and k - last < 3 and tokens.gaps[k - 1] in (" ", "-"):
        if tokens.cases[k] == LOWER and tokens.keys[k] in lexicon.UNIT_NOUNS and k == last:
            return _text(tokens, first, k + 1)
        if tokens.cases[k] == LOWER and not tokens.words[k].isdigit():
            return ""
        if tokens.keys[k] in lexicon.ORGANISATION_AFTER:
            return _text(tokens, first, k + 1)
        if tokens.keys[k] in lexicon.CIVIC_AFTER or tokens.keys[k] in lexicon.KIND_AFTER:
            return ""
        k += 1
    return ""
