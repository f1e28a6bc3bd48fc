"""What the index answers about stories."""

import pytest

from corpus import Corpus, CorpusIndex, FilterError, MentionFilter
from tests.corpus.story_samples import reports, text_of


@pytest.fixture(scope="module")
def told(tmp_path_factory, gazetteer):
    """Bakhmut in one story of three copies and another of one."""
    corpus = Corpus(tmp_path_factory.mktemp("told"))
    corpus.add(reports((1, (1, 2)), (2, (1, 2, 3)), (3, (1,)), (4, (8, 9))))
    return CorpusIndex(corpus, gazetteer=gazetteer)


def test_places_count_stories(told):
    frame = told.places(MentionFilter())
    assert frame[["name", "stories", "articles", "mentions"]].values.tolist() == [["Bakhmut", 2, 4, 4]]


def test_counts_count_stories(told):
    counts = told.counts(MentionFilter())
    assert (counts.stories, counts.articles) == (2, 4)


def test_a_confidence_does_not_change_the_counting_of_stories(told):
    assert told.places(MentionFilter(min_confidence=0.5))["stories"].tolist() == [2]


def test_stories_are_counted_among_the_articles_chosen(told):
    assert told.counts(MentionFilter(text=text_of(3)[:11])).stories == 1


def test_timeline_counts_stories(told):
    assert told.timeline(MentionFilter())[["stories", "articles"]].values.tolist() == [[2, 4]]


def test_facets_count_articles_or_stories(told):
    assert (told.facets().kinds, told.facets("stories").kinds) == ((("city", 4),), (("city", 2),))


def test_facets_are_not_counted_by_mentions(told):
    with pytest.raises(FilterError, match="articles or stories"):
        told.facets("mentions")


def test_article_rows_tell_the_story_and_its_other_copies(told):
    frame = told.article_rows(MentionFilter()).set_index("id")
    leading = frame.loc["item-2", "article_id"]
    assert frame["copies"].to_dict() == {"item-1": 2, "item-2": 2, "item-3": 2, "item-4": 0}
    assert frame.loc[["item-1", "item-2", "item-3"], "story_id"].tolist() == [leading] * 3


def test_one_row_a_story_is_its_leading_copy(told):
    frame = told.article_rows(MentionFilter(), one_per_story=True)
    assert frame[["id", "copies"]].values.tolist() == [["item-2", 2], ["item-4", 0]]


def test_one_row_a_story_is_the_leading_copy_of_those_chosen(told):
    frame = told.article_rows(MentionFilter(text='"report 1"'), one_per_story=True)
    assert frame[["id", "copies"]].values.tolist() == [["item-1", 0]]


@pytest.mark.parametrize("copy", ["item-1", "item-2", "item-3"])
def test_any_copy_stands_for_its_story_in_a_filter(told, copy):
    chosen = told.article_rows(MentionFilter()).set_index("id").loc[copy, "article_id"]
    found = told.article_rows(MentionFilter(stories=(chosen,)))
    assert sorted(found["id"]) == ["item-1", "item-2", "item-3"]


def test_an_unknown_story_chooses_nothing(told):
    assert told.article_rows(MentionFilter(stories=("'; DROP TABLE copies; --",))).empty


def test_exports_and_evidence_carry_the_story(told):
    leading = told.article_rows(MentionFilter(), one_per_story=True)["article_id"].tolist()
    place = told.places(MentionFilter())["place_id"][0]
    assert {row["story_id"] for row in told.mention_rows(MentionFilter())} == set(leading)
    assert set(told.evidence(MentionFilter(), place)["story_id"]) == set(leading)
