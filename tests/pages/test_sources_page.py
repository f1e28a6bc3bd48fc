import json
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import words
from tests.small_corpus import HOSTILE

Open = Callable[..., AppTest]


def tables(app: AppTest) -> dict[tuple[str, ...], object]:
    return {tuple(frame.value.columns): frame.value for frame in app.dataframe}


def group_of(app: AppTest) -> str:
    (component,) = app.get("component_instance")
    return json.loads(component.proto.json_args)["feature_group"]


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("corpus", ["three", "undated", "empty", "hostile"])
def test_the_page_opens_on_every_corpus(open_app: Open, corpus: str, language: str) -> None:
    app = open_app(corpus, "sources", lang=language)
    assert not app.exception
    assert not app.error


def test_every_source_is_a_row(open_app: Open) -> None:
    table = open_app(page="sources").dataframe[0].value.set_index("Source")
    assert set(table.index) == {"North Desk", "South Wire", "unknown source"}
    assert table.loc["North Desk", ["Articles", "Mentions", "Places"]].tolist() == [1, 2, 2]
    assert table.loc["South Wire", "Languages"] == "English"


def test_spelling_habits_of_all_sources_are_shown_first(open_app: Open) -> None:
    app = open_app(page="sources")
    habits = app.dataframe[1].value.set_index("Source")
    assert habits.loc["South Wire", "Former names"] == "1: Artyomovsk"
    assert "North Desk" not in habits.index


def test_a_link_opens_a_source_with_its_tabs(open_app: Open) -> None:
    app = open_app(page="sources", about="North Desk")
    assert app.selectbox(key="source_about").value == "North Desk"
    assert [tab.label for tab in app.tabs] == ["Places", "Spelling", "Claims", "Shared stories"]
    assert "soledar-donetsk" in group_of(app)
    assert "UA-14" not in group_of(app)


def test_two_sources_are_compared_on_one_map(open_app: Open) -> None:
    app = open_app(page="sources", about="North Desk", with_="South Wire")
    group = group_of(app)
    assert all(place in group for place in ("bakhmut-donetsk", "soledar-donetsk", "UA-14"))
    assert "dl-compared" in group
    assert "2 of them are the same" not in words(app)
    assert "1 of them are the same" in words(app)
    assert "North Desk only" in words(app)


def test_the_selected_place_has_the_sentences_of_both(open_app: Open) -> None:
    app = open_app(page="sources", about="North Desk", with_="South Wire", place="bakhmut-donetsk")
    page = words(app)
    assert ">Bakhmut</mark> on Friday" in page
    assert ">Artyomovsk</mark> remains contested" in page


def test_the_unknown_source_can_be_linked_to_in_any_language(open_app: Open) -> None:
    for language in ("en", "uk"):
        app = open_app(page="sources", about="~", lang=language)
        assert app.selectbox(key="source_about").value == ""
        assert "soledar-donetsk" in group_of(app)


def test_a_source_that_is_not_there_is_not_chosen(open_app: Open) -> None:
    app = open_app(page="sources", about="Nobody's Post", with_="South Wire")
    assert app.selectbox(key="source_about").value is None
    assert app.selectbox(key="source_with").value is None


def test_a_source_is_never_compared_with_itself(open_app: Open) -> None:
    app = open_app(page="sources", about="North Desk", with_="North Desk")
    assert app.selectbox(key="source_with").value is None


def test_choosing_writes_the_link(open_app: Open) -> None:
    app = open_app(page="sources")
    app.selectbox(key="source_about").set_value("South Wire").run()
    assert app.query_params["about"] in ("South Wire", ["South Wire"])
    app.selectbox(key="source_with").set_value("").run()
    assert app.query_params["with"] in ("~", ["~"])


def test_stories_of_two_sources_are_listed_with_their_days(open_app: Open) -> None:
    app = open_app("copies", "sources", about="North Desk", with_="South Wire")
    told = app.dataframe[-1].value
    assert told.values.tolist() == [["Cellar, as told by North Desk", "2023-01-20", "2023-01-21"]]


def test_shared_stories_say_who_was_first(open_app: Open) -> None:
    app = open_app("copies", "sources", about="North Desk")
    shared = app.dataframe[-1].value.iloc[0]
    assert (shared["Source"], shared["Shared stories"], shared["This source first"]) == ("South Wire", 1, 1)


def test_hostile_sources_compare_without_harm(open_app: Open) -> None:
    app = open_app("hostile", "sources", about=HOSTILE[3], with_=HOSTILE[2])
    assert not app.exception
    html = "".join(element.proto.body for element in app.get("html"))
    assert "&lt;img src" in html
    assert "<img" not in html
    assert "<script" not in html


def test_a_filter_without_an_article_says_how_to_widen_it(open_app: Open) -> None:
    assert "No article for these filters" in words(open_app(page="sources", text="zebra"))
