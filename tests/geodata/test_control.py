"""Control: who held a place on a day, on whose word; between a claim and its confirmation it is contested."""

from datetime import date

import pytest

from geodata import ContextDataError, control_at, history, open_control, open_gazetteer
from geodata.battles import Battle, Battles
from geodata.control import COLUMNS, Control, ControlChange
from geodata.verify_context import context_faults, contradictions, control_faults, order_faults


def row(day, to, basis="confirmed", by="Somebody", note="", place="x"):
    return ControlChange(place, date.fromisoformat(day), to, basis, by, "Book", note)


def status(rows, day):
    return Control(rows).at("x", date.fromisoformat(day))


HELD = row("2022-02-24", "ukraine")
CLAIM = row("2023-01-11", "russia", "claimed", "Claimant")
DENIAL = row("2023-01-12", "contested", by="Denier", note="denied the claim")


def test_before_the_first_row_and_elsewhere_it_is_unknown():
    assert status([HELD], "2022-02-23").status == "unknown"
    assert Control([HELD]).at("y", date(2023, 1, 1)).status == "unknown"


def test_a_status_carries_its_own_date_and_assessor():
    found = status([HELD], "2024-01-01")
    assert (found.status, found.as_of, found.assessor, found.basis) == (
        "ukraine",
        date(2022, 2, 24),
        "Somebody",
        "confirmed",
    )


def test_between_claim_and_confirmation_it_is_contested():
    rows = [HELD, CLAIM, row("2023-01-25", "russia")]
    found = status(rows, "2023-01-20")
    assert (found.status, found.basis, found.assessor) == ("contested", "claimed", "Claimant")
    assert [claim.to for claim in found.claims] == ["russia"]
    assert found.before == HELD
    assert status(rows, "2023-01-25").status == "russia"
    assert status(rows, "2023-01-25").claims == ()


def test_a_claim_without_confirmation_stays_contested():
    assert status([HELD, CLAIM], "2030-01-01").status == "contested"


def test_a_claim_of_what_is_confirmed_reopens_nothing():
    rows = [HELD, row("2023-01-25", "russia"), row("2023-01-26", "russia", "claimed")]
    assert status(rows, "2023-02-01").status == "russia"
    assert status(rows, "2023-02-01").as_of == date(2023, 1, 25)


def test_a_denial_stands_beside_the_claim():
    found = status([HELD, CLAIM, DENIAL], "2023-01-13")
    assert found.status == "contested"
    assert [(c.assessor, c.denies) for c in found.claims] == [("Claimant", False), ("Denier", True)]


def test_a_denial_without_a_claim_changes_nothing():
    assert status([HELD, DENIAL], "2023-01-13").status == "ukraine"


def test_a_confirmation_that_the_holder_holds_ends_the_claim():
    assert status([HELD, CLAIM, row("2023-01-14", "ukraine")], "2023-01-15").status == "ukraine"


def test_an_estimate_is_shown_as_one():
    found = status([HELD, row("2023-02-01", "russia", "estimated", "project estimate")], "2023-02-02")
    assert (found.status, found.basis, found.assessor) == ("russia", "estimated", "project estimate")


def test_an_estimate_yields_to_a_confirmation_of_the_same_day():
    rows = [row("2023-02-01", "ukraine"), row("2023-02-01", "russia", "estimated")]
    assert status(rows, "2023-02-02").status == "ukraine"


def test_an_estimate_settles_a_claim_it_agrees_with_but_no_rival_one():
    assert status([HELD, CLAIM, row("2023-02-01", "russia", "estimated")], "2023-02-02").status == "russia"
    assert status([HELD, CLAIM, row("2023-02-01", "ukraine", "estimated")], "2023-02-02").status == "contested"


def test_the_files_order_settles_rows_of_one_day():
    denied_then_confirmed = [HELD, CLAIM, DENIAL, row("2023-01-12", "russia", by="Assessor")]
    assert status(denied_then_confirmed, "2023-01-12").status == "russia"


def test_the_status_says_where_the_table_ends():
    assert status([HELD, CLAIM], "2030-01-01").table_ends == CLAIM.date


@pytest.mark.parametrize(
    ("note", "days"), [("", 0), ("date approximate (within 4 days); x", 4), ("date approximate: y", None)]
)
def test_how_exact_a_date_is(note, days):
    assert row("2023-01-01", "russia", note=note).within_days == days


@pytest.mark.parametrize(
    ("place", "day", "expected"),
    [
        ("soledar-donetsk", "2022-11-01", "ukraine"),
        ("soledar-donetsk", "2023-01-13", "contested"),
        ("soledar-donetsk", "2023-01-24", "contested"),
        ("soledar-donetsk", "2023-01-25", "russia"),
        ("bakhmut-donetsk", "2022-08-01", "ukraine"),
        ("bakhmut-donetsk", "2023-05-20", "contested"),
        ("bakhmut-donetsk", "2023-06-01", "russia"),
        ("avdiivka-donetsk", "2024-02-18", "russia"),
        ("vuhledar-donetsk", "2024-10-02", "russia"),
        ("lyman-donetsk", "2022-07-01", "russia"),
        ("lyman-donetsk", "2022-10-01", "ukraine"),
        ("kherson-kherson", "2022-11-10", "russia"),
        ("kherson-kherson", "2022-11-11", "ukraine"),
        ("izium-kharkiv", "2022-06-01", "russia"),
        ("izium-kharkiv", "2022-09-10", "ukraine"),
        ("snake-island", "2022-06-30", "ukraine"),
        ("robotyne-zaporizhzhia", "2023-08-28", "ukraine"),
        ("kreminna-luhansk", "2022-04-18", "russia"),
        ("klishchiivka-donetsk", "2023-02-01", "russia"),
        ("klishchiivka-donetsk", "2023-09-17", "ukraine"),
        ("kupiansk-kharkiv", "2022-03-01", "russia"),
        ("kupiansk-kharkiv", "2022-09-11", "ukraine"),
        ("kupiansk-kharkiv", "2025-11-25", "contested"),
        ("mariupol-donetsk", "2022-05-21", "russia"),
        ("donetsk-donetsk", "2022-02-24", "russia"),
        ("kyiv-kyiv", "2022-03-15", "ukraine"),
        ("paris", "2023-01-01", "unknown"),
    ],
)
def test_known_dates(place, day, expected):
    assert control_at(place, date.fromisoformat(day)).status == expected


def test_soledar_names_who_claimed_it():
    claimants = {claim.assessor for claim in control_at("soledar-donetsk", date(2023, 1, 13)).claims}
    assert {"Wagner Group", "Russian Ministry of Defence"} <= claimants


def test_no_estimate_is_given_as_confirmed():
    control = open_control()
    for place in control.places:
        for change in control.history(place):
            assert (change.assessor == "project estimate") == (change.basis == "estimated")


def test_the_committed_table_covers_enough_places():
    control = open_control()
    assert len(control.places) >= 220
    assert [c.date for c in history("soledar-donetsk")] == sorted(c.date for c in history("soledar-donetsk"))


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([row("2022-02-24", "ukraine", place="no-such-place")], "no such place"),
        ([row("2022-02-24", "ukraine", place="bakhmut-donetsk")] * 2, "given twice"),
        ([row("2022-02-24", "ukraine", "estimated", place="bakhmut-donetsk")], "project estimate"),
        ([row("2022-02-24", "contested", "claimed", place="bakhmut-donetsk")], "not `claimed`"),
    ],
)
def test_faults_of_rows(rows, fault):
    assert any(fault in found for found in control_faults(Control(rows), open_gazetteer()))


def test_a_denial_needs_a_claim_before_it():
    assert any("no claim comes before" in fault for fault in order_faults(Control([HELD, DENIAL])))


def test_a_battle_won_must_show_in_the_control_table():
    won = Battle("b", "B", date(2023, 1, 1), date(2023, 2, 1), ("x",), "russia", "russian_control", "S.", "Book")
    assert list(contradictions(Battles([won]), Control([HELD])))
    assert not list(contradictions(Battles([won]), Control([HELD, row("2023-02-03", "russia")])))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("x,2022-02-24,narnia,confirmed,A,B,", "narnia"),
        ("x,2022-02-24,ukraine,rumoured,A,B,", "rumoured"),
        ("x,yesterday,ukraine,confirmed,A,B,", "yesterday"),
        ("x,2022-02-24,ukraine,confirmed,,B,", "by and source"),
        ("x,2022-02-24,ukraine", "columns"),
    ],
)
def test_an_unreadable_row_is_named_with_its_line(tmp_path, line, message):
    (tmp_path / "control.csv").write_text(",".join(COLUMNS) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(ContextDataError, match=f"control.csv line 2.*{message}"):
        open_control(tmp_path)


def test_the_committed_tables_have_no_fault():
    from geodata.gazetteer import DATA

    assert context_faults(DATA, open_gazetteer()) == []
