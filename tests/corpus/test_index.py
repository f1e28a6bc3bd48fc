import dataclasses
import threading
from datetime import date as Date

import pandas as pd
import pytest

from corpus import (
    UNKNOWN_SOURCE,
    ArticleGoneError,
    Corpus,
    CorpusIndex,
    Counts,
    FilterError,
    MentionFilter,
)
from tests.corpus.corpus_samples import AFP, FOUR, PLACES, SILENT, UKRAINIAN, UNDATED, plain

BAKHMUT = PLACES["Bakhmut"][0]


def test_places_of_the_default_filter(index):
    frame = index.places(MentionFilter())
    rows = frame[["name", "mentions", "articles", "sources"]].values.tolist()
    assert rows == [
        ["Bakhmut", 4, 3, 2],
        ["Donetsk Oblast", 1, 1, 0],
        ["Kharkiv Oblast", 1, 1, 1],
        ["Soledar", 1, 1, 1],
    ]


def test_a_place_row_says_where_and_when(index):
    row = index.places(MentionFilter()).iloc[0].to_dict()
    assert row == {
        "place_id": BAKHMUT,
        "name": "Bakhmut",
        "kind": "city",
        "lat": 48.595,
        "lon": 38.0,
        "country": "UA",
        "region": "UA-14",
        "mentions": 4,
        "articles": 3,
        "stories": 3,
        "sources": 2,
        "first_date": pd.Timestamp(2023, 1, 12),
        "last_date": pd.Timestamp(2023, 2, 1),
        "location_mentions": 4,
        "actor_mentions": 0,
        "ambiguous": 0,
    }


def test_place_figures_look_past_role_and_status(index):
    frame = index.places(MentionFilter(roles=("actor", "location"))).set_index("name")
    assert frame.loc["Moscow", ["location_mentions", "actor_mentions"]].tolist() == [0, 1]
    assert frame.loc["Soledar", ["mentions", "ambiguous"]].tolist() == [1, 1]


def test_place_of_undated_articles_only_has_no_dates(index):
    row = index.places(MentionFilter()).set_index("name").loc["Donetsk Oblast"]
    assert row[["first_date", "last_date"]].isna().all()


def test_places_are_sorted_by_the_measure_asked_for(corpus, gazetteer):
    text = "Bakhmut. " * 5 + "Soledar."
    five = dataclasses.replace(plain(1, text), mentions=tuple(plain(1, text).mentions) * 5)
    soledar = [
        dataclasses.replace(AFP, article=dataclasses.replace(AFP.article, text=f"{n}"), mentions=AFP.mentions[1:2])
        for n in range(2)
    ]
    corpus.add([five, *soledar])
    index = CorpusIndex(corpus, gazetteer=gazetteer)
    by_article = index.places(MentionFilter(count_by="articles"))["name"].tolist()
    by_mention = index.places(MentionFilter(count_by="mentions"))["name"].tolist()
    assert (by_article, by_mention) == (["Soledar", "Bakhmut"], ["Bakhmut", "Soledar"])


def test_facets(index):
    facets = index.facets()
    assert facets.sources == (("Sample: Wire", 2), ("", 1), ("Зразок: Вісник", 1))
    assert facets.cites == (("AFP", 1), ("CNN", 1))
    assert facets.languages == (("unknown", 2), ("en", 1), ("uk", 1))
    assert facets.kinds == (("city", 3), ("region", 2))
    assert dict(facets.regions)["UA-14"] == 3
    assert facets.region_names["UA-14"] == "Donetsk Oblast"
    assert (facets.date_min, facets.date_max, facets.undated) == (Date(2023, 1, 12), Date(2023, 3, 3), 1)


def test_evidence_is_newest_first_and_undated_last(index):
    frame = index.evidence(MentionFilter(), BAKHMUT)
    dates = [date.date() if not pd.isna(date) else None for date in frame["date"]]
    assert dates == [Date(2023, 2, 1), Date(2023, 1, 12), None, None]
    assert frame["text"].tolist() == ["Бахмут", "Bakhmut", "Bakhmut", "Bakhmut"]


def test_evidence_sentence_holds_the_mention_where_it_says(index):
    for row in index.evidence(MentionFilter(), BAKHMUT).itertuples():
        first = row.start - row.sentence_start
        assert row.sentence[first : first + row.end - row.start] == row.text


def test_evidence_sentences_are_those_of_the_article(index):
    frame = index.evidence(MentionFilter(sources=(UNKNOWN_SOURCE,)), BAKHMUT)
    assert frame["sentence"].tolist() == ["In Donetsk Oblast, near Bakhmut, quiet.", "Bakhmut."]


def test_evidence_comes_in_pages(index):
    pages = [index.evidence(MentionFilter(), BAKHMUT, limit=3, offset=offset) for offset in (0, 3, 6)]
    assert [len(page) for page in pages] == [3, 1, 0]
    whole = index.evidence(MentionFilter(), BAKHMUT)
    assert pd.concat(pages[:2])["start"].tolist() == whole["start"].tolist()


def test_evidence_marks_navigation_scraps(index):
    marks = [
        index.evidence(MentionFilter(), place_id)["in_scrap"].tolist() for place_id in (PLACES["Soledar"][0], "UA-63")
    ]
    assert marks == [[False], [True]]


def test_evidence_of_an_unknown_place_is_empty(index):
    assert index.evidence(MentionFilter(), "nowhere").empty


def test_article_rows_hold_articles_without_mentions(index):
    frame = index.article_rows(MentionFilter())
    assert frame[["id", "mentions", "places"]].values.tolist() == [
        ["silent", 0, 0],
        ["uk", 1, 1],
        ["afp", 3, 3],
        ["undated", 3, 2],
    ]


def test_article_rows_are_not_restricted_by_place(index):
    frame = index.article_rows(MentionFilter(places=("UA-63",)))
    assert dict(zip(frame["id"], frame["mentions"], strict=True)) == {"silent": 0, "uk": 0, "afp": 1, "undated": 0}


def test_article_rows_come_in_pages(index):
    assert index.article_rows(MentionFilter(), limit=2, offset=1)["id"].tolist() == ["uk", "afp"]


def test_article_gives_back_what_was_added(index):
    stored = index.article(AFP.article.article_id)
    assert (stored.article, stored.mentions, stored.events) == (AFP.article, AFP.mentions, AFP.events)


def test_article_not_there_is_none(index):
    assert index.article("0" * 16) is None


def test_article_whose_batch_left_is_told(corpus, gazetteer):
    corpus.add([AFP])
    index = CorpusIndex(corpus, gazetteer=gazetteer)
    corpus.batches()[0].unlink()
    with pytest.raises(ArticleGoneError, match="open the corpus again"):
        index.article(AFP.article.article_id)


def test_timeline_by_month(index):
    frame = index.timeline(MentionFilter(), "month")
    assert frame.values.tolist() == [[pd.Timestamp(2023, 1, 1), 1, 1, 3], [pd.Timestamp(2023, 2, 1), 1, 1, 1]]


def test_timeline_weeks_begin_on_monday(index):
    assert index.timeline(MentionFilter(languages=("uk",)), "week")["day"].tolist() == [pd.Timestamp(2023, 1, 30)]


def test_timeline_of_an_unknown_unit_is_refused(index):
    with pytest.raises(FilterError, match="day, week, month"):
        index.timeline(MentionFilter(), "fortnight")


def test_empty_corpus_answers_everything_with_nothing(tmp_path):
    index = CorpusIndex(Corpus(tmp_path / "none"))
    asked = MentionFilter(text="x", regions=("UA-14",))
    frames = [index.places(asked), index.evidence(asked, BAKHMUT), index.article_rows(asked), index.timeline(asked)]
    assert [len(frame) for frame in frames] == [0, 0, 0, 0]
    assert index.counts(asked) == Counts(0, 0, 0, 0, 0, 0, 0, 0, 0)
    assert (index.facets().sources, index.facets().date_min, index.facets().undated) == ((), None, 0)


def test_place_unknown_to_the_gazetteer_is_still_shown(corpus, gazetteer):
    strange = dataclasses.replace(plain(1).mentions[0], place_id="gone-place", name="Gone")
    corpus.add([dataclasses.replace(plain(1), mentions=(strange,))])
    row = CorpusIndex(corpus, gazetteer=gazetteer).places(MentionFilter()).iloc[0]
    assert row[["name", "country", "region"]].tolist() == ["Gone", "", ""]


def test_place_told_in_two_ways_is_one_place_as_told_last(corpus, gazetteer):
    corpus.add([plain(1)])
    moved = dataclasses.replace(plain(2).mentions[0], name="Bakhmut (city)", lat=48.6)
    corpus.add([dataclasses.replace(plain(2), mentions=(moved,))])
    frame = CorpusIndex(corpus, gazetteer=gazetteer).places(MentionFilter())
    assert frame[["name", "lat", "mentions"]].values.tolist() == [["Bakhmut (city)", 48.6, 2]]


def test_threads_may_share_an_index(index):
    expected = index.places(MentionFilter()).to_dict()
    answers, errors = [], []

    def ask():
        try:
            for _ in range(10):
                answers.append(index.places(MentionFilter()).to_dict() == expected)
                index.evidence(MentionFilter(), BAKHMUT)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert answers == [True] * 60


def test_export_rows_are_every_counted_mention(index):
    rows = list(index.mention_rows(MentionFilter(statuses=(), roles=())))
    assert len(rows) == sum(len(extraction.mentions) for extraction in FOUR)


def test_index_and_articles_agree(index):
    for extraction in (AFP, UKRAINIAN, UNDATED, SILENT):
        assert index.article(extraction.article.article_id).mentions == extraction.mentions


def test_articles_that_name_the_place_come_newest_first(index):
    rows = index.article_rows(MentionFilter(), naming=True, limit=2)
    assert rows["date"].dt.date.tolist() == [Date(2023, 2, 1), Date(2023, 1, 12)]
    assert (rows["mentions"] > 0).all()


def test_articles_without_the_place_are_left_out(index):
    soledar = MentionFilter(places=(PLACES["Soledar"][0],))
    assert len(index.article_rows(soledar)) == len(FOUR)
    rows = index.article_rows(soledar, naming=True)
    assert rows[["source", "mentions"]].values.tolist() == [["Sample: Wire", 1]]
