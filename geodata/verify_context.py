"""Checks of battles.csv and control.csv: dates, references, nesting, and that the two do not contradict each other."""

from collections import Counter
from collections.abc import Iterator
from datetime import date as Date
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from geodata.battles import Battle, Battles, open_battles
from geodata.control import CONTESTED, ESTIMATE, Control, ControlChange, open_control
from geodata.errors import ContextDataError
from geodata.gazetteer import Gazetteer

_OUTCOME_HOLDER = {"russian_control": "russia", "ukrainian_control": "ukraine"}
_DAYS_AFTER = 45
"""A battle's outcome must show in the control table by this many days after its last day."""


def context_faults(data: Path, gazetteer: Gazetteer) -> list[str]:
    """Every fault of both tables, one sentence each; a table that cannot be read is one fault."""
    try:
        battles, control = open_battles(data), open_control(data)
    except ContextDataError as error:
        return [str(error)]
    return [
        *battle_faults(battles, gazetteer),
        *nesting_faults(battles),
        *control_faults(control, gazetteer),
        *order_faults(control),
        *rival_faults(control),
        *contradictions(battles, control),
    ]


def _where(battle: Battle) -> str:
    return f"battles.csv line {battle.line} ({battle.id})"


def battle_faults(battles: Battles, gazetteer: Gazetteer) -> Iterator[str]:
    """Rows whose dates, references or wording do not hold by themselves."""
    for battle in battles.all:
        where = _where(battle)
        if battle.last_day and battle.last_day < battle.start:
            yield f"{where}: ends {battle.end} before it starts {battle.start}"
        for day, precision in ((battle.start, battle.start_precision), (battle.end, battle.end_precision)):
            if day and precision == "month" and day.day != 1:
                yield f"{where}: {day} is known to the month only and must be the first of it"
        if (battle.outcome == "ongoing") != (battle.end is None):
            yield f"{where}: an open battle is `ongoing` and no other is"
        if not battle.summary or not battle.source:
            yield f"{where}: a summary and a source are needed"
        if not battle.name_uk:
            yield f"{where}: the Ukrainian name is missing"
        yield from (
            f"{where}: no place {place!r} in the gazetteer" for place in battle.places if not gazetteer.get(place)
        )


def nesting_faults(battles: Battles) -> Iterator[str]:
    """Campaigns that do not exist, go in a circle or do not contain their parts' days."""
    for battle in battles.all:
        if not battle.parent:
            continue
        parent = battles.get(battle.parent)
        if not parent:
            yield f"{_where(battle)}: no campaign {battle.parent!r}"
        elif battle in battles.above(battle):
            yield f"{_where(battle)}: is its own campaign"
        elif parent.start > _latest_start(battle) or _ends_after(battle, parent):
            yield f"{_where(battle)}: {battle.start}..{battle.end or ''} lies outside its campaign {parent.id}"


def _latest_start(battle: Battle) -> Date:
    """The last day on which it may have begun."""
    if battle.start_precision == "day":
        return battle.start
    return (battle.start + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _ends_after(battle: Battle, parent: Battle) -> bool:
    return parent.last_day is not None and (battle.last_day is None or battle.last_day > parent.last_day)


def _line(change: ControlChange) -> str:
    return f"control.csv line {change.line} ({change.place_id}, {change.date})"


def control_faults(control: Control, gazetteer: Gazetteer) -> Iterator[str]:
    """Rows of unknown places, rows given twice, estimates not marked as the project's own and the reverse."""
    for place_id in control.places:
        if not gazetteer.get(place_id):
            yield f"{_line(control.history(place_id)[0])}: no such place in the gazetteer"
        rows = control.history(place_id)
        counts = Counter((row.date, row.to, row.basis, row.assessor) for row in rows)
        for row in rows:
            if counts[row.date, row.to, row.basis, row.assessor] > 1:
                yield f"{_line(row)}: given twice"
            if (row.basis == "estimated") != (row.assessor == ESTIMATE):
                yield f"{_line(row)}: `estimated` is the basis of the {ESTIMATE}, and of nothing else"
            if row.to == CONTESTED and row.basis == "claimed":
                yield f"{_line(row)}: a denial or an assessment is `confirmed`, not `claimed`"


def order_faults(control: Control) -> Iterator[str]:
    """Rows not in the order of their dates, and denials with no claim to deny."""
    for place_id in control.places:
        rows = control.history(place_id)
        if [row.line for row in rows] != sorted(row.line for row in rows):
            yield f"{_line(rows[0])}: the rows of this place are not in the order of their dates"
        for number, row in enumerate(rows):
            if row.denies and not any(earlier.basis == "claimed" for earlier in rows[:number]):
                yield f"{_line(row)}: denies a claim, but no claim comes before it"


def rival_faults(control: Control) -> Iterator[str]:
    """Days on which both sides are confirmed to hold a place, and estimates that say what the row before said."""
    for place_id in control.places:
        rows = control.history(place_id)
        held = {(row.date, row.to) for row in rows if row.basis == "confirmed" and row.to != CONTESTED}
        for day, count in Counter(day for day, _ in held).items():
            if count > 1:
                yield f"control.csv ({place_id}): both sides are confirmed to hold it on {day}"
        for before, row in pairwise(rows):
            if row.basis == "estimated" and before.basis != "claimed" and before.to == row.to:
                yield f"{_line(row)}: says what the row before it says"


def contradictions(battles: Battles, control: Control) -> Iterator[str]:
    """Battles whose outcome the control table does not bear out at their main place.

    Somewhere between a battle's start and some weeks after its end the winner must hold the place, or it is contested.
    """
    for battle in battles.all:
        holder = _OUTCOME_HOLDER.get(battle.outcome)
        main = battle.places[0]
        if not holder or not battle.last_day or not control.history(main):
            continue
        days = [change.date for change in control.history(main)]
        last = battle.last_day + timedelta(days=_DAYS_AFTER)
        seen = {control.at(main, day).status for day in (*days, last) if battle.start <= day <= last}
        if not seen & {holder, CONTESTED}:
            held = ", ".join(sorted(seen))
            yield f"{_where(battle)}: outcome {battle.outcome}, but control.csv has {main} with {held}"
