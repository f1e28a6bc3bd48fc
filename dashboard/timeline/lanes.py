"""What lies on a timeline's axis beside the counts: battles as bands, changes of control as marks, and who held a
place in between. Frames of days for the charts and tables; texts in them are plain, not HTML."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta

import pandas as pd

from dashboard.battles.filter import with_parts
from dashboard.context import assessor_name, span_words
from dashboard.names import battle_name, place_name
from dashboard.safe import visible
from dashboard.texts import t
from dashboard.words import format_date
from geodata import Battle, ControlChange, battles_of, history, open_battles, open_control

MOST_LANES, MOST_BATTLES = 6, 8
CONTESTED = "contested"
_LOOKED_AT = 400


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of the chart: a place with its name in the visitor's language, told apart from others of that name."""

    place_id: str
    label: str


def lanes_of(places: pd.DataFrame, first: Date, last: Date, chosen: Sequence[str]) -> list[Lane]:
    """The places that get a row: those chosen, then the most written about whose control changed in the span.

    `places` is the answer of `CorpusIndex.places`, most counted first.
    """
    names = dict(zip(places["place_id"], places["name"], strict=True))
    ids = list(dict.fromkeys(chosen))
    for place_id in list(names)[:_LOOKED_AT]:
        if len(ids) >= MOST_LANES:
            break
        if place_id not in ids and changes(place_id, first, last):
            ids.append(place_id)
    labels: set[str] = set()
    lanes = []
    for place_id in ids[:MOST_LANES]:
        label = visible(place_name(place_id, names.get(place_id, place_id)))
        # two places of one name would share a row
        label = f"{label} ({place_id})" if label in labels else label
        labels.add(label)
        lanes.append(Lane(place_id, label))
    return lanes


def changes(place_id: str, first: Date, last: Date) -> list[ControlChange]:
    """Changes of control in the span. That Ukraine held the place to begin with is the table's start, no change."""
    rows = history(place_id)
    told = rows[1:] if rows and rows[0].to == "ukraine" else rows
    return [change for change in told if first <= change.date <= last]


def marks(lanes: Iterable[Lane], first: Date, last: Date) -> pd.DataFrame:
    """Changes of control in the span. Columns: lane, day, to (ukraine, russia, contested), sign (confirmed, claimed,
    estimated, denied), words, by, source."""
    rows = [
        (lane.label, change.date, change.to, _sign(change), mark_words(change), assessor_name(change.assessor))
        + (visible(change.source),)
        for lane in lanes
        for change in changes(lane.place_id, first, last)
    ]
    return pd.DataFrame(rows, columns=["lane", "day", "to", "sign", "words", "by", "source"])


def _sign(change: ControlChange) -> str:
    return "denied" if change.denies else change.basis


def mark_words(change: ControlChange) -> str:
    """`Russia, claimed`; `the claim, denied`."""
    if change.denies:
        return t("timeline.denied")
    return f"{t(f'control.{change.to}')}, {t(f'timeline.sign_{change.basis}')}"


def holdings(lanes: Iterable[Lane], first: Date, last: Date) -> pd.DataFrame:
    """Who held each place, stretch by stretch, and the stretch between a claim and what settled it.

    Columns: lane, start, end (the day after the last one), status (ukraine, russia, contested), to (the side that is
    claimed or held), words. Nothing where the table knows nothing.
    """
    table = open_control()
    rows = []
    for lane in lanes:
        days = sorted({first, *(change.date for change in table.history(lane.place_id) if first < change.date <= last)})
        for start, end in zip(days, [*days[1:], last + timedelta(days=1)], strict=True):
            status = table.at(lane.place_id, start)
            if status.as_of is None:
                continue
            claimed = [claim for claim in status.claims if not claim.denies]
            to = claimed[-1].to if claimed else status.status
            rows.append((lane.label, start, end, status.status, to, _held_words(status.status, claimed, status.as_of)))
    return _joined(pd.DataFrame(rows, columns=["lane", "start", "end", "status", "to", "words"]))


def _joined(rows: pd.DataFrame) -> pd.DataFrame:
    """Stretches that follow one another with one status as a single stretch, in the words of the first."""
    if rows.empty:
        return rows
    same = (rows[["lane", "status", "to"]] == rows[["lane", "status", "to"]].shift()).all(axis=1)
    groups = (~same).cumsum()
    wanted = {"lane": "first", "start": "first", "end": "last", "status": "first", "to": "first", "words": "first"}
    return rows.groupby(groups).agg(wanted).reset_index(drop=True)


def _held_words(status: str, claims: Sequence[ControlChange], as_of: Date) -> str:
    if claims:
        claim = claims[0]
        who, day = assessor_name(claim.assessor), format_date(claim.date)
        return t("timeline.unsettled", side=t(f"control.{claim.to}"), who=who, day=day)
    return f"{t(f'control.{status}')} ({format_date(as_of)})"


def battles_in(lanes: Sequence[Lane], first: Date, last: Date, only: Battle | None) -> list[Battle]:
    """The battles in the span that name one of the places, those for the places themselves first, then the shortest;
    with `only`, that battle and its parts."""
    if only is not None:
        found = {battle.id: 1 for battle in with_parts(only)}
    else:
        found: dict[str, int] = {}
        for lane in lanes:
            for battle in battles_of(lane.place_id):
                # a battle for the place itself counts more than one that came by
                found[battle.id] = found.get(battle.id, 0) + (3 if battle.places[0] == lane.place_id else 1)
    known = {battle.id: battle for battle in open_battles().all}
    inside = [known[key] for key in found if known[key].start <= last and _end(known[key], last) >= first]
    return sorted(inside, key=lambda b: (-found[b.id], (_end(b, last) - b.start).days, b.name))


def _end(battle: Battle, last: Date) -> Date:
    return battle.last_day or max(last, battle.start)


def bands(battles: Sequence[Battle], first: Date, last: Date) -> pd.DataFrame:
    """The first `MOST_BATTLES` battles, earliest first. Columns: battle, start, end (the day after the last one; both
    cut to the span), days (in words), outcome, campaign, source."""
    table, rows, names = open_battles(), [], set()
    for battle in sorted(battles[:MOST_BATTLES], key=lambda b: (b.start, b.name)):
        name = battle_name(battle)
        name = f"{name} ({battle.start.year})" if name in names else name
        names.add(name)
        campaign = battle_name(above[0]) if (above := table.above(battle)) else ""
        start, end = max(battle.start, first), min(_end(battle, last), last) + timedelta(days=1)
        rows.append((name, start, end, span_words(battle), t(f"outcome.{battle.outcome}"), campaign, battle.source))
    return pd.DataFrame(rows, columns=["battle", "start", "end", "days", "outcome", "campaign", "source"])
