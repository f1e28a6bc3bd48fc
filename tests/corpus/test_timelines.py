from datetime import date as Date

import pytest

from corpus import MentionFilter
from corpus.timelines import Span, Undated, told_by_source, undated
from tests.corpus.corpus_samples import PLACES

BAKHMUT, SOLEDAR = PLACES["Bakhmut"][0], PLACES["Soledar"][0]
ALL = MentionFilter()
WINTER = (Date(2023, 1, 1), Date(2023, 2, 28))


def told(index, *spans, asked=ALL):
    rows = told_by_source(index, asked, spans)
    return {(row.key, row.source): (row.articles, row.mentions) for row in rows.itertuples()}


def test_dated_and_undated_make_up_what_counts(index):
    found, counts = undated(index, ALL), index.counts(ALL)
    assert found.mentions + index.timeline(ALL)["mentions"].sum() == counts.mentions
    assert found.articles + index.timeline(ALL)["articles"].sum() == counts.articles


def test_a_filter_that_finds_nothing_leaves_nothing_undated(index):
    assert undated(index, MentionFilter(sources=("nobody",))) == Undated(0, 0, 0)


def test_each_source_is_counted_in_each_span(index):
    spans = Span("all", (BAKHMUT, SOLEDAR), *WINTER), Span("soledar", (SOLEDAR,), *WINTER)
    assert told(index, *spans) == {
        ("all", "Sample: Wire"): (1, 2),
        ("all", "Зразок: Вісник"): (1, 1),
        ("soledar", "Sample: Wire"): (1, 1),
    }


def test_a_span_without_a_last_day_is_open(index):
    assert told(index, Span("x", (SOLEDAR,), WINTER[0], None)) == {("x", "Sample: Wire"): (1, 1)}


def test_days_outside_do_not_count(index):
    assert told(index, Span("x", (BAKHMUT,), Date(2024, 1, 1), None)) == {}
    assert told(index, Span("x", (SOLEDAR,), Date(2022, 1, 1), Date(2023, 1, 11))) == {}


def test_the_filter_holds_too(index):
    span = Span("x", (BAKHMUT,), *WINTER)
    assert list(told(index, span, asked=MentionFilter(sources=("Зразок: Вісник",)))) == [("x", "Зразок: Вісник")]


@pytest.mark.parametrize("hostile", ["'; DROP TABLE articles; --", "$keys", ""])
def test_hostile_places_are_values(index, hostile):
    assert told(index, Span(hostile, (hostile,), *WINTER)) == {}


def test_no_span_gives_no_row(index):
    assert told(index) == {}
