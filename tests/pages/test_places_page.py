from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import words

Open = Callable[..., AppTest]


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("corpus", ["three", "undated", "empty", "hostile"])
def test_the_page_opens_on_every_corpus(open_app: Open, corpus: str, language: str) -> None:
    app = open_app(corpus, "places", lang=language)
    assert not app.exception
    assert not app.error


def test_every_place_is_a_row_with_its_figures(open_app: Open) -> None:
    table = open_app(page="places").dataframe[0].value.set_index("Place")
    assert set(table.index) == {"Bakhmut", "Soledar", "Donetsk Oblast"}
    bakhmut = table.loc["Bakhmut"]
    assert (bakhmut["Stories"], bakhmut["Articles"], bakhmut["Mentions"], bakhmut["Sources"]) == (2, 2, 2, 2)
    assert bakhmut["Written as"] == "Artyomovsk, Bakhmut"
    assert bakhmut["Of sources"] == 1.0
    assert (str(bakhmut["First"])[:10], str(bakhmut["Last"])[:10]) == ("2023-01-20", "2023-03-02")


def test_the_small_bars_add_up_to_the_dated_stories(open_app: Open) -> None:
    table = open_app(page="places").dataframe[0].value.set_index("Place")
    sums = {place: sum(bars) for place, bars in table["Over time"].items()}
    # Soledar has a second article, without a date.
    assert sums == {"Bakhmut": 2, "Soledar": 1, "Donetsk Oblast": 1}


def test_an_undated_corpus_says_that_there_are_no_bars(open_app: Open) -> None:
    assert "no dated article" in words(open_app("undated", "places"))


def test_the_selected_place_opens_its_card_spellings_and_sources(open_app: Open) -> None:
    app = open_app(page="places", place="bakhmut-donetsk")
    page = words(app)
    assert "<h2>Bakhmut</h2>" in page
    assert "How it is written" in page
    tables = {tuple(frame.value.columns)[0]: frame.value for frame in app.dataframe}
    spelled = tables["Written"].set_index("Written")["Comes from"].to_dict()
    assert spelled == {"Artyomovsk": "a former name", "Bakhmut": "shows no choice"}
    assert set(tables["Source"]["Source"]) == {"North Desk", "South Wire"}


def test_the_measure_is_named(open_app: Open) -> None:
    assert "sorted by mentions" in words(open_app(page="places", count_by="mentions"))


def test_a_filter_without_a_place_says_how_to_widen_it(open_app: Open) -> None:
    assert "No article for these filters" in words(open_app(page="places", text="zebra"))
