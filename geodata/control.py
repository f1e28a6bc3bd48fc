"""Who held a settlement on a day, who says so and on what basis.

The table answers or says "unknown"; nothing is inferred from neighbours.

data/control.csv holds dated rows: what a side claims, what assessors or the losing side confirm, and where neither is
at hand the project's own reading (`estimated`). Where assessors differ both rows stand.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date
from functools import cache
from pathlib import Path

from geodata.errors import ContextDataError
from geodata.gazetteer import DATA
from geodata.tables import one_of, parse_day, read_rows

COLUMNS = "place date to basis by source note".split()
SIDES = ("ukraine", "russia", "contested")
BASES = ("confirmed", "claimed", "estimated")
UNKNOWN, CONTESTED = "unknown", "contested"
ESTIMATE = "project estimate"
"""The assessor of every `estimated` row: the project's own dated reading, the weakest evidence there is."""
_DENIAL = "denied the claim"
_APPROXIMATE = re.compile(r"date approximate(?: \(within (\d+) days?\))?")


@dataclass(frozen=True, slots=True)
class ControlChange:
    """One row of the table: on `date`, `assessor` holds (`basis` confirmed), says (claimed) or the project reckons
    (estimated) that the place is in the hands of `to`, one of `SIDES`. `source` is citable, `note` in words."""

    place_id: str
    date: Date
    to: str
    basis: str
    assessor: str
    source: str
    note: str = ""
    line: int = 0

    @property
    def denies(self) -> bool:
        """Whether the row denies a standing claim instead of stating who holds the place."""
        return _DENIAL in self.note

    @property
    def date_is_approximate(self) -> bool:
        """Whether the day is not exactly known."""
        return bool(_APPROXIMATE.search(self.note))

    @property
    def within_days(self) -> int | None:
        """How far off the day may be, in days; 0 when it is exact, None when nothing is said of how far."""
        match = _APPROXIMATE.search(self.note)
        if not match:
            return 0
        return int(match.group(1)) if match.group(1) else None


@dataclass(frozen=True, slots=True)
class ControlStatus:
    """Who held a place on a day, as the table knows it.

    `status`: ukraine, russia, contested (fought over, or between a claim and its confirmation) or unknown (the table
    says nothing: all other fields are empty). `as_of`, `assessor`, `basis`, `source` are of the row that decided: it
    may be much older than the day asked for, and `table_ends`, the date of the table's latest row, may be too. `claims`
    are the claims and denials that stand unsettled, oldest first; `before` is the last row that settled who holds it.
    """

    place_id: str
    status: str
    as_of: Date | None = None
    assessor: str = ""
    basis: str = ""
    source: str = ""
    claims: tuple[ControlChange, ...] = ()
    before: ControlChange | None = None
    table_ends: Date | None = None


class Control:
    """All dated changes of a table, by place. Immutable; threads may share it."""

    def __init__(self, changes: Iterable[ControlChange]):
        self._by_place: dict[str, list[ControlChange]] = defaultdict(list)
        for change in changes:
            self._by_place[change.place_id].append(change)
        for rows in self._by_place.values():
            rows.sort(key=lambda change: change.date)  # stable: the file's order settles rows of one day
        self.ends = max((rows[-1].date for rows in self._by_place.values()), default=None)

    @property
    def places(self) -> tuple[str, ...]:
        """Ids of the places the table covers."""
        return tuple(self._by_place)

    def history(self, place_id: str) -> tuple[ControlChange, ...]:
        """Every row of the place, oldest first; empty when the table does not cover it."""
        return tuple(self._by_place.get(place_id, ()))

    def at(self, place_id: str, day: Date) -> ControlStatus:
        """Who held the place at the end of that day; `unknown` before its first row and for places not covered."""
        settled: ControlChange | None = None
        claims: list[ControlChange] = []
        for change in self._by_place.get(place_id, ()):
            if change.date > day:
                break
            settled, claims = _weigh(change, settled, claims)
        if not settled and not claims:
            return ControlStatus(place_id, UNKNOWN, table_ends=self.ends)
        deciding = claims[-1] if claims else settled
        return ControlStatus(
            place_id=place_id,
            status=CONTESTED if claims else settled.to,
            as_of=deciding.date,
            assessor=deciding.assessor,
            basis="claimed" if claims else deciding.basis,
            source=deciding.source,
            claims=tuple(claims),
            before=settled,
            table_ends=self.ends,
        )


def _weigh(
    change: ControlChange, settled: ControlChange | None, claims: list[ControlChange]
) -> tuple[ControlChange | None, list[ControlChange]]:
    """The settled row and the unsettled claims after one more row."""
    if change.denies:
        return settled, [*claims, change] if claims else claims
    if change.basis == "claimed":
        agrees = settled is not None and settled.to == change.to and not claims
        return settled, claims if agrees else [*claims, change]
    if change.basis == "confirmed":
        return change, []
    if settled and settled.basis == "confirmed" and settled.date == change.date:
        return settled, claims
    # An estimate ends a claim it agrees with; against a rival claim it is too weak.
    rivals = [claim for claim in claims if not claim.denies and claim.to != change.to]
    return change, claims if rivals else []


@cache
def open_control(data: Path = DATA) -> Control:
    """The table in the folder `data`, read once. Raises `ContextDataError` for a missing file or an unreadable row."""
    return Control(_change(row) for row in read_rows(data / "control.csv", COLUMNS))


def _change(row: dict[str, str]) -> ControlChange:
    where = f"control.csv line {row['line']} ({row['place']})"
    if not (row["place"] and row["by"] and row["source"]):
        raise ContextDataError(f"{where}: place, by and source are needed")
    return ControlChange(
        place_id=row["place"],
        date=parse_day(row["date"], where),
        to=one_of(row["to"], SIDES, where),
        basis=one_of(row["basis"], BASES, where),
        assessor=row["by"],
        source=row["source"],
        note=row["note"],
        line=int(row["line"]),
    )


def control_at(place_id: str, day: Date) -> ControlStatus:
    """`Control.at` of the embedded table."""
    return open_control().at(place_id, day)


def history(place_id: str) -> tuple[ControlChange, ...]:
    """`Control.history` of the embedded table."""
    return open_control().history(place_id)
