from collections.abc import Iterator
from dataclasses import replace
from datetime import date as Date
from pathlib import Path

import pytest
import streamlit as st

from corpus import Corpus, MentionFilter
from corpus.profiles import sources
from dashboard.battles.card import battle_html, sources_html
from dashboard.battles.filter import narrowed_to, places_of, shown_battles, with_parts
from dashboard.battles.map import STATUSES, battles_geojson
from dashboard.battles.view import battles_frame, in_tree
from dashboard.context import (
    article_context_html,
    battles_html,
    control_html,
    held_html,
    neighbours_html,
    place_context_html,
    span_words,
    swatch_html,
)
from dashboard.reports import reports_html
from dashboard.resources import Desk
from extract.types import Event
from geodata import Battle, ControlStatus, battles_at, control_at, open_battles, open_gazetteer
from tests.small_corpus import HOSTILE, build, three_articles

SOLEDAR, BAKHMUT = "soledar-donetsk", "bakhmut-donetsk"
CLAIM, LEFT = Date(2023, 1, 13), Date(2023, 1, 25)


@pytest.fixture(autouse=True, scope="module")
def events_closed_at_the_end() -> Iterator[None]:
    yield
    st.cache_resource.clear()


def battle(**fields: object) -> Battle:
    given = {"id": "b", "name": "B", "start": Date(2023, 1, 5), "end": Date(2023, 2, 1), "places": (BAKHMUT,)}
    return Battle(
        **{"attacker": "russia", "outcome": "other", "summary": "s", "source": "ref", **given, **fields}  # type: ignore
    )


def test_between_claim_and_confirmation_both_are_told_with_day_and_speaker() -> None:
    page = control_html(control_at(SOLEDAR, CLAIM))
    assert "<b>contested</b>" in page
    assert "claimed: Russian Ministry of Defence, 13 Jan 2023" in page
    assert "dl-held-contested" in page


def test_a_confirmed_status_has_its_day_and_assessor() -> None:
    page = control_html(control_at(SOLEDAR, LEFT))
    assert "<b>Russia</b>" in page
    assert "confirmed: Ukrainian military, 25 Jan 2023" in page


def test_an_estimate_is_never_called_confirmed() -> None:
    status = control_at("berkhivka-donetsk", Date(2023, 6, 1))
    assert status.basis == "estimated"
    page = control_html(status)
    assert "project estimate, not confirmed" in page
    assert "confirmed:" not in page


def test_outside_the_table_it_is_not_known() -> None:
    assert "not known" in held_html("gn524901", Date(2023, 1, 1), Date(2023, 6, 1))
    assert "dl-held-unknown" in control_html(ControlStatus("nowhere", "unknown"))


def test_today_says_where_the_table_ends() -> None:
    ends = control_at(SOLEDAR, LEFT).table_ends
    page = held_html(SOLEDAR, LEFT, Date(2099, 1, 1))
    assert f"which ends {ends.day} " in page
    assert "At the newest report here, 25 Jan 2023" in page


def test_each_status_has_a_sign_of_its_own() -> None:
    assert len({swatch_html(status) for status in STATUSES}) == 4


def test_the_battles_of_the_day_carry_days_and_reference() -> None:
    page = battles_html(battles_at(SOLEDAR, Date(2023, 1, 12)), Date(2023, 1, 12))
    assert page.index("Battle of Soledar") < page.index("Russian invasion of Ukraine")
    assert "Wikipedia: Battle of Soledar" in page


def test_a_day_without_battle_says_so() -> None:
    assert "No battle in the table" in battles_html((), Date(2021, 1, 1))


def test_a_month_is_not_shown_as_a_day() -> None:
    assert span_words(battle(start_precision="month", end_precision="month")) == "January 2023 to February 2023"
    assert span_words(battle(end=None)) == "5 Jan 2023 to ongoing"


def test_neighbours_are_told_with_distance_and_assessor() -> None:
    page = neighbours_html(SOLEDAR, LEFT, open_gazetteer())
    assert "Bakhmutske" in page
    assert " km: " in page


def test_an_article_is_set_into_its_own_day() -> None:
    page = article_context_html(SOLEDAR, Date(2023, 1, 12), open_gazetteer())
    assert "contested" in page
    assert "Battle of Soledar" in page
    assert article_context_html(SOLEDAR, None, open_gazetteer()) == ""


@pytest.mark.usefixtures("in_ukrainian")
def test_in_ukrainian_the_words_are_ukrainian() -> None:
    page = place_context_html(open_gazetteer().get(SOLEDAR), LEFT, Date(2026, 1, 1), open_gazetteer())
    assert "підтверджено: українські військові, 25 січня 2023" in page


def test_a_campaign_has_the_parts_of_its_parts() -> None:
    names = {part.name for part in with_parts(open_battles().get("invasion"))}
    assert {"Battle of Soledar", "Battle of Bakhmut", "Eastern front"} <= names


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The three articles, the first with a claim and a denial about Bakhmut, and hostile speakers."""
    first, second, third = three_articles()
    events = tuple(
        Event(0, 8, "shelling", BAKHMUT, "russia", modality, by)
        for modality, by in (("claimed", HOSTILE[2]), ("denied", HOSTILE[3]), ("claimed", HOSTILE[0]))
    )
    return Desk(Corpus(build(tmp_path / "c", [replace(first, events=events), second, third])))


def reports(desk: Desk, monkeypatch: pytest.MonkeyPatch, place_id: str = BAKHMUT) -> str:
    monkeypatch.setattr("dashboard.selection.link", lambda **chosen: list(chosen.items()))
    return reports_html(desk, MentionFilter(), place_id)


def test_claims_stand_beside_denials_with_a_linked_sentence(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    page = reports(desk, monkeypatch)
    assert "<b>shelling</b> · by Russia" in page
    assert page.index("claimed: ") < page.index("denied: ")
    assert "<em>Shelling</em> was reported in Bakhmut on Friday." in page
    assert 'href="articles?article=' in page
    assert "Mentions in reporting, not events on the ground" in page


def test_hostile_speakers_stay_text(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    page = reports(desk, monkeypatch)
    for tag in ("<script", "<img", "${"):
        assert tag not in page


def test_no_event_is_said_in_words(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "No sentence under these filters" in reports(desk, monkeypatch, SOLEDAR)


def test_a_battle_narrows_the_filter_to_its_places_and_days(desk: Desk) -> None:
    soledar = open_battles().get("battle-soledar")
    asked = narrowed_to(MentionFilter(date_from=Date(2023, 1, 10)), soledar, desk.index.places(MentionFilter()))
    assert (asked.date_from, asked.date_to, asked.include_undated) == (Date(2023, 1, 10), soledar.last_day, False)
    assert SOLEDAR in asked.places
    assert BAKHMUT not in asked.places


def test_a_filter_outside_the_battle_leaves_nothing(desk: Desk) -> None:
    later = MentionFilter(date_from=Date(2024, 1, 1))
    assert narrowed_to(later, open_battles().get("battle-soledar"), desk.index.places(MentionFilter())) is None


def test_an_area_stands_for_the_places_in_it(desk: Desk) -> None:
    oblast = battle(id="no such", places=("UA-14",))
    assert set(places_of(oblast, desk.index.places(MentionFilter()))) == {"UA-14", BAKHMUT, SOLEDAR}


def test_battles_are_found_by_day_and_words() -> None:
    every = open_battles().all
    assert {b.id for b in shown_battles(every, Date(2023, 1, 12), "SOLEDAR battle")} == {"battle-soledar"}
    assert shown_battles(every, Date(2021, 1, 1), "") == ()


def test_the_list_nests_battles_under_their_campaigns() -> None:
    listed = in_tree([open_battles().get("battle-soledar")])
    assert [depth for _, depth in listed] == list(range(len(listed)))
    assert listed[0][0].id == "invasion"
    assert listed[-1][0].id == "battle-soledar"
    assert battles_frame(listed)["Battle"].iloc[-1].startswith("\u2003")


def test_the_map_draws_places_by_control_of_the_day() -> None:
    soledar = [open_battles().get("battle-soledar")]
    before, after = (battles_geojson(soledar, day, open_gazetteer(), None) for day in (Date(2022, 8, 1), LEFT))
    looks = [data["features"][0]["properties"]["look"] for data in (before, after)]
    assert looks == ["dl-control-ukraine", "dl-control-russia"]


def test_the_card_of_a_battle_tells_its_campaign_and_reference() -> None:
    page = battle_html(open_battles().get("battle-soledar"))
    assert "Battle of Bakhmut ←" in page
    assert "Wikipedia: Battle of Soledar" in page


def test_a_source_is_counted_by_stories(desk: Desk) -> None:
    page = sources_html(sources(desk.index, MentionFilter()))
    assert page.index("North Desk") < page.index("unknown source")
