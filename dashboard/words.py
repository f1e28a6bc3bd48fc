"""The words the pages share: names of kinds, statuses and roles, dates and counts, one form everywhere."""

from collections.abc import Sequence
from datetime import date as Date

import pandas as pd

UNKNOWN_SOURCE_NAME = "unknown source"
SAMPLE_PREFIX = "Sample:"
KINDS = {
    "city": "city",
    "town": "town",
    "village": "village",
    "district": "district",
    "region": "region",
    "country": "country",
    "continent": "continent",
    "water": "water",
    "facility": "facility",
    "area": "area",
}
STATUSES = {
    "placed": "placed",
    "ambiguous": "ambiguous",
    "unplaced": "unplaced",
    "rejected": "not a place",
}
STATUS_HELP = {
    "placed": "A place of the gazetteer, trusted enough to be drawn",
    "ambiguous": "A best guess exists but is not trusted; drawn dashed when asked for",
    "unplaced": "A place by its looks that the gazetteer does not have; it has no point",
    "rejected": "A name that places have too, but here it is a person, an organisation or a word",
}
ROLES = {"location": "where things happen", "actor": "who acts (“Moscow said”)"}
DATE_BASES = {
    "stated": "stated in the text",
    "metadata": "from the article's own metadata",
    "file": "from the file name",
    "inferred": "inferred",
    "unknown": "not known",
}
LANGUAGES = {"en": "English", "uk": "Ukrainian", "ru": "Russian", "unknown": "unknown"}
_SINGULAR = {"mentions": "mention", "articles": "article", "places": "place", "stories": "story", "sources": "source"}


def kind_name(kind: str | None) -> str:
    """The kind of a place in words."""
    return KINDS.get(kind or "", kind or "place")


def source_name(source: str | None) -> str:
    """The source's name; empty means that nothing states it."""
    return source or UNKNOWN_SOURCE_NAME


def is_sample(source: str | None) -> bool:
    """True for the bundled sample reports, which are marked wherever they are shown."""
    return (source or "").startswith(SAMPLE_PREFIX)


def format_date(date: Date | None) -> str:
    """`26 Jan 2023`, or `undated`."""
    if date is None or pd.isna(date):
        return "undated"
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def count_of(number: int, what: str) -> str:
    """`1 mention`, `2,345 mentions`."""
    return f"{number:,} {_SINGULAR.get(what, what) if number == 1 else what}"


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *first, last = words or [""]
    return f"{', '.join(first)} and {last}" if first else last


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
