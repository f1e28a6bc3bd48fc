"""Days told from another one: by lines, datelines and, where the material is fresh, by weekdays in prose."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dates.relative import relative_date, relative_words
from extract.pipeline import complete
from extract.types import Article

SATURDAY = date(2023, 1, 28)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Yesterday, 14:20", 27),
        ("Yesterday at 10:13am", 27),
        ("Вчора, 14:20", 27),
        ("Учора о 09:15", 27),
        ("Вчера в 9:15", 27),
        ("Today", 28),
        ("Сьогодні, 10:00", 28),
        ("Опубліковано: сьогодні, 10:00", 28),
        ("2 days ago", 26),
        ("3 дні тому", 25),
        ("2 дня назад", 26),
        ("5 хв тому", 28),
        ("26 січня, 14:20", 26),
        ("Jan 26", 26),
        ("Published 26 January, 10:13", 26),
        ("Четвер, 26 січня, 14:20", 26),
        ("Thursday 14:20", 26),
        ("п’ятниця, 09:00", 27),
        ("Saturday", 28),
    ],
)
def test_a_line_that_tells_a_day_from_the_anchor(words, day):
    assert relative_words(words, SATURDAY) == date(2023, 1, day)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "The day",
        "Friday, 26 January",  # a Thursday
        "5 hours ago",  # of that day or the one before
        "26 July",  # half a year back, or a year and a half
        "31 February",
        "Read more on Friday's strike",
        "400 days ago",
    ],
)
def test_words_that_tell_no_sure_day(words):
    assert relative_words(words, SATURDAY) is None


def test_a_day_and_month_before_new_year_are_of_the_year_before():
    assert relative_words("30 December", date(2023, 1, 3)) == date(2022, 12, 30)


@pytest.mark.parametrize(
    ("opening", "day", "words"),
    [
        ("KYIV, Friday (Reuters) - Shells fell.", 27, "KYIV, Friday (Reuters) -"),
        ("KYIV, Jan 26 (AFP) - Shells fell.", 26, "KYIV, Jan 26 (AFP) -"),
        ("MOSCOW, January 26. /TASS/. Shells fell.", 26, "MOSCOW, January 26. /TASS/"),
        ("КИЇВ, 26 січня (Укрінформ) — Упали снаряди.", 26, "КИЇВ, 26 січня (Укрінформ) —"),
    ],
)
def test_a_dateline_without_a_year(opening, day, words):
    found = relative_date(opening, SATURDAY, prose=False)
    assert found is not None
    assert (found.date, found.text) == (date(2023, 1, day), words)


@pytest.mark.parametrize(
    ("prose", "day"),
    [
        ("Shells fell on Kherson on Friday, officials said.", 27),
        ("The mayor said Wednesday that power was back.", 25),
        ("У п’ятницю в Одесі загорівся склад.", 27),
        ("В среду город обстреляли.", 25),
        ("On Friday shells fell. The mayor spoke on Friday as well.", 27),
    ],
)
def test_the_one_weekday_of_fresh_prose(prose, day):
    found = relative_date(prose, SATURDAY, prose=True)
    assert found is not None
    assert found.date == date(2023, 1, day)
    assert relative_date(prose, SATURDAY, prose=False) is None


@pytest.mark.parametrize(
    "prose",
    [
        "On Monday drones came; on Wednesday they came again.",
        "A meeting will be held on Friday.",
        "У п’ятницю планують відкрити міст.",
        "Since last Friday the town has been without power.",
        "They had said on every Friday that it was over.",
        "A column about Good Friday and Black Friday.",
    ],
)
def test_weekdays_that_do_not_tell_the_day(prose):
    assert relative_date(prose, SATURDAY, prose=True) is None


def test_without_an_anchor_nothing_is_told():
    text = "KYIV, Friday (Reuters) - Shells fell on the town overnight."
    assert complete(Article("a", text)).date is None
    fetched = complete(Article("a", text, retrieved_at="2023-01-28T09:00:00+00:00"))
    assert (fetched.date, fetched.date_basis) == (date(2023, 1, 27), "inferred")


def test_an_undated_article_by_hand_stays_so():
    text = "26 January 2023\n\nShells fell on the town overnight."
    assert complete(Article("a", text, date_basis="corrected")).date is None


@given(st.text(max_size=200), st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 1, 1)), st.booleans())
def test_no_text_raises_and_no_day_is_far_from_the_anchor(text, anchor, prose):
    found = relative_date(text, anchor, prose=prose)
    assert found is None or anchor - timedelta(days=366) <= found.date <= anchor + timedelta(days=1)
