"""Does a mention name where things happen, or who acts? Only countries, capitals and the like can act."""

import re

from extract import lexicon
from extract.cyrillic import is_cyrillic
from extract.lexicon import words
from extract.tokens import LOWER, Tokens
from extract.toponyms import Toponym
from geodata import Place

LOCATION, ACTOR = "location", "actor"

_LOCATIVE = words("""
    від от у в на під біля поблизу до з із через по над во возле около из вокруг над под in near at across inside into
    within throughout around through outside toward towards over via onto along beyond to from off entering
    leaving reached visiting visited left fled entered invaded invade invading inside
""")
_ACTING_PREPOSITIONS = words("by against with for between among versus vs about than")
_AREA_OF = words("""
    tour whole corners invasion part parts south north east west southeast northeast southwest northwest centre
    center territory territories rest border borders regions region areas area cities city villages coast
    occupation swathes swaths swath map half most much outside out all third quarter fifth people residents
    annexation liberation capital shores regions airspace skies soil attack attacks strikes півночі півдні сході
    заході південь північ схід захід півдня півночі території територію територій кордон кордоні кордону севере
    юге востоке западе территории территорию границе границы границу регіонів регіони областей вторгнення
    вторжение вторжения відновлення відбудова восстановление жителі мешканці народ народу окупації оккупации
""")
_PLACE_POSSESSIONS = words("""
    border borders coast coastline shores territory territories airspace soil skies east west south north
    southeast northeast southwest northwest eastern western southern northern southeastern northeastern
    southwestern northwestern central occupied capital city cities town towns villages port ports region regions
    oblast oblasts province provinces countryside interior heartland infrastructure grid
""")
_BODIES = words("command army forces troops fleet group government ministry brigade general staff")
"""After a possessive and one more word these act: `Kyiv's eastern command`."""
_RANKS = words(
    "largest biggest second third oldest main other four three two five own industrial energy power sovereign"
)
"""After a possessive these leave it open whether a place follows (`largest city`) or not (`biggest gain`)."""
_VERBS = words("""
    is was has had have will would may might can could should must does did do says said wants needs continues
    began begins seeks tries claims denies claimed denied launched launches insists insisted warned warns hopes
    believes plans accuses accused rejects rejected refuses refused agreed agrees called calls made makes took
    takes lost loses gained gains suffered attacked attacks invaded fired fires used uses struck strikes hit
    hits seized captured carried sent sends added announced reported reports confirmed vowed vows fears faces
    faced annexed withdrew withdraws controls controlled favors favours mobilised mobilized stepped ramped
    intensified kept keeps remains became becomes also still never now not again itself recently reportedly
    already then only often has been
""")
_DEALINGS = words("""
    advising advise advised advises urged urge urging told tell telling asked ask asking help helping helped
    helps support supporting supported supports arm arming armed supply supplying supplied give giving gave
    given gives let forcing force forced pressure pressuring accuse accused accusing allow allowing allowed
    provide providing provided backed backs backing back warn warned warning condemned condemn blamed blame send
    sends sending sent protect protects deprive deprives threaten threatened thanked thank joined join prevent
    prevented stop stopping
""")
_HELD = words("occupied held controlled annexed torn ravaged hit eastern southern western northern central")
"""Right before a country's name these make it ground: `Russian-occupied Ukraine`, `eastern Ukraine`."""
_COMPOUND_ACTORS = words(
    """
    led backed based made supplied born occupied held controlled installed appointed aligned brokered mediated
"""
)


def role_of(toponym: Toponym, place: Place, tokens: Tokens, next_is_place: bool) -> str:
    """`location` or `actor`. `next_is_place`: another place name follows within the same noun phrase."""
    if not may_act(place) or opens_dateline(toponym, tokens):
        return LOCATION
    return _possessive(toponym, tokens, next_is_place) or _by_words(toponym, place, tokens)


_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}|\d{1,2} [а-яіїєґ]{3,9}"
_AGENCY = r"(?:\([^()\n]{2,30}\)|/[\w .-]{2,20}/)"
_DATELINE = re.compile(
    r"(?:/[A-Z][\w.' -]{1,30})*(?:, [A-ZА-ЯІЇЄҐ][\w. ]{1,20})?"
    rf"(?:,? (?:{_MONTH})(?:,? \d{{4}})?(?: року| года)?\.?)?"
    rf"(?:(?:,? {_AGENCY})(?:\.| ?[-–—]{{1,2}}) |\.? /[\w .-]{{2,20}}/\.? |(?:\.| ?[-–—]{{1,2}}) )"
)


def opens_dateline(toponym: Toponym, tokens: Tokens) -> bool:
    """`KYIV, Jan 25 (Reuters) - ...`, `ODESA, July 20, 2023 - ...`: where the report was written."""
    first = toponym.first
    while first and tokens.gaps[first - 1] == "/":
        first -= 1
    line_start = first == 0 or "\n" in tokens.gaps[first - 1]
    rest = tokens.text[toponym.end : toponym.end + 90]
    return line_start and bool(_DATELINE.match(rest)) and not rest.startswith(". ")


def may_act(place: Place) -> bool:
    """Countries, capitals and continents stand for governments; villages do not."""
    return place.kind in ("country", "continent") or bool(place.capital_of)


def _possessive(toponym: Toponym, tokens: Tokens, next_is_place: bool) -> str:
    if not tokens.possessive[toponym.last - 1]:
        return ""
    last = toponym.last
    after = tokens.keys[last] if last < len(tokens) else ""
    body = tokens.keys[last + 1] if last + 1 < len(tokens) else ""
    if body in _BODIES:
        return ACTOR
    if next_is_place or after in _PLACE_POSSESSIONS:
        return LOCATION
    ranked_place = after in _RANKS and any(key in _PLACE_POSSESSIONS for key in tokens.keys[last + 1 : last + 4])
    return LOCATION if ranked_place else ACTOR


def _by_words(toponym: Toponym, place: Place, tokens: Tokens) -> str:
    if toponym.first and tokens.keys[toponym.first - 1] in _HELD:
        return LOCATION
    before, noun, joined = _before(toponym, tokens)
    after, gap = _after(toponym, tokens)
    if gap in ("-", "–") and after in _COMPOUND_ACTORS:
        return LOCATION if after in ("based", "born") else ACTOR
    if joined in ("-", "–") and before in ("pro", "anti", "nato"):
        return ACTOR
    if is_cyrillic(toponym.key) and before in _AREA_OF:
        return LOCATION
    if before == "with" and noun in ("border", "borders", "frontier"):
        return LOCATION
    if before == "of":
        return LOCATION if noun in _AREA_OF or noun in lexicon.PLACE_NOUNS_OF else ACTOR
    if before == "on":
        return (
            LOCATION if noun in ("attack", "attacks", "strikes", "strike", "war", "assault", "raid", "raids") else ACTOR
        )
    if before == "between":
        return ACTOR
    if before in _ACTING_PREPOSITIONS or before in _DEALINGS:
        return ACTOR
    if before in _LOCATIVE or before in lexicon.DIRECTIONS:
        if before in ("to", "from") and noun in ("according", "thanks", "response", "loyal", "belongs", "belong"):
            return ACTOR
        return LOCATION
    if gap == " " and after in _VERBS:
        return ACTOR
    if before in lexicon.PLACE_VERBS and place.kind != "country":
        return LOCATION
    if gap == " " and after in lexicon.AREA_NOUNS:
        return LOCATION
    if place.kind == "continent":
        return LOCATION
    if (
        place.kind == "country"
        or tokens.opens_sentence(toponym.first)
        or before in ("and", "that", "but", "as", "if", "while", "when")
    ):
        return ACTOR
    return LOCATION if gap.startswith((",", ".", ")")) and before in lexicon.PLACE_NOUNS_OF else ACTOR


def _before(toponym: Toponym, tokens: Tokens) -> tuple[str, str, str]:
    """The word before the span past articles and directions, the word before that, and what joins it."""
    k = toponym.first - 1
    while (
        k >= 0
        and tokens.gaps[k] == " "
        and tokens.keys[k] in ("the", "all", "occupied", "war", "torn", "neighbouring", "neighboring")
    ):
        k -= 1
    if k < 0 or tokens.gaps[k] not in (" ", "-", "–", " “"):
        return "", "", ""
    noun = k - 1
    while noun >= 0 and tokens.keys[noun] in ("the", "scale", "full"):
        noun -= 1
    return tokens.keys[k], tokens.keys[noun] if noun >= 0 else "", tokens.gaps[k]


def _after(toponym: Toponym, tokens: Tokens) -> tuple[str, str]:
    last = toponym.last
    if last >= len(tokens):
        return "", tokens.gaps[last - 1] if len(tokens) else ""
    case = tokens.cases[last]
    return (tokens.keys[last] if case == LOWER else ""), tokens.gaps[last - 1]
