"""Named battles, sieges, offensives and operations since 2022: when, where, whose, part of what.

The table (data/battles.csv) is compiled from citable references; every battle carries its own.
"""

import calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date
from functools import cache, cached_property
from pathlib import Path

from geodata.errors import ContextDataError
from geodata.gazetteer import DATA
from geodata.tables import one_of, parse_day, read_rows, split_cell

COLUMNS = """
    id name name_uk other_names start end start_precision end_precision places parent attacker outcome
    formations_ukraine formations_russia summary source
""".split()
PRECISIONS = ("day", "month")
ATTACKERS = ("russia", "ukraine", "both", "disputed")
OUTCOMES = (
    "ukrainian_control", "russian_control", "withdrawal_russia", "withdrawal_ukraine", "stalemate", "ongoing", "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Battle:
    """One battle or campaign.

    `start`, `end`: first and last day; a month's precision puts them on the first of the month; `end` None means
    open. `places`: gazetteer ids, the main one first; a campaign may name whole regions. `parent`: id of the campaign
    it belongs to, empty at the top. `attacker` is one of `ATTACKERS` (`disputed`: each side names the other),
    `outcome` one of `OUTCOMES`. `name` is English, `name_uk` Ukrainian. `summary` is one sentence, `source` a citable
    reference.
    """

    id: str
    name: str
    start: Date
    end: Date | None
    places: tuple[str, ...]
    attacker: str
    outcome: str
    summary: str
    source: str
    parent: str = ""
    name_uk: str = ""
    other_names: tuple[str, ...] = ()
    start_precision: str = "day"
    end_precision: str = "day"
    formations_ukraine: tuple[str, ...] = ()
    formations_russia: tuple[str, ...] = ()
    line: int = 0

    @property
    def last_day(self) -> Date | None:
        """The last day it may have lasted: the month's last one where only the month is known; None while open."""
        if self.end is None or self.end_precision == "day":
            return self.end
        return self.end.replace(day=calendar.monthrange(self.end.year, self.end.month)[1])

    def on(self, day: Date) -> bool:
        """Whether it was under way on that day."""
        return self.start <= day and (self.last_day is None or day <= self.last_day)


class Battles:
    """All battles of a table, by id, by place and by campaign. Immutable; threads may share it."""

    def __init__(self, battles: Iterable[Battle]):
        self.all = tuple(battles)
        self._by_id = {battle.id: battle for battle in self.all}
        self._by_place: dict[str, list[Battle]] = defaultdict(list)
        for battle in self.all:
            for place in dict.fromkeys(battle.places):
                self._by_place[place].append(battle)

    def __len__(self) -> int:
        return len(self.all)

    def get(self, battle_id: str) -> Battle | None:
        """The battle with this id, or None."""
        return self._by_id.get(battle_id)

    @cached_property
    def _children(self) -> dict[str, tuple[Battle, ...]]:
        found: dict[str, list[Battle]] = defaultdict(list)
        for battle in sorted(self.all, key=lambda b: (b.start, b.name)):
            found[battle.parent].append(battle)
        return {parent: tuple(battles) for parent, battles in found.items()}

    def children(self, battle_id: str = "") -> tuple[Battle, ...]:
        """The battles that make up a campaign, earliest first; without an id, those that belong to none."""
        return self._children.get(battle_id, ())

    def above(self, battle: Battle) -> tuple[Battle, ...]:
        """The campaigns a battle belongs to, the nearest first."""
        chain: list[Battle] = []
        parent = self.get(battle.parent)
        while parent and parent not in chain:
            chain.append(parent)
            parent = self.get(parent.parent)
        return tuple(chain)

    def of(self, place_id: str) -> tuple[Battle, ...]:
        """Every battle that names the place, earliest first; empty when none does."""
        return tuple(sorted(self._by_place.get(place_id, ()), key=lambda b: (b.start, b.name)))

    def at(self, place_id: str, day: Date, *, within: Iterable[str] = ()) -> tuple[Battle, ...]:
        """What was under way at the place on that day, the most local first.

        The battles that name the place itself, those that name one of the areas it lies in (`within`: ids of its
        oblast, its country), and the campaigns above them. Empty when the table has nothing.
        """
        found: dict[str, Battle] = {}
        for place in (place_id, *within):
            for battle in self._by_place.get(place, ()):
                if battle.on(day):
                    found |= {b.id: b for b in (battle, *self.above(battle)) if b.on(day)}
        return tuple(
            sorted(
                found.values(),
                key=lambda b: (place_id not in b.places, -len(self.above(b)), -b.start.toordinal(), b.name),
            )
        )


@cache
def open_battles(data: Path = DATA) -> Battles:
    """The table in the folder `data`, read once. Raises `ContextDataError` for a missing file or an unreadable row."""
    rows = read_rows(data / "battles.csv", COLUMNS)
    battles = Battles(_battle(row) for row in rows)
    if len({battle.id for battle in battles.all}) < len(rows):
        raise ContextDataError("battles.csv: an id is used twice; run `python -m geodata verify`")
    return battles


def _battle(row: dict[str, str]) -> Battle:
    where = f"battles.csv line {row['line']} ({row['id'] or row['name']})"
    if not (row["id"] and row["name"] and row["places"]):
        raise ContextDataError(f"{where}: id, name and places are needed")
    return Battle(
        id=row["id"],
        name=row["name"],
        start=parse_day(row["start"], where),
        end=parse_day(row["end"], where) if row["end"] else None,
        places=split_cell(row["places"]),
        attacker=one_of(row["attacker"], ATTACKERS, where),
        outcome=one_of(row["outcome"], OUTCOMES, where),
        summary=row["summary"],
        source=row["source"],
        parent=row["parent"],
        name_uk=row["name_uk"],
        other_names=split_cell(row["other_names"]),
        start_precision=one_of(row["start_precision"], PRECISIONS, where),
        end_precision=one_of(row["end_precision"] or "day", PRECISIONS, where),
        formations_ukraine=split_cell(row["formations_ukraine"]),
        formations_russia=split_cell(row["formations_russia"]),
        line=int(row["line"]),
    )


def battles_at(place_id: str, day: Date, *, within: Iterable[str] = ()) -> tuple[Battle, ...]:
    """`Battles.at` of the embedded table."""
    return open_battles().at(place_id, day, within=within)


def battles_of(place_id: str) -> tuple[Battle, ...]:
    """`Battles.of` of the embedded table."""
    return open_battles().of(place_id)
