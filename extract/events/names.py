"""The speaker's name in the words around a verb of saying: titles, times and appositions stripped."""

from extract.events.text import Passage
from extract.lexicon import MONTHS_AND_DAYS, PERSON_TITLES, words
from extract.tokens import LOWER

_TIMES = MONTHS_AND_DAYS | words("""
    on earlier late later early in the day today yesterday week month evening morning also last this previously and but
    while that who meanwhile however then first again has have had been since added night separately a an водночас крім
    того пізніше однак зокрема кроме позже между тем временем тим часом сьогодні вчора
    сегодня накануне також также у в що что року года раніше ранее за січня лютого березня квітня травня червня липня
    серпня вересня жовтня листопада грудня января февраля марта апреля мая июня июля августа сентября октября ноября
    декабря ранку вечора вечером утром й і и а
""")
_BODIES = words("""
    ministry defence defense institute staff general council house group office administration house guard post times
    agency security foreign president armed grouping institute study war deepstate міністерство міністерства оборони
    оборони министерство обороны штаб генштаб інститут институт головнокомандувач сил область the us un eu nato minister
    commander chief spokesman spokesperson spokeswoman intelligence command region oblast governor deputy state national
""")
_MOST_WORDS = 9
_WITHIN_NAMES = words("the a and в у за in")
_DANGLING = words("the a of in and в у to з із")
_NO_QUOTES = str.maketrans(dict.fromkeys('«»“”"'))


def speaker_name(passage: Passage, start: int, stop: int, *, after: bool = False) -> str:
    """The name or description of the one who speaks in tokens `start`..`stop`; empty when there is none.

    `after`: the words follow the clause and a comma, so that what is nearest to the verb names the speaker.
    """
    segments, opened = [], start
    for k in range(start, stop):
        if "," in passage.gaps[k] or k == stop - 1:
            segments.append((opened, k + 1))
            opened = k + 1
    while len(segments) > 1 and (
        _is_opening(passage, segments[0][0]) or _is_clause(passage, *segments[0]) or segments[0][0] in passage.spot_at
    ):
        segments.pop(0)
    for a, b in segments:
        run = _person(passage, a, b)
        if run:
            return _text(passage, *run)
    for a, b in reversed(segments) if after else segments:
        if "prep" in passage.words[a].tags:
            a = max((k for k in range(a, b) if passage.keys[k] == "the"), default=a)
        described = _trimmed(passage, a, b)
        if described:
            return _text(passage, *described)
    return ""


def _is_clause(passage: Passage, a: int, b: int) -> bool:
    """Whether the words hold a verb and so are no name: `Russian troops have pushed on, X said`."""
    return any(passage.tagged(k, "aux") for k in range(a, b))


def _is_opening(passage: Passage, a: int) -> bool:
    """`Similarly, ...`, `For its part, ...`, `In a statement, ...`"""
    return passage.keys[a].endswith("ly") or "prep" in passage.words[a].tags or "stop" in passage.words[a].tags


def _trimmed(passage: Passage, a: int, b: int) -> tuple[int, int] | None:
    """The segment without articles and times; at most some words of it."""
    keys = passage.keys
    while a < b and (keys[a] in _TIMES or keys[a] in ("the", "former") or keys[a].isdigit()):
        a += 1
    stop = a
    while stop < b and stop - a < _MOST_WORDS:
        key = keys[stop]
        if key.isdigit() or key in _TIMES and key not in _WITHIN_NAMES or {"aux", "neg"} & passage.words[stop].tags:
            break
        stop += 1
    while stop > a and (keys[stop - 1].endswith("ly") or keys[stop - 1] in _DANGLING):
        stop -= 1
    return (a, stop) if stop > a else None


def _person(passage: Passage, a: int, b: int) -> tuple[int, int] | None:
    """Two to three capitalised words in a row that are no side, body or office."""
    k = a
    while k < b:
        n = k
        while n < b and _may_be_name(passage, n) and (n == k or passage.gaps[n - 1] in (" ", "-")):
            n += 1
        if 2 <= n - k <= 3:
            return k, n
        k = max(n, k) + 1
    return None


def _may_be_name(passage: Passage, k: int) -> bool:
    word, key = passage.words[k], passage.keys[k]
    if passage.tokens.cases[k] == LOWER or passage.tokens.possessive[k] or k in passage.covered:
        return False
    if word.side and not word.alone or {"actor", "place", "prep", "det"} & word.tags:
        return False
    return key not in PERSON_TITLES and key not in _TIMES and key not in _BODIES


def _text(passage: Passage, a: int, b: int) -> str:
    tokens = passage.tokens
    end = tokens.ends[b - 1] + (2 if tokens.possessive[b - 1] and b - a > 1 else 0)
    return " ".join(tokens.text[tokens.starts[a] : end].translate(_NO_QUOTES).split())
