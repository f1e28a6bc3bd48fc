"""When a text was published, by its own word: date lines, datelines, metadata values. Never today's date.

A date is taken only where it stands as one, alone with a time and a label, never from running prose. A time with its
zone gives the day in UTC; a date without one is the day as written.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

from extract.dates.date_forms import COMPACT, Found, date_of, find_dates
from extract.dates.zones import utc_day
from extract.origin.sites import known_outlet

_HEAD, _TAIL, _LONGEST_LINE = 600, 200, 160

_UPDATED = (
    r"(?:last\s+)?(?:updated?|modified|edited|revised)|(?:востаннє\s+|останнє\s+)?(?:оновлен[оа]|оновлення|змінено)"
    r"|(?:последнее\s+)?(?:обновлен[оа]|обновление|изменено)"
)
_PUBLISHED = (
    r"(?:first\s+|originally\s+)?(?:published|posted|issued|created|released|filed)|date(?:\s+published)?|publication\s+date"
    r"|pub(?:lished)?\s*date|дата(?:\s+публ[іи]ка[цт][иі][їи])?|опубліковано|опубликовано|розміщено|размещено|створено|создано|додано|добавлено"
)
_WEEKDAY = (
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|понеділок|вівторок|середа|четвер|п['’ʼ]ятниця|субота"
    r"|неділя|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|пн|вт|ср|чт|пт|сб|нд|вс"
)
_ZONE = (
    r"z|utc|gmt|[ecmp][sd]?t|we?s?t|cest|eet|eest|msk|bst|ist|jst|hkt|sgt|aes?t|aedt|мск|(?:kyiv|kiev|moscow|local)\s+time"
    r"|за\s+київським\s+часом|за\s+києвом|по\s+(?:московскому|киевскому)\s+времени|по\s+мск|по\s+москве"
)
_TIME = (
    r"(?:t\s*)?[0-2]?[0-9](?:[:.h][0-5][0-9]){1,2}(?:[.,][0-9]+)?\s*(?:[ap]\.?\s?m\b\.?|z\b)?"
    r"|[01]?[0-9]\s*[ap]\.?m\b\.?"
)
_AROUND = re.compile(
    rf"(?:{_TIME})|\b(?:{_UPDATED}|{_PUBLISHED}|{_WEEKDAY}|{_ZONE}|on|at|the|of|time|о|об|в|у|на|року|рік|р|года|год|г"
    rf"|час(?:ов|а)?)\b\.?|(?:(?:utc|gmt)\s*)?[+−-][0-9]{{1,2}}(?::?[0-9]{{2}})?|[\W_]+",
    re.IGNORECASE,
)
_UPDATED_BEFORE = re.compile(rf"(?:{_UPDATED})\W*(?:on|at)?[^\w]*\Z", re.IGNORECASE)
_NAME = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}"
_CYRILLIC_NAME = r"[А-ЯЁІЇЄҐ][\w.'’ʼ-]+(?: [А-ЯЁІЇЄҐ][\w.'’ʼ-]+){0,2}"
_BYLINE = re.compile(
    rf"^\W*By {_NAME}(?: and {_NAME})?(?=\s*[,|•·–—-]|\s+(?:on|published|updated)\b)"
    rf"|^\W*(?:Автор(?:ка|и|ы)?|Текст)\W+{_CYRILLIC_NAME}(?=\s*[,|•·–—-])"
)
_DATELINE_PLACE = re.compile(
    r"\s*\(?(?!(?:In|On|At|By|From|Since|Until|After|Before|During|The|But|And|As|У|В|На|З|С|До|По|Від|От)\b)"
    r"(?:[A-ZА-ЯЁІЇЄҐ][^\n\d:;!?]{1,60}?,|[A-ZА-ЯЁІЇЄҐ][\w'’ʼ-]+(?: [A-ZА-ЯЁІЇЄҐ][\w'’ʼ-]+){0,2}\.)\s*\Z"
)
_DATELINE_AFTER = re.compile(
    r"\.?\s*(?:\([^()\n]{2,40}\)|/[\w .-]{2,20}/)|\)?\s*[–—-]+\s(?=[\W]*[A-ZА-ЯЁІЇЄҐ])"
    r"|(?:\s+(?:року|года|р\.|г\.))?[.,]?\s+[A-ZА-ЯЁІЇЄҐ][^\n.,;:!?–—]{1,28}?\s*[–—-]+\s(?=[\W]*[A-ZА-ЯЁІЇЄҐ])"
)
_SHORT_YEAR = re.compile(r"(?:[A-Za-z]{3},\s*)?(\d{1,2} [A-Za-z]{3}) (\d\d) (\d\d:\d\d.*)")
_SEPARATED = re.compile(r"[|•·]")
_LINE = re.compile(r"[^\r\n]+")
_LONGEST_CELL = 6
# JavaScript adds the zone's name to its offset
_ZONE_IN_WORDS = re.compile(r"\s*\((?:[^()\d]{1,40} Time|[A-Z]{3,5})\)\Z")
# how surely a line tells the day of publication
_UPDATE_ONLY, _BARE, _TIMED, _SURE = range(4)


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date that a text states of itself: `text` is the words it was read from, at code points [start, end)."""

    date: date
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A date that a line states, and how surely it is that of publication."""

    stated: StatedDate
    strength: int


def _outside(text: str, found: list[Found]) -> str:
    """The text without its dates."""
    pieces, end = [], 0
    for item in found:
        pieces.append(text[end : item.start])
        end = item.end
    return " ".join([*pieces, text[end:]])


def _chosen(text: str, found: list[Found]) -> Found | None:
    """The date of publication among several: the first that is not the date of an update."""
    known = [item for item in found if item.date]
    first = [item for item in known if not _UPDATED_BEFORE.search(text[: item.start])]
    return (first or known or [None])[0]


def parse_date(value: str) -> date | None:
    """The day a metadata value names, or None: ISO, RFC 2822, d.m.Y, months in words (en, uk, ru), Unix seconds or
    milliseconds. A time with its zone gives the day in UTC. A value that says more than a date and a time, an
    impossible date, and one that reads as two different days (03/04/2023) give None."""
    value = _ZONE_IN_WORDS.sub("", value.strip())
    # mail and old feeds write years of two digits
    value = _SHORT_YEAR.sub(r"\1 20\2 \3", value)
    if len(value) > 100:
        return None
    if re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", value):
        return _number_date(value)
    compact = re.fullmatch(COMPACT.pattern + r"(?:T(?P<clock>[0-9:.]*(?:Z|[+-][0-9:]+)?))?", value)
    if compact:
        day = date_of(compact.groupdict())
        return day and utc_day(day, re.sub(r"^(\d\d)(\d\d)", r"\1:\2:", compact["clock"] or ""))
    found = find_dates(value)
    if not found or not _only_date(value):
        return None
    chosen = _chosen(value, found)
    published = {item.date for item in found if not _UPDATED_BEFORE.search(value[: item.start])}
    if chosen is None or len(published) > 1 or not all(item.date for item in found):
        return None
    return _in_utc(value, found, chosen)


def is_time_only(value: str) -> bool:
    """Whether a value states a time of day, perhaps with a zone or a weekday, and no day: `7:58 AM ET`."""
    return not find_dates(value) and _only_date(value)


def written_date(value: str) -> date | None:
    """The day as it is written in a value that states exactly one, whatever day that is in UTC."""
    days = {found.date for found in find_dates(value)}
    return days.pop() if len(days) == 1 else None


NO_DATE_REASONS = {
    "impossible": "is a day that the calendar does not have",
    "twofold": "reads as two different days",
    "several": "states more than one day",
    "unclear": "names no day that is understood",
}


def no_date_reason(value: str) -> str:
    """Why `parse_date` takes no day from `value`: a key of `NO_DATE_REASONS`."""
    found = find_dates(value)
    if len(found) == 1 and found[0].date is None and _only_date(value):
        parts = [int(part) for part in re.findall(r"\d+", value[found[0].start : found[0].end])]
        twofold = len(parts) == 3 and max(parts[:2]) <= 12
        return "twofold" if twofold else "impossible"
    if len({item.date for item in found}) > 1:
        return "several"
    return "unclear"


def _in_utc(text: str, found: list[Found], chosen: Found) -> date | None:
    """The day of `chosen` in UTC, by the time that stands in, after or before it."""
    if chosen.date is None:
        return None
    number = found.index(chosen)
    after = text[chosen.end : found[number + 1].start if number + 1 < len(found) else len(text)]
    before = text[found[number - 1].end if number else 0 : chosen.start]
    return utc_day(chosen.date, chosen.clock, _SEPARATED.split(after)[0], _SEPARATED.split(before)[-1])


def _number_date(value: str) -> date | None:
    """YYYYMMDD, or Unix seconds or milliseconds from 1990 on."""
    compact = COMPACT.fullmatch(value)
    if compact:
        return date_of(compact.groupdict())
    seconds = float(value)
    if seconds > 1e11:
        seconds /= 1000
    if not 631_152_000 <= seconds <= 4_102_444_800:
        return None
    return datetime.fromtimestamp(seconds, UTC).date()


def stated_date(text: str) -> StatedDate | None:
    """The date a text states of itself in its first 600 or its last 200 code points: on a line of its own ("January
    26, 2023 - 10:13am", "Published: 26 Jan 2023", "Оновлено 26.01.2023 10:13") or in a dateline with a year ("KYIV,
    Jan 25, 2023 (Reuters) -"). None when it states none, and when several bare days head its parts; a date in running
    prose is history, not the article's date.
    """
    updated: list[_Line] = []
    for edge in _edges(text):
        lines = [line for start, words in edge if (line := _date_on_line(words, start))]
        updated += [line for line in lines if line.strength == _UPDATE_ONLY]
        best = max((line.strength for line in lines), default=_UPDATE_ONLY)
        if best > _UPDATE_ONLY:
            stated = [line.stated for line in lines if line.strength == best]
            several = best == _BARE and len({one.date for one in stated}) > 1
            return None if several else stated[0]
    return updated[0].stated if updated else None


def unsure_date_line(text: str) -> str:
    """The words of a date line in the text's head whose date cannot be taken ("31.02.2023 14:20"); empty when there
    is none."""
    for _, words in _edges(text)[0]:
        found = find_dates(words[:_LONGEST_LINE])
        if found and all(item.date is None for item in found) and len(words) <= _LONGEST_LINE and _alone(words):
            return words.strip()
    return ""


def is_date_line(line: str) -> bool:
    """Whether the line is there to state the text's date and for nothing else."""
    found = _date_on_line(line, 0)
    return found is not None and found.stated.text == line.strip()


def _edges(text: str) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Lines that begin in the head, and lines that begin in the tail, each once, with their offsets."""
    head = [
        (match.start(), match.group()) for match in _LINE.finditer(text, 0, _HEAD + 1_000) if match.start() <= _HEAD
    ]
    tail = [
        (match.start(), match.group())
        for match in _LINE.finditer(text, max(_HEAD + 1, len(text) - _TAIL))
        if text[match.start() - 1] in "\r\n"
    ]
    return head, tail


def _date_on_line(line: str, offset: int) -> _Line | None:
    """The date that a line beginning at `offset` states of its text."""
    opening = line[:_LONGEST_LINE]
    found = find_dates(opening)
    chosen = _chosen(opening, found)
    if chosen is None or chosen.date is None:
        return None
    day = _in_utc(opening, found, chosen) or chosen.date
    before, after = opening[: chosen.start], opening[chosen.end :]
    if len(line) <= _LONGEST_LINE and _alone(line):
        first, last = len(line) - len(line.lstrip()), len(line.rstrip())
        stated = StatedDate(day, line[first:last], offset + first, offset + last)
        return _Line(stated, _strength(line, before))
    mark = _DATELINE_AFTER.match(after)
    if chosen is found[0] and mark and _DATELINE_PLACE.match(before):
        first, last = len(before) - len(before.lstrip()), chosen.end + len(mark.group().rstrip())
        return _Line(StatedDate(day, line[first:last], offset + first, offset + last), _SURE)
    return None


def _strength(line: str, before: str) -> int:
    if _UPDATED_BEFORE.search(before):
        return _UPDATE_ONLY
    if re.search(rf"\b(?:{_PUBLISHED})\b", line, re.IGNORECASE):
        return _SURE
    return _TIMED if _BYLINE.search(line) or re.search(_TIME, _outside(line, find_dates(line)), re.I) else _BARE


def _alone(line: str) -> bool:
    """Whether nothing but times, labels, a byline or short cells set off by bars stands beside the line's dates."""
    cells = [cell for cell in _SEPARATED.split(_BYLINE.sub("", line)) if cell.strip()]
    return all(
        _only_date(cell) or _after_outlet(cell) if find_dates(cell) else len(cell.split()) <= _LONGEST_CELL
        for cell in cells
    )


def _after_outlet(cell: str) -> bool:
    """Whether a known outlet stands before the date, and nothing else: `Kyiv Post, Jan. 26, 2023, 8:40 am`."""
    name, comma, rest = cell.partition(",")
    return bool(comma) and bool(known_outlet(name.strip(" *_>#"))) and bool(find_dates(rest)) and _only_date(rest)


def _only_date(cell: str) -> bool:
    return not _AROUND.sub("", _outside(cell, find_dates(cell))).strip()
