"""Ukrainian words in their cases, by the pattern of their ends (Ukrainian orthography of 2019, sections 82-113)."""

import re

from geodata.declension.tables import Reading, Table, changed_stem, recased, vowels

PREPOSITIONS = frozenset(
    """
    на над під за у в до з із біля при через від по імені ім
""".split()
)
CONJUNCTIONS = frozenset(("і", "й", "та"))
GENERIC = frozenset(
    """
    річка озеро острів півострів порт аеродром аеропорт авіабаза мікрорайон провінція штат нафтобаза станція
    місто село селище смт хутір затока протока водосховище мис коса гора урочище шахта завод стадіон міст траса
    шосе дорога автодорога
    республіка королівство князівство співдружність держава округ графство регіон департамент кантон префектура
    острови гори море океан лиман балка колонія в'язниця ринок парк вокзал площа вулиця район область край
    провулок проспект військкомат полігон електростанція фабрика комбінат
""".split()
)

_NOUNS = Table(
    """
ськ|цьк|зьк m 0 а/у у/ові = ом у/ові
г m 1 га/гу гу/гові = гом зі/гу/гові
к m 1 ка/ку ку/кові = ком ці/ку/кові
х m 1 ха/ху ху/хові = хом сі/ху/хові
[жчшщ] m 0 а/у у/еві = ем і/у/еві
ець m 3 ця цю/цеві = цем ці/цю/цеві
єць m 3 йця йцю/йцеві = йцем йці/йцю/йцеві
ь m 1 я/ю ю/еві = ем і/ю/еві
й m 1 я/ю ю/єві = єм ї/ю/єві
[бвґджзлмнпрстфц] m 0 а/у у/ові = ом і/у/ові
(бб|вв|гг|дд|жж|зз|лл|мм|нн|сс|тт|цц|чч|шш|ст|зд)я n 1 я ю = ям і/ю
([бвмпф]|^пі[дл]?г?і?р|підгір|загір|узгір|поріч|мор)['’ʼ]я n 1 я ю = ям ї/ю
[аеєиіїоуюя'’ʼ]я f 1 ї ї ю єю ї
я f 1 і і ю ею і
га f 2 ги зі гу гою зі
ка f 2 ки ці ку кою ці
ха f 2 хи сі ху хою сі
[жчшщ]а f 1 і і у ею і
а f 1 и і у ою і
[гкх]о n 1 а у = ом у
о n 1 а у = ом і/у
поле|море|горе n 1 я ю = ем і
ще n 1 а у = ем і
[бвгґджзклмнпрстфхчшщь]це n 1 я ю = ем і
(.*[аеєиіїоуюя]){3}.*([оеє]в|[иії]н)е n 1 а у = ом і
[чшщж]і p 1 ів ам = ами ах
і p 1 ів ям = ями ях
ї p 1 їв ям = ями ях
и p 1 ів ам = ами ах
"""
)
_FEMININE_SIGN = re.compile("([пв]['’ʼ]?я|[аияє]н|[ауияє]с|о[сб]|[еі]с?[тд]|я[тд]|[аоу]в)ь$")
_EITHER_GENDER_SIGN = re.compile("[бвдзмпстц]ь$|[оеіу]нь$")
_FEMININE = ("керч", "твер", "перм", "січ", "об", "ніч", "піч", "тюмень")
_DOUBLED = re.compile("(?<=[аеєиіїоуюя])[дзлнстцшч]$")
_INDECLINABLE = frozenset("сочі делі балі малі сомалі чилі осло торонто токіо монако бордо глазго чикаго".split())
_NO_NOUN = re.compile("[оуіе]а$|ого$")
_NATIVE_O = re.compile("([оеєё]в|[иії]н|[сц]ьк|сел|озер|міст|гирл)о$")
_NATIVE_PLURAL = re.compile("([бвйнмпрльжзтдс]ц|[иаяе]ч|[аяоу]р|ш|[бв]л|н|иц|.[аеуоя]л|яз|от|[аи]с|щ|ж)і$|ї$")

_STEMS = {
    "донець": ("донець", "дінець"),
    "орел": ("орл",),
    "козел": ("козл",),
    "котел": ("котл",),
    "хутір": ("хутор",),
    "півострів": ("півостров",),
    "потік": ("поток",),
    "витік": ("виток",),
    "перевіз": ("перевоз",),
    "рубіж": ("рубеж",),
    "прохід": ("проход",),
    "перехід": ("переход",),
    "захід": ("заход",),
    "переліг": ("перелог",),
    "поріг": ("порог",),
    "корінь": ("корень",),
    "камінь": ("камень",),
    "кремінь": ("кремень",),
    "гребінь": ("гребень",),
    "авів": ("авів",),
    "піль": ("поль",),
    "їв": ("єв",),
    "жів": ("жов", "жев"),
    "чів": ("чов", "чев"),
    "шів": ("шов", "шев"),
    "щів": ("щов", "щев"),
    "нів": ("нов", "нев"),
    "рів": ("ров", "рев"),
    "лів": ("лов", "лев"),
    "ців": ("цов", "цев"),
    "тів": ("тов", "тев"),
    "сів": ("сов", "сев"),
    "ів": ("ов",),
}
"""Ends of words whose stem differs outside the nominative; the first that fits holds."""
_WORD_STEMS = {
    "псел": "псл", "дністер": "дністр", "дніпер": "дніпр", "ірпінь": "ірпень", "кінь": "конь", "схід": "сход",
    "ріг": "рог", "батіг": "батог", "хміль": "хмель", "сокіль": "соколь", "поділ": "подол", "бір": "бор",
    "двір": "двор", "брід": "брод", "острів": "остров", "лід": "льод", "ніс": "нос", "лебідь": "лебедь",
    "міст": "мост", "рів": "ров", "бій": "бой", "тік": "ток", "чугуїв": "чугуєв", "діл": "дол", "віз": "воз",
}  # fmt: skip
_PLURAL_GENITIVES = {
    "суми": "сум", "черкаси": "черкас", "лубни": "лубен", "ромни": "ромен", "прилуки": "прилук",
    "гори": "гір", "води": "вод", "коси": "кіс", "луки": "лук", "ворота": "воріт",
    "поля": "полів", "озера": "озер", "села": "сел", "болота": "боліт", "ліси": "лісів", "сади": "садів",
}  # fmt: skip
_BARE_GENITIVE = re.compile(
    "([аеия]с|ум|ат|од|оз|[яжчшщ]ан|ян|ив|ах|ет|ьп|нд|ін|іф|льд|еш|ел|анн|лив|об|еб|им|ерб|ух|[ао]лин|щин|лип)и$"
)
_FLEETING_O = re.compile("([лрбпйнчшжгхь]|[аеиіоуюя]т)ки$")
_FLEETING_E = re.compile("[бвдзмлст]ни$")

_HARD_STEM = re.compile(
    "(ськ|цьк|зьк|[бвгґджзйклмпрстфхцчшщь]н|нн|[оеє]в|[яеоа]н|[яае]ч|ист|лив|[аи]т"
    "|^(бі|весе|ма|круг|теп|світ|кис|гни|зрі|ці)л|^(ста|мок|доб|сі|гост|бист|хит|щед|пест|яр|хоро)[рш]"
    "|^(золот|свят|чист|товст|крут|жовт|багат|густ|пуст|прост)|^(довг|дорог|друг|сух|глух|тих|лих|вбог)"
    "|^(вели|висо|широ|глибо|міл|гір|ди|низь|вузь|близь|дале|солод|глад|лег|круп|дрі|терп)к|^(кри|но|жи|си)в"
    "|^(молод|тверд|руд|худ|сід)|^перш|^(вовч|більш|менш|свіж|чуж|бож|ведмеж|вищ|нижч)|^(голуб|слаб|груб)|^прям)$"
)
_CERTAIN_STEM = re.compile("(ськ|цьк|зьк|нн|льн|[ао]чн)$|^(нов|велик|мал|стар|біл|весел|крив|золот|сух|довг|широк)$")
_SOFT_STEM = re.compile(
    "(внутрішн|зовнішн|колишн|верхн|нижн|середн|^син|дальн|крайн|задн|передн|ранн|осінн|літн|сусідн|трет|ближн)$"
)
_HARD = {"m": "ого ому = им ому/ім", "f": "ої ій у ою ій", "n": "ого ому = им ому/ім", "p": "их им = ими их"}
_SOFT = {"m": "ього ьому = ім ьому/ім", "f": "ьої ій ю ьою ій", "n": "ього ьому = ім ьому/ім", "p": "іх ім = іми іх"}
_SOFT_ENDS = {"ій": "m", "я": "f", "є": "n", "і": "p"}
_HARD_ENDS = {"ий": "m", "а": "f", "е": "n", "і": "p"}
_NOUN_IN_E = re.compile("(поле|море|горе|ще|це)$")


def _adjective(word: str, end: str, gender: str, *, soft: bool) -> Reading:
    stem = word.removesuffix(end)
    cases = ((_SOFT if soft else _HARD)[gender]).split()
    forms = (tuple(word if e == "=" else stem + e for e in case.split("/")) for case in cases)
    return Reading(gender, ((word,), *forms))


def adjective_readings(word: str, *, foreign: bool = False) -> list[Reading]:
    """`word` declined as an adjective in the nominative; empty when its end or its stem is no adjective's."""
    lowered = word.lower()
    found = []
    for end, gender in _SOFT_ENDS.items():
        soft = lowered.endswith(("нє", "тє")) if end == "є" else _SOFT_STEM.search(lowered.removesuffix(end))
        if soft and lowered.endswith(end):
            found.append(_adjective(word, word[-len(end) :], gender, soft=True))
    for end, gender in _HARD_ENDS.items():
        stem = lowered.removesuffix(end)
        if found or stem == lowered or not vowels(stem):
            continue
        any_stem = gender == "m" or (gender == "n" and not foreign and not _NOUN_IN_E.search(lowered))
        if any_stem or _HARD_STEM.search(stem):
            found.append(_adjective(word, word[-len(end) :], gender, soft=False))
    return found


def genders(adjective: str) -> list[str]:
    """Nominatives of an adjective given in the masculine: all genders and the plural."""
    stem, soft = adjective[:-2], adjective.endswith("ій")
    return [stem + end for end in (("ій", "я", "є", "і") if soft else ("ий", "а", "е", "і"))]


def masculine(adjective: str) -> str | None:
    """The nominative masculine of an adjective in -ська, -цький ...; None for other words."""
    found = re.match("(.+[сцз]ьк)(ий|а|е|і)$", adjective)
    return found[1] + "ий" if found else None


def possessive_readings(word: str) -> list[Reading]:
    """`word` as a possessive adjective before a noun: Часів (Яр), Томина (Балка)."""
    lowered = word.lower()
    if lowered.endswith(("ів", "їв")):
        stem = word[:-2] + ("єв" if lowered.endswith("їв") else "ов")
        return [
            Reading("m", ((word,), *_adjective(stem + "ий", "ий", "m", soft=False).forms[1:3], (word,), *_tail(stem)))
        ]
    if lowered.endswith(("ин", "їн")) and vowels(word) > 1:
        return [Reading("m", ((word,), (word + "ого",), (word + "ому",), (word,), *_tail(word)))]
    for end, gender in (("а", "f"), ("е", "n"), ("і", "p")):
        if re.search(f"[иї]н{end}$", lowered):
            return [_adjective(word, end, gender, soft=False)]
    return []


def _tail(stem: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (stem + "им",), (stem + "ому", stem + "ім")


def is_surely_adjective(word: str) -> bool:
    """Whether `word` standing alone is an adjective and no noun: Кремінна, Луганська, Рівне."""
    lowered = word.lower()
    if lowered.endswith("ий") or (lowered.endswith(("е", "є")) and not re.search("([оеє]в|[иії]н)е$", lowered)):
        return bool(adjective_readings(word))
    return bool(_CERTAIN_STEM.search(lowered[:-1]) or _SOFT_STEM.search(lowered[:-1])) and bool(
        adjective_readings(word)
    )


def noun_readings(word: str, *, foreign: bool = False) -> list[Reading]:
    """`word` declined as a noun in the nominative; empty when it does not decline.

    `foreign` names keep a final -е, -о, -і or -ї, which is no Ukrainian ending in them.
    """
    lowered = word.lower()
    if (
        lowered in _INDECLINABLE
        or _NO_NOUN.search(lowered)
        or (lowered.endswith("ий") and vowels(word) > 1)
        or _SOFT_STEM.search(lowered[:-2])
    ):
        return []
    if foreign and (lowered.endswith(("е", "і", "ї")) or (lowered.endswith("о") and not _NATIVE_O.search(lowered))):
        return []
    if lowered.endswith(("і", "ї")) and not _NATIVE_PLURAL.search(lowered):
        return []
    if lowered.endswith(("и", "і", "ї")) or lowered in _PLURAL_GENITIVES:
        return _plural(word) if vowels(word) > 1 else []
    if lowered in _FEMININE or _FEMININE_SIGN.search(lowered):
        return [_feminine_consonant(word)]
    stems = [_WORD_STEMS[lowered]] if lowered in _WORD_STEMS else changed_stem(lowered, _STEMS)
    if stems:
        return [reading for stem in stems for reading in _NOUNS.readings(recased(word, stem), word)]
    readings = _NOUNS.readings(word)
    if lowered.endswith("ок") and vowels(word) > 1:
        readings += _NOUNS.readings(word[:-2] + word[-1], word)
    if _EITHER_GENDER_SIGN.search(lowered) and not lowered.endswith(("ець", "єць")):
        readings.append(_feminine_consonant(word))
    return readings


def _feminine_consonant(word: str) -> Reading:
    """Feminines that end in a consonant: the instrumental doubles it after a vowel (Умань - Уманню)."""
    stem = word.removesuffix("ь")
    if _DOUBLED.search(stem.lower()):
        instrumental = (stem + stem[-1] + "ю",)
    else:
        instrumental = (stem + ("'ю" if stem[-1].lower() in "бвмпфр" else "ю"),)
    return Reading("f", ((word,), (stem + "і",), (stem + "і",), (word,), instrumental, (stem + "і",)))


def _plural(word: str) -> list[Reading]:
    """Plurals; the genitive has an ending, or none and perhaps a fleeting vowel, by the singular's gender."""
    lowered, stem = word.lower(), word[:-1]
    if lowered.endswith("а"):
        base = Reading("p", ((word,), (), (stem + "ам",), (word,), (stem + "ами",), (stem + "ах",)))
    else:
        base = _NOUNS.readings(word)[0]
    if lowered in _PLURAL_GENITIVES:
        genitives = [recased(word, _PLURAL_GENITIVES[lowered])]
    elif lowered.endswith("яни"):
        genitives = [stem]
    else:
        genitives = list(base.forms[1])
        genitives += [stem] if _BARE_GENITIVE.search(lowered) else []
        genitives += [stem[:-1] + "ок"] if _FLEETING_O.search(lowered) else []
        genitives += [stem[:-1] + "ен"] if _FLEETING_E.search(lowered) else []
        genitives += [stem + "ь"] if lowered.endswith("иці") else []
    return [Reading("p", (base.forms[0], tuple(genitives), *base.forms[2:]))]
