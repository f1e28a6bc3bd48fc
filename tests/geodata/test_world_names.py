"""Which Ukrainian and Russian names of the world list are certain, and the table of those that are known."""

import re

import pytest

from geodata import GazetteerBuildError, open_gazetteer
from geodata.build.world_names import TABLE, certain_names, read_names
from geodata.gazetteer import DATA


@pytest.mark.parametrize(
    ("main", "country", "spellings", "names"),
    [
        ("Nizhyn", "UA", ["Ніжин", "Нежин"], ("Ніжин", "Нежин")),
        ("Nizhyn", "UA", ["Ніжин", "Нежин", "Нежын", "Нїжин"], ("Ніжин", "")),
        ("Lutsk", "UA", ["Луцьк", "Луцк"], ("Луцьк", "Луцк")),
        ("Ternopil", "UA", ["Тернополь", "Тернопіль"], ("Тернопіль", "Тернополь")),
        ("Topolyne", "UA", ["Тополине"], ("Тополине", "")),
        ("Shpola", "UA", ["Шпола"], ("Шпола", "Шпола")),
        ("Temirtau", "KZ", ["Теміртау", "Темиртау"], ("Теміртау", "Темиртау")),
        # Belarusian also has і: without the Russian name that goes with it nothing is sure.
        ("Moroni", "KM", ["Мароні", "Морони"], ("", "")),
        ("Moroni", "KM", ["Мароні"], ("", "")),
        ("London", "GB", ["Лондон"], ("Лондон", "Лондон")),
        ("London", "GB", ["Лондон", "Лондан"], ("", "")),
        ("Athens", "GR", ["Атэны"], ("", "")),
        ("Bryansk", "RU", ["Брянск"], ("", "")),
        ("Košice", "SK", ["Кошіцї"], ("", "")),
        ("Paris", "FR", ["Paris", "Parigi"], ("", "")),
    ],
)
def test_a_name_is_given_only_where_it_is_certain(
    main: str, country: str, spellings: list[str], names: tuple[str, str]
) -> None:
    assert certain_names(main, country, spellings) == names


def test_every_name_of_the_table_is_of_a_place_that_is_there() -> None:
    names, places = read_names(DATA), open_gazetteer().layers[-1]
    assert len(names) > 400
    assert [place_id for place_id in names if places.row_of(place_id) is None] == []


def test_names_of_the_table_are_in_their_language() -> None:
    for uk, ru in read_names(DATA).values():
        assert not re.search("[ыэёъ]", uk)
        assert not re.search("[іїєґ’]", ru)


@pytest.mark.parametrize(
    ("name", "uk"),
    [
        ("Moscow", "Москва"),
        ("London", "Лондон"),
        ("Washington", "Вашингтон"),
        ("Beijing", "Пекін"),
        ("Warsaw", "Варшава"),
        ("Zhytomyr", "Житомир"),
        ("Lviv", "Львів"),
        ("Tbilisi", "Тбілісі"),
        ("Belgorod", "Бєлгород"),
    ],
)
def test_the_gazetteer_shows_ukrainian_names(name: str, uk: str) -> None:
    places = [found.place for found in open_gazetteer().lookup(name)]
    assert max(places, key=lambda place: place.population).uk == uk


@pytest.mark.parametrize(
    "rows",
    ["gn1,A,GB,Лондон,,x\n", "gn1,A,GB,London,Лондон,x\n", "gn1,A,GB,Лондон,Лондон,x\ngn1,A,GB,Лондон,Лондон,x\n"],
    ids=["gap", "Latin", "twice"],
)
def test_a_faulty_table_is_refused(tmp_path, rows: str) -> None:
    (tmp_path / TABLE).write_text("id,name,country,uk,ru,source\n" + rows, encoding="utf-8")
    with pytest.raises(GazetteerBuildError, match=TABLE):
        read_names(tmp_path)
