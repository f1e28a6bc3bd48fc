from dataclasses import replace
from datetime import date as Date

import pytest

from corpus import Corpus
from corpus.events import EventIndex, open_events
from extract.types import Event
from tests.corpus.corpus_samples import PLACES, plain

BAKHMUT = PLACES["Bakhmut"][0]
TEXT = "Shells fell on Bakhmut."


def told(number, *events, **fields):
    return replace(plain(number, f"{TEXT} Report {number}.", date=Date(2023, 1, number), **fields), events=events)


def event(kind="capture", side="russia", modality="asserted", by="", place=BAKHMUT, start=0):
    return Event(start, start + 11, kind, place, side, modality, by)


CLAIM, DENIAL = event(modality="claimed", by="Moscow"), event(modality="denied", by="Kyiv", start=12)


@pytest.fixture
def kept(corpus):
    """Three articles: a claim; the claim by another and a denial; something elsewhere. Gives index and their ids."""
    made = [
        told(1, CLAIM),
        told(2, event(modality="claimed", by="Wagner"), DENIAL),
        told(3, event(place="soledar-donetsk")),
    ]
    corpus.add(made)
    return EventIndex(corpus), [extraction.article.article_id for extraction in made]


def test_claims_and_denials_are_counted_apart_with_their_speakers(kept):
    events, ids = kept
    rows = events.summary(BAKHMUT, ids, ids)
    found = {row.modality: (row.kind, row.side, row.stories, list(row.speakers)) for row in rows.itertuples()}
    assert found == {
        "claimed": ("capture", "russia", 2, ["Moscow", "Wagner"]),
        "denied": ("capture", "russia", 1, ["Kyiv"]),
    }


def test_only_the_given_articles_speak(kept):
    events, ids = kept
    rows = events.summary(BAKHMUT, ids[:1], ids[:1])
    assert rows["modality"].tolist() == ["claimed"]
    assert events.summary(BAKHMUT, [], []).empty


def test_copies_of_a_story_count_once(kept):
    events, ids = kept
    rows = events.summary(BAKHMUT, ids, [ids[0]] * 3).set_index("modality")
    assert rows.loc["claimed", "stories"] == 1
    assert rows.loc["claimed", "articles"] == 2


def test_sentences_come_in_the_order_of_the_articles(kept):
    events, ids = kept
    given = [ids[1], ids[0]]
    rows = events.told(BAKHMUT, given, given, kind="capture", side="russia", limit=10)
    assert rows["attributed_to"].tolist() == ["Wagner", "Kyiv", "Moscow"]
    assert len(events.told(BAKHMUT, given, given, kind="capture", side="russia", limit=2)) == 2


def test_an_event_without_speaker_has_no_speakers(corpus):
    made = told(1, event())
    corpus.add([made])
    ids = [made.article.article_id]
    assert list(EventIndex(corpus).summary(BAKHMUT, ids, ids).iloc[0]["speakers"]) == []


@pytest.mark.parametrize("hostile", ["'; DROP TABLE events; --", "$articles", "' OR 1=1 --"])
def test_hostile_words_are_values(kept, hostile):
    events, ids = kept
    assert events.summary(hostile, [hostile, *ids], [hostile, *ids]).empty
    assert len(events.summary(BAKHMUT, ids, ids)) == 2


def test_a_removed_article_says_nothing(kept, corpus):
    _, ids = kept
    corpus.remove(ids[:1])
    assert EventIndex(corpus).summary(BAKHMUT, ids[:1], ids[:1]).empty


def test_a_damaged_batch_is_told_and_the_rest_answers(kept, corpus):
    _, ids = kept
    corpus.batches()[0].with_name("zz.parquet").write_bytes(b"no parquet")
    events = EventIndex(corpus)
    assert len(events.problems) == 1
    assert len(events.summary(BAKHMUT, ids, ids)) == 2


def test_an_empty_corpus_answers_nothing(corpus):
    assert EventIndex(corpus).summary(BAKHMUT, [], []).empty


def test_a_new_version_is_read_anew(corpus):
    corpus.add([told(1, CLAIM)])
    first = open_events(corpus.folder, corpus.version)
    assert open_events(corpus.folder, corpus.version) is first
    corpus.add([told(2, DENIAL)])
    assert open_events(corpus.folder, Corpus(corpus.folder).version) is not first
    open_events.cache_clear()
