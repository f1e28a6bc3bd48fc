"""Is a span that bears a place's name a place here? Evidence for and against, each with a weight and in words.

Weights are log-odds-like: their sum above zero accepts the span. They were set on the development sets and are few
on purpose; a rule that fits one article only has no place here.
"""

from extract import cyrillic, lexicon
from extract.cyrillic import is_cyrillic
from extract.organisations import organisation_around
from extract.people import People
from extract.tokens import LOWER, TITLE, UPPER, Tokens
from extract.toponyms import Toponym, adjective_noun
from geodata import NameKind, Place

PERSON, ORGANISATION, WORD = "person", "organisation", "word"
_NAME_DOUBT = {NameKind.MAIN: 0.0, NameKind.INFLECTED: 0.4, NameKind.LISTED: 2.5}
_PROJECT_KINDS = {"country": 4.0, "continent": 3.5, "region": 2.5, "district": 2.0, "water": 2.0, "area": 2.0}


def weigh(toponym: Toponym, tokens: Tokens, people: People, title_lines: set[int], war: bool) -> None:
    """Gather the evidence of one toponym into it; sets `rejected_by` where a person or an organisation owns it."""
    name = _person_of(toponym, people)
    if name:
        toponym.rejected_by, toponym.certain_person = PERSON, True
        toponym.note(-7.0, f"part of the person's name “{name}”")
        return
    _weigh_name(toponym, tokens, war, tokens.line(toponym.first) in title_lines)
    _weigh_model(toponym, tokens)
    _weigh_before(toponym, tokens)
    _weigh_after(toponym, tokens)
    _weigh_person(toponym, tokens, people)
    if not toponym.rejected_by:
        _weigh_organisation(toponym, tokens)
    if not toponym.rejected_by:
        _weigh_neighbours(toponym, tokens, people)


def prior(place: Place, kind: NameKind, war: bool) -> float:
    """How likely a bare mention of this name means the place, before any context."""
    if kind is not NameKind.LISTED and place.layer != "world":
        base = _PROJECT_KINDS.get(place.kind, 2.5 if war else 1.0)
        return max(base, 1.5 + min(place.population / 500_000, 2)) if place.is_settlement else base
    size = place.population
    base = 3.0 if size >= 2_000_000 else 2.0 if size >= 400_000 else 0.9 if size >= 100_000 else 0.0
    base = base if size >= 100_000 else 0.0 if size >= 20_000 else -0.6 if size >= 3_000 else -1.0
    if war and place.country in ("UA", "RU", "BY"):
        base += 0.7
    return base - _NAME_DOUBT.get(kind, 0.8)


_ROMAN = frozenset("II III IV VI VII VIII IX XI XII XIV XVI".split())


def _weigh_model(toponym: Toponym, tokens: Tokens) -> None:
    """`Урал-4320`, `Sparta II`: a number right after makes the name one of a model, a ship or a monarch."""
    last = toponym.last
    if last < len(tokens):
        number = tokens.words[last].isdigit() and tokens.gaps[last - 1] == "-"
        roman = tokens.gaps[last - 1] == " " and tokens.words[last] in _ROMAN
        if number or roman:
            toponym.note(-6.0, f"“{tokens.words[last]}” follows, as after the name of a model or a ship")


def _weigh_name(toponym: Toponym, tokens: Tokens, war: bool, title_line: bool) -> None:
    best = max(toponym.candidates, key=lambda c: prior(c.place, c.name_kind, war))
    weight = prior(best.place, best.name_kind, war)
    toponym.note(weight, "the name is known to the gazetteer")
    if toponym.last - toponym.first > 1:
        if best.name_kind is not NameKind.LISTED:
            toponym.note(1.0, "it is a name of several words")
        return
    key = toponym.key
    opens = tokens.opens_sentence(toponym.first)
    plain = best.name_kind in (NameKind.MAIN, NameKind.ABBREVIATION)
    if best.place.kind in ("country", "continent") and plain:
        return
    if is_cyrillic(key):
        _weigh_cyrillic_name(toponym, tokens, opens or title_line)
        return
    if key in lexicon.DEMONYMS:
        toponym.note(-6.0, "it names people, not a place")
    elif key in lexicon.common_words() and best.place.population < 1_000_000:
        weight = -4.5 if opens or title_line else -2.5
        toponym.note(weight, "it is an ordinary word as well")
    elif key in lexicon.given_names():
        toponym.note(-0.5 if weight >= 2 or best.place.layer != "world" else -1.6, "it is a given name as well")
    if opens and weight < 2:
        toponym.note(-0.4, "it opens a sentence, where every word has a capital")
    elif title_line and weight < 2:
        toponym.note(-0.4, "it stands in a headline, where every word has a capital")


def _weigh_cyrillic_name(toponym: Toponym, tokens: Tokens, capital_says_nothing: bool) -> None:
    key, last = toponym.key, toponym.last
    follows = tokens.keys[last] if last < len(tokens) and tokens.gaps[last - 1] == " " else ""
    if cyrillic.is_demonym(key) and not adjective_noun(tokens, last):
        toponym.note(-6.0, "it names a people, not a place")
    elif cyrillic.is_direction(key) and follows and tokens.cases[last] == LOWER and not cyrillic.kind_after(follows):
        toponym.note(-5.0, "it is an adjective of direction")
    elif key in cyrillic.COMMON_WORDS:
        toponym.note(-6.0 if capital_says_nothing else -1.0, "it is an ordinary word as well")
    elif key in lexicon.given_names():
        toponym.note(-1.6, "it is a given name as well")
    if capital_says_nothing:
        toponym.note(-0.4, "it opens a sentence, where every word has a capital")


def _weigh_cyrillic_before(toponym: Toponym, tokens: Tokens) -> None:
    """`село X`, `в X`, `околиці X`."""
    k = toponym.first - 1
    if k < 0 or tokens.gaps[k] not in (" ", ". ", ".", " «", " “", ' "', " ", "\u00a0"):
        return
    key, word = tokens.keys[k], tokens.words[k]
    if key in cyrillic.KIND_BEFORE and tokens.cases[k] == LOWER and ("." in tokens.gaps[k] or len(key) > 1):
        toponym.wanted = toponym.wanted or cyrillic.KIND_BEFORE[key]
        toponym.note(3.0, f"“{word}” stands before it")
    elif key in cyrillic.PLACE_PREPOSITIONS:
        toponym.note(2.0, f"“{word}” stands before it")
    elif key in cyrillic.PLACE_NOUNS:
        toponym.note(1.5, f"“{word}” stands before it")
    elif key in cyrillic.WEAK_PREPOSITIONS:
        toponym.note(0.7, f"“{word}” stands before it")


_ADJECTIVE_ENDS = ("ой", "ої", "ого", "ому", "ый", "ий", "ая", "ую", "ою", "ым", "им")


def _weigh_cyrillic_after(toponym: Toponym, tokens: Tokens) -> None:
    """`Харківська область`, `Бахмутському напрямку`; `Тернової балки` is a ravine, not the village of Ternova."""
    kind = adjective_noun(tokens, toponym.last)
    last = toponym.last
    directly = last < len(tokens) and tokens.gaps[last - 1] == " " and cyrillic.kind_after(tokens.keys[last])
    adjectival = any(c.name_kind is NameKind.ADJECTIVE for c in toponym.candidates)
    if directly in ("feature", "water") and not adjectival and toponym.key.endswith(_ADJECTIVE_ENDS):
        toponym.note(-6.0, f"“{tokens.words[last]}” follows, whose name it is")
        return
    if not kind or not (directly or adjectival):
        return
    if adjectival:
        toponym.wanted = {"direction": None}.get(kind, kind)
        toponym.note(3.0, "it is an adjective before a word that names an area")


def _weigh_before(toponym: Toponym, tokens: Tokens) -> None:
    """Prepositions, verbs and kind words that announce a place."""
    if is_cyrillic(toponym.key):
        _weigh_cyrillic_before(toponym, tokens)
        return
    k, skipped = toponym.first - 1, ""
    while k >= 0 and tokens.gaps[k] in (" ", "-") and toponym.first - k <= 4:
        key = tokens.keys[k]
        if key in lexicon.DIRECTIONS or key in (
            "the",
            "embattled",
            "besieged",
            "strategic",
            "front",
            "frontline",
            "line",
        ):
            skipped = skipped or (tokens.words[k] if key in lexicon.DIRECTIONS else "")
            k -= 1
            continue
        break
    if skipped:
        toponym.note(1.2, f"“{skipped}” stands before it")
    if k < 0 or tokens.gaps[k] not in (" ", "-", " “", " (", "\n"):
        return
    key, word = tokens.keys[k], tokens.words[k]
    if key == "of" and k:
        noun = tokens.keys[k - 1]
        if noun in lexicon.KIND_BEFORE:
            toponym.wanted = toponym.wanted or lexicon.KIND_BEFORE[noun]
            toponym.note(3.5, f"“{tokens.words[k - 1]} of” stands before it")
        elif noun in lexicon.PLACE_NOUNS_OF:
            toponym.note(2.2, f"“{tokens.words[k - 1]} of” stands before it")
        else:
            toponym.note(0.3, "“of” stands before it")
    elif key in lexicon.KIND_BEFORE and k == toponym.first - 1 and tokens.cases[k] == LOWER:
        toponym.wanted = toponym.wanted or lexicon.KIND_BEFORE[key]
        toponym.note(2.5, f"“{word}” stands before it")
    elif key in lexicon.PLACE_PREPOSITIONS:
        toponym.note(2.0, f"“{word}” stands before it")
    elif key in lexicon.PLACE_VERBS and tokens.cases[k] == LOWER:
        toponym.note(1.2, f"“{word}” stands before it")
    elif key in lexicon.WEAK_PREPOSITIONS:
        toponym.note(0.3, f"“{word}” stands before it")


def _weigh_after(toponym: Toponym, tokens: Tokens) -> None:
    """Kind words that follow: `X region`, `X-Kreminna line`."""
    if is_cyrillic(toponym.key):
        _weigh_cyrillic_after(toponym, tokens)
        return
    last = toponym.last
    if last >= len(tokens) or tokens.possessive[last - 1]:
        return
    gap, key, word = tokens.gaps[last - 1], tokens.keys[last], tokens.words[last]
    if gap == " " and key in lexicon.KIND_AFTER:
        toponym.wanted = lexicon.KIND_AFTER[key]
        toponym.note(2.5, f"“{word}” stands after it")
    elif gap == " " and key in lexicon.AREA_NOUNS:
        toponym.note(1.5, f"“{word}” stands after it")
    elif gap == " " and key in lexicon.CIVIC_AFTER and tokens.cases[last] == TITLE:
        toponym.note(0.8, f"“{word}” stands after it")
    elif gap == " " and key in lexicon.SPEECH_VERBS and tokens.cases[last] == LOWER and not _may_speak(toponym):
        toponym.note(-1.5, f"“{word}” stands after it, as after a person's name")


def _may_speak(toponym: Toponym) -> bool:
    """Countries and capitals say things; of other places it is their namesakes who do."""
    return any(c.place.kind == "country" or c.place.capital_of for c in toponym.candidates)


def _person_of(toponym: Toponym, people: People) -> str:
    """The full name that the very words of the span are part of; empty when they are not all a person's name."""
    names = people.tokens
    if toponym.first not in names:
        return ""
    if not all(k in names for k in range(toponym.first, toponym.last)):
        return ""
    return names[toponym.first]


def _weigh_person(toponym: Toponym, tokens: Tokens, people: People) -> None:
    """A surname that the text gives somebody elsewhere."""
    if toponym.last - toponym.first > 1 or toponym.key not in people.surnames:
        return
    if tokens.cases[toponym.first] != UPPER and toponym.score < 4.5:
        toponym.rejected_by = PERSON
        toponym.note(-7.0, f"the text names the person “{people.surnames[toponym.key]}”")


def _weigh_organisation(toponym: Toponym, tokens: Tokens) -> None:
    name = organisation_around(tokens, toponym.first, toponym.last)
    kinds = {c.place.kind for c in toponym.candidates}
    if name and not (
        kinds & {"country"} and " of " in f"{name} " and not name.startswith(("University", "Institute", "Bank"))
    ):
        toponym.rejected_by = ORGANISATION
        toponym.note(-7.0, f"part of the name “{name}”")


def _weigh_neighbours(toponym: Toponym, tokens: Tokens, people: People) -> None:
    """A capitalised word right beside the span makes it part of a longer name, unless that word is harmless."""
    first, last = toponym.first, toponym.last
    if _heading_case(tokens, first, last):
        return
    harmless = _HARMLESS
    if (
        first
        and tokens.gaps[first - 1] == " "
        and tokens.cases[first - 1] != LOWER
        and not tokens.possessive[first - 1]
    ):
        before = tokens.keys[first - 1]
        if before not in harmless and before not in lexicon.FUNCTION_WORDS and not tokens.words[first - 1].isdigit():
            weight = -2.6 if not tokens.opens_sentence(first - 1) else -1.0
            toponym.note(weight, f"the capitalised “{tokens.words[first - 1]}” stands right before it")
    if (
        last < len(tokens)
        and tokens.gaps[last - 1] == " "
        and tokens.cases[last] == TITLE
        and not tokens.possessive[last - 1]
    ):
        after = tokens.keys[last]
        if after not in harmless and after not in lexicon.FUNCTION_WORDS and last not in people.opened:
            toponym.note(-2.2, f"the capitalised “{tokens.words[last]}” stands right after it")


def _heading_case(tokens: Tokens, first: int, last: int) -> bool:
    return tokens.cases[first] == UPPER and last - first == 1 and len(tokens.words[first]) > 3


_HARMLESS = (
    lexicon.DIRECTIONS
    | lexicon.DEMONYMS
    | lexicon.MONTHS_AND_DAYS
    | lexicon.PERSON_TITLES
    | lexicon.CIVIC_AFTER
    | frozenset(lexicon.KIND_AFTER)
    | frozenset(lexicon.KIND_BEFORE)
    | lexicon.PLURAL_REGION_NOUNS
    | lexicon.PLURAL_SETTLEMENT_NOUNS
    | lexicon.PLACE_VERBS
    | lexicon.PLACE_PREPOSITIONS
    | lexicon.SPEECH_VERBS
)


def spread(toponyms: list[Toponym]) -> None:
    """One sense per article: where one mention of a name is surely a place, its other mentions gain by it."""
    best: dict[str, tuple[float, Toponym]] = {}
    for toponym in toponyms:
        if not toponym.rejected_by and toponym.score > best.get(toponym.key, (0.0, toponym))[0]:
            best[toponym.key] = (toponym.score, toponym)
    for toponym in toponyms:
        strongest, other = best.get(toponym.key, (0.0, toponym))
        if other is not toponym and not toponym.rejected_by and strongest > max(1.0, toponym.score):
            toponym.note(min(2.5, 0.6 * strongest), f"elsewhere in the text “{other.text}” is plainly a place")
