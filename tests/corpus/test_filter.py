from datetime import date as Date
from datetime import datetime
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import COUNT_BY, UNKNOWN_SOURCE, FilterError, MentionFilter
from extract.types import ROLES, STATUSES
from geodata.places import KINDS

HOSTILE = (
    "'; DROP TABLE articles; --",
    "${alert(1)}",
    "any",
    "~",
    "~any",
    "",
    "Вісник",
    "a\x00b",
    "100%",
    "a&b=c#d",
    "‮",
)


def names(known=None):
    item = st.sampled_from(known) if known else st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20))
    return st.lists(item, max_size=4).map(tuple)


@st.composite
def filters(draw):
    days = sorted(draw(st.lists(st.dates(), min_size=2, max_size=2)))
    return MentionFilter(
        sources=draw(names()),
        cites=draw(names()),
        date_from=draw(st.sampled_from((None, days[0]))),
        date_to=draw(st.sampled_from((None, days[1]))),
        include_undated=draw(st.booleans()),
        places=draw(names()),
        regions=draw(names()),
        kinds=draw(names(KINDS)),
        roles=draw(names(ROLES)),
        statuses=draw(names(STATUSES)),
        languages=draw(names()),
        stories=draw(names()),
        text=draw(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40))),
        min_confidence=draw(st.floats(0, 1)),
        count_by=draw(st.sampled_from(COUNT_BY)),
    )


@given(filters())
def test_a_link_round_trips(asked):
    link = urlencode(asked.to_params(), doseq=True)
    assert MentionFilter.from_params(parse_qs(link, keep_blank_values=True, strict_parsing=bool(link))) == asked


@given(st.dictionaries(st.text(max_size=15), st.one_of(st.text(), st.lists(st.text()), st.none(), st.integers())))
def test_any_link_gives_a_filter(params):
    assert isinstance(MentionFilter.from_params(params), MentionFilter)


def test_defaults_are_left_out_of_links():
    assert MentionFilter().to_params() == {}


def test_single_values_may_be_plain_text():
    assert MentionFilter.from_params({"source": "Вісник"}).sources == ("Вісник",)


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"kind": ["city", "moon"]}, MentionFilter(kinds=("city",))),
        ({"kind": ["moon"]}, MentionFilter()),
        ({"from": "yesterday", "to": "2023-02-01"}, MentionFilter(date_to=Date(2023, 2, 1))),
        ({"from": "2023-02-30"}, MentionFilter()),
        ({"min_confidence": "nan"}, MentionFilter()),
        ({"min_confidence": "2", "undated": "no"}, MentionFilter(include_undated=False)),
        ({"count_by": "likes", "utm": "x"}, MentionFilter()),
        ({"text": "x" * 5000}, MentionFilter()),
        ({"source": ["\ud800", "Wire"]}, MentionFilter(sources=("Wire",))),
        ({"undated": []}, MentionFilter()),
    ],
)
def test_nonsense_in_a_link_is_ignored_item_by_item(params, expected):
    assert MentionFilter.from_params(params) == expected


def test_days_in_the_wrong_order_leave_the_last_out():
    asked = MentionFilter.from_params({"from": "2023-03-01", "to": "2023-02-01"})
    assert (asked.date_from, asked.date_to) == (Date(2023, 3, 1), None)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"date_from": Date(2023, 2, 1), "date_to": Date(2023, 1, 1)}, "swap them"),
        ({"date_from": "2023-01-01"}, "is not a day"),
        ({"date_from": datetime(2023, 1, 1)}, "is not a day"),
        ({"kinds": ("moon",)}, "kinds: 'moon' is not known; choose from city"),
        ({"roles": ("victim",)}, "roles: 'victim'"),
        ({"statuses": ("Placed",)}, "statuses: 'Placed'"),
        ({"sources": "Wire"}, "a tuple of names is needed"),
        ({"sources": (None,)}, "is not text"),
        ({"cites": ("\ud800",)}, "half a character"),
        ({"min_confidence": 1.5}, "0 to 1"),
        ({"min_confidence": float("nan")}, "0 to 1"),
        ({"count_by": "likes"}, "choose one of stories, articles, mentions"),
        ({"text": "x" * 501}, "too many"),
    ],
)
def test_what_cannot_be_is_refused(fields, message):
    with pytest.raises(FilterError, match=message):
        MentionFilter(**fields)


def test_lists_and_repeats_become_plain_tuples():
    assert MentionFilter(sources=["a", "b", "a"]).sources == ("a", "b")


def test_filters_are_hashable_keys():
    assert len({MentionFilter(), MentionFilter(text=" "), MentionFilter(text="x")}) == 2


def test_description_is_one_plain_sentence():
    asked = MentionFilter(
        sources=("Wire", UNKNOWN_SOURCE), date_from=Date(2023, 1, 26), kinds=("city",), text="дощ", min_confidence=0.5
    )
    assert asked.describe() == (
        "Placed mentions as location with a confidence of at least 50% of kind city, in articles from Wire or "
        "an unknown source dated from 26 Jan 2023 or undated that contain “дощ”; counted by stories."
    )


def test_description_of_everything():
    asked = MentionFilter(roles=(), statuses=())
    assert asked.describe() == "Mentions, in all articles; counted by stories."
