"""Romanised spellings that maps and newspapers use; expectations are spellings met in print, not output."""

import pytest

from geodata.translit import russian_spellings, ukrainian_spellings


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Авдіївка", {"avdiivka", "avdiyivka"}),
        ("Вугледар", {"vuhledar"}),
        ("Бахмут", {"bakhmut"}),
        ("Часів Яр", {"chasiv yar"}),
        ("Запоріжжя", {"zaporizhzhia", "zaporizhzhya"}),
        ("Зміїв", {"zmiiv"}),
        ("Згурівка", {"zghurivka"}),
        ("Яцьківка", {"yatskivka"}),
        ("Кліщіївка", {"klishchiivka", "klishchiyivka"}),
        ("Куп'янськ", {"kupiansk", "kupyansk"}),
        ("Миколаїв", {"mykolaiv", "mykolayiv"}),
    ],
)
def test_ukrainian(name, wanted):
    assert wanted <= ukrainian_spellings(name)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Угледар", {"ugledar"}),
        ("Авдеевка", {"avdeevka", "avdeyevka"}),
        ("Артёмовск", {"artyomovsk", "artemovsk"}),
        ("Красный Лиман", {"krasny liman", "krasnyy liman"}),
        ("Часов Яр", {"chasov yar"}),
        ("Харьков", {"kharkov"}),
        ("Николаев", {"nikolaev", "nikolayev"}),
        ("Дзержинск", {"dzerzhinsk"}),
        ("Клещеевка", {"kleshcheevka", "kleshcheyevka"}),
        ("Волчанск", {"volchansk"}),
    ],
)
def test_russian(name, wanted):
    assert wanted <= russian_spellings(name)
