from collections.abc import Callable
from datetime import date as Date

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import words

Open = Callable[..., AppTest]


@pytest.mark.parametrize("corpus", ["three", "undated", "empty", "hostile"])
def test_the_page_opens_on_every_corpus(open_app: Open, corpus: str) -> None:
    app = open_app(corpus, "battles")
    assert not app.exception
    assert not app.error
    assert "Russian invasion of Ukraine" in app.dataframe[0].value["Battle"].iloc[0]


def test_a_day_leaves_what_was_under_way(open_app: Open) -> None:
    app = open_app(page="battles")
    app.date_input(key="battle_day").set_value(Date(2023, 1, 12)).run()
    names = " ".join(app.dataframe[0].value["Battle"])
    assert "Battle of Soledar" in names
    assert "Kyiv offensive" not in names


def test_words_without_a_battle_say_so(open_app: Open) -> None:
    app = open_app(page="battles")
    app.text_input(key="battle_find").set_value("zebra").run()
    assert "No battle for that day" in words(app)
    assert not app.exception


def choose(app: AppTest, battle: str) -> AppTest:
    app.query_params["battle"] = battle
    return app.run()


def test_a_battle_shows_what_the_corpus_has_of_it(open_app: Open) -> None:
    page = words(choose(open_app(page="battles"), "battle-bakhmut"))
    assert "<h2>Battle of Bakhmut</h2>" in page
    assert "North Desk" in page
    assert "South Wire" in page


def test_a_battle_that_is_not_known_is_ignored(open_app: Open) -> None:
    app = choose(open_app(page="battles"), "no-such-battle")
    assert not app.exception
    assert "Choose a battle" in words(app)


def test_show_only_this_battle_sets_days_and_places(open_app: Open) -> None:
    app = choose(open_app(page="battles"), "battle-bakhmut")
    app.button(key="filter_battle").click().run()
    assert not app.exception
    assert app.date_input(key="from").value == Date(2022, 8, 1)
    assert app.session_state["selected_only_battle"] == "battle-bakhmut"


def test_the_map_says_that_it_is_narrowed_and_can_be_widened(open_app: Open) -> None:
    app = open_app(only_battle="battle-soledar")
    assert "places of **Battle of Soledar** only" in words(app)
    assert app.dataframe[0].value["Place"].tolist() == ["Soledar"]
    app.button(key="leave_battle").click().run()
    assert len(app.dataframe[0].value) == 3
    assert "Battle of Soledar" not in words(app)


def test_every_page_obeys_the_battle(open_app: Open) -> None:
    app = open_app(page="articles", only_battle="battle-soledar")
    assert "places of **Battle of Soledar** only" in words(app)
    assert app.dataframe[0].value["Mentions"].tolist() == [0, 1, 1]


def test_clearing_the_filters_leaves_the_battle_too(open_app: Open) -> None:
    app = open_app(only_battle="battle-soledar")
    app.button(key="clear_filters").click().run()
    assert "Battle of Soledar" not in words(app)
    assert len(app.dataframe[0].value) == 3


def test_a_battle_whose_places_nobody_names_leaves_an_empty_map_that_says_so(open_app: Open) -> None:
    app = open_app(only_battle="siege-mariupol")
    assert not app.exception
    assert app.button(key="clear_here")


def test_the_card_tells_who_held_the_place_and_what_reports_say(open_app: Open) -> None:
    page = words(open_app(place="soledar-donetsk"))
    assert "Latest in the table" in page
    assert "What reports say" in page
    assert "That day:" in page


def test_the_list_says_how_much_each_source_wrote(open_app: Open) -> None:
    table = open_app(page="battles").dataframe[0].value.set_index("Battle")
    bakhmut = next(row for name, row in table.iterrows() if name.strip() == "Battle of Bakhmut")
    assert bakhmut["Articles"] == 2
    assert list(bakhmut["By source"]) == ["North Desk 1", "South Wire 1"]


def test_battles_have_ukrainian_names_in_ukrainian(open_app: Open) -> None:
    app = open_app(page="battles", lang="uk", battle="battle-soledar")
    names = [name.strip() for name in app.dataframe[0].value["Бій"]]
    assert "Битва за Соледар" in names
    assert "Battle of Soledar" in words(app)


def test_the_campaigns_are_a_tree(open_app: Open) -> None:
    names = open_app(page="battles").dataframe[0].value["Battle"].tolist()
    depth = {name.strip(): len(name) - len(name.lstrip()) for name in names}
    assert depth["Russian invasion of Ukraine"] == 0
    assert depth["Eastern front"] < depth["Battle of Bakhmut"]
