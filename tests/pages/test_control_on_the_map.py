import json
from collections.abc import Callable
from datetime import date as Date

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import words

Open = Callable[..., AppTest]


def script(app: AppTest) -> str:
    """What the map's feature group runs in the browser."""
    (component,) = app.get("component_instance")
    return str(json.loads(component.proto.json_args)["feature_group"])


def test_the_layer_is_off_until_asked_for(open_app: Open) -> None:
    app = open_app()
    assert "datelineControl" not in script(app)
    assert "as far as known" not in words(app)


def test_the_toggle_draws_the_marks_and_the_link_keeps_it(open_app: Open) -> None:
    app = open_app()
    app.toggle(key="control_shown").set_value(True).run()
    assert not app.exception
    assert "datelineControl" in script(app)
    assert app.query_params["control"] in ("yes", ["yes"])


def test_the_day_is_that_of_the_newest_article(open_app: Open) -> None:
    app = open_app(control="yes")
    assert app.date_input(key="control_date").value == Date(2023, 3, 2)
    assert "Held on 2 Mar 2023, as far as known" in words(app)


def test_the_last_day_of_the_filter_goes_before(open_app: Open) -> None:
    app = open_app(control="yes", to="2023-01-20")
    assert app.date_input(key="control_date").value == Date(2023, 1, 20)


def test_the_day_of_the_link_is_taken_and_can_be_changed(open_app: Open) -> None:
    app = open_app(control="yes", control_day="2023-01-20")
    assert "Russian Ministry of Defence, 13 Jan 2023" in script(app)
    app.date_input(key="control_date").set_value(Date(2023, 2, 1)).run()
    assert "Held on 1 Feb 2023" in words(app)
    assert app.query_params["control_day"] in ("2023-02-01", ["2023-02-01"])


def test_a_made_up_day_is_ignored(open_app: Open) -> None:
    app = open_app(control="yes", control_day="${x}")
    assert not app.exception
    assert app.date_input(key="control_date").value == Date(2023, 3, 2)


def test_the_marks_can_be_had_as_a_table(open_app: Open) -> None:
    app = open_app(control="yes", control_day="2023-01-20")
    app.toggle(key="control_table_shown").set_value(True).run()
    table = next(frame.value for frame in app.dataframe if "Who held it" in frame.value)
    assert "contested" in table["Who held it"].tolist()


def test_without_a_dated_article_the_layer_is_of_today(open_app: Open) -> None:
    app = open_app("undated", control="yes")
    assert not app.exception
    assert app.date_input(key="control_date").value == Date.today()
