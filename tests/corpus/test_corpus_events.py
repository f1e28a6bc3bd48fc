import argparse
from dataclasses import replace
from datetime import date as Date

import pytest

from corpus import CorpusIndex, MentionFilter, events
from corpus.clauses import Statement
from corpus.options import add_filter_options, filter_from
from extract.types import Event
from tests.corpus.corpus_samples import PLACES, mention, plain

BAKHMUT, SOLEDAR = PLACES["Bakhmut"][0], PLACES["Soledar"][0]
TEXT = "Shells fell on Bakhmut."
BOTH = "Shells fell on Bakhmut. Soledar was quiet."
ALL = MentionFilter()


def told(number, *found, text=TEXT, **fields):
    article = plain(number, f"{text} Report {number}.", **({"date": Date(2023, 1, number)} | fields))
    return replace(article, events=found)


def event(kind="capture", side="russia", modality="asserted", by="", place=BAKHMUT, start=0):
    return Event(start, start + 11, kind, place, side, modality, by)


CLAIM, DENIAL = event(modality="claimed", by="Moscow"), event(modality="denied", by="Kyiv", start=12)


@pytest.fixture
def kept(corpus, gazetteer):
    """Three articles: a claim; the claim by another and a denial; fighting. Gives the index."""
    corpus.add([told(1, CLAIM), told(2, event(modality="claimed", by="Wagner"), DENIAL), told(3, event("fighting"))])
    with CorpusIndex(corpus, gazetteer=gazetteer) as index:
        yield index


def said(index, asked=ALL, place=BAKHMUT):
    rows = events.summary(index, asked, place)
    return {(row.kind, row.modality): (row.stories, list(row.speakers)) for row in rows.itertuples()}


def test_claims_and_denials_are_counted_apart_with_their_speakers(kept):
    assert said(kept) == {
        ("capture", "claimed"): (2, ["Moscow", "Wagner"]),
        ("capture", "denied"): (1, ["Kyiv"]),
        ("fighting", "asserted"): (1, []),
    }


def test_only_articles_under_the_filter_speak(kept):
    assert list(said(kept, MentionFilter(date_to=Date(2023, 1, 1)))) == [("capture", "claimed")]
    assert said(kept, MentionFilter(roles=("actor",))) == {}


def test_a_place_without_events_says_nothing(kept):
    assert said(kept, place=SOLEDAR) == {}


def test_copies_of_a_story_count_once(corpus, gazetteer):
    words = " ".join(f"{TEXT} The mayor spoke of power, water and the road to the north on day {n}." for n in range(30))
    copies = [told(n, CLAIM, text=words, source=f"Paper {n}", date=Date(2023, 1, 5)) for n in (1, 2)]
    corpus.add([replace(copy, fingerprint=b"") for copy in copies])
    with CorpusIndex(corpus, gazetteer=gazetteer) as index:
        one_story = index.counts(ALL).stories
        rows = events.summary(index, ALL, BAKHMUT)
    assert rows["stories"].tolist() == [one_story]
    assert rows["articles"].tolist() == [2]


def test_a_speaker_with_a_null_character_is_told_without_it(corpus, gazetteer):
    corpus.add([told(1, event(modality="claimed", by="Wag'\x00ner"))])
    with CorpusIndex(corpus, gazetteer=gazetteer) as index:
        assert events.told(index, ALL, BAKHMUT, each=10)["attributed_to"].tolist() == ["Wag'ner"]


def test_sentences_are_those_of_the_newest_articles_first(kept):
    rows = events.told(kept, ALL, BAKHMUT, each=10)
    assert rows["kind"].tolist() == ["capture"] * 3 + ["fighting"]
    assert rows["attributed_to"].tolist() == ["Wagner", "Kyiv", "Moscow", ""]
    assert rows["sentence"].tolist() == [TEXT] * 4


def test_each_kind_and_side_has_its_newest_sentences(kept):
    assert events.told(kept, ALL, BAKHMUT, each=1)["attributed_to"].tolist() == ["Wagner", ""]


def test_who_said_first_what_about_control(kept):
    rows = events.spoken(kept, ALL, BAKHMUT)
    assert [(row.date.date(), row.modality, row.speaker) for row in rows.itertuples()] == [
        (Date(2023, 1, 1), "claimed", "Moscow"),
        (Date(2023, 1, 2), "claimed", "Wagner"),
        (Date(2023, 1, 2), "denied", "Kyiv"),
    ]


@pytest.mark.parametrize("hostile", ["'; DROP TABLE events; --", "$place", "' OR 1=1 --"])
def test_hostile_words_are_values(kept, hostile):
    assert said(kept, place=hostile) == {}
    assert len(said(kept)) == 3


def test_a_removed_article_says_nothing(corpus, gazetteer):
    made = told(1, CLAIM)
    corpus.add([made])
    corpus.remove([made.article.article_id])
    with CorpusIndex(corpus, gazetteer=gazetteer) as index:
        assert said(index) == {}


def test_a_corpus_without_events_has_an_empty_table(corpus, gazetteer):
    corpus.add([plain(1)])
    with CorpusIndex(corpus, gazetteer=gazetteer) as index:
        assert index.ask(Statement("SELECT count(*) FROM events", {})).fetchone() == (0,)
        assert index.counts(MentionFilter(event_kinds=("capture",))).mentions == 0


FIELDS = {"event_kinds": ("capture",), "event_sides": ("russia",), "event_modalities": ("denied",)}


@pytest.fixture
def two_places(corpus, gazetteer):
    """An article that names Bakhmut and Soledar and tells of an event at Bakhmut only; another without any event."""
    first = told(1, CLAIM, event("withdrawal", "ukraine"), text=BOTH)
    first = replace(first, mentions=(*first.mentions, mention(BOTH, "Soledar")))
    corpus.add([first, told(2)])
    with CorpusIndex(corpus, gazetteer=gazetteer) as index:
        yield index


def test_the_filter_leaves_the_places_of_such_events_only(two_places):
    asked = MentionFilter(event_kinds=("capture",))
    assert two_places.places(asked)["place_id"].tolist() == [BAKHMUT]
    assert two_places.places(asked)["articles"].tolist() == [1]


@pytest.mark.parametrize(
    ("fields", "mentions"),
    [
        ({"event_kinds": ("capture", "visit")}, 1),
        ({"event_kinds": ("visit",)}, 0),
        ({"event_sides": ("russia",), "event_modalities": ("claimed",)}, 1),
        # one event has the side, another the modality: none has both
        ({"event_sides": ("ukraine",), "event_modalities": ("claimed",)}, 0),
        ({"event_kinds": ("capture",), "regions": ("UA-14",)}, 1),
        ({"event_kinds": ("capture",), "min_confidence": 0.99}, 0),
    ],
)
def test_one_event_must_have_all_that_is_asked(two_places, fields, mentions):
    assert two_places.counts(MentionFilter(**fields)).mentions == mentions


def test_every_question_obeys(two_places):
    asked = MentionFilter(event_kinds=("capture",))
    assert two_places.counts(asked).places == 1
    assert len(two_places.evidence(asked, BAKHMUT)) == 1
    assert two_places.evidence(asked, SOLEDAR).empty
    assert two_places.article_rows(asked)["mentions"].tolist() == [0, 1]
    assert two_places.timeline(asked)["mentions"].tolist() == [1]
    assert [row["place_id"] for row in two_places.mention_rows(asked)] == [BAKHMUT]


def test_the_filter_travels_in_a_link():
    asked = MentionFilter(**FIELDS)
    assert MentionFilter.from_params(asked.to_params()) == asked
    assert asked.to_params() == {"event": ["capture"], "event_side": ["russia"], "event_said": ["denied"]}


def test_a_link_with_an_unknown_event_is_ignored():
    assert MentionFilter.from_params({"event": ["explosion", "capture"], "event_side": "x"}).event_kinds == ("capture",)


def test_the_filter_is_described():
    assert "an event there (capture, russia, denied)" in MentionFilter(**FIELDS).describe()


def test_the_command_line_has_the_filter():
    parser = argparse.ArgumentParser()
    add_filter_options(parser)
    args = parser.parse_args("--event capture --event-side russia --event-said denied".split())
    assert filter_from(args) == MentionFilter(**FIELDS)
