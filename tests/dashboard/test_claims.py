from dataclasses import replace
from datetime import date as Date
from pathlib import Path

import pytest

from corpus import Corpus, MentionFilter
from dashboard.claims import claims_html
from dashboard.resources import Desk
from extract.types import Event
from tests.small_corpus import HOSTILE, build, three_articles

SOLEDAR, JANUARY = "soledar-donetsk", Date(2023, 1, 20)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The three articles; the first tells that Moscow, and a hostile speaker, claim Soledar."""
    first, second, third = three_articles()
    events = tuple(Event(0, 8, "capture", SOLEDAR, "russia", "claimed", by) for by in ("Moscow", HOSTILE[3]))
    return Desk(Corpus(build(tmp_path / "c", [replace(first, events=events), second, third])))


def test_claims_and_confirmation_stand_in_order_with_the_time_between(desk: Desk) -> None:
    page = claims_html(desk, MentionFilter(), SOLEDAR, JANUARY)
    claim = page.index("Russia, claimed: Russian Ministry of Defence")
    assert claim < page.index("Russia, confirmed: Ukrainian military")
    assert "after the claim" in page
    assert "dl-sign-claimed" in page
    assert "dl-sign-confirmed" in page


def test_the_line_is_dashed_while_the_claim_stands(desk: Desk) -> None:
    page = claims_html(desk, MentionFilter(), SOLEDAR, JANUARY)
    before, _, after = page.partition("Russia, confirmed: Ukrainian military")
    assert before.rsplit("<li", 1)[1].startswith(' class="dl-after-russia"')
    assert 'class="dl-after-contested"' in before
    assert "dl-after-ukraine" not in after.partition("<details>")[0]


def test_reports_stand_beside_the_table_with_their_speaker(desk: Desk) -> None:
    assert "in reports: capture, by Russia, claimed: Moscow (1 story)" in claims_html(
        desk, MentionFilter(), SOLEDAR, JANUARY
    )


def test_reports_outside_the_filter_do_not(desk: Desk) -> None:
    assert "in reports" not in claims_html(desk, MentionFilter(date_from=Date(2024, 1, 1)), SOLEDAR, JANUARY)


def test_hostile_speakers_stay_text(desk: Desk) -> None:
    page = claims_html(desk, MentionFilter(), SOLEDAR, JANUARY)
    assert "<img" not in page
    assert "${" not in page


def test_a_place_without_any_claim_has_no_line(desk: Desk) -> None:
    assert claims_html(desk, MentionFilter(), "gn524901", None) == ""
