import json
from datetime import date as Date
from datetime import timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.timeline import chart as timeline_chart
from dashboard.timeline import lanes as timeline_lanes
from dashboard.timeline.chart import LIGHT, Axis
from dashboard.timeline.lanes import Lane
from dashboard.timeline.periods import MOST_PERIODS, begin, fitting_unit, periods, snapped, window

SOLEDAR = [Lane("soledar-donetsk", "Soledar")]
JANUARY = (Date(2023, 1, 1), Date(2023, 1, 31))
DAYS = st.dates(Date(1990, 1, 1), Date(2099, 12, 1))


@pytest.mark.parametrize(
    ("day", "unit", "first"),
    [
        (Date(2023, 1, 26), "day", Date(2023, 1, 26)),
        (Date(2023, 1, 26), "week", Date(2023, 1, 23)),
        (Date(2023, 1, 26), "month", Date(2023, 1, 1)),
        (Date(2023, 1, 1), "week", Date(2022, 12, 26)),
    ],
)
def test_a_unit_begins_on_its_first_day(day: Date, unit: str, first: Date) -> None:
    assert begin(day, unit) == first


@given(DAYS, st.integers(0, 800), st.sampled_from(["day", "week", "month"]))
def test_steps_cover_the_span_without_gap_or_overlap(first: Date, days: int, unit: str) -> None:
    last = first + timedelta(days=days)
    steps = periods(first, last, unit)
    assert steps[0].first <= first <= steps[0].last
    assert steps[-1].first <= last <= steps[-1].last
    assert all(b.first - a.last == timedelta(days=1) for a, b in zip(steps, steps[1:], strict=False))


@given(DAYS, DAYS, st.sampled_from(["", "day", "week", "month", "century"]))
def test_there_are_never_too_many_steps(one: Date, other: Date, asked: str) -> None:
    first, last = sorted((one, other))
    assert len(periods(first, last, fitting_unit(first, last, asked))) <= MOST_PERIODS + 1


@pytest.mark.parametrize(("days", "unit"), [(0, "day"), (30, "day"), (300, "week"), (3000, "month")])
def test_the_unit_suits_the_span(days: int, unit: str) -> None:
    assert fitting_unit(Date(2022, 1, 1), Date(2022, 1, 1) + timedelta(days=days)) == unit


def test_a_step_of_another_unit_is_found_by_its_day() -> None:
    steps = periods(Date(2023, 1, 1), Date(2023, 3, 31), "month")
    assert snapped(steps, "2023-02-13") == "2023-02-01"
    assert snapped(steps, "2024-01-01") == snapped(steps, "x") == ""


def test_a_window_is_the_step_or_everything_up_to_it() -> None:
    steps = periods(Date(2023, 1, 1), Date(2023, 3, 31), "month")
    assert window(steps, "2023-02-01", cumulative=False) == (Date(2023, 2, 1), Date(2023, 2, 28))
    assert window(steps, "2023-02-01", cumulative=True) == (Date(2023, 1, 1), Date(2023, 2, 28))
    assert window(steps, "", cumulative=False) == (Date(2023, 1, 1), Date(2023, 3, 31))


def test_the_claim_and_the_confirmation_of_soledar_are_marks() -> None:
    marks = timeline_lanes.marks(SOLEDAR, *JANUARY)
    found = {(row.day, row.to, row.sign) for row in marks.itertuples()}
    assert (Date(2023, 1, 13), "russia", "claimed") in found
    assert (Date(2023, 1, 25), "russia", "confirmed") in found


def test_the_line_is_unsettled_between_claim_and_confirmation() -> None:
    held = timeline_lanes.holdings(SOLEDAR, *JANUARY)
    status = {
        day: row.status
        for row in held.itertuples()
        for day in (Date(2023, 1, 15), Date(2023, 1, 24), Date(2023, 1, 30))
        if row.start <= day < row.end
    }
    assert status == {Date(2023, 1, 15): "contested", Date(2023, 1, 24): "contested", Date(2023, 1, 30): "russia"}


def test_a_line_covers_every_day_once() -> None:
    held = timeline_lanes.holdings(SOLEDAR, Date(2022, 3, 1), Date(2024, 3, 1))
    assert held["start"].iloc[0] == Date(2022, 3, 1)
    assert held["end"].iloc[-1] == Date(2024, 3, 2)
    assert held["start"].tolist()[1:] == held["end"].tolist()[:-1]


def test_what_the_table_does_not_know_has_no_line() -> None:
    nowhere = [Lane("no-such-place", "Nowhere")]
    assert timeline_lanes.holdings(nowhere, *JANUARY).empty
    assert timeline_lanes.marks(nowhere, *JANUARY).empty


def test_ukraine_holding_a_place_to_begin_with_is_no_change() -> None:
    changes = timeline_lanes.changes("soledar-donetsk", Date(2022, 2, 1), Date(2022, 3, 1))
    assert changes == []


def test_battles_of_the_rows_stand_in_the_span() -> None:
    battles = timeline_lanes.battles_in(SOLEDAR, *JANUARY, None)
    bands = timeline_lanes.bands(battles, *JANUARY)
    assert "Battle of Soledar" in bands["battle"].tolist()
    assert bands["start"].min() >= JANUARY[0]
    assert bands["end"].max() <= JANUARY[1] + timedelta(days=1)


def test_places_of_one_name_have_rows_of_their_own() -> None:
    rows = [("a-1", "Ivanivka"), ("b-2", "Ivanivka")]
    lanes = timeline_lanes.lanes_of(pd.DataFrame(rows, columns=["place_id", "name"]), *JANUARY, ["a-1", "b-2"])
    assert len({lane.label for lane in lanes}) == 2


def chart_rows(*labels: str) -> pd.DataFrame:
    rows = [
        (f"2023-01-{n:02}", label, Date(2023, 1, n), Date(2023, 1, n + 1), 2, True) for n, label in enumerate(labels, 1)
    ]
    return pd.DataFrame(rows, columns=["key", "label", "start", "end", "count", "shown"])


def test_charts_name_no_host_and_share_one_axis() -> None:
    axis, measure = Axis(*JANUARY), "stories"
    marks, held = timeline_lanes.marks(SOLEDAR, *JANUARY), timeline_lanes.holdings(SOLEDAR, *JANUARY)
    cells = chart_rows("1 Jan").assign(lane="Soledar")
    bands = timeline_lanes.bands(timeline_lanes.battles_in(SOLEDAR, *JANUARY, None), *JANUARY)
    made = [
        timeline_chart.bars(chart_rows("1 Jan", "2 Jan"), axis, LIGHT, measure),
        timeline_chart.lanes(cells, held, marks, ["Soledar"], axis, LIGHT, measure),
        timeline_chart.bands(bands, axis, LIGHT),
    ]
    for chart in made:
        text = chart.to_json()
        spec = json.loads(text)
        spec.pop("$schema")
        assert "http" not in json.dumps(spec)
        assert "[1672531200000, 1675209600000]" in json.dumps(spec)


def test_hostile_names_stay_data() -> None:
    hostile = "</script><img src=x onerror=alert(1)>${x}"
    chart = timeline_chart.bars(chart_rows(hostile), Axis(*JANUARY), LIGHT, "stories")
    spec = chart.to_dict()
    data = json.dumps(spec.pop("datasets"))
    assert "onerror" in data
    assert "onerror" not in json.dumps(spec)
