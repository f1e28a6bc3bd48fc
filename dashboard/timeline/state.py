"""What the Timeline page keeps in the link and, since a change of page empties the link, in the session.

`unit` (day, week, month; nothing: as suits), `on` (ids of places and regions; none: all), `at` (first day of the step
shown; nothing: the whole span), `upto` (`yes`: everything up to that step).
"""

import re
from dataclasses import dataclass

from corpus.index import UNITS
from dashboard import kept

MOST_CHOSEN = 6
_ID = re.compile(r"[\w.:-]{1,120}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class TimelineState:
    """The page's choices; see the module."""

    unit: str
    on: tuple[str, ...]
    at: str
    cumulative: bool


def read() -> TimelineState:
    """The choices of the link, else those of the session; what makes no sense in a link is ignored."""
    unit, at, upto = (kept.read_one(param) for param in ("unit", "at", "upto"))
    on = [chosen for chosen in dict.fromkeys(kept.read("on")) if _ID.fullmatch(chosen)]
    return TimelineState(
        unit=unit if unit in UNITS else "",
        on=tuple(on[:MOST_CHOSEN]),
        at=at if _DAY.fullmatch(at) else "",
        cumulative=upto == "yes",
    )
