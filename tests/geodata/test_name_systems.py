"""Expectations from how the names are spelled in Ukrainian, in Russian and formerly; see geodata/data/theatre.csv."""

import pytest

from geodata import Gazetteer, Place, open_gazetteer
from geodata.layers import Layer
from geodata.name_systems import SYSTEMS, name_system


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return open_gazetteer()


@pytest.mark.parametrize(
    ("place_id", "form", "system"),
    [
        ("kyiv-kyiv", "Kyiv", "ukrainian"),
        ("kyiv-kyiv", "KYIV", "ukrainian"),
        ("kyiv-kyiv", "Kiev", "russian"),
        ("odesa-odesa", "Odesa", "ukrainian"),
        ("odesa-odesa", "Odessa", "russian"),
        ("kharkiv-kharkiv", "Kharkov", "russian"),
        ("avdiivka-donetsk", "Avdiivka", "ukrainian"),
        ("avdiivka-donetsk", "Avdeyevka", "russian"),
        ("vuhledar-donetsk", "Ugledar", "russian"),
        ("zaporizhzhia-zaporizhzhia", "Zaporizhia", "ukrainian"),
        ("zaporizhzhia-zaporizhzhia", "Zaporozhye", "russian"),
        ("chornobyl-kyiv", "Chernobyl", "russian"),
        ("bakhmut-donetsk", "Bakhmut", "common"),
        ("bakhmut-donetsk", "Artyomovsk", "former"),
        ("bakhmut-donetsk", "Artemivsk", "former"),
        ("bakhmut-donetsk", "Артёмовску", "former"),
        ("bakhmut-donetsk", "Артемівська", "former"),
        ("bakhmut-donetsk", "Бахмуту", "common"),
        ("dnipro-dnipropetrovsk", "Днепропетровска", "former"),
        ("dnipro-dnipropetrovsk", "Dnepropetrovsk", "former"),
        ("kyiv-kyiv", "Киеве", "common"),
        ("kyiv-kyiv", "Києва", "common"),
        ("UA-14", "Donetsk region", "other"),
        ("belgorod-belgorod", "Belgorod", "other"),
    ],
)
def test_which_name_a_spelling_comes_from(places: Gazetteer, place_id: str, form: str, system: str) -> None:
    place = places.get(place_id)
    assert place is not None
    assert system in SYSTEMS
    assert name_system(form, place, places) == system


def test_a_place_whose_names_are_not_known_shows_no_choice(places: Gazetteer) -> None:
    unknown = Place("own:1", "Zelenyi Hutir", "village", 48.0, 37.0, country="UA")
    assert name_system("Zelyony Khutor", unknown, places) == "other"


def test_layers_are_not_needed_for_a_form_no_layer_has() -> None:
    layers: list[Layer] = []
    place = Place("own:1", "Horodok", "village", 48.0, 37.0, country="UA", uk="Городок", ru="Городок")
    assert name_system("Horodok", place, Gazetteer(layers)) == "ukrainian"
    assert name_system("Gorodok", place, Gazetteer(layers)) == "russian"
