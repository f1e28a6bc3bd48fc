"""The Review page without a browser: queues, proposals, decisions, undo, files, and texts that try to do more."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from corpus import Corpus, CorpusIndex, CorrectionsFile, MentionFilter
from corpus.review import QUEUES
from extract.types import Article
from tests.pages import conftest
from tests.pages.conftest import words
from tests.small_corpus import HOSTILE, extraction, found

Open = Callable[..., AppTest]
NAME = "Zelenyi Hutir"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where `open_app` puts the three articles."""
    return tmp_path / "three"


@pytest.fixture
def review(open_app: Open, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens the page at a queue; geocoders are not asked."""
    monkeypatch.setenv("DATELINE_GEOCODING", "off")

    def run(queue: str = "unplaced", corpus: str = "three", **params: str) -> AppTest:
        app = open_app(corpus, page="review", queue=queue, **params)
        assert not app.exception
        return app

    return run


def names(app: AppTest) -> list[str]:
    """The names in the list of the queue."""
    return list(app.dataframe[0].value.iloc[:, 0]) if app.dataframe else []


def click(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def markdown(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


def add_place(app: AppTest, point: str) -> AppTest:
    """Propose a new place of the open name at `point`."""
    click(app, "review_answer_new_place")
    app.text_input(key="review_new_point").set_value(point).run()
    return app


def bring(app: AppTest, data: bytes) -> AppTest:
    """Give a file of decisions to the page."""
    app.file_uploader[0].set_value(("corrections.jsonl", data, "application/x-ndjson")).run()
    assert not app.exception
    return app


def decided(folder: Path) -> list[str]:
    return [decision.action for decision in CorrectionsFile(folder).read().decisions]


@pytest.mark.parametrize(
    ("queue", "name"),
    [("unplaced", NAME), ("ambiguous", "Vodiane"), ("rejected", "Austin")],
)
def test_a_queue_lists_its_names_and_opens_the_first(review: Open, queue: str, name: str) -> None:
    app = review(queue)
    assert names(app) == [name]
    assert f"“{name}”" in words(app)
    assert f">{name}</mark>" in words(app)


def test_what_is_placed_is_limited_by_its_confidence(review: Open) -> None:
    app = review("placed", below="0.7")
    assert names(app) == ["Soledar"]
    app.slider(key="below").set_value(0.5).run()
    assert names(app) == []
    assert "Nothing to review" in "".join(element.value for element in app.success)


def test_everything_of_a_place_by_the_names_it_is_written_with(review: Open) -> None:
    app = review("place", place="bakhmut-donetsk")
    assert sorted(names(app)) == ["Artyomovsk", "Bakhmut"]


def test_without_a_place_that_queue_asks_for_one(review: Open) -> None:
    assert "Choose a place above" in words(review("place"))


def test_the_filter_narrows_the_queue(review: Open) -> None:
    assert names(review("unplaced", source="North Desk")) == []


def test_a_search_that_finds_nothing_says_so(review: Open) -> None:
    app = review()
    app.text_input(key="review_search").set_value("hutir").run()
    assert names(app) == [NAME]
    app.text_input(key="review_search").set_value("no such").run()
    assert "No name in this list" in "".join(element.value for element in app.success)


@pytest.mark.parametrize("corpus", ["empty", "undated", "hostile"])
def test_every_queue_opens_on_every_corpus(review: Open, corpus: str) -> None:
    app = review("ambiguous", corpus, place="bakhmut-donetsk")
    for queue in QUEUES:
        app.query_params["queue"] = queue
        app.run()
        assert not app.exception


def test_the_figures_lead_to_the_queues(open_app: Open) -> None:
    links = [element.proto for element in open_app(source="").get("page_link")]
    labels = {proto.label: proto.query_string for proto in links}
    assert labels["**1** unplaced"] == "queue=unplaced"
    assert labels["**1** ambiguous"] == "queue=ambiguous"
    assert "below=1.0" in labels["**5** placed"]


def test_the_machines_guess_is_proposed_and_its_effect_foretold(review: Open) -> None:
    app = review("ambiguous")
    assert "Vodiane" in app.button(key="review_option_1").label
    assert "Changes **1 mention in 1 article**" in markdown(app)


def test_an_accepted_guess_is_written_and_leaves_the_queue(review: Open, folder: Path) -> None:
    app = click(review("ambiguous"), "review_scope_mention")
    click(app, "review_save")
    assert decided(folder) == ["accept"]
    assert names(app) == []
    assert CorpusIndex(Corpus(folder)).counts(MentionFilter()).ambiguous == 0


def test_undo_brings_it_back(review: Open, folder: Path) -> None:
    app = click(click(review("ambiguous"), "review_save"), "review_undo")
    assert names(app) == ["Vodiane"]
    assert decided(folder) == ["place", "undo"]


def test_nothing_is_saved_before_something_is_proposed(review: Open) -> None:
    app = review()
    assert "review_save" not in [button.key for button in app.button]
    assert "Choose what the name means" in markdown(app)


def test_not_a_place_with_a_note_and_a_name(review: Open, folder: Path) -> None:
    app = click(review(), "review_answer_reject")
    app.text_input(key="review_who").set_value("Ada").run()
    app.text_input(key="review_note").set_value("a farm's brand").run()
    click(app, "review_save")
    (decision,) = CorrectionsFile(folder).read().decisions
    assert (decision.action, decision.scope, decision.who, decision.why) == (
        "reject",
        "everywhere",
        "Ada",
        "a farm's brand",
    )
    assert app.session_state["review_note"] == ""
    assert app.session_state["review_who"] == "Ada"


def test_another_place_is_found_by_its_name_and_learnt_as_a_spelling(review: Open, folder: Path) -> None:
    app = review()
    app.text_input(key=f"review_place_search_{NAME.lower()}").set_value("Часів Яр").run()
    click(click(app, "review_option_1"), "review_save")
    (decision,) = CorrectionsFile(folder).read().decisions
    assert (decision.action, decision.value.id) == ("spelling", "chasiv-yar-donetsk")


def test_a_place_the_gazetteer_lacks_is_added_by_its_coordinates(review: Open, folder: Path) -> None:
    click(add_place(review(), "48.5, 38.25"), "review_save")
    index = CorpusIndex(Corpus(folder))
    place = index.places(MentionFilter()).set_index("name").loc[NAME]
    assert (place["lat"], place["lon"], place["kind"]) == (48.5, 38.25, "village")
    assert place["place_id"].startswith("own:")


@pytest.mark.parametrize("point", ["", "x", "91, 38", "48.5"])
def test_without_a_sound_point_there_is_nothing_to_save(review: Open, point: str) -> None:
    app = add_place(review(), point)
    assert "review_save" not in [button.key for button in app.button]


def test_who_acts_and_where_is_turned_over(review: Open, folder: Path) -> None:
    app = click(review("ambiguous"), "review_answer_role")
    click(app, "review_save")
    (decision,) = CorrectionsFile(folder).read().decisions
    assert (decision.action, decision.value, decision.scope) == ("role", "actor", "article")


def test_the_next_name_and_the_one_before(review: Open) -> None:
    app = review("placed", below="1.0")
    first = names(app)[0]
    click(app, "review_next")
    assert f"“{names(app)[1]}”" in words(app)
    click(app, "review_previous")
    assert f"“{first}”" in words(app)


def test_decisions_are_listed_and_undone_from_the_list(review: Open, folder: Path) -> None:
    click(click(review(), "review_answer_reject"), "review_save")
    app = review("corrected")
    assert list(app.dataframe[0].value.iloc[:, 1]) == [f"“{NAME}” is not a place (everywhere)"]
    app.session_state["review_decisions"] = {"selection": {"rows": [0]}}
    app.run()
    click(app, "review_undo_chosen")
    assert decided(folder) == ["reject", "undo"]
    assert "Nobody has decided anything yet" in words(app)


def test_a_downloaded_file_brings_the_same_result_into_a_fresh_copy(review: Open, folder: Path, tmp_path: Path) -> None:
    click(add_place(review(), "48.5, 38.25"), "review_save")
    data = CorrectionsFile(folder).dump()
    expected = CorpusIndex(Corpus(folder)).places(MentionFilter())
    CorrectionsFile(folder).path.unlink()
    app = review("corrected")
    bring(app, data)
    click(app, "review_take")
    assert CorpusIndex(Corpus(folder)).places(MentionFilter()).equals(expected)


def test_contradictions_are_shown_and_taken_only_when_told(review: Open, folder: Path, tmp_path: Path) -> None:
    click(click(review(), "review_answer_reject"), "review_save")
    theirs = CorrectionsFile(folder).dump()
    CorrectionsFile(folder).path.unlink()
    click(add_place(review(), "48.5, 38.25"), "review_save")
    app = review("corrected")
    bring(app, theirs)
    assert "1 contradiction" in words(app)
    assert app.button(key="review_take").disabled
    app.checkbox(key="review_later_wins").check().run()
    click(app, "review_take")
    assert decided(folder) == ["new_place", "reject"]


def test_a_file_of_something_else_is_refused_line_by_line(review: Open) -> None:
    app = review("corrected")
    bring(app, b"{}\n\xff\nno\n")
    assert "line 1" in words(app)
    assert app.button(key="review_take").disabled


def test_in_a_shared_deployment_decisions_stay_in_the_session(
    review: Open, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_SHARED", "1")
    app = review()
    assert "shared server" in words(app)
    click(click(app, "review_answer_reject"), "review_save")
    assert names(app) == []
    assert not CorrectionsFile(folder).path.exists()


def test_hostile_names_notes_and_reviewers_are_shown_as_they_are(review: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [payload.replace("\x00", "").replace("\x07", "") for payload in HOSTILE]
    made = [
        extraction(
            Article(str(at), f"Near {text} it was quiet.", "Title"),
            found(f"Near {text} it was quiet.", text, None, status="unplaced"),
        )
        for at, text in enumerate(texts)
    ]
    monkeypatch.setitem(conftest.CORPORA, "names", lambda: made)
    app = review("unplaced", "names")
    assert len(names(app)) == len(texts)
    for _ in texts:
        click(app, "review_answer_reject")
        app.text_input(key="review_who").set_value(texts[3]).run()
        app.text_input(key="review_note").set_value(texts[0]).run()
        drawn = "".join(element.proto.body for element in app.get("html"))
        assert "<script>" not in drawn
        assert "<img src" not in drawn
        assert "${" not in drawn
        assert re.search(r"(?<!\\)<[a-z]", markdown(app)) is None
        click(app, "review_save")
    assert names(app) == []


def test_switched_off_geocoding_says_how_to_switch_it_on(review: Open) -> None:
    app = review()
    assert "DATELINE_GEOCODING=on" in words(app)
    assert "review_ask" not in [button.key for button in app.button]


def test_keys_can_be_switched_off(review: Open) -> None:
    app = review("ambiguous")
    assert app.button(key="review_save").proto.shortcut.lower() == "enter"
    app.toggle(key="review_keys").set_value(False).run()
    assert not any(button.proto.shortcut for button in app.button)


def test_the_page_is_there_in_ukrainian(review: Open) -> None:
    app = review("ambiguous", lang="uk")
    assert "Зміниться: **1 згадка, 1 стаття**" in markdown(app)
