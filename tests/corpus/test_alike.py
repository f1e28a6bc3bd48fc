"""What a corpus already tells of articles that are only looked at."""

import dataclasses
from datetime import timedelta

import pytest

from corpus.alike import Standing, standings
from tests.corpus.corpus_samples import plain
from tests.corpus.story_samples import DAY, reports


def told(number, *blocks, day=DAY, source=""):
    (report,) = reports((number, blocks))
    return dataclasses.replace(report, article=dataclasses.replace(report.article, date=day, source=source))


@pytest.fixture
def filled(corpus):
    corpus.add([told(1, 1, 2, source="Wire"), told(2, 1, 2, 3, day=DAY + timedelta(days=1)), told(3, 8, 9)])
    corpus.add([told(4, 1, 2, day=DAY + timedelta(days=60))])
    return corpus


@pytest.mark.parametrize("day", [DAY, DAY + timedelta(days=2), None])
def test_a_copy_of_a_story_is_alike_to_what_leads_it(filled, day):
    assert standings(filled, [told(9, 1, 2, day=day)]) == [Standing("new", True, "Report 1", "Wire")]


def test_what_would_lead_a_story_is_alike_to_the_copy_that_leads_it_now(filled):
    assert standings(filled, [told(9, 1, 2, day=DAY - timedelta(days=1))]) == [
        Standing("new", True, "Report 1", "Wire")
    ]


@pytest.mark.parametrize("one", [told(9, 1, 2, day=DAY + timedelta(days=30)), told(9, 5, 6), plain(9, date=DAY)])
def test_what_tells_another_story_or_one_of_weeks_ago_stands_alone(filled, one):
    assert standings(filled, [one]) == [Standing("new")]


def test_what_is_given_is_compared_with_itself_too(corpus):
    found = standings(corpus, [told(1, 1, 2), told(2, 1, 2, 3)])
    assert [one.alike_title for one in found] == ["Report 2", "Report 1"]


def test_what_is_there_and_what_was_removed_is_told(filled):
    there, removed = told(1, 1, 2, source="Wire"), told(3, 8, 9)
    filled.remove([removed.article.article_id])
    assert [one.state for one in standings(filled, [there, removed, told(9, 7)])] == ["there", "removed", "new"]


def test_batches_of_other_times_are_not_read(filled, monkeypatch):
    read, looked = filled.read, []
    monkeypatch.setattr(filled, "read", lambda path, columns: looked.append((path, columns)) or read(path, columns))
    standings(filled, [told(9, 1, 2)])
    whole = [path for path, columns in looked if "fingerprint" in columns]
    assert whole == filled.batches()[:1]
