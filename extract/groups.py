"""Names that stand together lend each other evidence: lists, hyphen pairs, "Donetsk and Luhansk regions"."""

from itertools import zip_longest

from extract import lexicon
from extract.containers import containing_area
from extract.cyrillic import is_cyrillic
from extract.evidence import PERSON
from extract.tokens import Tokens
from extract.toponyms import Toponym
from geodata import Candidate, Gazetteer, NameKind, name_key

_JOINTS = frozenset(
    [",", "and", ", and", "or", ", or", "-", "–", "—", "/", "та", "і", "й", "и", ", та", ", и", "&", "as well as", "to"]
)
_REGION_WORDS = ("region", "oblast", "province", "область")


def link_lists(toponyms: list[Toponym], tokens: Tokens, gazetteer: Gazetteer) -> None:
    """Share evidence along lists, and let a plural kind word ("regions", "villages of") speak for every member."""
    for members in lists_of(toponyms, tokens):
        _share_kind(members, tokens)
        strongest = max((t for t in members if not t.rejected_by), key=lambda t: t.score, default=None)
        if len(members) < 2 or strongest is None or strongest.score <= 1.0:
            continue
        for toponym in members:
            if toponym is not strongest and not toponym.rejected_by:
                toponym.note(min(1.6, 0.5 * strongest.score), f"it stands in a list with “{strongest.text}”")
    for toponym, following in zip_longest(toponyms, toponyms[1:]):
        _admit_region(toponym, gazetteer)
        _admit_river(toponym, tokens, gazetteer)
        if following and tokens.text[toponym.end : following.start] in (", ", " ("):
            _contained(toponym, following)


def lists_of(toponyms: list[Toponym], tokens: Tokens) -> list[list[Toponym]]:
    """Runs of toponyms joined by nothing but commas, hyphens and conjunctions; singles are lists of one."""
    runs: list[list[Toponym]] = []
    for toponym in toponyms:
        previous = runs[-1][-1] if runs else None
        if previous and previous.last <= toponym.first:
            joint = tokens.text[previous.end : toponym.start].strip()
            if joint in _JOINTS and (joint or False):
                runs[-1].append(toponym)
                continue
        runs.append([toponym])
    return runs


_AREA_NOUNS = {
    "region": ("область", "області", "областям", "областей", "області", "области"),
    "district": ("район", "районі", "району", "районе", "района"),
}


def _admit_area_of_adjective(toponym: Toponym, gazetteer: Gazetteer) -> None:
    """`Чернігівській і Сумській областям`, `Нікопольського району`: the oblast or raion that the adjective names."""
    areas = tuple(c for c in toponym.candidates if c.place.kind == toponym.wanted)
    for noun in () if areas else _AREA_NOUNS.get(toponym.wanted or "", ()):
        named = gazetteer.candidates(f"{toponym.key} {noun}")
        areas = tuple(Candidate(c.place, NameKind.MAIN) for c in named if c.place.kind == toponym.wanted)
        if areas:
            break
    toponym.candidates = areas or toponym.candidates


def _share_kind(members: list[Toponym], tokens: Tokens) -> None:
    """`Donetsk and Luhansk regions`, `the villages of A, B and C`, `towns A and B`."""
    first, last = members[0], members[-1]
    after = tokens.keys[last.last] if last.last < len(tokens) and tokens.gaps[last.last - 1] == " " else ""
    if after in lexicon.PLURAL_REGION_NOUNS:
        _want(members, "region", f"“{after}” stands after the list")
    if len(members) > 1 and first.wanted in ("village", "settlement") and first.first:
        before = tokens.keys[first.first - 1 - (tokens.keys[first.first - 1] == "of")]
        if before in lexicon.PLURAL_SETTLEMENT_NOUNS:
            _want(members[1:], first.wanted, f"“{before}” stands before the list")


def _want(members: list[Toponym], kind: str, text: str) -> None:
    for toponym in members:
        if toponym.wanted != kind:
            toponym.wanted = kind
            toponym.note(2.0, text)


def _contained(toponym: Toponym, following: Toponym) -> None:
    """`Buffalo, New York`: the next name is an area that has such a place. It outweighs a person called Austin."""
    if toponym.certain_person or not containing_area(toponym, following):
        return
    weight = 9.0 if toponym.rejected_by == PERSON else 3.0
    if toponym.rejected_by == PERSON:
        toponym.rejected_by = ""
    if not toponym.rejected_by:
        toponym.note(weight, f"the text puts it in {following.text}")


def _admit_river(toponym: Toponym, tokens: Tokens, gazetteer: Gazetteer) -> None:
    """`the Dnipro`: English puts the article before rivers, never before towns."""
    if not toponym.first or tokens.keys[toponym.first - 1] != "the" or tokens.gaps[toponym.first - 1] != " ":
        return
    after = tokens.gaps[toponym.last - 1]
    noun_follows = (
        toponym.last < len(tokens) and after == " " and tokens.keys[toponym.last] not in lexicon.FUNCTION_WORDS
    )
    if noun_follows or tokens.possessive[toponym.last - 1] or after.startswith("-"):
        return
    rivers = [c for c in gazetteer.candidates(f"{toponym.key} river") if c.place.kind == "water"]
    if rivers:
        known = {c.place.id for c in toponym.candidates}
        toponym.candidates += tuple(Candidate(c.place, NameKind.MAIN) for c in rivers if c.place.id not in known)
        toponym.wanted = "water"
        toponym.note(1.0, "“the” stands before it, as before rivers")


def _admit_region(toponym: Toponym, gazetteer: Gazetteer) -> None:
    """Where the text asks for a region, the oblast named after the city is a candidate too."""
    if toponym.wanted not in ("region", "district") or is_cyrillic(toponym.key):
        _admit_area_of_adjective(toponym, gazetteer)
        return
    if toponym.wanted != "region" or any(c.place.kind == "region" for c in toponym.candidates):
        return
    for word in _REGION_WORDS:
        named = [c for c in gazetteer.candidates(name_key(f"{toponym.text} {word}")) if c.place.kind == "region"]
        if named:
            toponym.candidates += tuple(Candidate(c.place, NameKind.MAIN) for c in named)
            return
