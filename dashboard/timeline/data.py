"""What the Timeline page shows under a filter: the span, its steps, counts for all and for each row, battles."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from datetime import timedelta

import pandas as pd

from corpus import MentionFilter
from dashboard import selection
from dashboard.filters import FIRST_DAY, LAST_DAY
from dashboard.frame import Frame
from dashboard.resources import Desk, gazetteer
from dashboard.timeline import lanes as timeline_lanes
from dashboard.timeline.lanes import Lane
from dashboard.timeline.periods import Period, begin, fitting_unit, periods
from dashboard.timeline.state import TimelineState
from geodata import Battle, open_battles
from geodata.places import REGION_KINDS


@dataclass(frozen=True, slots=True)
class Timeline:
    """One timeline. `asked` is the filter with the places chosen on the page; `counts` has a row for each step with a
    mention (columns day, stories, articles, mentions), `cells` the same for each lane (and lane); `outside` is how many
    articles have a date that the axis does not reach."""

    asked: MentionFilter
    unit: str
    steps: list[Period]
    counts: pd.DataFrame
    lanes: list[Lane]
    cells: pd.DataFrame
    battles: list[Battle]
    outside: int

    @property
    def first(self) -> Date:
        return self.steps[0].first

    @property
    def last(self) -> Date:
        return self.steps[-1].last


def scoped(desk: Desk, asked: MentionFilter, on: Sequence[str]) -> MentionFilter:
    """The filter with the chosen places only; of a chosen region, every place of the corpus that lies in it."""
    if not on:
        return asked
    everywhere = desk.all_places()
    inside = everywhere[everywhere["region"].isin(on) | everywhere["country"].isin(on)]["place_id"]
    wanted = dict.fromkeys([*on, *inside])
    if asked.places:
        # a battle's places are asked for as well: both hold
        wanted = dict.fromkeys(place for place in wanted if place in set(asked.places)) or dict.fromkeys(("none",))
    return replace(asked, places=tuple(wanted))


def read_timeline(frame: Frame, state: TimelineState) -> Timeline | None:
    """Everything for the page; None when no dated article has a mention that counts. Raises `GeodataError`."""
    desk, asked = frame.desk, scoped(frame.desk, frame.asked, state.on)
    days = desk.timeline(asked, "day")
    inside = _inside(days)
    if inside.empty:
        return None
    outside, days = int(days["articles"].sum() - inside["articles"].sum()), inside
    first, last = days["day"].min().date(), days["day"].max().date()
    unit = fitting_unit(first, last, state.unit)
    steps = periods(first, last, unit)
    lanes = _lanes(frame, asked, state, (steps[0].first, steps[-1].last))
    cells = [
        _inside(desk.timeline(replace(asked, places=_of_lane(desk, asked, lane)), unit)).assign(lane=lane.label)
        for lane in lanes
    ]
    only = open_battles().get(selection.selected(selection.ONLY_BATTLE) or "")
    return Timeline(
        asked=asked,
        unit=unit,
        steps=steps,
        counts=_inside(desk.timeline(asked, unit)),
        lanes=lanes,
        cells=pd.concat(cells) if cells else pd.DataFrame(),
        battles=timeline_lanes.battles_in(lanes, steps[0].first, steps[-1].last, only),
        outside=outside,
    )


def _inside(counts: pd.DataFrame) -> pd.DataFrame:
    """The rows of days that can be filtered by: a mistaken year, 1023 or 3023, would stretch the axis."""
    first, last = pd.Timestamp(begin(FIRST_DAY, "week")), pd.Timestamp(LAST_DAY)
    return counts[(counts["day"] >= first) & (counts["day"] <= last)].reset_index(drop=True)


def _lanes(frame: Frame, asked: MentionFilter, state: TimelineState, span: tuple[Date, Date]) -> list[Lane]:
    """Chosen places first, then the one selected on any page, then those of the most reports whose control changed."""
    places = frame.desk.places(asked)
    selected = selection.selected(selection.PLACE)
    chosen = [*state.on, *([selected] if selected and selected in set(places["place_id"]) else [])]
    if state.on and not any(_is_area(place) for place in state.on):
        places = places[places["place_id"].isin(state.on)]
    return timeline_lanes.lanes_of(places, *span, chosen)


def _of_lane(desk: Desk, asked: MentionFilter, lane: Lane) -> tuple[str, ...]:
    return scoped(desk, asked, (lane.place_id,)).places if _is_area(lane.place_id) else (lane.place_id,)


def _is_area(place_id: str) -> bool:
    place = gazetteer().get(place_id)
    return place is not None and place.kind in REGION_KINDS


def drawn(counts: pd.DataFrame, timeline: Timeline, measure: str, shown: tuple[Date, Date]) -> pd.DataFrame:
    """The rows for the charts: key, label, start, end (the day after), count, shown (inside the days shown)."""
    steps = {step.first: step for step in timeline.steps}
    found = [steps[begin(day.date(), timeline.unit)] for day in counts["day"]]
    rows = pd.DataFrame(
        {
            "key": [step.key for step in found],
            "label": [step.label for step in found],
            "start": [step.first for step in found],
            "end": [step.last + timedelta(days=1) for step in found],
            "count": counts[measure].astype(int).to_numpy(),
            "shown": [shown[0] <= step.first and step.last <= shown[1] for step in found],
        }
    )
    return rows.assign(lane=counts["lane"].to_numpy()) if "lane" in counts else rows
