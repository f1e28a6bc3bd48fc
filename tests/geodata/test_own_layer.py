"""The gazetteer's top layer: what the reviewers of one corpus added."""

import pickle

import pytest

from geodata import NameKind, Place, name_key, open_gazetteer
from geodata.own_layer import OwnPlace, with_own

NOVE = Place(id="own:nove", name="Нове Село", kind="village", lat=48.1, lon=38.2, country="UA", layer="own")
OWN = OwnPlace(NOVE, (("Нове Село", NameKind.MAIN), ("Novoye Selo", NameKind.SPELLING), ("НС", NameKind.ABBREVIATION)))


@pytest.fixture(scope="module")
def base():
    return open_gazetteer()


@pytest.fixture(scope="module")
def gazetteer(base):
    bakhmut = base.get("bakhmut-donetsk")
    return with_own(base, (OWN, OwnPlace(bakhmut, (("Бахмутище", NameKind.SPELLING),))))


@pytest.mark.parametrize(
    ("name", "kind"), [("нове  село", NameKind.MAIN), ("NOVOYE-SELO", NameKind.SPELLING), ("НС", NameKind.ABBREVIATION)]
)
def test_a_new_place_is_found_by_each_of_its_names(gazetteer, name, kind):
    found = gazetteer.candidates(name_key(name))[0]
    assert (found.place, found.name_kind) == (NOVE, kind)


def test_a_new_place_is_known_by_its_id(gazetteer):
    assert gazetteer.get("own:nove") is NOVE


def test_a_new_name_of_a_known_place_is_that_very_place(gazetteer, base):
    assert [c.place for c in gazetteer.lookup("Бахмутище")] == [base.get("bakhmut-donetsk")]


def test_the_names_it_had_stay_with_their_kinds(gazetteer, base):
    assert gazetteer.lookup("Artyomovsk") == base.lookup("Artyomovsk")


def test_a_longer_name_is_announced_by_its_first_word(gazetteer):
    assert gazetteer.opens_longer_name("novoye")


def test_the_version_changes_with_what_was_added(gazetteer, base):
    assert len({gazetteer.version, base.version, with_own(base, (OWN,)).version}) == 3
    assert with_own(base, (OWN,)).version == with_own(base, (OWN,)).version


def test_nothing_added_is_the_gazetteer_itself(base):
    assert with_own(base, ()) is base


def test_what_was_added_can_be_sent_to_another_process():
    assert pickle.loads(pickle.dumps(OWN)) == OWN
