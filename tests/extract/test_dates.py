"""Dates that texts, metadata, names and addresses state."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dates.dates_in_names import date_from_name, date_from_url
from extract.dates.stated import (
    NO_DATE_REASONS,
    is_date_line,
    no_date_reason,
    parse_date,
    stated_date,
    unsure_date_line,
)

DAY = date(2023, 1, 26)
BODY = "\n\nThe town has been shelled since the spring, and on 24 February 2022 the war came to it.\n"


@pytest.mark.parametrize(
    "value",
    [
        "2023-01-26",
        "2023-01-26T10:13:00Z",
        "2023-01-26T10:13:00.123+02:00",
        "2023-01-26 18:59:59-05:00",
        "20230126",
        "20230126T101300Z",
        "2023/1/26",
        "Thu, 26 Jan 2023 10:13:00 GMT",
        "Thu, 26 Jan 2023 23:13:00 +0200",
        "26.01.2023",
        "26.1.2023 10:13",
        "26/01/2023",
        "01/26/2023",
        "26-Jan-2023",
        "January 26, 2023",
        "Jan. 26th, 2023 10:13am",
        "January 26, 2023 at 5:00 p.m. EST",
        "26 січня 2023 року, 10:13",
        "четвер, 26 січня 2023",
        "26 января 2023 г.",
        "26 янв. 2023",
        "1674727980",
        "1674727980000",
        "1674727980.0",
        " 2023-01-26 ",
    ],
)
def test_metadata_values_of_one_day(value):
    assert parse_date(value) == DAY


@pytest.mark.parametrize(
    "value",
    ["", "unknown", "NaN", "2023", "2023-01", "2023-02-30", "31.02.2023", "2023-13-01", "03/04/2023", "3-4-2023", "12",
     "99999999999999999", "-5", "yesterday", "in 2023-01-26 they came", "2023-01-26 and 2023-02-30", "9999-99-99"],
)  # fmt: skip
def test_values_that_name_no_single_day(value):
    assert parse_date(value) is None


@pytest.mark.parametrize(
    "value",
    [
        "2023-01-27T00:35:00+02:00",
        "2023-01-27T00:35:00.000+0200",
        "20230127T003500+0200",
        "Thu, 26 Jan 2023 01:10:00 -0000",
        "Fri, 27 Jan 2023 01:10:00 +0300",
        "2023-01-25 23:59:59-05:00",
        "January 25, 2023 at 11:45 p.m. EST",
        "11:45 PM ET on January 25, 2023",
        "27 января 2023 г. 02:10 МСК",
        "27 січня 2023, 00:15 за київським часом",
        "Wed Jan 25 22:10:00 -0500 2023",
        "Fri Jan 27 2023 01:13:00 GMT+0200 (Eastern European Standard Time)",
        "2023-01-26 23:30 IST",
    ],
)
def test_a_time_with_its_zone_gives_the_day_in_utc(value):
    assert parse_date(value) == DAY


def test_a_summer_time_is_that_of_its_day():
    assert parse_date("27 липня 2023, 02:30 за київським часом") == date(2023, 7, 26)
    assert parse_date("27 січня 2023, 02:30 за київським часом") == date(2023, 1, 27)


def test_a_zone_on_a_date_line_counts():
    stated = stated_date("Town falls\n\nJuly 19, 2023 11:45 PM EDT" + BODY)
    assert stated is not None
    assert (stated.date, stated.text) == (date(2023, 7, 20), "July 19, 2023 11:45 PM EDT")


def test_two_days_without_a_label_are_none():
    assert parse_date("2023-01-26 / 2021-05-04") is None


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("32.13.2023", "the calendar does not have"),
        ("2023-02-30", "the calendar does not have"),
        ("03/04/2023", "two different days"),
        ("2023-01-26 / 2021-05-04", "more than one day"),
        ("n/a", "no day"),
    ],
)
def test_the_reason_for_no_day(value, reason):
    assert parse_date(value) is None
    assert reason in NO_DATE_REASONS[no_date_reason(value)]


def test_a_date_line_without_such_a_day_is_told():
    assert stated_date("Town falls\n31.02.2023 14:20" + BODY) is None
    assert unsure_date_line("Town falls\n31.02.2023 14:20" + BODY) == "31.02.2023 14:20"
    assert unsure_date_line("Town falls\n26.01.2023 14:20" + BODY) == ""


def test_days_that_head_parts_of_a_text_are_not_its_own():
    parts = "Chronicle\n\n18 July 2023\n\nShells fell.\n\n19 July 2023\n\nA bridge fell.\n"
    assert stated_date(parts) is None


def test_a_published_line_goes_before_an_updated_one():
    stated = stated_date("Town falls\nUpdated 28 January 2023\nPublished 26 January 2023" + BODY)
    assert stated is not None
    assert stated.date == DAY


def test_a_slashed_date_that_reads_alike_both_ways_is_taken():
    assert parse_date("05/05/2023") == date(2023, 5, 5)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_iso_dates_come_back(day):
    assert parse_date(day.isoformat()) == day


@given(st.text(max_size=120))
def test_no_value_raises(value):
    assert parse_date(value) is None or isinstance(parse_date(value), date)


@pytest.mark.parametrize(
    "line",
    [
        "January 26, 2023 - 10:13am",
        "Published: 26 Jan 2023, 10:13 GMT",
        "Published 10:13 GMT 26 January 2023",
        "26.01.2023 10:13",
        "2023-01-26T10:13:00Z",
        "Last updated on January 26th, 2023 at 5:00 PM",
        "Thursday 26 January 2023",
        "By Jane Doe, January 26, 2023",
        "By Jane Doe | Kyiv | January 26, 2023",
        "Thu 26 Jan 2023 10.13 GMT",
        "26 січня 2023, 10:13",
        "Опубліковано: 26 січня 2023 р.",
        "26 января 2023 г.",
        "Updated 27 Jan 2023 | Published 26 Jan 2023",
    ],
)
def test_a_date_line_is_the_date(line):
    stated = stated_date("Town falls\n\n" + line + BODY)
    assert stated is not None
    assert (stated.date, stated.text) == (DAY, line)


@pytest.mark.parametrize(
    ("opening", "words"),
    [
        ("KYIV, Jan 26, 2023 (Reuters) - Russian forces advanced.", "KYIV, Jan 26, 2023 (Reuters)"),
        ("MOSCOW, January 26, 2023. /TASS/. Troops advanced.", "MOSCOW, January 26, 2023. /TASS/"),
        ("(Kyiv, January 26, 2023) – Forces shelled the town.", "(Kyiv, January 26, 2023) –"),
        (
            "Київ. 26 січня 2023 року. Інтерфакс-Україна – Війська обстріляли місто.",
            "Київ. 26 січня 2023 року. Інтерфакс-Україна –",
        ),
    ],
)
def test_a_dateline_with_a_year_is_the_date(opening, words):
    stated = stated_date(opening + BODY)
    assert stated is not None
    assert (stated.date, stated.text) == (DAY, words)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The war began on 24 February 2022.",
        "On January 26, 2023, Russian forces took the town.",
        "In Kharkiv, January 3, 2023 — a day of mourning — began early.",
        "24 лютого 2022 року Росія почала вторгнення.",
        "KYIV, Jan 26 (Reuters) - no year here.",
        "Mariupol fell after a long siege. May 20, 2022 – Russia declared victory.",
        "03/04/2023\n",
        "Feb 30, 2023\n",
        "December 2022\n",
    ],
)
def test_prose_and_unsure_dates_state_nothing(text):
    assert stated_date(text) is None


def test_offsets_point_at_the_words():
    text = "Town falls\r\n  26.01.2023 10:13 \r\nBody."
    stated = stated_date(text)
    assert stated is not None
    assert text[stated.start : stated.end] == stated.text == "26.01.2023 10:13"


def test_a_date_line_at_the_end_counts():
    stated = stated_date("word " * 400 + "\nPublished 26 January 2023\n")
    assert stated is not None
    assert stated.date == DAY


def test_a_date_line_in_the_middle_does_not():
    assert stated_date("word " * 200 + "\n26 January 2023\n" + "word " * 200) is None


def test_the_date_of_publication_goes_before_that_of_an_update():
    stated = stated_date("Updated 27 January 2023, published 26 January 2023\n")
    assert stated is not None
    assert stated.date == DAY


@given(st.text(alphabet="0123456789./-:, JanuarylutogoГ\n", max_size=300))
def test_offsets_always_fit(text):
    stated = stated_date(text)
    assert stated is None or text[stated.start : stated.end] == stated.text


def test_a_dateline_with_its_report_is_no_date_line():
    assert not is_date_line("KYIV, Jan 26, 2023 (Reuters) - Russian forces advanced.")


@pytest.mark.parametrize(
    "name",
    [
        "2023-01-26-report",
        "20230126_1",
        "kyiv post 2023.01.26",
        "20230126T1013",
        "Зведення 26.01.2023",
        "brief_26_січня_2023",
        "26-Jan-2023 summary",
    ],
)
def test_a_date_in_a_file_name(name):
    found = date_from_name(name)
    assert found is not None
    assert found.date == DAY


@pytest.mark.parametrize(
    "name", ["000_120f183e894cad9e", "a20230126b", "20231326", "2023-01-26_2023-01-27", "12345678901"]
)
def test_a_file_name_without_a_sure_date(name):
    assert date_from_name(name) is None


@pytest.mark.parametrize(
    "path",
    [
        "/world/2023/01/26/town-falls",
        "/2023/jan/26/town-falls",
        "/news/town-falls-2023-01-26/",
        "/town-falls-2023-01-26.html?x=1",
        "/backgrounder/assessment-january-26-2023",
        "/news/20230126/town",
        "/2023-01-26",
    ],
)
def test_a_date_in_an_address(path):
    found = date_from_url("https://example.org" + path)
    assert found is not None
    assert found.date == DAY


@pytest.mark.parametrize("path", ["/2023/01/", "/a/12345678/", "/2023/01/26/as-of-2023-02-02", "/2023/13/45/x"])
def test_an_address_without_a_sure_date(path):
    assert date_from_url("https://example.org" + path) is None
