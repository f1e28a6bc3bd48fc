"""Days in the names of files and in addresses."""

import re

from extract.dates.date_forms import MONTH, date_of, find_dates
from extract.dates.stated import StatedDate

_NAME_DATE = re.compile(
    r"(?<![0-9A-Za-z])(?P<year>(?:19|20)[0-9]{2})(?P<mark>[-_.]?)(?P<month>[01][0-9])(?P=mark)(?P<day>[0-3][0-9])"
    r"(?![0-9A-SU-Za-z])"
)
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_END = r"(?=/?(?:[?#]|\.[a-z]{3,5}(?:[?#]|\Z)|\Z))"
_URL_DATES = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"/{_YEAR}(?P<mark>[/-])(?P<month>[01]?[0-9])(?P=mark)(?P<day>[0-3]?[0-9])(?:(?=[/-])|{_END})",
        rf"/{_YEAR}/{MONTH}/(?P<day>[0-3]?[0-9])(?:(?=[/-])|{_END})",
        rf"/{_YEAR}(?P<month>[01][0-9])(?P<day>[0-3][0-9])(?=/)",
        # at the end of the headline in an address: ...-odesa-2023-07-19/, ...-assessment-january-26-2023
        rf"-{_YEAR}-(?P<month>[01][0-9])-(?P<day>[0-3][0-9]){_END}",
        rf"-{MONTH}-(?P<day>[0-3]?[0-9])-{_YEAR}{_END}",
    )
)


def date_from_name(name: str) -> StatedDate | None:
    """The day in a file's name ("2023-01-26-report", "20230126_1", "26.01.2023", "26 січня 2023"); None when it holds
    none or several."""
    matches = list(_NAME_DATE.finditer(name))
    if matches:
        value = date_of(matches[0].groupdict()) if len(matches) == 1 else None
        return StatedDate(value, matches[0].group(), *matches[0].span()) if value else None
    found = find_dates(name.replace("_", " "))
    if len(found) != 1 or found[0].date is None:
        return None
    start, end = found[0].start, found[0].end
    return StatedDate(found[0].date, name[start:end], start, end)


def date_from_url(url: str) -> StatedDate | None:
    """The day in an address ("/2023/01/26/", "/2023/mar/11/", "-2023-07-19/"); None when it holds none or several."""
    matches = [match for form in _URL_DATES for match in form.finditer(url)]
    days = {date_of(match.groupdict()) for match in matches}
    value = days.pop() if len(days) == 1 else None
    return StatedDate(value, matches[0].group().strip("/-"), *matches[0].span()) if value else None
