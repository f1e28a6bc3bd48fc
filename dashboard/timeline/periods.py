"""Days, weeks and months of a timeline: which unit suits a span, where each begins and ends, what it is called."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta

from corpus.index import UNITS
from dashboard.texts import t
from dashboard.words import format_date

MOST_PERIODS = 1_500
"""More steps than these nobody walks through; a coarser unit is taken."""
_LONGEST_IN_DAYS, _LONGEST_IN_WEEKS = 92, 1_100


@dataclass(frozen=True, slots=True)
class Period:
    """One step of a timeline, both days included."""

    first: Date
    last: Date
    unit: str

    @property
    def key(self) -> str:
        """What stands for it in links: its first day."""
        return self.first.isoformat()

    @property
    def label(self) -> str:
        """`26 Jan 2023`, `23 Jan 2023 to 29 Jan 2023`, `January 2023`."""
        if self.unit == "day":
            return format_date(self.first)
        if self.unit == "week":
            return t("date.span", first=format_date(self.first), last=format_date(self.last))
        return f"{t('date.month_names').split()[self.first.month - 1]} {self.first.year}"


def begin(day: Date, unit: str) -> Date:
    """The first day of the unit that `day` lies in; weeks begin on Monday, as DuckDB's do."""
    if unit == "day":
        return day
    return day - timedelta(days=day.weekday()) if unit == "week" else day.replace(day=1)


def following(first: Date, unit: str) -> Date:
    """The first day of the next unit."""
    if unit == "month":
        return (first + timedelta(days=31)).replace(day=1)
    return first + timedelta(days=7 if unit == "week" else 1)


def fitting_unit(first: Date, last: Date, asked: str = "") -> str:
    """The unit asked for, or without one what suits the span; a coarser one where there would be too many periods."""
    days = (last - first).days + 1
    suits = "day" if days <= _LONGEST_IN_DAYS else "week" if days <= _LONGEST_IN_WEEKS else "month"
    unit = asked if asked in UNITS else suits
    if unit == "day" and days > MOST_PERIODS:
        unit = "week"
    return "month" if unit == "week" and days > 7 * MOST_PERIODS else unit


def periods(first: Date, last: Date, unit: str) -> list[Period]:
    """Every period from the one `first` lies in to the one `last` lies in, those without a report too."""
    found, start = [], begin(first, unit)
    while start <= last:
        after = following(start, unit)
        found.append(Period(start, after - timedelta(days=1), unit))
        start = after
    return found


def window(steps: Sequence[Period], at: str, *, cumulative: bool) -> tuple[Date, Date]:
    """The days shown at a step; without one (`at` is no key of `steps`) the whole span. `steps` is not empty."""
    step = next((step for step in steps if step.key == at), None)
    if step is None:
        return steps[0].first, steps[-1].last
    return (steps[0].first if cumulative else step.first), step.last


def snapped(steps: Sequence[Period], at: str) -> str:
    """The key of the step that the day `at` lies in: a link may be of another unit. Empty when it lies in none."""
    try:
        day = Date.fromisoformat(at)
    except ValueError:
        return ""
    return next((step.key for step in steps if step.first <= day <= step.last), "")
