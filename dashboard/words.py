"""The words the pages share: names of kinds, statuses and roles, dates, numbers and counts, one form everywhere."""

from collections.abc import Sequence
from datetime import date as Date

import pandas as pd

from dashboard.texts import language, noun, t
from extract.types import DATE_BASES
from geodata.places import KINDS

SAMPLE_PREFIX = "Sample:"
_NO_BREAK_SPACE = "\u00a0"


def kind_name(kind: str | None) -> str:
    """The kind of a place in words."""
    return t(f"kind.{kind}") if kind in KINDS else kind or t("kind.place")


def status_name(status: str) -> str:
    """The status of a mention in words."""
    return t(f"status.{status}")


def status_help(status: str) -> str:
    """What the status means, in a phrase."""
    return t(f"status_help.{status}")


def role_name(role: str) -> str:
    """The role of a mention in words."""
    return t(f"role.{role}")


def measure_name(measure: str) -> str:
    """What circles count, in words."""
    return t(f"measure.{measure}")


def basis_name(basis: str) -> str:
    """Where a date was read, in words."""
    return t(f"basis.{basis}") if basis in DATE_BASES else basis


def language_name(code: str) -> str:
    """The language of an article in words; empty when it is not known."""
    return t(f"language.{code}") if code in ("en", "uk", "ru") else ""


def source_name(source: str | None) -> str:
    """The source's name; empty means that nothing states it."""
    return source or t("source.unknown")


def is_sample(source: str | None) -> bool:
    """True for the bundled sample reports, which are marked wherever they are shown."""
    return (source or "").startswith(SAMPLE_PREFIX)


def format_date(date: Date | None) -> str:
    """`26 Jan 2023`, `26 січня 2023`; `undated` for None."""
    if date is None or pd.isna(date):
        return t("date.undated")
    return f"{date.day} {t('date.months').split()[date.month - 1]} {date.year}"


def dated(date: Date | None, basis: str, *, always: bool = True) -> str:
    """The date with where it was read: `2 Mar 2023 (from the file name)`. Without `always`, the article's own
    statement needs no mention."""
    if date is None or pd.isna(date):
        return t("date.undated")
    told = always or basis not in ("stated", "metadata")
    return f"{format_date(date)} ({basis_name(basis)})" if told else format_date(date)


def number(value: int) -> str:
    """`2,345` in English, `2 345` in Ukrainian."""
    return f"{value:,}" if language() == "en" else f"{value:,}".replace(",", _NO_BREAK_SPACE)


def fraction(value: float) -> str:
    """Two decimals: `0.85` in English, `0,85` in Ukrainian."""
    return f"{value:.2f}" if language() == "en" else f"{value:.2f}".replace(".", ",")


def noun_of(value: int, what: str) -> str:
    """The noun alone that goes with a number: `mention`, `mentions`."""
    return noun(f"count.{what}", value)


def count_of(value: int, what: str) -> str:
    """`1 mention`, `2,345 mentions`."""
    return f"{number(value)} {noun_of(value, what)}"


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *first, last = words or [""]
    return f"{', '.join(first)} {t('list.and')} {last}" if first else last
