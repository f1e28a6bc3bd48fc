"""The pages in Ukrainian, and the switch between the languages."""

import json
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.texts import table
from tests.pages.conftest import words
from tests.pages.test_map_page import map_places

Open = Callable[..., AppTest]
WIDGETS = ("button", "checkbox", "date_input", "multiselect", "pills", "selectbox", "slider", "text_input", "toggle")


def everything(app: AppTest) -> str:
    """What the page says, labels and helps of its widgets and column headers included."""
    widgets = [widget for kind in WIDGETS for widget in app.get(kind)]
    parts = [words(app), *(part or "" for widget in widgets for part in (widget.label, getattr(widget, "help", "")))]
    parts += [" ".join(frame.value.columns) for frame in app.dataframe]
    return "\n".join(parts)


@pytest.mark.parametrize("page", ["map", "articles", "method"])
@pytest.mark.parametrize("corpus", ["three", "undated", "empty", "hostile"])
def test_every_page_opens_in_ukrainian(open_app: Open, corpus: str, page: str) -> None:
    app = open_app(corpus, page, lang="uk")
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize(
    ("page", "params"),
    [
        ("map", {}),
        ("map", {"place": "bakhmut-donetsk", "status": ["placed", "ambiguous"]}),
        ("map", {"place": "nowhere-1"}),
        ("map", {"text": "zebra"}),
        ("articles", {}),
        ("articles", {"article": "feedfeedfeedfeed", "place": "UA-14"}),
        ("method", {"from_": "2023-02-01", "kind": "city"}),
        ("review", {"queue": "ambiguous"}),
        ("review", {"queue": "unplaced"}),
        ("review", {"queue": "corrected"}),
    ],
)
def test_no_english_text_of_the_table_is_left(open_app: Open, page: str, params: dict) -> None:
    app = open_app("three", page, lang="uk", **params)
    # Reasons are the extractor's and stay English, and so do references.
    page_words = everything(app).replace("is a former name of Bakhmut", "")
    page_words = page_words.replace("Russian Ministry of Defence statement", "")
    english = [row["en"] for row in table().values() if len(row["en"]) > 9 and row["en"] != row["uk"]]
    assert [text for text in english if text in page_words] == []


def test_english_is_the_default_and_is_not_in_the_link(open_app: Open) -> None:
    app = open_app()
    assert "Choose a place" in words(app)
    assert "lang" not in app.query_params


@pytest.mark.parametrize("asked", ["fr", "", "<script>", "UK"])
def test_another_language_in_a_link_is_ignored(open_app: Open, asked: str) -> None:
    assert "Choose a place" in words(open_app(lang=asked))


def test_the_switch_changes_the_words_and_the_link(open_app: Open) -> None:
    app = open_app(kind=["city"], status=["placed", "ambiguous"], count_by="mentions")
    shown = map_places(app)
    app.get("button_group")[0].set_value("uk").run()
    assert app.query_params["lang"] in ("uk", ["uk"])
    assert "Виберіть місце" in words(app)
    assert app.multiselect(key="kind").value == ["city"]
    assert app.session_state["status"] == ["placed", "ambiguous"]
    assert app.session_state["count_by"] == "mentions"
    assert map_places(app) == shown
    app.get("button_group")[0].set_value("en").run()
    assert "lang" not in app.query_params
    assert app.multiselect(key="kind").value == ["city"]
    assert map_places(app) == shown


def test_the_language_stays_on_another_page(open_app: Open) -> None:
    app = open_app(page="articles", lang="uk")
    assert list(app.dataframe[0].value.columns) == ["Дата", "Заголовок", "Джерело", "Згадки"]
    assert list(app.dataframe[0].value["Джерело"])[2] == "джерело невідоме"


def test_map_and_table_have_ukrainian_names_where_the_gazetteer_does(open_app: Open) -> None:
    app = open_app(lang="uk")
    assert set(app.dataframe[0].value["Місце"]) == {"Бахмут", "Соледар", "Донецька область"}
    (component,) = app.get("component_instance")
    script = json.loads(component.proto.json_args)["feature_group"]
    assert json.dumps("Соледар")[1:-1] in script or "Соледар" in script


def test_the_card_in_ukrainian(open_app: Open) -> None:
    page = words(open_app(lang="uk", place="bakhmut-donetsk"))
    assert "<h2>Бахмут</h2>" in page
    assert "2 згадки" in page
    assert "20 січня 2023 – 2 березня 2023" in page
    assert "у тексті: " in page
    assert "Artyomovsk (колишня назва)" in page


def test_the_method_says_that_reasons_are_english(open_app: Open) -> None:
    assert "лише англійською" in words(open_app(page="method", lang="uk"))
    assert "in English only" in words(open_app(page="method"))


def test_days_the_wrong_way_round_are_explained_in_ukrainian(open_app: Open) -> None:
    app = open_app(lang="uk", from_="2023-02-01", to="2023-01-01")
    assert "Перший день (1 лютого 2023) пізніший за останній (1 січня 2023)" in app.error[0].value


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize(
    "link",
    [
        {"kind": "city", "source": ["~", "North Desk"], "role": ["location", "actor"], "undated": "no"},
        {
            "kind": "місто",
            "source": ["джерело невідоме", "North Desk"],
            "role": ["місце дії", "суб’єкт"],
            "undated": "false",
        },
    ],
    ids=["the corpus's", "Ukrainian"],
)
def test_a_link_means_the_same_in_both_languages(open_app: Open, language: str, link: dict) -> None:
    app = open_app(lang=language, **link)
    assert app.multiselect(key="kind").value == ["city"]
    assert app.multiselect(key="source").value == ["", "North Desk"]
    assert app.session_state["role"] == ["location", "actor"]
    assert app.checkbox(key="undated").value is False
