"""The built gazetteer: who answers to which name, and that the project's rows win."""

import pytest

from geodata import GazetteerDataError, NameKind, open_gazetteer
from geodata.distance import distance_km


@pytest.fixture(scope="module")
def gazetteer():
    return open_gazetteer()


def best(gazetteer, name):
    return gazetteer.lookup(name)[0].place


@pytest.mark.parametrize(
    ("name", "lat", "lon"),
    [
        ("Bakhmut", 48.595, 38.000),
        ("Soledar", 48.688, 38.087),
        ("Vuhledar", 47.779, 37.249),
        ("Avdiivka", 48.139, 37.744),
        ("Kreminna", 49.049, 38.218),
        ("Klishchiivka", 48.531, 37.958),
        ("Siversk", 48.868, 38.104),
        ("Robotyne", 47.445, 35.838),
        ("Synkivka", 49.783, 37.673),
    ],
)
def test_front_line_places_are_where_they_are(gazetteer, name, lat, lon):
    place = best(gazetteer, name)
    assert distance_km(place.lat, place.lon, lat, lon) < 5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Artemivsk", "Bakhmut"),
        ("Artyomovsk", "Bakhmut"),
        ("Ugledar", "Vuhledar"),
        ("Avdeyevka", "Avdiivka"),
        ("Kharkov", "Kharkiv"),
        ("Nikolayev", "Mykolaiv"),
        ("Krasny Liman", "Lyman"),
        ("Chasov Yar", "Chasiv Yar"),
        ("Dzerzhinsk", "Toretsk"),
        ("Dzerzhynsk", "Toretsk"),
        ("Krasnoarmeysk", "Pokrovsk"),
        ("Krasnoarmiisk", "Pokrovsk"),
        ("Novomoskovsk", "Samar"),
        ("Krasnohrad", "Berestyn"),
        ("Maryinka", "Marinka"),
        ("Мар’їнка", "Marinka"),
        ("Zaporizhzhya", "Zaporizhzhia"),
    ],
)
def test_spellings_and_former_names_lead_to_the_place(gazetteer, one, other):
    named = best(gazetteer, other)
    assert named.id in {candidate.place.id for candidate in gazetteer.lookup(one)}


@pytest.mark.parametrize(
    ("alias", "region"),
    [("DPR", "UA-14"), ("LPR", "UA-09"), ("Donetsk People's Republic", "UA-14"), ("Kiev oblast", "UA-32")],
)
def test_self_styled_and_old_region_names_are_names_of_the_oblast(gazetteer, alias, region):
    assert best(gazetteer, alias).id == region


@pytest.mark.parametrize("place_id", ["UA-43", "UA-14", "UA-09", "UA-23", "UA-65"])
def test_occupied_regions_belong_to_ukraine(gazetteer, place_id):
    assert gazetteer.get(place_id).country == "UA"


def test_a_former_name_is_marked_as_one(gazetteer):
    kinds = {c.place.id: c.name_kind for c in gazetteer.lookup("Artemivsk")}
    assert kinds["bakhmut-donetsk"] in (NameKind.FORMER, NameKind.SPELLING)


def test_the_project_row_hides_its_twin_in_the_world_list(gazetteer):
    bakhmuts = [c.place for c in gazetteer.lookup("Bakhmut") if distance_km(c.place.lat, c.place.lon, 48.6, 38.0) < 10]
    assert [place.layer for place in bakhmuts] == ["theatre"]


def test_near_sorts_by_distance(gazetteer):
    found = gazetteer.lookup("Bilohorivka", near=(48.93, 38.24))
    assert found[0].place.region == "UA-09"
    assert len({c.place.region for c in found}) > 1


def test_unknown_names_and_ids_answer_nothing(gazetteer):
    assert gazetteer.lookup("Xqzzyrk") == []
    assert gazetteer.get("no-such-id") is None


def test_every_id_leads_back_to_its_row(gazetteer):
    for layer in gazetteer.layers:
        for row in range(0, len(layer), max(1, len(layer) // 200)):
            assert layer.row_of(layer.place(row).id) == row


def test_missing_files_say_how_to_make_them(tmp_path):
    with pytest.raises(GazetteerDataError, match="python -m geodata build"):
        open_gazetteer(tmp_path)


def test_many_places_at_once_are_those_asked_one_by_one(gazetteer):
    wanted = ["soledar-donetsk", "no-such-id", "UA-14", "", "gn524901", "soledar-donetsk"]
    assert gazetteer.get_all(wanted) == [gazetteer.get(place_id) for place_id in wanted]
