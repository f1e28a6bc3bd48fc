"""Queues of the Review page: what is in them, in what order, and what they agree with."""

import dataclasses

import pytest

from corpus import Corpus, CorpusIndex, DecidedPlace, FilterError, HeldCorrections, MentionFilter, decide
from corpus.review import QUEUES, Queue, mentions_of, page, sure_places
from extract.types import Article, Extraction, Mention
from tests.corpus.corpus_samples import AFP, FOUR, PLACES, SILENT, mention, plain

STATUSES = ("placed", "ambiguous", "unplaced", "rejected")


def keys(index, name: str, asked: MentionFilter | None = None, **limits) -> list[str]:
    return [one.key for one in page(index, asked or MentionFilter(), Queue(name=name, **limits)).groups]


def held(*decisions) -> HeldCorrections:
    store = HeldCorrections()
    store.append(decisions)
    return store


@pytest.fixture
def index_of(tmp_path, gazetteer):
    def build(*extractions: Extraction) -> CorpusIndex:
        corpus = Corpus(tmp_path / "corpus")
        corpus.add(extractions)
        return CorpusIndex(corpus, gazetteer=gazetteer)

    return build


def unplaced(number: int, name: str) -> Extraction:
    """An article with `name` as an unplaced mention."""
    text = f"The village of {name} was shelled."
    found = Mention(15, 15 + len(name), name, "unplaced", "location", 0.5, "the gazetteer does not have it")
    return Extraction(Article(id=str(number), title=f"Report {number}", text=text), (found,))


@pytest.mark.parametrize("status", STATUSES)
def test_a_queue_has_as_many_mentions_as_the_figure_that_leads_to_it(index, status):
    counted = getattr(index.counts(MentionFilter()), status)
    assert page(index, MentionFilter(), Queue(name=status)).mentions == counted > 0


@pytest.mark.parametrize("asked", [MentionFilter(places=("bakhmut-donetsk",)), MentionFilter(min_confidence=0.8)])
@pytest.mark.parametrize("status", STATUSES)
def test_so_it_has_under_a_filter_of_places_or_confidence(index, status, asked):
    assert page(index, asked, Queue(name=status)).mentions == getattr(index.counts(asked), status)


def test_a_filter_of_articles_narrows_a_queue(index):
    assert keys(index, "ambiguous", MentionFilter(sources=("Sample: Wire",))) == []
    assert keys(index, "ambiguous", MentionFilter(text="Lloyd")) == ["soledar"]


def test_names_that_fold_to_one_key_are_one_group_under_their_most_frequent_spelling(index_of):
    spelled = ("Nova-Balka", "Nova Balka", "Nova Balka", "Other Balka")
    index = index_of(*(unplaced(number, name) for number, name in enumerate(spelled)))
    first, second = page(index, MentionFilter(), Queue(name="unplaced")).groups
    assert (first.key, first.text, first.mentions, first.articles) == ("nova balka", "Nova Balka", 3, 3)
    assert (second.key, second.number) == ("other balka", 1)


def test_a_page_says_how_much_the_whole_queue_has(index_of):
    index = index_of(*(unplaced(number, f"Balka {number // 2}") for number in range(10)))
    found = page(index, MentionFilter(), Queue(name="unplaced"), size=2, number=3)
    assert [one.number for one in found.groups] == [2, 3]
    assert (found.total, found.mentions) == (5, 10)


def test_beyond_the_end_the_last_group_is_given(index_of):
    index = index_of(*(unplaced(number, f"Balka {number}") for number in range(3)))
    found = page(index, MentionFilter(), Queue(name="unplaced"), number=50, size=2)
    assert [one.number for one in found.groups] == [2]
    assert found.asked == found.groups[0]


def test_the_least_sure_of_what_is_placed_comes_first(index):
    found = page(index, MentionFilter(), Queue(name="placed", below=0.6))
    assert [(one.key, one.confidence) for one in found.groups] == [("kharkiv oblast", 0.5), ("soledar", 0.6)]


def test_a_search_keeps_names_that_contain_it_however_they_are_written(index):
    assert keys(index, "unplaced", search="НОВЕ-с") == ["нове село"]
    assert keys(index, "unplaced", search="100%_") == []


def test_everything_of_a_place_whatever_its_status_and_role(index):
    found = page(index, MentionFilter(), Queue(name="place", place_id="soledar-donetsk"))
    assert [(one.key, one.mentions) for one in found.groups] == [("soledar", 2)]
    statuses = mentions_of(index, MentionFilter(), Queue(name="place", place_id="soledar-donetsk"), "soledar")["status"]
    assert set(statuses) == {"placed", "ambiguous"}


def test_a_group_is_found_by_its_key_wherever_it_stands_now(index_of):
    index = index_of(*(unplaced(number, f"Balka {number}") for number in range(5)))
    found = page(index, MentionFilter(), Queue(name="unplaced"), key="balka 3", number=0, size=2)
    assert (found.asked.text, found.asked.number) == ("Balka 3", 3)
    assert [one.number for one in found.groups] == [2, 3]


def test_in_place_of_a_group_that_has_left_stands_the_next(index_of):
    index = index_of(*(unplaced(number, f"Balka {number}") for number in range(3)))
    assert page(index, MentionFilter(), Queue(name="unplaced"), key="gone", number=1).asked.key == "balka 1"


def test_a_mention_comes_with_its_sentence_and_what_the_machine_said(index):
    row = mentions_of(index, MentionFilter(), Queue(name="ambiguous"), "soledar").iloc[0]
    assert (row["sentence"], row["sentence_start"]) == ("Soledar?", 59)
    assert (row["place_id"], row["machine_place"], row["correction_id"]) == ("soledar-donetsk",) * 2 + ("",)


def test_undated_articles_come_last(index_of):
    index = index_of(plain(1), AFP)
    dates = mentions_of(index, MentionFilter(), Queue(name="placed"), "bakhmut")["date"]
    assert dates.notna().tolist() == [True, False]


def test_what_was_decided_leaves_its_queue_and_is_among_the_corrected(tmp_path, gazetteer):
    corpus = Corpus(tmp_path / "corpus")
    corpus.add(FOUR)
    decision = decide("reject", scope="everywhere", name="Нове Село", who="Ada")
    index = CorpusIndex(corpus, gazetteer=gazetteer, corrections=held(decision))
    assert keys(index, "unplaced") == []
    assert keys(index, "corrected") == ["нове село"]
    row = mentions_of(index, MentionFilter(), Queue(name="corrected"), "нове село").iloc[0]
    assert (row["status"], row["correction_id"], row["reviewed_by"]) == ("rejected", decision.id, "Ada")


def test_a_place_chosen_by_hand_is_told_beside_the_machines(tmp_path, gazetteer):
    corpus = Corpus(tmp_path / "corpus")
    corpus.add([AFP])
    place = {"id": "gn524901", "name": "Moscow", "kind": "city", "lat": 55.75, "lon": 37.6}
    decision = decide("place", scope="everywhere", name="Soledar", value=DecidedPlace(**place))
    index = CorpusIndex(corpus, gazetteer=gazetteer, corrections=held(decision))
    row = mentions_of(index, MentionFilter(), Queue(name="corrected"), "soledar").iloc[0]
    assert (row["place_id"], row["machine_place"]) == ("gn524901", "soledar-donetsk")


def test_sure_places_are_the_placed_ones_but_regions_and_the_name_itself(index):
    found = sure_places(index, AFP.article.article_id, but="soledar")
    assert {place.place_id for place in found} == {"bakhmut-donetsk", "moscow"}


def test_an_ambiguous_mention_makes_no_place_sure(index_of):
    text = "Soledar and Bakhmut."
    guessed = mention(text, "Soledar", status="ambiguous")
    index = index_of(Extraction(Article(id="x", title="X", text=text), (guessed, mention(text, "Bakhmut"))))
    article_id = Article(id="x", title="X", text=text).article_id
    assert [place.place_id for place in sure_places(index, article_id)] == [PLACES["Bakhmut"][0]]


@pytest.mark.parametrize("name", QUEUES)
def test_an_empty_corpus_has_empty_queues(tmp_path, gazetteer, name):
    index = CorpusIndex(Corpus(tmp_path / "none"), gazetteer=gazetteer)
    found = page(index, MentionFilter(), Queue(name=name, place_id="x"))
    assert (found.groups, found.total, found.mentions) == ((), 0, 0)


def test_articles_without_a_mention_make_no_group(index_of):
    assert keys(index_of(SILENT), "placed") == []


def test_hostile_names_stay_what_they_are(index_of):
    names = ["${x}'; DROP TABLE mentions; --", "<img src=x onerror=1>", "\u202eabc\u202c d"]
    index = index_of(*(unplaced(number, name) for number, name in enumerate(names)))
    assert {one.text for one in page(index, MentionFilter(), Queue(name="unplaced")).groups} == set(names)


def test_queues_and_limits_that_cannot_be_are_refused():
    with pytest.raises(FilterError, match="queue: 'x' is not known"):
        Queue(name="x")
    with pytest.raises(FilterError, match="below: 2"):
        Queue(name="placed", below=2)


def test_a_queue_may_not_be_altered():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Queue(name="placed").below = 0.1
