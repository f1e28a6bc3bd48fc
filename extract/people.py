"""Person memory: which words of a text are people's names, and who bears them."""

from dataclasses import dataclass, field

from extract import lexicon
from extract.lexicon import words
from extract.tokens import LOWER, TITLE, Tokens

_NOT_SURNAMES = (
    lexicon.REGION_NOUNS | lexicon.DISTRICT_NOUNS | lexicon.SETTLEMENT_NOUNS | lexicon.WATER_NOUNS
    | lexicon.FEATURE_NOUNS | lexicon.ORGANISATION_AFTER | lexicon.CIVIC_AFTER | lexicon.DIRECTIONS
    | lexicon.MONTHS_AND_DAYS | lexicon.DEMONYMS
    | lexicon.FUNCTION_WORDS | lexicon.AREA_NOUNS | lexicon.PERSON_TITLES
    | words("defense defence affairs staff security state interior foreign armed forces force ground war group")
    | words("national")
)  # fmt: skip
_NAME_WORDS = 3


@dataclass(slots=True)
class People:
    """`tokens`: token number -> the full name it is part of; `surnames`: folded surname -> full name."""

    tokens: dict[int, str] = field(default_factory=dict)
    surnames: dict[str, str] = field(default_factory=dict)
    opened: set[int] = field(default_factory=set)


def find_people(tokens: Tokens, place_pairs: frozenset[int]) -> People:
    """People named in the text by given name, title, or the words around a capitalised pair.

    `place_pairs` are tokens that open a place name of several words (San Jose), which is no given name with surname.
    """
    people, given = People(), lexicon.given_names()
    for i in tokens.capitals:
        if i in people.tokens:
            continue
        end = 0
        if _after_title(tokens, i) or tokens.keys[i] in given and i not in place_pairs and _surname_follows(tokens, i):
            end = _name_end(tokens, i)
        elif i not in place_pairs and _introduced(tokens, i, given):
            end = i + 2
        if end:
            _remember(tokens, i, end, people)
    return people


def _joined(tokens: Tokens, i: int) -> bool:
    """Whether the next token may belong to the same name: a space, a hyphen or an initial's full stop between."""
    return not tokens.possessive[i] and tokens.gaps[i] in (" ", "-", ". ", "‑")


def _may_be_surname(tokens: Tokens, i: int) -> bool:
    return tokens.cases[i] == TITLE and tokens.keys[i] not in _NOT_SURNAMES


def _surname_follows(tokens: Tokens, i: int) -> bool:
    if not _joined(tokens, i) or i + 1 >= len(tokens):
        return False
    if tokens.gaps[i] == ". " and len(tokens.words[i]) > 3:
        return False
    if tokens.keys[i + 1] in lexicon.NAME_PARTICLES and i + 2 < len(tokens):
        return _joined(tokens, i + 1) and _may_be_surname(tokens, i + 2)
    return _may_be_surname(tokens, i + 1)


def _after_title(tokens: Tokens, i: int) -> bool:
    """`General Syrskyi`, `spokesman Kirby`, `Mayor Dennis Walaker`; not `President of ...`, not `Prime Minister`."""
    if i == 0 or tokens.gaps[i - 1] not in (" ", ". ") or not _may_be_surname(tokens, i):
        return False
    title = tokens.keys[i - 1]
    follows = tokens.keys[i + 1] if i + 1 < len(tokens) and tokens.gaps[i] == " " else ""
    given = lexicon.given_names()
    if follows in given and tokens.cases[i + 1] == TITLE and tokens.keys[i] not in given:
        return False  # `Президент України Володимир ...`: the title's country stands between
    if title not in lexicon.PERSON_TITLES or tokens.possessive[i - 1]:
        return False
    return tokens.gaps[i - 1] == " " or len(title) <= 4


def _introduced(tokens: Tokens, i: int, given: frozenset[str]) -> bool:
    """Two capitalised words that the text treats as a person: `X Y said`, `X Y, a commander`, `X Y, 45,`."""
    if i + 2 >= len(tokens) or tokens.gaps[i] != " " or tokens.possessive[i] or tokens.possessive[i + 1]:
        return False
    if not (_may_be_surname(tokens, i) and _may_be_surname(tokens, i + 1)):
        return False
    if i and tokens.cases[i - 1] != LOWER and tokens.gaps[i - 1] == " ":
        return False
    if i and tokens.keys[i - 1] in ("the", "in", "at", "near", "from"):
        return False
    gap, after = tokens.gaps[i + 1], tokens.keys[i + 2]
    if gap == " ":
        return after in lexicon.SPEECH_VERBS
    return gap == ", " and ((after.isdigit() and len(after) == 2) or after in ("aged", "who"))


def _name_end(tokens: Tokens, i: int) -> int:
    """One past the last token of the name that starts at `i`, at most three capitalised words with particles."""
    last, names = i + 1, 1
    while last < len(tokens) and names < _NAME_WORDS and _joined(tokens, last - 1):
        if tokens.keys[last] in lexicon.NAME_PARTICLES and last + 1 < len(tokens) and tokens.cases[last + 1] == TITLE:
            last += 1
            continue
        if not _may_be_surname(tokens, last) or (tokens.gaps[last - 1] == ". " and len(tokens.words[last - 1]) > 3):
            break
        last, names = last + 1, names + 1
    return last


def _remember(tokens: Tokens, first: int, last: int, people: People) -> None:
    name = tokens.text[tokens.starts[first] : tokens.ends[last - 1]]
    people.opened.add(first)
    for k in range(first, last):
        people.tokens[k] = name
    surname = tokens.keys[last - 1]
    known = people.surnames.get(surname)
    if len(surname) > 2 and (known is None or len(name) > len(known)):
        people.surnames[surname] = name
