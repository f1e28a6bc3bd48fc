"""Russian words in their cases, by the pattern of their ends (A. A. Zaliznyak's classes, as far as names need them)."""

import re

from geodata.declension.tables import Reading, Table, changed_stem, recased, vowels

PREPOSITIONS = frozenset("на над под в во до с со из у возле при через по от имени им".split())
CONJUNCTIONS = frozenset(("и",))
GENERIC = frozenset(
    """река озеро остров полуостров порт аэродром аэропорт авиабаза микрорайон провинция штат нефтебаза станция
    город село посёлок поселок пгт хутор залив бухта протока водохранилище мыс коса гора урочище шахта завод стадион
    мост трасса шоссе дорога автодорога
    республика королевство княжество содружество государство округ графство регион департамент кантон
    префектура острова горы море океан лиман балка колония тюрьма рынок парк вокзал площадь улица район область край
    переулок проспект военкомат полигон электростанция фабрика комбинат
    станица""".split()
)

_NOUNS = Table(
    """
[кгх] m 0 а у = ом е
лец m 2 ьца ьцу = ьцом/ьцем ьце
[аеёиоуыэюя]ец m 2 йца йцу = йцем/йцом йце
ец m 2 ца цу = цом/цем це
[жчшщц] m 0 а у = ом/ем е
ь m 1 я ю = ем/ём е
ий m 1 я ю = ем и
й m 1 я ю = ем е
[бвгдзлмнпрстф] m 0 а у = ом е
ия f 1 и и ю ей и
я f 1 и е ю ей/ёй е
[кгх]а f 1 и е у ой е
[жчшщ]а f 1 и е у ей/ой е
ца f 1 ы е у ей/ой е
а f 1 ы е у ой е
([оеё]в|[иые]н|[бвдзлрсч]н|ств|сельц|село|озеро|место|озерк|ечк|ушк|гирл|болот|[сц]к)о n 1 а у = ом е
село|озеро|место|гирло|болото|дно|окно n 1 а у = ом е
ище|це n 1 а у = ем е
ье|поле|море|горе n 1 я ю = ем е
ие n 1 я ю = ем и
цы p 1 ов/ев ам = ами ах
[чжшщ]и p 1 ей ам = ами ах
[кгх]и p 1 ов ам = ами ах
и p 1 ей ям = ями ях
ы p 1 ов ам = ами ах
"""
)
_MASCULINE_SIGN = re.compile(
    "ль$|мозырь$|лагерь$|алтарь$|пустырь$|монастырь$|гусь$|лось$|карась$|январь$|ень$|огонь$|путь$"
)
_FEMININE_SIGN = re.compile("^(соль|сталь|оболонь|(тю|ка)мень|степь)$")
_INDECLINABLE = frozenset(
    "сочи тбилиси дели бали мали сомали чили гаити миссури миссисипи батуми поти хельсинки сухуми нагасаки".split()
)
_NO_NOUN = re.compile("[оуие]а$|[ое]го$")
_STEMS = {
    "восток": ("восток",),
    "посёлок": ("посёлк",),
    "поселок": ("поселк",),
    "орёл": ("орл",),
    "козёл": ("козл",),
    "котёл": ("котл",),
}
"""Ends of words whose stem differs outside the nominative; the first that fits holds."""
_WORD_STEMS = {"орел": "орл", "псёл": "псл", "псел": "псл", "лоб": "лб", "лев": "льв", "лёд": "льд", "камень": "камнь"}
_PLURAL_GENITIVES = {
    "сумы": "сум", "саки": "сак", "черкассы": "черкасс", "лубны": "лубен", "ромны": "ромен",
    "воды": "вод", "горы": "гор", "луки": "лук", "косы": "кос", "прилуки": "прилук",
    "ворота": "ворот",
    "острова": "островов", "поля": "полей", "озёра": "озёр", "озера": "озер", "леса": "лесов", "салоники": "салоник",
}  # fmt: skip
_BARE_GENITIVE = re.compile(
    "([аеия]сс?|умм?|ат|од|оз|[яжчшщ]ан|ян|ив|ах|ет|ьп|нд|ин|иф|льд|еш|ел|об|еб|им|ерб|ищ|хт)[ыи]$"
)
_FLEETING_O = re.compile("([лрбпнгхмз]|[аеиоуюя]т)ки$")
_FLEETING_E = re.compile("([чшж]к|[бвдзмст]н)[иы]$|рцы$")
_NATIVE_PLURAL_I = re.compile("([кгхчжшщ]|[аеуо]л|ез|еп|вн|[аеи]н|[аяоу]р|[аоу])и$")

_ADJECTIVES = Table(
    """
[кгх][иыо]й m 2 ого ому = им ом
[жчшщ][ио]й m 2 его/ого ему/ому = им ем/ом
ний m 2 его ему = им ем
[ыо]й m 2 ого ому = ым ом
яя f 2 ей ей юю ей ей
[жчшщ]ая f 2 ей/ой ей/ой ую ей/ой/ею ей/ой
ая f 2 ой ой ую ой/ою ой
нее n 2 его ему = им ем
[жчшщ][ео]е n 2 его/ого ему/ому = им ем/ом
[кгх]ое n 2 ого ому = им ом
ое n 2 ого ому = ым ом
([кгхжчшщн])ие p 2 их им = ими их
ые p 2 ых ым = ыми ых
"""
)
_RELATIVES = Table(
    """
ий m 2 ьего ьему = ьим ьем
ья f 2 ьей ьей ью ьей ьей
ье n 2 ьего ьему = ьим ьем
ьи p 2 ьих ьим = ьими ьих
"""
)
_RELATIVE_STEM = re.compile("(лис|волч|медвеж|заяч|птич|коз|баран|овеч|коров|баб|бож|трет|рыб|вдов|казач)$")
_NOUN_IN_OI = re.compile("^(джанкой|.*уренгой|.*бой|покой|ханой|.*строй|слой|цхой|.?стрий|кий)$")
_POSSESSIVE = Table(
    """
[оеё]в|[иы]н m 0 а/ого у/ому = ым ом
([оеё]в|[иы]н)а f 1 ой ой у ой/ою ой
([оеё]в|[иы]н)о n 1 а/ого у/ому = ым ом
([оеё]в|[иы]н)ы p 1 ых ым = ыми ых
"""
)


def adjective_readings(word: str, *, foreign: bool = False) -> list[Reading]:
    """`word` declined as an adjective in the nominative; empty when its end or its stem is no adjective's."""
    lowered = word.lower()
    for end in ("ий", "ья", "ье", "ьи"):
        if lowered.endswith(end) and _RELATIVE_STEM.search(lowered.removesuffix(end)):
            return _RELATIVES.readings(word)
    if vowels(word) < 2 or _NOUN_IN_OI.search(lowered) or lowered.endswith("айя"):
        return []
    return _ADJECTIVES.readings(word)


def genders(adjective: str) -> list[str]:
    """Nominatives of an adjective given in the masculine: all genders and the plural."""
    stem, last = adjective[:-2], adjective[-3:-2]
    plural = "ие" if last in "кгхжчшщ" else "ые"
    return [adjective, stem + "ая", stem + "ое", stem + plural]


def masculine(adjective: str) -> str | None:
    """The nominative masculine of an adjective in -ская, -цкий ...; None for other words."""
    found = re.match("(.+[сц]к)(ий|ой|ая|ое|ие)$", adjective)
    return found[1] + "ий" if found else None


def possessive_readings(word: str) -> list[Reading]:
    """`word` as a possessive adjective before a noun: Часов (Яр), Томина (Балка)."""
    return _POSSESSIVE.readings(word) if vowels(word) > 1 else []


def is_surely_adjective(word: str) -> bool:
    """Whether `word` standing alone is an adjective and no noun: Кременная, Рубежное."""
    return bool(adjective_readings(word))


def noun_readings(word: str, *, foreign: bool = False) -> list[Reading]:
    """`word` declined as a noun in the nominative; empty when it does not decline.

    `foreign` names keep a final -е or -и, which is no Russian ending in them.
    """
    lowered = word.lower()
    if lowered in _INDECLINABLE or _NO_NOUN.search(lowered) or (foreign and lowered.endswith(("е", "и"))):
        return []
    if lowered.endswith("й") and adjective_readings(word):
        return []
    if lowered.endswith("и") and not _NATIVE_PLURAL_I.search(lowered):
        return []
    if lowered.endswith(("ы", "и")) or lowered in _PLURAL_GENITIVES:
        return _plural(word) if vowels(word) > 1 else []
    if lowered.endswith("ь") and (_FEMININE_SIGN.search(lowered) or not _MASCULINE_SIGN.search(lowered)):
        return [_feminine_sign(word)]
    stems = [_WORD_STEMS[lowered]] if lowered in _WORD_STEMS else changed_stem(lowered, _STEMS)
    if stems:
        return [reading for stem in stems for reading in _NOUNS.readings(recased(word, stem), word)]
    readings = _NOUNS.readings(word)
    if lowered.endswith(("ок", "ёк")) and vowels(word) > 1:
        readings += _NOUNS.readings(word[:-2] + word[-1], word)
    return readings


def _feminine_sign(word: str) -> Reading:
    stem = word[:-1]
    return Reading("f", ((word,), (stem + "и",), (stem + "и",), (word,), (stem + "ью",), (stem + "и",)))


def _plural(word: str) -> list[Reading]:
    """Plurals; the genitive has an ending, or none and perhaps a fleeting vowel, by the singular's gender."""
    lowered, stem = word.lower(), word[:-1]
    if lowered.endswith(("а", "я")):
        rest = [(stem + word[-1] + end,) for end in ("м", "ми", "х")]
        base = Reading("p", ((word,), (), rest[0], (word,), rest[1], rest[2]))
    else:
        base = _NOUNS.readings(word)[0]
    if lowered in _PLURAL_GENITIVES:
        genitives = [recased(word, _PLURAL_GENITIVES[lowered])]
    elif lowered.endswith(("яны", "ищи")):
        genitives = [stem]
    else:
        genitives = list(base.forms[1])
        genitives += [stem] if _BARE_GENITIVE.search(lowered) else []
        genitives += [stem[:-1] + "о" + stem[-1]] if _FLEETING_O.search(lowered) else []
        genitives += [stem[:-1] + "е" + stem[-1]] if _FLEETING_E.search(lowered) else []
        genitives += [stem[:-2] + "ек"] if lowered.endswith("ьки") else []
        genitives += [stem] if lowered.endswith("ицы") else []
    return [Reading("p", (base.forms[0], tuple(genitives), *base.forms[2:]))]
