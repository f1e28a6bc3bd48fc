from datetime import date as Date

import folium
import pytest

from dashboard import control_layer
from dashboard.control_layer import add_control, control_data, held_on, table_frame
from geodata import ContextDataError, control_at

CLAIMED = Date(2023, 1, 20)  # Soledar: claimed on the 13th, confirmed on the 25th


def marks(day: Date) -> dict[str, tuple[str, str]]:
    data = control_data(day, "en")
    return {row[0]: (control_layer.STATUSES[row[4]], data["said"][row[5]]) for row in data["places"]}


def test_a_claimed_place_is_contested_and_names_who_claims_it_when() -> None:
    status, said = marks(CLAIMED)["soledar-donetsk"]
    assert status == "contested"
    assert "claimed: Russian Ministry of Defence, 13 Jan 2023" in said


def test_a_confirmed_place_names_who_confirms_it() -> None:
    status, said = marks(Date(2023, 2, 1))["soledar-donetsk"]
    assert (status, said) == ("russia", "confirmed: Ukrainian military, 25 Jan 2023")


def test_every_mark_is_what_the_table_says_of_the_day() -> None:
    for place_id, (status, _) in list(marks(CLAIMED).items())[::50]:
        assert control_at(place_id, CLAIMED).status == status


def test_what_is_not_known_is_not_drawn() -> None:
    assert control_at("gn524901", CLAIMED).status == "unknown"
    assert "gn524901" not in marks(CLAIMED)
    assert not any(held.control.status == "unknown" for held in held_on(CLAIMED))


def test_nothing_is_known_before_the_first_row() -> None:
    assert "bucha-kyiv" not in marks(Date(2014, 1, 1))


def test_the_table_has_a_row_for_every_mark() -> None:
    assert len(table_frame(held_on(CLAIMED))) == len(marks(CLAIMED))


def test_contested_marks_lie_on_top() -> None:
    statuses = [row[4] for row in control_data(CLAIMED, "en")["places"]]
    assert statuses == sorted(statuses)


def test_a_map_may_have_certain_places_only() -> None:
    group = folium.FeatureGroup()
    add_control(group, CLAIMED, only=frozenset(["soledar-donetsk"]))
    (call,) = group._children.values()
    assert [row[0] for row in call.values["places"]] == ["soledar-donetsk"]


@pytest.mark.usefixtures("in_ukrainian")
def test_marks_speak_the_visitors_language() -> None:
    control_data.cache_clear()
    said = " ".join(control_data(CLAIMED, "uk")["said"])
    control_data.cache_clear()
    assert "Росія, заявлено: Міністерство оборони Росії, 13 січня 2023" in said


def test_a_broken_table_is_told_and_the_map_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []

    def broken(*_: object) -> None:
        raise ContextDataError("control.csv line 7: broken")

    monkeypatch.setattr(control_layer, "control_data", broken)
    monkeypatch.setattr(control_layer.notices, "failure", lambda error, way_out="": said.append(f"{error} {way_out}"))
    group = folium.FeatureGroup()
    add_control(group, CLAIMED)
    assert said == ["control.csv line 7: broken The layer of control is not drawn."]
    assert not group._children
