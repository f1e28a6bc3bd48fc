"""Battles: when, where and part of what; the committed table and small ones made by hand."""

from datetime import date

import pytest

from geodata import ContextDataError, context_at, neighbours_at, open_battles, open_gazetteer
from geodata.battles import COLUMNS, Battle, Battles, battles_at, battles_of
from geodata.verify_context import battle_faults, context_faults, nesting_faults


def battle(name, start, end, *places, parent="", **more):
    day = date.fromisoformat
    values = {"attacker": "russia", "outcome": "other" if end else "ongoing", "summary": "S.", "source": "Book"} | more
    return Battle(name, name, day(start), day(end) if end else None, places, parent=parent, **values)


@pytest.fixture(scope="module")
def gazetteer():
    return open_gazetteer()


@pytest.fixture
def nested():
    return Battles(
        [
            battle("war", "2022-02-24", "", "UA"),
            battle("donbas", "2022-04-18", "", "UA-14", parent="war"),
            battle("bakhmut", "2022-08-01", "2023-05-20", "bakhmut-donetsk", parent="donbas"),
            battle("soledar", "2022-08-03", "2023-01-16", "soledar-donetsk", parent="bakhmut"),
        ]
    )


def names(battles):
    return [b.id for b in battles]


def test_a_battle_and_the_campaigns_above_it_the_most_local_first(nested):
    assert names(nested.at("soledar-donetsk", date(2023, 1, 13))) == ["soledar", "bakhmut", "donbas", "war"]


def test_a_battle_that_is_over_is_not_answered(nested):
    assert nested.at("soledar-donetsk", date(2023, 1, 17)) == ()


def test_an_open_battle_goes_on(nested):
    assert names(nested.at("UA-14", date(2030, 1, 1))) == ["donbas", "war"]


def test_areas_a_place_lies_in_count_when_given(nested):
    assert nested.at("siversk-donetsk", date(2023, 1, 1)) == ()
    assert names(nested.at("siversk-donetsk", date(2023, 1, 1), within=["UA-14"])) == ["donbas", "war"]


def test_of_a_place_lists_all_its_battles(nested):
    assert names(nested.of("bakhmut-donetsk")) == ["bakhmut"]
    assert nested.of("nowhere") == ()


def test_children_of_a_campaign(nested):
    assert names(nested.children()) == ["war"]
    assert names(nested.children("bakhmut")) == ["soledar"]


def test_a_month_lasts_to_its_last_day():
    known_to_month = battle("b", "2024-02-01", "2024-02-01", "x", start_precision="month", end_precision="month")
    assert known_to_month.on(date(2024, 2, 29))
    assert not known_to_month.on(date(2024, 3, 1))


def test_a_circle_of_campaigns_ends_and_is_a_fault():
    circle = Battles([battle("a", "2022-03-01", "", "x", parent="b"), battle("b", "2022-03-01", "", "x", parent="a")])
    assert len(circle.above(circle.get("a"))) == 2
    assert any("its own campaign" in fault for fault in nesting_faults(circle))


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"parent": "nothing"}, "no campaign"),
        ({"start": date(2022, 1, 1)}, "outside its campaign"),
        ({"end": None}, "outside its campaign"),
    ],
)
def test_nesting_faults(changed, fault):
    child = {"start": date(2022, 4, 1), "end": date(2022, 5, 1), "parent": "top"} | changed
    top = battle("top", "2022-03-01", "2022-06-01", "x")
    low = Battle(
        id="low", name="low", places=("x",), attacker="russia", outcome="other", summary="S.", source="B", **child
    )
    assert any(fault in found for found in nesting_faults(Battles([top, low])))


@pytest.mark.parametrize(
    ("made", "fault"),
    [
        (battle("b", "2022-05-01", "2022-04-01", "bakhmut-donetsk"), "before it starts"),
        (battle("b", "2022-05-02", "2022-06-01", "bakhmut-donetsk", start_precision="month"), "must be the first"),
        (battle("b", "2022-05-01", "2022-06-01", "no-such-place"), "no place"),
        (battle("b", "2022-05-01", "2022-06-01", "bakhmut-donetsk", outcome="ongoing"), "ongoing"),
        (battle("b", "2022-05-01", "2022-06-01", "bakhmut-donetsk", source=""), "source"),
    ],
)
def test_faults_of_a_row(gazetteer, made, fault):
    assert any(fault in found for found in battle_faults(Battles([made]), gazetteer))


def test_an_unreadable_row_is_named_with_its_line(tmp_path):
    row = "b,B,Б,,2022-13-01,,day,,bakhmut-donetsk,,russia,ongoing,,,S.,Book"
    (tmp_path / "battles.csv").write_text(",".join(COLUMNS) + "\n" + row + "\n", encoding="utf-8")
    with pytest.raises(ContextDataError, match=r"battles.csv line 2 \(b\).*2022-13-01"):
        open_battles(tmp_path)


def test_a_missing_table_says_so(tmp_path, gazetteer):
    with pytest.raises(ContextDataError, match="battles.csv"):
        open_battles(tmp_path)
    assert any("battles.csv" in fault for fault in context_faults(tmp_path, gazetteer))


def test_the_committed_table_is_large_and_cites_each_row():
    battles = open_battles()
    assert len(battles) >= 90
    assert all(b.source and b.summary for b in battles.all)


@pytest.mark.parametrize(
    ("place", "day", "name"),
    [
        ("soledar-donetsk", date(2023, 1, 13), "Battle of Soledar"),
        ("bakhmut-donetsk", date(2023, 5, 20), "Battle of Bakhmut"),
        ("mariupol-donetsk", date(2022, 4, 1), "Siege of Mariupol"),
        ("snake-island", date(2022, 6, 1), "Snake Island"),
        ("sudzha-kursk", date(2024, 8, 10), "Sudzha"),
    ],
)
def test_known_battles(place, day, name):
    assert any(name in b.name for b in battles_at(place, day))


def test_soledar_belongs_to_bakhmut_and_donbas():
    assert names(battles_at("soledar-donetsk", date(2023, 1, 13)))[:3] == [
        "battle-soledar",
        "battle-bakhmut",
        "battle-donbas",
    ]


def test_a_disputed_attack_is_nobodys_in_the_table():
    assert next(b for b in battles_of("kakhovka-dam") if b.id == "kakhovka-dam").attacker == "disputed"


def test_context_brings_battles_and_control_together(gazetteer):
    context = context_at("soledar-donetsk", date(2023, 1, 13), gazetteer=gazetteer)
    assert context.battles[0].id == "battle-soledar"
    assert context.control.status == "contested"


def test_neighbours_are_near_and_nearest_first(gazetteer):
    found = neighbours_at("bakhmut-donetsk", date(2023, 6, 1), gazetteer=gazetteer)
    assert found
    assert [n.km for n in found] == sorted(n.km for n in found)
    assert found[-1].km <= 15
    assert neighbours_at("no-such-place", date(2023, 6, 1), gazetteer=gazetteer) == ()
