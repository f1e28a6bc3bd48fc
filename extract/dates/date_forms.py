"""The forms in which English, Ukrainian and Russian texts write a day in full: numbers, and months in words."""

import re
from dataclasses import dataclass
from datetime import date

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
MONTHS = {name: number for number, line in enumerate(_MONTH_NAMES.strip().splitlines(), 1) for name in line.split()}
MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")(?![^\W\d_])\.?"
DAY, YEAR = r"(?<![0-9])(?P<day>[0-3]?[0-9])(?:st|nd|rd|th|-?го)?", r"(?P<year>(?:19|20)[0-9]{2})(?![0-9])"
_CLOCK = r"[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?:\s+(?:[+-][0-9]{4}|[A-Z]{3,4}))?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})(?![0-9])",
        rf"{DAY}[\s\u00a0./-]*(?:of\s+)?{MONTH},?[\s\u00a0/-]*{YEAR}",
        rf"\b{MONTH}[\s\u00a0]*{DAY},?[\s\u00a0]+{YEAR}",
        # as programs print it: Thu Jan 26 10:13:00 +0000 2023
        rf"\b{MONTH}\s+{DAY}\s+(?P<clock>{_CLOCK})\s+{YEAR}",
        rf"(?<![0-9.])(?P<first>[0-9]{{1,2}})(?P<mark>[./-])(?P<second>[0-9]{{1,2}})(?P=mark){YEAR}",
        # with points the day comes first, in a year of two digits too
        r"(?<![0-9.])(?P<day>[0-3]?[0-9])\.(?P<month>[01][0-9])\.(?P<short>[0-3][0-9])(?![0-9.])",
    )
)
COMPACT = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?P<month>[01][0-9])(?P<day>[0-3][0-9])")
_HAS_YEAR = re.compile(r"(?:19|20)[0-9]{2}|[0-9]\.[01][0-9]\.[0-3][0-9]")


@dataclass(frozen=True, slots=True)
class Found:
    """A day written in full at code points [start, end): `date` is None when there is no such day, or when it reads as
    two different ones (03/04/2023). `clock` is a time that stands within it."""

    start: int
    end: int
    date: date | None
    clock: str = ""


def find_dates(text: str) -> list[Found]:
    """Every day written in full, in order."""
    found: list[Found] = []
    if not _HAS_YEAR.search(text):
        return found  # every form has one; most lines of prose have none
    for form in _FORMS:
        for match in form.finditer(text):
            if all(match.end() <= other.start or match.start() >= other.end for other in found):
                parts = match.groupdict()
                found.append(Found(match.start(), match.end(), date_of(parts), parts.get("clock") or ""))
    return sorted(found, key=lambda item: item.start)


def date_of(parts: dict[str, str | None]) -> date | None:
    """The day of a match's groups; None when there is none such or two."""
    year = 2000 + int(parts["short"] or 0) if "short" in parts else int(parts["year"] or 0)
    if "first" not in parts:
        month = parts["month"] or ""
        return valid_date(year, MONTHS.get(month.lower()) or int(month), int(parts["day"] or 0))
    first, second = int(parts["first"] or 0), int(parts["second"] or 0)
    day_first = valid_date(year, second, first)
    if parts["mark"] == ".":
        return day_first
    month_first = valid_date(year, first, second)
    if day_first and month_first and day_first != month_first:
        return None
    return day_first or month_first


def valid_date(year: int, month: int, day: int) -> date | None:
    """The day, or None when the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
