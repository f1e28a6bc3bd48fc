from datetime import date as Date
from typing import Any

import pytest

from dashboard.presets import ALL, preset_of, span_of

NEWEST = Date(2025, 10, 28)


@pytest.mark.parametrize(
    ("preset", "first"),
    [("day", Date(2025, 10, 28)), ("week", Date(2025, 10, 22)), ("month", Date(2025, 9, 29))],
)
def test_days_are_counted_back_from_the_newest_article(preset: str, first: Date) -> None:
    assert span_of(preset, NEWEST) == (first, NEWEST)


def test_all_days_are_no_days_asked_for() -> None:
    assert span_of(ALL, NEWEST) == (None, None)


@pytest.mark.parametrize("preset", ["day", "week", "month", ALL])
def test_days_of_a_preset_are_recognised(preset: str) -> None:
    assert preset_of(*span_of(preset, NEWEST), NEWEST) == preset


@pytest.mark.parametrize("days", [(None, NEWEST), (Date(2025, 10, 1), NEWEST), (Date(2025, 10, 22), None)])
def test_other_days_are_no_preset(days: tuple[Any, Any]) -> None:
    assert preset_of(*days, NEWEST) is None
