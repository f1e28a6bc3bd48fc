"""When a text was published, by its own word: date lines, metadata, file names, addresses. Never today's date.

A date is taken only where it stands as one, alone with a time and a label, never from running prose. Dates are as
written by the publisher, in the publisher's time zone; Unix times are read as UTC.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

_HEAD, _TAIL, _LONGEST_LINE = 600, 200, 160

_MONTH_NAMES = """
    january jan січня січень січ января январь янв
    february feb лютого лютий лют февраля февраль фев
    march mar березня березень бер марта март мар
    april apr квітня квітень квіт апреля апрель апр
    may may травня травень трав мая май
    june jun червня червень черв июня июнь июн
    july jul липня липень лип июля июль июл
    august aug серпня серпень серп августа август авг
    september sep sept вересня вересень вер сентября сентябрь сент сен
    october oct жовтня жовтень жовт октября октябрь окт
    november nov листопада листопад лист ноября ноябрь нояб ноя
    december dec грудня грудень груд декабря декабрь дек
"""
_MONTHS = {name: number for number, line in enumerate(_MONTH_NAMES.strip().splitlines(), 1) for name in line.split()}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")(?![^\W\d_])\.?"
_DAY, _YEAR = r"(?<![0-9])(?P<day>[0-3]?[0-9])(?:st|nd|rd|th|-?го)?", r"(?P<year>(?:19|20)[0-9]{2})(?![0-9])"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})(?![0-9])",
        rf"{_DAY}[\s\u00a0./-]*(?:of\s+)?{_MONTH},?[\s\u00a0/-]*{_YEAR}",
        rf"\b{_MONTH}[\s\u00a0]*{_DAY},?[\s\u00a0]+{_YEAR}",
        rf"(?<![0-9.])(?P<first>[0-9]{{1,2}})(?P<mark>[./-])(?P<second>[0-9]{{1,2}})(?P=mark){_YEAR}",
    )
)
_COMPACT = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?P<month>[01][0-9])(?P<day>[0-3][0-9])")

_UPDATED = r"(?:last\s+)?(?:updated?|modified|edited|revised)|оновлено|оновлення|змінено|обновлено|изменено"
_PUBLISHED = (
    r"(?:first\s+|originally\s+)?(?:published|posted|issued|created|released|filed)|date(?:\s+published)?|publication\s+date"
    r"|pub(?:lished)?\s*date|дата(?:\s+публ[іи]ка[цт][иі][їи])?|опубліковано|опубликовано|розміщено|размещено|створено|создано"
)
_WEEKDAY = (
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|понеділок|вівторок|середа|четвер|п['’ʼ]ятниця|субота"
    r"|неділя|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|пн|вт|ср|чт|пт|сб|нд|вс"
)
_ZONE = (
    r"z|utc|gmt|[ecmp][sd]?t|cest|eet|eest|msk|bst|ist|jst|hkt|sgt|aes?t|aedt|мск|(?:kyiv|kiev|moscow|local)\s+time"
    r"|за\s+київським\s+часом|по\s+московскому\s+времени"
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
_BYLINE = re.compile(rf"^\W*By {_NAME}(?: and {_NAME})?(?=\s*[,|•·–—-]|\s+(?:on|published|updated)\b)")
_DATELINE_PLACE = re.compile(
    r"\s*\(?(?!(?:In|On|At|By|From|Since|Until|After|Before|During|The|But|And|As|У|В|На|З|С|До|По|Від|От)\b)"
    r"[A-ZА-ЯЁІЇЄҐ][^\n\d:;!?]{1,60}?,\s*\Z"
)
_DATELINE_AFTER = re.compile(r"\.?\s*(?:\([^()\n]{2,40}\)|/[\w .-]{2,20}/)|\)?\s*[–—-]+\s(?=[\W]*[A-ZА-ЯЁІЇЄҐ])")
_TWO_DIGITS = re.compile(r"\d\d")
_SEPARATED = re.compile(r"[|•·]")
_LINE = re.compile(r"[^\r\n]+")
_LONGEST_CELL = 6


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date that a text states of itself: `text` is the words it was read from, at code points [start, end)."""

    date: date
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    date: date | None


def _found(text: str) -> list[_Found]:
    """Every date written in full, in order; impossible and ambiguous ones with `date` None."""
    found: list[_Found] = []
    if not _TWO_DIGITS.search(text):
        return found  # every form has a year; most lines of prose have none
    for form in _FORMS:
        for match in form.finditer(text):
            if all(match.end() <= other.start or match.start() >= other.end for other in found):
                found.append(_Found(match.start(), match.end(), _value(match.groupdict())))
    return sorted(found, key=lambda item: item.start)


def _value(parts: dict[str, str | None]) -> date | None:
    year = int(parts["year"] or 0)
    if "first" not in parts:
        month = parts["month"] or ""
        return _date(year, _MONTHS.get(month.lower()) or int(month), int(parts["day"] or 0))
    first, second = int(parts["first"] or 0), int(parts["second"] or 0)
    day_first = _date(year, second, first)
    if parts["mark"] == ".":
        return day_first
    month_first = _date(year, first, second)
    if day_first and month_first and day_first != month_first:
        return None
    return day_first or month_first


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _outside(text: str, found: list[_Found]) -> str:
    """The text without its dates."""
    pieces, end = [], 0
    for item in found:
        pieces.append(text[end : item.start])
        end = item.end
    return " ".join([*pieces, text[end:]])


def _chosen(text: str, found: list[_Found]) -> _Found | None:
    """The date of publication among several: the first that is not the date of an update."""
    known = [item for item in found if item.date]
    first = [item for item in known if not _UPDATED_BEFORE.search(text[: item.start])]
    return (first or known or [None])[0]


def parse_date(value: str) -> date | None:
    """The day a metadata value names, or None: ISO, RFC 2822, d.m.Y, months in words (en, uk, ru), Unix seconds or
    milliseconds (UTC). A value that says more than a date and a time, an impossible date, and one that reads as two
    different days (03/04/2023) give None."""
    value = value.strip()
    if len(value) > 100:
        return None
    if re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", value):
        return _number_date(value)
    compact = re.fullmatch(_COMPACT.pattern + r"(?:T[0-9:.]*(?:Z|[+-][0-9:]+)?)?", value)
    if compact:
        return _value(compact.groupdict())
    found = _found(value)
    if not found or not _only_date(value):
        return None
    chosen = _chosen(value, found)
    return chosen.date if chosen and all(item.date for item in found) else None


def _number_date(value: str) -> date | None:
    """YYYYMMDD, or Unix seconds or milliseconds from 1990 on."""
    compact = _COMPACT.fullmatch(value)
    if compact:
        return _value(compact.groupdict())
    seconds = float(value)
    if seconds > 1e11:
        seconds /= 1000
    if not 631_152_000 <= seconds <= 4_102_444_800:
        return None
    return datetime.fromtimestamp(seconds, UTC).date()


def stated_date(text: str) -> StatedDate | None:
    """The date a text states of itself in its first 600 or its last 200 code points: on a line of its own ("January
    26, 2023 - 10:13am", "Published: 26 Jan 2023", "Оновлено 26.01.2023 10:13") or in a dateline with a year ("KYIV,
    Jan 25, 2023 (Reuters) -"). None when it states none; a date in running prose is history, not the article's date.
    """
    return next((stated for start, line in _edge_lines(text) if (stated := _date_on_line(line, start))), None)


def is_date_line(line: str) -> bool:
    """Whether the line is there to state the text's date and for nothing else."""
    stated = _date_on_line(line, 0)
    return stated is not None and stated.text == line.strip()


def _edge_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines that begin in the head or in the tail, each once, with their offsets."""
    tail = len(text) - _TAIL
    for match in _LINE.finditer(text, 0, _HEAD + 1_000):
        if match.start() <= _HEAD:
            yield match.span()[0], match.group()
    for match in _LINE.finditer(text, max(_HEAD + 1, tail)):
        if text[match.start() - 1] in "\r\n":
            yield match.start(), match.group()


def _date_on_line(line: str, offset: int) -> StatedDate | None:
    """The date that a line beginning at `offset` states of its text."""
    opening = line[:_LONGEST_LINE]
    found = _found(opening)
    chosen = _chosen(opening, found)
    if chosen is None or chosen.date is None:
        return None
    if len(line) <= _LONGEST_LINE and _alone(line):
        first, last = len(line) - len(line.lstrip()), len(line.rstrip())
        return StatedDate(chosen.date, line[first:last], offset + first, offset + last)
    before, after = opening[: chosen.start], opening[chosen.end :]
    mark = _DATELINE_AFTER.match(after)
    if chosen is found[0] and mark and _DATELINE_PLACE.match(before):
        first, last = len(before) - len(before.lstrip()), chosen.end + len(mark.group().rstrip())
        return StatedDate(chosen.date, line[first:last], offset + first, offset + last)
    return None


def _alone(line: str) -> bool:
    """Whether nothing but times, labels, a byline or short cells set off by bars stands beside the line's dates."""
    cells = [cell for cell in _SEPARATED.split(_BYLINE.sub("", line)) if cell.strip()]
    return all(_only_date(cell) if _found(cell) else len(cell.split()) <= _LONGEST_CELL for cell in cells)


def _only_date(cell: str) -> bool:
    return not _AROUND.sub("", _outside(cell, _found(cell))).strip()


_NAME_DATE = re.compile(
    r"(?<![0-9A-Za-z])(?P<year>(?:19|20)[0-9]{2})(?P<mark>[-_.]?)(?P<month>[01][0-9])(?P=mark)(?P<day>[0-3][0-9])"
    r"(?![0-9A-SU-Za-z])"
)
_URL_DATE = re.compile(
    r"/(?P<year>(?:19|20)[0-9]{2})(?P<mark>[/-])(?P<month>[01]?[0-9])(?P=mark)(?P<day>[0-3]?[0-9])(?=[/-])"
)


def date_from_name(name: str) -> StatedDate | None:
    """The date in a file's name ("2023-01-26-report.txt", "20230126_1.txt"); None when it holds none or several."""
    return _only(_NAME_DATE, name)


def date_from_url(url: str) -> StatedDate | None:
    """The date in an address's path ("/2023/01/26/"); None when it holds none or several."""
    return _only(_URL_DATE, url)


def _only(pattern: re.Pattern[str], text: str) -> StatedDate | None:
    matches = list(pattern.finditer(text))
    value = _value(matches[0].groupdict()) if len(matches) == 1 else None
    return StatedDate(value, matches[0].group().strip("/-"), *matches[0].span()) if value else None
