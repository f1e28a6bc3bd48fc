"""Days told from another one ("Yesterday, 14:20", "KYIV, Friday -", "in Odesa on Wednesday"), given that other one.

The anchor is the day on which the material says it was collected: when a feed was made, a page archived or fetched.
What is counted back further than a week, or could be two days, gives nothing: a wrong day is worse than none.
"""

import re
from datetime import date, timedelta

from extract.dates.date_forms import DAY, MONTH, MONTHS, valid_date
from extract.dates.stated import StatedDate

_HEAD, _LONGEST_LINE = 600, 90
_WEEK = 7
# a day and a month without a year are taken for recent ones only
_MOST_DAYS = 45

_WEEKDAY_NAMES = """
    monday mon понеділок понеділка понедельник понедельника пн
    tuesday tues tue вівторок вівторка вторник вторника вт
    wednesday wed середа середу среда среду ср
    thursday thurs thu четвер четверга четверг чт
    friday fri п'ятниця п'ятницю пятница пятницу пт
    saturday sat субота суботу суббота субботу сб
    sunday sun неділя неділю воскресенье вс нд
"""
_WEEKDAYS = {name: number for number, line in enumerate(_WEEKDAY_NAMES.strip().splitlines()) for name in line.split()}
_WEEKDAY = "(?P<weekday>" + "|".join(sorted(map(re.escape, _WEEKDAYS), key=len, reverse=True)) + r")(?!\w)\.?"
_LABEL = (
    r"(?:(?:first\s+)?(?:published|posted|date)|опубліковано|опубликовано|дата(?:\s+публ[іи]ка[цт][иі][їи])?"
    r"|додано|добавлено)\W+"
)
_CLOCK = r"(?:\W+(?:at\s+|о(?:б)?\s+|в\s+|у\s+)?[0-2]?\d[:.h][0-5]\d(?::[0-5]\d)?(?:\s*[ap]\.?m\b\.?)?)?"
_AGO = (
    r"(?P<number>\d{1,3}|an?|одну|один)?\s*(?P<unit>min(?:ute)?s?|h(?:ou)?rs?|days?|хв\w*|годин\w*|год|дн\w*|день|доб\w*"
    r"|мин\w*|час\w*|сут\w*)\.?\s+(?:ago|тому|назад)"
)
_TODAY = r"(?P<today>today|сьогодні|сегодня|just now|щойно|только что)|(?P<yesterday>yesterday|вчора|учора|вчера)"
_SHOWN = re.compile(rf"\W*(?:{_LABEL})?(?:{_TODAY}|{_AGO}){_CLOCK}\W*", re.IGNORECASE)
_MONTH_FIRST = MONTH.replace("<month>", "<month2>") + r"\s*" + DAY.replace("<day>", "<day2>")
_DAY_AND_MONTH = rf"(?:{DAY}[\s.]*{MONTH}|{_MONTH_FIRST})"
_SHOWN_DAY = re.compile(rf"\W*(?:{_LABEL})?(?:{_WEEKDAY}\W+)?{_DAY_AND_MONTH}{_CLOCK}\W*", re.IGNORECASE)
_SHOWN_WEEKDAY = re.compile(rf"\W*(?:{_LABEL})?{_WEEKDAY}{_CLOCK}\W*", re.IGNORECASE)
_PLACE = r"\s*\(?[A-ZА-ЯЁІЇЄҐ][^\n\d:;!?]{1,60}?[,.]\s*"
_AFTER = (
    r"\s*(?:\([^()\n]{2,40}\)|[./]?\s*/[\w .-]{2,20}/)?\.?\s*[–—-]+\s|\s*[.]?\s*(?:\([^()\n]{2,40}\)|/[\w .-]{2,20}/)"
)
_DATELINE_WEEKDAY = re.compile(rf"{_PLACE}(?i:{_WEEKDAY})(?:{_AFTER})")
_DATELINE_DAY = re.compile(rf"{_PLACE}(?:(?i:{_WEEKDAY}),?\s+)?(?i:{_DAY_AND_MONTH})(?:{_AFTER})")
_SAID_ON = re.compile(
    r"(?P<before>\w+\s+)?\b(?:on|early|late|said|told\s+\w+|у|в|во)\s+(?:early\s+|late\s+)?" + _WEEKDAY, re.IGNORECASE
)
_NOT_THEN = frozenset(
    "next last this every each until till by since from before after минулу минулий минулої прошлую прошлый наступну "
    "следующую кожну каждую".split()
)
_AHEAD = re.compile(
    r"\b(?:will|would|expected|plans?|planned|scheduled|due|is to|are to|буде|будуть|план\w*|очіку\w*|має відбутися"
    r"|будет|будут|ожида\w*|предстоит)\b",
    re.IGNORECASE,
)
_APOSTROPHES = str.maketrans("’ʼ‘", "'''")
_SENTENCE = re.compile(r"[^.!?\n]+")
_LINE = re.compile(r"[^\r\n]+")


def relative_date(text: str, anchor: date, *, prose: bool) -> StatedDate | None:
    """The day of publication as the head of the text tells it from `anchor`: by a line of its own, by a dateline or,
    with `prose`, by the one weekday that its sentences name. None when it tells none, or several."""
    text = text[: _HEAD + _LONGEST_LINE].translate(_APOSTROPHES)
    for match in _LINE.finditer(text):
        if match.start() > _HEAD:
            break
        line = match.group()
        day = relative_words(line, anchor) if len(line) <= _LONGEST_LINE else None
        if day:
            return StatedDate(day, line.strip(), *match.span())
        opening = _DATELINE_DAY.match(line) or _DATELINE_WEEKDAY.match(line)
        day = opening and _told(opening, anchor)
        if opening and day:
            start, end = match.start() + opening.start(), match.start() + opening.end()
            return StatedDate(day, opening.group().strip(), start, end)
    return _in_prose(text[:_HEAD], anchor) if prose else None


def relative_words(words: str, anchor: date) -> date | None:
    """The day that a date line or a metadata value tells from `anchor`; None when the words say anything else."""
    words = words.translate(_APOSTROPHES)
    shown = _SHOWN.fullmatch(words)
    if shown:
        if shown["today"] or shown["yesterday"]:
            return anchor - timedelta(days=1 if shown["yesterday"] else 0)
        return _ago(shown, anchor)
    told = _SHOWN_DAY.fullmatch(words) or _SHOWN_WEEKDAY.fullmatch(words)
    return _told(told, anchor) if told else None


def _told(match: re.Match[str], anchor: date) -> date | None:
    return _recent(match, anchor) if "month" in match.re.groupindex else _last(match["weekday"], anchor)


def _ago(shown: re.Match[str], anchor: date) -> date | None:
    number = int(shown["number"]) if (shown["number"] or "").isdigit() else 1
    unit = shown["unit"].lower()
    if unit.startswith(("d", "дн", "день", "доб", "сут")):
        return anchor - timedelta(days=number) if number <= _MOST_DAYS else None
    hours = number / 60 if unit.startswith(("m", "хв", "мин")) else number
    # counted from a day without an hour, some hours may or may not reach into the day before
    return anchor if hours <= 1 else None


def _recent(match: re.Match[str], anchor: date) -> date | None:
    """The last such day and month until the anchor, when that is recent or its stated weekday confirms it."""
    month, number = match["month"] or match["month2"], match["day"] or match["day2"]
    for year in (anchor.year, anchor.year - 1):
        day = valid_date(year, MONTHS[month.lower()], int(number))
        if day is None or day > anchor + timedelta(days=1):
            continue
        weekday = match["weekday"]
        if weekday:
            return day if day.weekday() == _weekday(weekday) else None
        return day if (anchor - day).days <= _MOST_DAYS else None
    return None


def _weekday(name: str) -> int:
    return _WEEKDAYS[name.lower()]


def _last(name: str, anchor: date) -> date:
    """The last such weekday until the anchor, that day included."""
    return anchor - timedelta(days=(anchor.weekday() - _weekday(name)) % _WEEK)


def _in_prose(head: str, anchor: date) -> StatedDate | None:
    """The one weekday that the head's sentences name as past; None when they name several or look ahead."""
    named: dict[int, re.Match[str]] = {}
    for sentence in _SENTENCE.finditer(head):
        for match in _SAID_ON.finditer(head, *sentence.span()):
            before = (match["before"] or "").strip().lower()
            if before in _NOT_THEN or _AHEAD.search(sentence.group()):
                continue
            named.setdefault(_weekday(match["weekday"]), match)
    if len(named) != 1:
        return None
    (match,) = named.values()
    words = head[match.start("weekday") : match.end("weekday")]
    return StatedDate(_last(match["weekday"], anchor), words, *match.span("weekday"))
