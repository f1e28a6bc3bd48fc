from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import words

Open = Callable[..., AppTest]


def sought(app: AppTest, text: str) -> AppTest:
    app.text_input(key="find_place").set_value(text).run()
    return app


@pytest.mark.parametrize("text", ["Bakhmut", "Бахмут", "Бахмута", "Артемівськ", "Artyomovsk"])
def test_any_spelling_selects_the_place_and_its_card(open_app: Open, text: str) -> None:
    app = sought(open_app(), text)
    assert app.query_params["place"] in ("bakhmut-donetsk", ["bakhmut-donetsk"])
    assert "<h2>Bakhmut</h2>" in words(app)


def test_a_place_that_no_article_names_is_told_apart_from_an_unknown_one(open_app: Open) -> None:
    assert "“Авдіївки” is in the gazetteer, but not in this corpus" in words(sought(open_app(), "Авдіївки"))
    assert "“Qwertyvka” is not in the gazetteer" in words(sought(open_app(), "Qwertyvka"))


def test_the_beginning_of_a_name_offers_places_to_choose(open_app: Open) -> None:
    app = sought(open_app(), "Bakhm")
    assert "Names close to it in this corpus" in words(app)
    assert "place" not in app.query_params
    assert (
        app.button(key="found_bakhmut-donetsk")
        .label.replace("\\", "")
        .startswith("Bakhmut, Bakhmut Raion, Donetsk Oblast")
    )
    app.button(key="found_bakhmut-donetsk").click().run()
    assert "<h2>Bakhmut</h2>" in words(app)


def test_a_place_outside_the_filter_is_found_and_says_so(open_app: Open) -> None:
    app = sought(open_app(source=["South Wire"]), "Соледару")
    assert "No mention of it under these filters" in words(app)


@pytest.mark.parametrize("text", ["<img src=x onerror=alert(1)>", "${x}", "{text}", "a" * 100])
def test_what_is_typed_stays_text(open_app: Open, text: str) -> None:
    app = sought(open_app(), text)
    assert not app.exception
    assert "<img" not in words(app)
    assert "${" not in words(app)


def test_closing_the_card_empties_the_box(open_app: Open) -> None:
    app = sought(open_app(), "Бахмута")
    app.button(key="close_card").click().run()
    assert app.text_input(key="find_place").value == ""
    assert "place" not in app.query_params
