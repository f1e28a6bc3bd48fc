from datetime import date as Date
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import UNKNOWN_SOURCE, Corpus, CorpusIndex, Counts, MentionFilter
from corpus.clauses import Statement
from tests.corpus.corpus_samples import FOUR, PLACES, plain

BAKHMUT = PLACES["Bakhmut"][0]
HOSTILE = ("'; DROP TABLE articles; --", "' OR 1=1 --", "$roles", "%", "\\", "(?i)", "[", "a\x00b", '"', "\\E")


def mentions_by_place(index, **fields):
    frame = index.places(MentionFilter(**fields))
    return dict(zip(frame["name"], frame["mentions"], strict=True))


EVERYWHERE = {"Bakhmut": 4, "Donetsk Oblast": 1, "Kharkiv Oblast": 1, "Soledar": 1}
WIRE = {"Bakhmut": 1, "Kharkiv Oblast": 1, "Soledar": 1}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, EVERYWHERE),
        ({"sources": ("Sample: Wire",)}, WIRE),
        ({"sources": (UNKNOWN_SOURCE,)}, {"Bakhmut": 2, "Donetsk Oblast": 1}),
        ({"sources": ("Зразок: Вісник", UNKNOWN_SOURCE)}, {"Bakhmut": 3, "Donetsk Oblast": 1}),
        ({"sources": ("Wire",)}, {}),
        ({"cites": ("CNN", "TASS")}, WIRE),
        ({"cites": ("TASS",)}, {}),
        ({"languages": ("uk",)}, {"Bakhmut": 1}),
        ({"date_from": Date(2023, 1, 12), "date_to": Date(2023, 1, 12), "include_undated": False}, WIRE),
        ({"date_from": Date(2023, 1, 13), "include_undated": False}, {"Bakhmut": 1}),
        ({"date_from": Date(2023, 1, 13)}, {"Bakhmut": 3, "Donetsk Oblast": 1}),
        ({"date_to": Date(2022, 1, 1), "include_undated": False}, {}),
        ({"include_undated": False}, EVERYWHERE),
        ({"places": (BAKHMUT,)}, {"Bakhmut": 4}),
        ({"regions": ("UA-14",)}, {"Bakhmut": 4, "Donetsk Oblast": 1, "Soledar": 1}),
        ({"regions": ("UA-14",), "kinds": ("region",)}, {"Donetsk Oblast": 1}),
        ({"kinds": ("region", "water")}, {"Donetsk Oblast": 1, "Kharkiv Oblast": 1}),
        ({"roles": ("actor",)}, {"Moscow": 1}),
        ({"roles": ()}, EVERYWHERE | {"Moscow": 1}),
        ({"statuses": ("ambiguous",)}, {"Soledar": 1}),
        ({"statuses": ()}, EVERYWHERE | {"Soledar": 2}),
        ({"statuses": ("unplaced", "rejected"), "roles": ()}, {}),
        ({"min_confidence": 0.9}, {"Bakhmut": 4, "Donetsk Oblast": 1}),
        ({"min_confidence": 0.95}, {"Bakhmut": 1}),
        ({"text": "SHELLS fell"}, WIRE),
        ({"text": "бахмут"}, {"Bakhmut": 1}),
        ({"text": '"fell shells"'}, {}),
        ({"text": '"shells fell" soledar'}, WIRE),
        ({"text": "fighting near"}, WIRE),
        ({"text": ".*"}, {}),
    ],
)
def test_each_field_restricts_as_it_says(index, fields, expected):
    assert mentions_by_place(index, **fields) == expected


def test_quoted_words_are_found_over_line_ends(corpus, gazetteer):
    corpus.add([plain(1, "They left Krasna\nHora for Bakhmut.")])
    index = CorpusIndex(corpus, gazetteer=gazetteer)
    assert mentions_by_place(index, text='"krasna hora"') == {"Bakhmut": 1}


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("field", ["sources", "cites", "places", "regions", "languages"])
def test_hostile_values_are_only_values(index, field, value):
    assert mentions_by_place(index, **{field: (value,)}) == {}


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_search_is_only_a_search(index, value):
    assert set(index.article_rows(MentionFilter(text=value))["id"]) <= {"undated"}
    assert index.counts(MentionFilter()).mentions == 7


def test_counts_of_the_default_filter(index):
    assert index.counts(MentionFilter()) == Counts(
        stories=3,
        articles=3,
        articles_searched=4,
        places=4,
        mentions=7,
        placed=7,
        ambiguous=1,
        unplaced=1,
        rejected=1,
    )


def test_counts_tell_what_was_not_placed_whatever_statuses_are_asked(index):
    counts = index.counts(MentionFilter(statuses=("ambiguous",)))
    assert (counts.mentions, counts.placed, counts.unplaced, counts.rejected) == (1, 7, 1, 1)


def test_counts_tell_what_has_no_place_whatever_place_is_asked(index):
    counts = index.counts(MentionFilter(regions=("UA-63",), min_confidence=0.5))
    assert (counts.mentions, counts.placed, counts.ambiguous, counts.unplaced, counts.rejected) == (1, 1, 0, 1, 1)


def test_counts_of_unplaced_mentions(index):
    counts = index.counts(MentionFilter(statuses=("unplaced",)))
    assert (counts.articles, counts.places, counts.mentions) == (1, 0, 1)


def test_counts_of_a_filter_that_finds_nothing(index):
    assert index.counts(MentionFilter(sources=("nobody",))) == Counts(0, 0, 0, 0, 0, 0, 0, 0, 0)


def test_a_search_is_answered_alike_whether_what_it_found_is_remembered(corpus, gazetteer, monkeypatch):
    corpus.add(FOUR)
    asked = [MentionFilter(text=text) for text in ("shells", "Bakhmut shells", '"shells fell"', "nowhere")]
    with CorpusIndex(corpus, gazetteer=gazetteer) as index:
        first = [index.counts(one) for one in asked]
        again = [index.counts(one) for one in asked]
        remembered = index.ask(Statement("SELECT count(DISTINCT pattern) FROM searched", {})).fetchone()
    monkeypatch.setattr("corpus.index._MOST_FOUND", 0)
    with CorpusIndex(corpus, gazetteer=gazetteer) as index:
        assert [index.counts(one) for one in asked] == first == again
        assert index.ask(Statement("SELECT count(*) FROM searched", {})).fetchone() == (0,)
    assert remembered == (3,)
    assert first[0].articles_searched > 0


# days, whatever months they begin and end in

WRITTEN = [Date(2023, 1, 1) + timedelta(days=number) for number in range(0, 95, 3)]
DAYS = st.none() | st.dates(Date(2022, 12, 20), Date(2023, 4, 15))


@pytest.fixture(scope="module")
def dated(tmp_path_factory, opened):
    """An article every three days of the first quarter of 2023 of one source or another, and two undated ones."""
    corpus = Corpus(tmp_path_factory.mktemp("dated"))
    days = [*WRITTEN, None, None]
    corpus.add(plain(number, date=day, source=("Desk", "Wire")[number % 2]) for number, day in enumerate(days))
    return opened(corpus)


@settings(max_examples=60, deadline=None)
@given(DAYS, DAYS, st.booleans(), st.sampled_from([(), ("Desk",), ("Wire",)]))
def test_places_count_the_articles_of_the_days_asked_for(dated, first, last, with_undated, sources):
    if first and last and first > last:
        first, last = last, first
    asked = MentionFilter(date_from=first, date_to=last, include_undated=with_undated, sources=sources)
    inside = [
        day
        for number, day in enumerate([*WRITTEN, None, None])
        if not sources or sources == (("Desk", "Wire")[number % 2],)
        if (not (first or last) or with_undated if day is None else (first or day) <= day <= (last or day))
    ]
    told = [day for day in inside if day]
    found = dated.places(asked)[["articles", "mentions", "first_date", "last_date"]].to_dict("records")
    wanted = {"articles": len(inside), "mentions": len(inside)}
    assert [{name: row[name] for name in wanted} for row in found] == [wanted] * bool(inside)
    if told:
        assert (found[0]["first_date"].date(), found[0]["last_date"].date()) == (min(told), max(told))
