"""What stands beside a date on the pages: a word that it lies ahead, why there is none, what was moved or counted."""

from datetime import date as Date

import pytest

from dashboard.dates_told import date_remark
from dashboard.reader import meta_html
from extract.types import Article

TODAY = Date(2023, 2, 1)


def article(day: Date | None, basis: str, words: str = "", retrieved: str = "") -> Article:
    return Article("a", "Text.", date=day, date_basis=basis, date_text=words, retrieved_at=retrieved)


@pytest.mark.parametrize(
    ("given", "remark"),
    [
        (article(Date(2099, 1, 26), "metadata", "2099-01-26"), "in the future"),
        (article(Date(2099, 1, 26), "corrected"), "in the future"),
        (article(None, "unknown", "32.13.2023"), "“32.13.2023” is no day of the calendar"),
        (article(None, "unknown", "03/04/2023"), "“03/04/2023” can be two different days"),
        (article(None, "unknown", "soon"), "“soon” is not understood as a day"),
        (
            article(Date(2023, 1, 26), "metadata", "2023-01-27 00:35+02:00"),
            "the day in UTC of “2023-01-27 00:35+02:00”",
        ),
        (article(Date(2023, 1, 27), "inferred", "Вчора", "2023-01-28"), "“Вчора”, counted from 28 Jan 2023"),
        (article(Date(2023, 1, 26), "metadata", "2023-01-26"), ""),
        (article(Date(2023, 1, 26), "corrected", "2021-05-04"), ""),
        (article(None, "corrected", "32.13.2023"), ""),
        (article(None, "unknown"), ""),
    ],
)
def test_the_remark(given: Article, remark: str) -> None:
    assert date_remark(given, TODAY) == remark


def test_the_meta_line_shows_the_remark_safely() -> None:
    line = meta_html(article(None, "unknown", "<img src=x onerror=alert(1)> 3"), TODAY)
    assert "<img" not in line
    assert "is not understood as a day" in line
