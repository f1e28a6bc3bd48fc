"""The brief's table of words."""

import csv
import string
from datetime import date

import pytest

from corpus.exports.brief_words import LANGUAGES, TABLE, Words, words_in
from geodata.places import KINDS

with TABLE.open(encoding="utf-8", newline="") as _stream:
    ROWS = list(csv.DictReader(_stream))


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.fixture(scope="module")
def ukrainian(gazetteer) -> Words:
    return Words("uk", gazetteer)


def test_keys_are_there_once():
    assert len({row["key"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["key"])
def test_both_languages_say_something_and_fill_in_the_same(row):
    assert all(row[language] for language in LANGUAGES)
    assert fields(row["en"]) == fields(row["uk"])


def test_every_kind_has_words():
    assert {f"kind_{kind}" for kind in KINDS} <= {row["key"] for row in ROWS}


def test_numbers_and_days_are_as_the_language_writes_them(ukrainian):
    assert (ukrainian.number(12_345), ukrainian.day(date(2023, 1, 26))) == ("12\u00a0345", "26.01.2023")
    assert words_in("en").day(None) == "undated"


def test_names_are_in_the_language_where_they_are_known(ukrainian):
    assert ukrainian.place("bakhmut-donetsk", "Bakhmut") == "Бахмут"
    assert ukrainian.place("own:a-new-one", "Own place") == "Own place"


def test_an_unknown_language_is_english():
    assert words_in("fr").language == "en"
