"""What an index answers once decisions are laid over what the machine found. Expectations are counted by eye."""

import dataclasses
import io
import json
import threading
import time
from datetime import date as Date

import pandas as pd
import pytest

from corpus import Corpus, CorpusIndex, Corrections, MentionFilter
from corpus.clauses import Statement
from corpus.corrections.file import CorrectionsFile, DecidedPlace, HeldCorrections, decide
from corpus.events import summary
from corpus.exports.write import export
from tests.corpus.corpus_samples import AFP, FOUR, PLACES, SILENT, UKRAINIAN, UNDATED, mention, plain

BAKHMUT, SOLEDAR_ID = PLACES["Bakhmut"][0], PLACES["Soledar"][0]
SOLEDAR = DecidedPlace(id=SOLEDAR_ID, name="Soledar", kind="city", lat=48.69, lon=38.075)
NOVE = DecidedPlace(id="own:nove", name="Нове Село", kind="village", lat=48.1, lon=38.2, country="UA", region="UA-14")
ANY, PLACED = MentionFilter(roles=(), statuses=()), MentionFilter()
AFP_ID, UK_ID, UNDATED_ID, SILENT_ID = (one.article.article_id for one in (AFP, UKRAINIAN, UNDATED, SILENT))


@pytest.fixture(scope="module")
def shared(tmp_path_factory, opened):
    corpus = Corpus(tmp_path_factory.mktemp("corrected"))
    corpus.add(FOUR)
    return opened(corpus)


@pytest.fixture
def index(shared):
    """The four sample articles, uncorrected."""
    shared.apply(Corrections())
    return shared


def correct(index: CorpusIndex, *decisions) -> CorpusIndex:
    index.apply(Corrections(tuple(decisions)))
    return index


def counted(index: CorpusIndex, asked: MentionFilter = PLACED, column: str = "mentions") -> dict[str, int]:
    frame = index.places(asked)
    return dict(zip(frame["name"], frame[column].tolist(), strict=True))


def rows(index: CorpusIndex) -> dict[tuple[str, int], dict]:
    """Every mention as an export has it, by article and start."""
    return {(row["article_id"], row["start"]): row for row in index.mention_rows(ANY)}


def test_accept_places_the_best_guess(index):
    at = UKRAINIAN.mentions[3].start
    correct(index, decide("accept", scope="mention", article_id=UK_ID, start=at, end=at + 7, name="Soledar"))
    row = rows(index)[UK_ID, at]
    assert (row["status"], row["place_id"], row["confidence"]) == ("placed", SOLEDAR_ID, 1.0)
    assert counted(index)["Soledar"] == 2


def test_accept_of_another_guess_than_the_machine_has_now_changes_nothing(index):
    at = UKRAINIAN.mentions[3].start
    target = {"article_id": UK_ID, "start": at, "end": at + 7, "name": "Soledar"}
    correct(index, decide("accept", scope="mention", was="somewhere-else", **target))
    assert rows(index)[UK_ID, at]["status"] == "ambiguous"


def test_accept_of_what_has_no_place_changes_nothing(index):
    correct(index, decide("accept", scope="everywhere", name="Нове Село"))
    assert index.counts(ANY).unplaced == 1


def test_another_place_for_one_mention(index):
    correct(index, decide("place", scope="mention", article_id=AFP_ID, start=15, end=22, name="Bakhmut", value=SOLEDAR))
    assert counted(index) == {"Bakhmut": 3, "Soledar": 2, "Donetsk Oblast": 1, "Kharkiv Oblast": 1}


def test_not_a_place_in_one_article(index):
    correct(index, decide("reject", scope="article", article_id=UNDATED_ID, name="Bakhmut"))
    assert counted(index)["Bakhmut"] == 2
    assert index.counts(MentionFilter()).rejected == 3


def test_not_a_place_everywhere_takes_the_place_off_the_map(index):
    correct(
        index, decide("reject", scope="everywhere", name="BAKHMUT"), decide("reject", scope="everywhere", name="Бахмут")
    )
    assert "Bakhmut" not in counted(index)
    assert index.evidence(ANY, BAKHMUT).empty


def test_a_decision_for_where_the_machine_had_no_place(index):
    decision = decide("place", scope="everywhere", name="Soledar", was="", value=SOLEDAR)
    correct(index, decision)
    assert index.counts(ANY).ambiguous == 1


def test_a_role_moves_the_mention(index):
    correct(index, decide("role", scope="everywhere", name="Moscow", value="location"))
    assert counted(index)["Moscow"] == 1


def test_spelling_means_the_place_wherever_it_is_written(index):
    correct(index, decide("spelling", scope="everywhere", name="Нове Село", value=SOLEDAR))
    assert counted(index)["Soledar"] == 2
    assert index.counts(ANY).unplaced == 0


def test_a_new_place_is_on_the_map_with_its_region(index):
    correct(index, decide("new_place", scope="everywhere", value=NOVE))
    row = index.places(MentionFilter(regions=("UA-14",))).set_index("place_id").loc["own:nove"]
    assert (row["name"], row["kind"], row["lat"], row["lon"]) == ("Нове Село", "village", 48.1, 38.2)


def test_facets_know_the_new_place_and_forget_the_rejected_kind(index):
    both = ("Donetsk Oblast", "Kharkiv Oblast")
    correct(
        index,
        decide("new_place", scope="everywhere", value=NOVE),
        *(decide("reject", scope="everywhere", name=name) for name in both),
    )
    assert dict(index.facets().kinds) == {"city": 3, "village": 1}


def test_a_place_new_to_the_corpus_is_as_the_gazetteer_has_it(index):
    hostile = DecidedPlace(id="UA", name="Antarctica", kind="continent", lat=-80.0, lon=0.0)
    correct(index, decide("place", scope="everywhere", name="Нове Село", value=hostile))
    row = index.places(ANY).set_index("place_id").loc["UA"]
    assert (row["name"], row["kind"], row["lat"] > 40) == ("Ukraine", "country", True)


def test_a_place_unknown_to_the_gazetteer_is_as_it_was_decided(index):
    found = DecidedPlace(id="osm:node/1", name="Hutir", kind="village", lat=49.0, lon=37.0, country="UA")
    correct(index, decide("place", scope="everywhere", name="Нове Село", value=found))
    row = index.places(ANY).set_index("place_id").loc["osm:node/1"]
    assert (row["name"], row["lat"], row["country"]) == ("Hutir", 49.0, "UA")


def test_the_point_of_ones_own_place_can_be_moved_and_moved_back(index):
    first = decide("new_place", scope="everywhere", value=NOVE)
    moved = decide("new_place", scope="everywhere", value=dataclasses.replace(NOVE, lat=47.5))
    correct(index, first, moved)
    assert index.places(ANY).set_index("place_id").loc["own:nove", "lat"] == 47.5
    correct(index, first)
    assert index.places(ANY).set_index("place_id").loc["own:nove", "lat"] == 48.1


def test_mention_goes_before_article_before_everywhere_whatever_came_later(index):
    one = decide("place", scope="mention", article_id=UNDATED_ID, start=24, end=31, name="Bakhmut", value=NOVE)
    article = decide("place", scope="article", article_id=UNDATED_ID, name="Bakhmut", value=SOLEDAR)
    everywhere = decide("reject", scope="everywhere", name="Bakhmut")
    correct(index, one, article, everywhere)
    found = rows(index)
    places = [found[key]["place_id"] for key in ((UNDATED_ID, 24), (UNDATED_ID, 40), (AFP_ID, 15))]
    assert places == ["own:nove", SOLEDAR_ID, None]


def test_the_later_of_two_for_everywhere_counts_where_both_hold(index):
    wide = decide("reject", scope="everywhere", name="Bakhmut")
    narrow = decide("place", scope="everywhere", name="Bakhmut", was=BAKHMUT, value=SOLEDAR)
    correct(index, wide, narrow)
    assert rows(index)[AFP_ID, 15]["place_id"] == SOLEDAR_ID


@pytest.mark.parametrize(("nominative", "written"), [("Хворинця", "Хворинці"), ("Нове Село", "Нового Села")])
def test_case_forms_of_the_name_follow(corpus, gazetteer, nominative, written):
    text = f"Бій біля {written}."
    found = dataclasses.replace(mention(text, written, status="unplaced"), text=written)
    corpus.add(
        [dataclasses.replace(plain(1), article=dataclasses.replace(plain(1).article, text=text), mentions=(found,))]
    )
    index = CorpusIndex(corpus, gazetteer=gazetteer)
    correct(index, decide("new_place", scope="everywhere", name=nominative, value=NOVE))
    assert counted(index) == {"Нове Село": 1}


def test_the_reason_says_who_decided_when_and_why(index):
    decision = decide("reject", scope="everywhere", name="Bakhmut", who="Ann Lee", why="a  ship\nof that name")
    correct(index, decision)
    day = f"{decision.time.day} {decision.time:%b %Y}"
    words = f"Ann Lee said that this is not a place wherever it is so written on {day}: a ship of that name."
    assert rows(index)[AFP_ID, 15]["reason"] == words


def test_the_reason_of_a_role_keeps_the_machines_own(index):
    correct(index, decide("role", scope="everywhere", name="Moscow", value="location", who="Ann"))
    row = next(row for row in rows(index).values() if row["matched_text"] == "Moscow")
    assert row["reason"].startswith("the only place of that name in the gazetteer Ann said that things happen here")


def test_an_export_says_who_reviewed_and_which_decision(index):
    decision = decide("reject", scope="everywhere", name="Bakhmut", who="Ann")
    dated = decide("date", scope="article", article_id=AFP_ID, value=Date(2023, 1, 13), who="Bob")
    correct(index, decision, dated)
    found = rows(index)
    assert (found[AFP_ID, 15]["reviewed_by"], found[AFP_ID, 15]["correction_id"]) == (
        "Ann; Bob",
        f"{decision.id}; {dated.id}",
    )
    assert (found[UK_ID, 0]["reviewed_by"], found[UK_ID, 0]["correction_id"]) == ("", "")


def test_geojson_says_how_many_corrections_were_applied(index):
    correct(index, *(decide("reject", scope="everywhere", name=name) for name in ("Bakhmut", "Moscow", "Atlantis")))
    out = io.BytesIO()
    export(index, ANY, "geojson", out)
    assert json.loads(out.getvalue())["dateline"]["corrections_applied"] == 2


def test_a_date_by_hand_moves_the_article_in_time(index):
    correct(index, decide("date", scope="article", article_id=UNDATED_ID, value=Date(2022, 5, 6)))
    frame = index.article_rows(MentionFilter(date_to=Date(2022, 12, 31), include_undated=False))
    assert frame[["id", "date_basis"]].values.tolist() == [["undated", "corrected"]]
    assert index.timeline(MentionFilter(), "month")["day"].min() == pd.Timestamp(2022, 5, 1)
    assert index.facets().undated == 0


def test_a_date_can_be_taken_away(index):
    correct(index, decide("date", scope="article", article_id=AFP_ID, value=None))
    assert index.article(AFP_ID).article.date is None
    assert index.facets().undated == 2


def test_a_source_by_hand_is_a_source_like_any_other(index):
    correct(index, decide("source", scope="article", article_id=UNDATED_ID, value="Kyiv Post"))
    assert counted(index, MentionFilter(sources=("Kyiv Post",))) == {"Bakhmut": 2, "Donetsk Oblast": 1}
    assert ("Kyiv Post", 1) in index.facets().sources
    assert counted(index, column="sources")["Bakhmut"] == 3


def test_a_merge_makes_two_articles_one_story_led_by_the_earlier(index):
    correct(index, decide("merge", scope="article", article_id=UK_ID, value=AFP_ID))
    frame = index.article_rows(MentionFilter()).set_index("id")
    assert frame.loc[["uk", "afp"], "story_id"].tolist() == [AFP_ID, AFP_ID]
    assert counted(index, column="stories")["Bakhmut"] == 2


def test_a_date_by_hand_decides_who_leads(index):
    merged = decide("merge", scope="article", article_id=UK_ID, value=AFP_ID)
    correct(index, merged, decide("date", scope="article", article_id=UK_ID, value=Date(2022, 1, 1)))
    assert index.article_rows(MentionFilter()).set_index("id").loc["afp", "story_id"] == UK_ID


def test_a_split_takes_an_article_out_of_its_story(index):
    merged = [decide("merge", scope="article", article_id=one, value=AFP_ID) for one in (UK_ID, UNDATED_ID)]
    correct(index, *merged, decide("split", scope="article", article_id=UK_ID))
    frame = index.article_rows(MentionFilter()).set_index("id")
    assert frame.loc[["uk", "afp", "undated"], "copies"].tolist() == [0, 1, 1]


def test_a_merge_after_the_split_joins_them_again(index):
    split = decide("split", scope="article", article_id=UK_ID)
    correct(index, split, decide("merge", scope="article", article_id=UK_ID, value=AFP_ID))
    assert index.article_rows(MentionFilter()).set_index("id").loc["uk", "copies"] == 1


def test_exact_copies_can_be_split(corpus, gazetteer):
    text = "Shells fell on Bakhmut in the night, and the sirens of the town were heard far beyond the river. " * 5
    corpus.add([dataclasses.replace(plain(n, text), fingerprint=b"") for n in (1, 2)])
    ids = sorted(corpus.article_ids())
    index = CorpusIndex(corpus, gazetteer=gazetteer)
    correct(index, decide("merge", scope="article", article_id=ids[0], value=ids[1]))
    assert index.counts(MentionFilter()).stories == 1
    correct(index, decide("split", scope="article", article_id=ids[0]))
    assert index.counts(MentionFilter()).stories == 2


def test_an_event_follows_its_corrected_mention(index):
    correct(index, decide("place", scope="mention", article_id=AFP_ID, start=15, end=22, name="Bakhmut", value=NOVE))
    assert summary(index, MentionFilter(), BAKHMUT).empty
    assert summary(index, MentionFilter(), "own:nove")[["kind", "articles"]].values.tolist() == [["shelling", 1]]
    assert [event.place_id for event in index.article(AFP_ID).events] == ["own:nove"]


def test_an_event_at_what_is_no_place_is_left_out_and_comes_back(index):
    correct(index, decide("reject", scope="article", article_id=AFP_ID, name="Bakhmut"))
    assert index.article(AFP_ID).events == ()
    correct(index)
    assert index.article(AFP_ID).events == AFP.events
    assert not summary(index, MentionFilter(), BAKHMUT).empty


def test_an_event_stays_while_its_sentence_still_names_the_place(corpus, gazetteer):
    text = "Bakhmut was shelled; Bakhmut burned."
    two = (mention(text, "Bakhmut"), dataclasses.replace(mention(text, "Bakhmut"), start=21, end=28))
    event = dataclasses.replace(AFP.events[0], end=len(text))
    article = dataclasses.replace(AFP.article, text=text)
    corpus.add([dataclasses.replace(AFP, article=article, mentions=two, events=(event,))])
    index = CorpusIndex(corpus, gazetteer=gazetteer)
    only = {"article_id": article.article_id, "start": 0, "end": 7, "name": "Bakhmut"}
    correct(index, decide("reject", scope="mention", **only))
    assert not summary(index, MentionFilter(), BAKHMUT).empty


def test_an_article_is_read_as_corrected_and_the_batch_stays_as_it_is(index):
    correct(index, decide("place", scope="mention", article_id=AFP_ID, start=15, end=22, name="Bakhmut", value=NOVE))
    stored = index.article(AFP_ID)
    first = stored.mentions[0]
    assert (first.place_id, first.name, first.lat, first.status) == ("own:nove", "Нове Село", 48.1, "placed")
    assert first.candidates == AFP.mentions[0].candidates
    assert stored.mentions[1:] == AFP.mentions[1:]
    correct(index)
    assert index.article(AFP_ID).mentions == AFP.mentions


def test_what_the_machine_said_is_kept_beside_the_decision(index):
    decision = decide("reject", scope="mention", article_id=AFP_ID, start=27, end=34, name="Soledar", who="Ann")
    correct(index, decision)
    text = """SELECT correction_id, reviewed_by, machine_status, machine_confidence, place_id
        FROM corrected LEFT JOIN places ON p = machine_p"""
    assert index.ask(Statement(text, {})).fetchall() == [(decision.id, "Ann", "placed", 0.6, SOLEDAR_ID)]


def test_undoing_everything_answers_as_before(index):
    before = (index.places(ANY), index.counts(ANY), index.facets(), index.article_rows(ANY))
    correct(
        index,
        decide("reject", scope="everywhere", name="Bakhmut"),
        decide("new_place", scope="everywhere", value=NOVE),
        decide("role", scope="everywhere", name="Moscow", value="location"),
        decide("date", scope="article", article_id=AFP_ID, value=None),
        decide("source", scope="article", article_id=AFP_ID, value=""),
        decide("merge", scope="article", article_id=AFP_ID, value=SILENT_ID),
    )
    correct(index)
    after = (index.places(ANY), index.counts(ANY), index.facets(), index.article_rows(ANY))
    for one, other in zip(before, after, strict=True):
        assert one.equals(other) if isinstance(one, pd.DataFrame) else one == other


def test_preview_says_what_would_change_and_changes_nothing(index):
    before = index.places(ANY)
    effect = index.preview([decide("reject", scope="everywhere", name="Bakhmut")])
    assert (effect.mentions, effect.articles, effect.stories, effect.other_articles) == (3, 2, 2, 0)
    assert index.places(ANY).equals(before)


def test_preview_counts_on_top_of_what_is_decided_already(index):
    correct(index, decide("reject", scope="article", article_id=UNDATED_ID, name="Bakhmut"))
    assert index.preview([decide("reject", scope="everywhere", name="Bakhmut")]).mentions == 1


def test_preview_of_decisions_on_articles(index):
    dated = decide("date", scope="article", article_id=AFP_ID, value=None)
    merged = decide("merge", scope="article", article_id=UK_ID, value=UNDATED_ID)
    effect = index.preview([dated, merged])
    assert (effect.mentions, effect.other_articles) == (0, 3)


def test_versions_tell_corrected_answers_apart(index):
    plain_version, first = index.version, index.revision
    correct(index, decide("reject", scope="everywhere", name="Bakhmut"))
    assert index.version.startswith(f"{plain_version}-")
    assert index.revision > first
    correct(index)
    assert index.version == plain_version


def test_a_corpus_is_opened_with_its_corrections(corpus, gazetteer):
    corpus.add(FOUR)
    version = corpus.version
    CorrectionsFile(corpus.folder).append([decide("reject", scope="everywhere", name="Soledar")])
    assert "Soledar" not in counted(CorpusIndex(corpus, gazetteer=gazetteer))
    assert "Soledar" in counted(CorpusIndex(corpus, gazetteer=gazetteer, corrections=HeldCorrections()))
    assert corpus.version == version


def test_an_index_follows_what_other_processes_decide(corpus, gazetteer):
    corpus.add(FOUR)
    file = CorrectionsFile(corpus.folder)
    index = CorpusIndex(corpus, gazetteer=gazetteer)
    CorrectionsFile(corpus.folder).append([decide("reject", scope="everywhere", name="Soledar")])
    index.follow(file)
    revision = index.revision
    index.follow(file)
    assert "Soledar" not in counted(index)
    assert index.revision == revision


def test_decisions_hold_for_articles_added_later(corpus, gazetteer):
    corpus.add([AFP])
    CorrectionsFile(corpus.folder).append([decide("reject", scope="everywhere", name="Bakhmut")])
    corpus.add([UNDATED])
    assert counted(CorpusIndex(corpus, gazetteer=gazetteer)) == {"Donetsk Oblast": 1, "Kharkiv Oblast": 1, "Soledar": 1}


def test_decisions_on_articles_that_are_not_there_wait(corpus, gazetteer):
    corpus.add([AFP])
    here = decide("reject", scope="mention", article_id=UNDATED_ID, start=24, end=31, name="Bakhmut")
    dated = decide("date", scope="article", article_id=UNDATED_ID, value=Date(2020, 1, 1))
    merged = decide("merge", scope="article", article_id=UNDATED_ID, value=AFP_ID)
    CorrectionsFile(corpus.folder).append([here, dated, merged])
    assert counted(CorpusIndex(corpus, gazetteer=gazetteer))["Bakhmut"] == 1
    corpus.add([UNDATED])
    index = CorpusIndex(corpus, gazetteer=gazetteer)
    assert (counted(index)["Bakhmut"], index.counts(MentionFilter()).stories) == (2, 1)


def test_an_empty_corpus_takes_decisions(corpus, gazetteer):
    CorrectionsFile(corpus.folder).append(
        [decide("new_place", scope="everywhere", value=NOVE), decide("split", scope="article", article_id=AFP_ID)]
    )
    assert CorpusIndex(corpus, gazetteer=gazetteer).counts(ANY).mentions == 0


def test_hostile_words_stay_words(index):
    evil = "'; DROP TABLE mentions; -- ${x} <img onerror=1> \u202e"
    place = DecidedPlace(id="own:'; DROP", name=evil, kind="village", lat=0, lon=0, region=evil)
    correct(index, decide("place", scope="everywhere", name="Bakhmut", value=place, who=evil, why=evil))
    assert counted(index)[evil] == 3


def test_readers_see_the_whole_decision_or_nothing_of_it(index):
    """Three mentions of Bakhmut in Latin letters are rejected at once: mentions and tallies agree at any moment."""
    seen, stop = set(), threading.Event()
    by_place = Statement("SELECT count(*), (SELECT sum(placed_location) FROM tallies WHERE p = b.p) "
        "FROM mentions m JOIN places b USING (p) WHERE b.place_id = $p GROUP BY b.p", {"p": BAKHMUT})  # fmt: skip

    def read() -> None:
        while not stop.is_set():
            seen.add(tuple(index.ask(by_place).fetchall()))
            time.sleep(0.002)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    decision = decide("reject", scope="everywhere", name="Bakhmut")
    for _ in range(4):
        correct(index, decision)
        correct(index)
    stop.set()
    for reader in readers:
        reader.join()
    assert seen == {((4, 4),), ((1, 1),)}


def test_a_name_decided_on_in_a_case_form_is_meant_in_all_of_them(corpus, gazetteer):
    text = "Бій біля Бахмута, у Бахмуті тихо."
    words = [dataclasses.replace(mention(text, word, status="unplaced"), text=word) for word in ("Бахмута", "Бахмуті")]
    article = dataclasses.replace(plain(1).article, text=text)
    corpus.add([dataclasses.replace(plain(1), article=article, mentions=tuple(words))])
    index = CorpusIndex(corpus, gazetteer=gazetteer)
    bakhmut = DecidedPlace(id=BAKHMUT, name="Bakhmut", kind="city", lat=48.595, lon=38.0)
    correct(index, decide("place", scope="everywhere", name="Бахмута", value=bakhmut))
    assert counted(index) == {"Bakhmut": 2}
