"""What is noted of a date: none taken, moved to UTC, counted from another day, in the future."""

from datetime import date

import pytest

from extract.dates.dating import date_notes, is_ahead
from extract.types import Article

TODAY = date(2023, 2, 1)


def article(day: str = "", basis: str = "unknown", words: str = "", retrieved: str = "") -> Article:
    known = date.fromisoformat(day) if day else None
    return Article("a", "Text.", date=known, date_basis=basis, date_text=words, retrieved_at=retrieved)


@pytest.mark.parametrize(
    ("given", "note"),
    [
        (article(words="32.13.2023"), "No date taken: “32.13.2023” is a day that the calendar does not have."),
        (article(words="03/04/2023"), "No date taken: “03/04/2023” reads as two different days."),
        (
            article("2023-01-26", "metadata", "2023-01-27T00:35:00+02:00"),
            "“2023-01-27T00:35:00+02:00” is 2023-01-26 in UTC.",
        ),
        (
            article("2023-01-27", "inferred", "Вчора, 14:20", "2023-01-28"),
            "“Вчора, 14:20” was counted from 2023-01-28, when the article was collected.",
        ),
        (
            article("2099-01-26", "metadata", "2099-01-26"),
            "The date lies in the future: the article was read on 2023-02-01.",
        ),
    ],
)
def test_what_is_odd_is_noted(given, note):
    assert date_notes(given, TODAY) == (note,)


@pytest.mark.parametrize(
    "given",
    [article(), article("2023-01-26", "metadata", "2023-01-26T08:00:00Z"), article("2023-01-26", "file", "2023-01-26")],
)
def test_a_plain_date_has_no_note(given):
    assert date_notes(given, TODAY) == ()


def test_tomorrow_is_no_future_yet_somewhere():
    assert not is_ahead(date(2023, 2, 2), TODAY)
    assert is_ahead(date(2023, 2, 3), TODAY)
    assert not is_ahead(None, TODAY)
