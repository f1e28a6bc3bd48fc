import json
from collections.abc import Callable
from datetime import date as Date

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import words

Open = Callable[..., AppTest]


def map_places(app: AppTest) -> list[str]:
    """Ids of the places in the map's feature group."""
    (component,) = app.get("component_instance")
    script = json.loads(component.proto.json_args)["feature_group"]
    data = script.split("_add({", 1)[1].split("});", 1)[0]
    return [feature["properties"]["place_id"] for feature in json.loads("{" + data + "}")["features"]]


def test_the_map_and_the_table_have_the_same_places(open_app: Open) -> None:
    app = open_app()
    assert not app.exception
    assert set(map_places(app)) == {"bakhmut-donetsk", "soledar-donetsk", "UA-14"}
    assert set(app.dataframe[0].value["Place"]) == {"Bakhmut", "Soledar", "Donetsk Oblast"}


def test_the_line_of_figures_counts_what_is_not_on_the_map(open_app: Open) -> None:
    app = open_app()
    page = words(app)
    for figure in ("<b>3</b><span>places", "<b>5</b><span>mentions"):
        assert figure in page
    links = [element.proto.label for element in app.get("page_link")]
    assert {"**5** placed", "**1** ambiguous", "**1** unplaced", "**1** not a place"} <= set(links)
    assert "Mentions in reporting, not events on the ground" in page


def test_a_link_opens_the_place_with_its_sentences(open_app: Open) -> None:
    page = words(open_app(place="bakhmut-donetsk"))
    assert ">Artyomovsk</mark> remains contested." in page
    assert "former name of Bakhmut" in page
    assert page.index("2 Mar 2023") < page.index("20 Jan 2023 ·")


def test_a_link_sets_the_widgets_and_the_map(open_app: Open) -> None:
    app = open_app(source=["South Wire"], from_="2023-02-01", undated="false", count_by="mentions")
    assert app.multiselect(key="source").value == ["South Wire"]
    assert app.date_input(key="from").value == Date(2023, 2, 1)
    assert app.checkbox(key="undated").value is False
    assert set(map_places(app)) == {"bakhmut-donetsk", "UA-14"}


def test_actors_and_ambiguous_places_come_when_asked_for(open_app: Open) -> None:
    app = open_app(role=["location", "actor"], status=["placed", "ambiguous"])
    assert set(map_places(app)) == {"bakhmut-donetsk", "soledar-donetsk", "UA-14", "gn524901", "vodiane-donetsk"}


def test_the_unknown_source_can_be_chosen(open_app: Open) -> None:
    app = open_app(source=["unknown source"])
    assert app.multiselect(key="source").value == [""]
    assert map_places(app) == ["soledar-donetsk"]


def test_nonsense_in_a_link_is_ignored(open_app: Open) -> None:
    app = open_app(source=["no such"], from_="soon", kind=["castle"], min_confidence="9", place="<script>")
    assert not app.exception
    assert len(map_places(app)) == 3


def test_a_place_that_nobody_knows_says_so(open_app: Open) -> None:
    assert "not known here" in words(open_app(place="nowhere-1"))


def test_a_place_without_mentions_under_the_filter_says_so(open_app: Open) -> None:
    assert "No mention of it under these filters" in words(open_app(place="soledar-donetsk", source=["South Wire"]))


def test_a_filter_without_articles_says_how_to_widen_it_and_clears(open_app: Open) -> None:
    app = open_app(text="zebra")
    assert "No article for these filters" in words(app)
    assert not app.get("component_instance")
    app.button(key="clear_here").click().run()
    assert len(map_places(app)) == 3


def test_days_the_wrong_way_round_are_explained(open_app: Open) -> None:
    app = open_app(from_="2023-02-01", to="2023-01-01")
    assert not app.exception
    assert "after the last" in app.error[0].value


def test_suggestions_select_a_place(open_app: Open) -> None:
    app = open_app()
    app.button(key="suggest_bakhmut-donetsk").click().run()
    assert app.query_params["place"] in ("bakhmut-donetsk", ["bakhmut-donetsk"])
    assert ">Bakhmut</mark>" in words(app)


@pytest.mark.parametrize("page", ["map", "articles"])
def test_an_empty_corpus_says_how_to_add_articles(open_app: Open, page: str) -> None:
    app = open_app("empty", page)
    assert "No articles yet" in words(app)
    assert app.code[0].value.startswith("python -m corpus add")


def test_hostile_texts_stay_texts_in_card_and_map(open_app: Open) -> None:
    app = open_app("hostile", place="bakhmut-donetsk")
    page = words(app)
    for tag in ("<script", "<img", "<svg", "${", "javascript:"):
        assert tag not in page.replace("link\\]\\(javascript", "").replace("(javascript:", "")
    assert len(map_places(app)) == 9
