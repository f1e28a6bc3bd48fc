"""Near the line of contact on a day, by the dated changes of control."""

from datetime import date

import pytest

from geodata import open_gazetteer

SOLEDAR, LVIV, KHERSON = (48.69, 38.07), (49.84, 24.03), (46.64, 32.61)


@pytest.fixture(scope="module")
def front():
    return open_gazetteer().front


@pytest.mark.parametrize(
    ("point", "day", "near"),
    [
        (SOLEDAR, date(2023, 1, 20), True),
        (KHERSON, date(2022, 11, 15), True),
        (KHERSON, date(2024, 6, 1), False),
        (LVIV, date(2023, 1, 20), False),
        (SOLEDAR, date(2019, 1, 20), False),
    ],
)
def test_only_places_near_fresh_changes_of_control_are_near_the_front(front, point, day, near):
    assert front.near(*point, day) is near
