"""The Articles page on a story of two copies, and the map beside the reader."""

import json
from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import words
from tests.small_corpus import three_articles, two_copies

Open = Callable[..., AppTest]
FIRST, SECOND = (extraction.article.article_id for extraction in two_copies())
ALONE = three_articles()[0].article.article_id


def test_copies_are_listed_earliest_first(open_app: Open) -> None:
    app = open_app("copies", "articles", article=SECOND)
    assert "This story is told in 2 copies" in words(app)
    listed = app.dataframe[1].value
    assert listed["Source"].tolist() == ["North Desk", "South Wire"]


def test_an_article_alone_has_no_copies(open_app: Open) -> None:
    app = open_app(page="articles", article=ALONE)
    assert "The same story" not in words(app)
    assert len(app.dataframe) == 1


def test_a_link_opens_two_copies_side_by_side(open_app: Open) -> None:
    page = words(open_app("copies", "articles", article=FIRST, compare=SECOND))
    assert "Sentences the same: 3" in page
    assert "A bus to Soledar never came." in page
    assert "Soledar was quiet, residents told the agency." in page
    assert '<table class="dl-compare">' in page


def test_an_article_of_another_story_is_not_compared(open_app: Open) -> None:
    app = open_app("copies", "articles", article=FIRST, compare="feedfeedfeedfeed")
    assert app.selectbox(key="compare_with").value is None
    assert "compare" not in app.query_params


def test_choosing_a_copy_writes_the_link_and_closing_takes_it_out(open_app: Open) -> None:
    app = open_app("copies", "articles", article=FIRST)
    app.selectbox(key="compare_with").set_value(SECOND).run()
    assert app.query_params["compare"] in (SECOND, [SECOND])
    app.button(key="close_compare").click().run()
    assert "compare" not in app.query_params
    assert '<table class="dl-compare">' not in words(app)


def test_the_map_beside_the_reader_leaves_actors_out(open_app: Open) -> None:
    for roles, moscow in ((["location"], False), (["location", "actor"], True)):
        app = open_app(page="articles", article=ALONE, role=roles)
        (component,) = app.get("component_instance")
        group = json.loads(component.proto.json_args)["feature_group"]
        assert "bakhmut-donetsk" in group
        assert ("gn524901" in group) is moscow
