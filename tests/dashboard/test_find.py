import pandas as pd
import pytest

from dashboard.find import find
from geodata import Gazetteer, open_gazetteer

HERE = [
    ("bakhmut-donetsk", "Bakhmut"),
    ("kypuche-luhansk", "Kypuche"),
    ("bakhmut-raion", "Bakhmut Raion"),
    ("chasiv-yar-donetsk", "Chasiv Yar"),
    ("own-1", "Stone Ford"),
]


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return open_gazetteer()


@pytest.fixture
def in_corpus() -> pd.DataFrame:
    return pd.DataFrame(HERE, columns=["place_id", "name"])


@pytest.mark.parametrize(
    "text", ["Bakhmut", "bakhmut ", "Бахмут", "Бахмута", "БАХМУТІ", "Artyomovsk", "Артемівськ", "Артёмовска", "Бахму́т"]
)
def test_any_spelling_and_case_finds_the_place(text: str, in_corpus: pd.DataFrame, places: Gazetteer) -> None:
    assert find(text, in_corpus, places).called[0] == "bakhmut-donetsk"


def test_a_name_of_several_places_gives_all_most_written_about_first(
    in_corpus: pd.DataFrame, places: Gazetteer
) -> None:
    assert find("Артемівськ", in_corpus, places).called == ("bakhmut-donetsk", "kypuche-luhansk")
    assert find("Артемівськ", in_corpus[::-1], places).called == ("kypuche-luhansk", "bakhmut-donetsk")


def test_a_known_place_outside_the_corpus_is_told_apart_from_an_unknown_one(
    in_corpus: pd.DataFrame, places: Gazetteer
) -> None:
    outside, nowhere = find("Avdiivka", in_corpus, places), find("Qwertyvka", in_corpus, places)
    assert (outside.called, outside.known) == ((), True)
    assert (nowhere.called, nowhere.known) == ((), False)


def test_the_beginning_of_a_name_suggests(in_corpus: pd.DataFrame, places: Gazetteer) -> None:
    assert find("Bakhm", in_corpus, places).close == ("bakhmut-donetsk", "bakhmut-raion")
    assert find("часі", in_corpus, places).close == ("chasiv-yar-donetsk",)


def test_a_place_that_only_the_corpus_knows_is_found(in_corpus: pd.DataFrame, places: Gazetteer) -> None:
    assert find("stone ford", in_corpus, places).called == ("own-1",)


def test_a_loose_name_does_not_stand_for_the_place_itself(in_corpus: pd.DataFrame, places: Gazetteer) -> None:
    found = find("бахмутському", in_corpus, places)  # a case form of Bakhmutske; of Bakhmut only the adjective
    assert found.called == ()
    assert found.close == ("bakhmut-donetsk", "bakhmut-raion")


@pytest.mark.parametrize("text", ["", "  ", "'", "–", "\u0301"])
def test_nothing_typed_is_not_sought(text: str, in_corpus: pd.DataFrame, places: Gazetteer) -> None:
    assert find(text, in_corpus, places) is None
