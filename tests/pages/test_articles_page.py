from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import words
from tests.small_corpus import three_articles

Open = Callable[..., AppTest]
FIRST, SECOND, THIRD = (extraction.article.article_id for extraction in three_articles())


def test_the_list_has_all_articles_newest_first_undated_last(open_app: Open) -> None:
    app = open_app(page="articles")
    assert list(app.dataframe[0].value["Title"]) == ["Contested", "Shelling in the east", "A closed road"]
    assert list(app.dataframe[0].value["Date"]) == ["2023-03-02", "2023-01-20", "undated"]
    assert list(app.dataframe[0].value["Source"])[2] == "unknown source"


def test_a_link_opens_the_reader_with_marks_and_places(open_app: Open) -> None:
    page = words(open_app(page="articles", article=THIRD))
    assert ">Vodiane</mark> was shelled" in page
    assert "part of the person" in page
    assert "unknown source" in page
    assert "undated" in page


def test_the_list_follows_the_filter(open_app: Open) -> None:
    app = open_app(page="articles", text="Artyomovsk")
    assert list(app.dataframe[0].value["Title"]) == ["Contested"]


def test_the_list_can_be_kept_to_the_selected_place(open_app: Open) -> None:
    app = open_app(page="articles", place="bakhmut-donetsk")
    app.toggle(key="only_selected_place").set_value(True).run()
    assert list(app.dataframe[0].value["Title"]) == ["Contested", "Shelling in the east"]


def test_an_article_that_is_not_there_says_so(open_app: Open) -> None:
    assert "not in this corpus" in words(open_app(page="articles", article="feedfeedfeedfeed"))


def test_an_empty_list_says_how_to_widen_the_filter(open_app: Open) -> None:
    assert "No article for these filters" in words(open_app(page="articles", text="zebra"))


def test_the_reader_shows_a_place_on_the_map(open_app: Open) -> None:
    app = open_app(page="articles", article=SECOND)
    app.selectbox(key="to_map").set_value("UA-14").run()
    assert app.query_params["place"] in ("UA-14", ["UA-14"])
    assert "An area, not a point" in words(app)
