import json
from collections.abc import Callable
from datetime import date as Date

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import words
from tests.pages.test_map_page import map_places

Open = Callable[..., AppTest]


def days(app: AppTest) -> tuple[Date | None, Date | None]:
    return app.date_input(key="from").value, app.date_input(key="to").value


def preset(app: AppTest, name: str) -> AppTest:
    return app.button_group(key="period").set_value(name).run()


def test_seven_days_are_counted_back_from_the_newest_article(open_app: Open) -> None:
    app = preset(open_app(), "week")
    assert days(app) == (Date(2023, 2, 24), Date(2023, 3, 2))
    assert app.checkbox(key="undated").value is False
    assert set(map_places(app)) == {"bakhmut-donetsk", "UA-14"}
    assert "2 Mar 2023" in app.button_group(key="period").help


def test_all_days_undo_a_preset(open_app: Open) -> None:
    app = preset(preset(open_app(), "day"), "all")
    assert days(app) == (None, None)
    assert app.checkbox(key="undated").value is True


def test_a_link_with_these_days_shows_the_preset(open_app: Open) -> None:
    app = open_app(from_="2023-02-24", to="2023-03-02")
    assert app.session_state["period"] == "week"
    assert open_app(from_="2023-02-25", to="2023-03-02").session_state["period"] is None


@pytest.mark.parametrize("corpus", ["undated", "empty"])
def test_without_a_dated_article_there_are_no_presets(open_app: Open, corpus: str) -> None:
    keys = [group.key for group in open_app(corpus).get("button_group")]
    assert "period" not in keys


def test_a_battle_narrows_days_and_places_and_can_be_left(open_app: Open) -> None:
    app = open_app()
    app.selectbox(key="only_this_battle").select("Battle of Bakhmut").run()
    assert days(app)[0] is not None
    assert "bakhmut-donetsk" in map_places(app)
    assert "UA-14" not in map_places(app)
    app.selectbox(key="only_this_battle").set_value(None).run()
    assert days(app) == (None, None)
    assert "UA-14" in map_places(app)


def test_battles_of_the_selected_place_come_first(open_app: Open) -> None:
    first = open_app(place="soledar-donetsk").selectbox(key="only_this_battle").options[:3]
    assert any("Soledar" in name for name in first)


def test_actors_are_off_until_shown(open_app: Open) -> None:
    app = open_app()
    assert "gn524901" not in map_places(app)
    app.toggle(key="show_actors").set_value(True).run()
    assert "gn524901" in map_places(app)
    assert app.session_state["role"] == ["location", "actor"]
    app.toggle(key="show_actors").set_value(False).run()
    assert "gn524901" not in map_places(app)


@pytest.mark.parametrize(("roles", "shown"), [(["actor"], True), (["location"], False), (["location", "actor"], True)])
def test_the_toggle_follows_the_roles_of_a_link(open_app: Open, roles: list[str], shown: bool) -> None:
    app = open_app(role=roles)
    assert app.toggle(key="show_actors").value is shown
    assert ("gn524901" in map_places(app)) is shown


def test_a_kept_view_moves_the_map_and_not_its_identity(open_app: Open) -> None:
    (plain,) = (json.loads(c.proto.json_args) for c in open_app().get("component_instance"))
    (kept,) = (json.loads(c.proto.json_args) for c in open_app(view="48.5944:38.0008:9.5").get("component_instance"))
    assert (kept["center"], kept["zoom"]) == ([48.5944, 38.0008], 9.5)
    assert plain["center"] is None


def test_a_view_that_is_none_is_ignored(open_app: Open) -> None:
    assert "Choose a place" in words(open_app(view="999:0:5"))
