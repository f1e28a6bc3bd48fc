"""Questions about all places and sources at once, on reports counted by hand."""

import dataclasses
from datetime import date as Date

import pandas as pd
import pytest

from corpus import Corpus, CorpusIndex, MentionFilter, profiles
from extract.types import Article, Event, Extraction
from tests.corpus.corpus_samples import FOUR, mention
from tests.corpus.story_samples import reports

EAST, WEST, NORTH = "East Post", "West Mail", "North Wire"


def report(number: int, text: str, *names: str, events: tuple[Event, ...] = (), **fields) -> Extraction:
    article = Article(id=f"r{number}", title=f"Report {number}", text=text, **fields)
    return Extraction(article, tuple(mention(text, name) for name in names), events, (), "1", "g1")


def told_by(extraction: Extraction, source: str, day: Date | None) -> Extraction:
    return dataclasses.replace(extraction, article=dataclasses.replace(extraction.article, source=source, date=day))


CLAIM = Event(0, 10, "capture", "soledar-donetsk", "russia", "claimed", "the ministry")
DENIAL = Event(0, 10, "capture", "soledar-donetsk", "russia", "denied", "the general staff")
SAID = Event(0, 10, "shelling", "bakhmut-donetsk", "russia", "asserted")
SEVEN = [
    report(1, "Bakhmut was shelled.", "Bakhmut", events=(SAID,), source=EAST, date=Date(2023, 1, 1), language="en"),
    report(2, "Soledar fell.", "Soledar", events=(CLAIM,), source=EAST, date=Date(2023, 1, 3), language="en"),
    report(3, "Soledar did not fall.", "Soledar", events=(DENIAL,), source=EAST, language="ru"),
    report(4, "Bakhmut and Soledar.", "Bakhmut", "Soledar", source=WEST, date=Date(2023, 1, 10), language="uk"),
    report(5, "Bakhmut again.", "Bakhmut", date=Date(2023, 1, 10)),
    report(6, "Nothing is named.", source=WEST, date=Date(2023, 1, 11), language="uk"),
    report(7, "Soledar fell, too.", "Soledar", events=(CLAIM, CLAIM), source=EAST, date=Date(2023, 1, 4)),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory, gazetteer) -> CorpusIndex:
    corpus = Corpus(tmp_path_factory.mktemp("profiles"))
    corpus.add(SEVEN)
    return CorpusIndex(corpus, gazetteer=gazetteer)


@pytest.fixture(scope="module")
def shared(tmp_path_factory, gazetteer) -> CorpusIndex:
    """One story of East (2 Jan), West (3 Jan) and North (undated); one of East and West on one day; one of West."""
    first, second, third, fourth, fifth, sixth = reports(
        (1, (1, 2)), (2, (1, 2, 3)), (3, (1, 2, 4)), (4, (8, 9)), (5, (8, 9, 5)), (6, (20, 21))
    )
    corpus = Corpus(tmp_path_factory.mktemp("shared"))
    corpus.add(
        [
            told_by(first, EAST, Date(2023, 1, 2)),
            told_by(second, WEST, Date(2023, 1, 3)),
            told_by(third, NORTH, None),
            told_by(fourth, EAST, Date(2023, 1, 5)),
            told_by(fifth, WEST, Date(2023, 1, 5)),
            told_by(sixth, WEST, Date(2023, 1, 6)),
        ]
    )
    return CorpusIndex(corpus, gazetteer=gazetteer)


def rows(frame: pd.DataFrame, *columns: str) -> list[list]:
    return frame[list(columns)].values.tolist()


def test_a_history_has_equal_bars_from_the_first_to_the_last_day(index) -> None:
    history = profiles.histories(index, MentionFilter(), bars=5)
    assert (history.first, history.days) == (Date(2023, 1, 1), 2)
    assert history.starts() == [Date(2023, 1, day) for day in (1, 3, 5, 7, 9)]


def test_a_history_counts_dated_mentions_by_bar(index) -> None:
    counts = profiles.histories(index, MentionFilter(count_by="articles"), bars=5).counts
    assert counts == {"bakhmut-donetsk": [1, 0, 0, 0, 2], "soledar-donetsk": [0, 2, 0, 0, 1]}


def test_a_history_of_sources_knows_the_unknown_one(index) -> None:
    counts = profiles.histories(index, MentionFilter(), by="source", bars=5).counts
    assert counts == {EAST: [1, 2, 0, 0, 0], WEST: [0, 0, 0, 0, 1], "": [0, 0, 0, 0, 1]}


def test_the_copies_of_a_story_are_one_in_a_history(shared) -> None:
    stories = profiles.histories(shared, MentionFilter(count_by="stories"), bars=1).counts
    articles = profiles.histories(shared, MentionFilter(count_by="articles"), bars=1).counts
    assert (stories, articles) == ({"bakhmut-donetsk": [3]}, {"bakhmut-donetsk": [5]})


def test_without_a_dated_article_there_is_no_history(index) -> None:
    history = profiles.histories(index, MentionFilter(date_from=Date(2024, 1, 1)))
    assert (history.first, history.counts, history.starts()) == (None, {}, [])


def test_never_more_bars_than_asked_for(index) -> None:
    for bars in range(1, 15):
        counts = profiles.histories(index, MentionFilter(), bars=bars).counts
        assert all(len(row) <= bars and sum(row) for row in counts.values())


def test_spellings_are_counted_by_place(tmp_path, gazetteer) -> None:
    corpus = Corpus(tmp_path)
    corpus.add(FOUR)
    index, asked = CorpusIndex(corpus, gazetteer=gazetteer), MentionFilter(places=("bakhmut-donetsk",))
    found = profiles.spellings(index, asked, with_articles=True)
    assert rows(found, "form", "mentions", "articles") == [["Bakhmut", 3, 2], ["Бахмут", 1, 1]]


def test_spellings_by_source_name_the_language(index) -> None:
    found = profiles.spellings(index, MentionFilter(places=("soledar-donetsk",)), by_source=True)
    assert sorted(rows(found, "source", "language", "mentions")) == [
        [EAST, "en", 1],
        [EAST, "ru", 1],
        [EAST, "unknown", 1],
        [WEST, "uk", 1],
    ]


def test_white_space_in_a_name_is_one_space(tmp_path, gazetteer) -> None:
    text = "In Donetsk\n Oblast it was quiet."
    placed = dataclasses.replace(mention("Donetsk Oblast", "Donetsk Oblast"), start=3, end=18, text="Donetsk\n Oblast")
    corpus = Corpus(tmp_path)
    corpus.add([Extraction(Article("x", text), (placed,))])
    found = profiles.spellings(CorpusIndex(corpus, gazetteer=gazetteer), MentionFilter())
    assert found["form"].tolist() == ["Donetsk Oblast"]


def test_sources_with_what_they_write(index) -> None:
    found = profiles.sources(index, MentionFilter(count_by="articles"))
    assert rows(found, "source", "searched", "articles", "mentions", "places", "undated") == [
        [EAST, 4, 4, 4, 2, 1],
        [WEST, 2, 1, 2, 2, 0],
        ["", 1, 1, 1, 1, 0],
    ]


def test_languages_of_a_source_most_frequent_first(index) -> None:
    found = profiles.sources(index, MentionFilter()).set_index("source")
    assert found.loc[EAST, "languages"].tolist() == ["en", "ru", "unknown"]
    assert found.loc[WEST, "languages"].tolist() == ["uk"]


def test_a_source_leads_a_story_told_a_day_before_all_others(shared) -> None:
    found = profiles.sources(shared, MentionFilter()).set_index("source")
    counts = {name: (int(row.shared), int(row.led)) for name, row in found.iterrows()}
    # The second story is of one day: nobody leads it. North's copy has no date.
    assert counts == {EAST: (2, 1), WEST: (2, 0), NORTH: (1, 0)}


def test_shared_stories_say_who_was_first(shared) -> None:
    found = profiles.shared_stories(shared, MentionFilter(), EAST)
    assert rows(found, "source", "stories", "first_here", "first_there") == [[WEST, 2, 1, 0], [NORTH, 1, 0, 0]]
    found = profiles.shared_stories(shared, MentionFilter(sources=(WEST,)), WEST)
    assert rows(found, "source", "stories", "first_here", "first_there") == [[EAST, 2, 0, 1], [NORTH, 1, 0, 0]]


def test_shared_stories_keep_to_the_days_of_the_filter(shared) -> None:
    late = MentionFilter(date_from=Date(2023, 1, 4), include_undated=False)
    assert rows(profiles.shared_stories(shared, late, EAST), "source", "stories") == [[WEST, 1]]


def test_claims_are_counted_by_claimant(index) -> None:
    found = profiles.claims(index, MentionFilter(), EAST)
    assert rows(found, "claimant", "claimed", "denied", "articles", "places") == [
        ["the ministry", 3, 0, 2, 1],
        ["the general staff", 0, 1, 1, 1],
    ]
    assert found["kinds"].iloc[0].tolist() == ["capture"]
    assert found["place_ids"].iloc[0].tolist() == ["soledar-donetsk"]
    assert found["first_date"].iloc[0] == pd.Timestamp(2023, 1, 3)
    assert pd.isna(found["first_date"].iloc[1])


def test_claims_keep_to_the_places_of_the_filter(index) -> None:
    assert profiles.claims(index, MentionFilter(places=("bakhmut-donetsk",)), EAST).empty
    assert profiles.claims(index, MentionFilter(), WEST).empty


def test_an_empty_corpus_answers_with_nothing(tmp_path, gazetteer) -> None:
    with CorpusIndex(Corpus(tmp_path), gazetteer=gazetteer) as empty:
        asked = MentionFilter()
        assert profiles.histories(empty, asked).counts == {}
        assert profiles.spellings(empty, asked).empty
        assert profiles.sources(empty, asked).empty
        assert profiles.shared_stories(empty, asked, EAST).empty
        assert profiles.claims(empty, asked, EAST).empty
