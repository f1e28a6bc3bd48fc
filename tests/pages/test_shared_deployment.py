"""Strangers on one server: what one adds or corrects is theirs alone, and nothing is written."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from corpus import Corpus
from corpus.corrections.file import decide
from dashboard import deployment, resources
from dashboard.resources import corpus_folder
from tests.pages.conftest import ENTRY, words
from tests.pages.test_add_articles_page import KRAMATORSK, TEXT, drop
from tests.small_corpus import build, three_articles

Visit = Callable[[], AppTest]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return build(tmp_path / "corpus", three_articles())


@pytest.fixture
def visit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """A new visitor of a shared deployment."""
    monkeypatch.setenv("DATELINE_CORPUS", str(folder))
    monkeypatch.setenv("DATELINE_SHARED", "1")
    return lambda: AppTest.from_file(str(ENTRY), default_timeout=30).run()


def add(visitor: AppTest) -> AppTest:
    """Add the report that names Kramatorsk, and go to the map."""
    drop(visitor.switch_page("../pages/add_articles.py").run(), ("report.txt", TEXT))
    visitor.button(key="add_save").click().run()
    assert not visitor.exception
    return visitor.switch_page("../pages/map.py").run()


def places_of(visitor: AppTest) -> set[str]:
    visitor.run()
    assert not visitor.exception
    return set(visitor.dataframe[0].value["Place"])


def everything_in(folder: Path) -> list:
    return sorted((path, path.stat().st_mtime_ns) for path in folder.rglob("*"))


def reject_bakhmut(visitor: AppTest) -> None:
    """Decide, as the page Review does, that no name that means Bakhmut is a place."""
    (held,) = visitor.session_state["held_corrections"].values()
    held.append([decide("reject", scope="everywhere", name="Bakhmut", was="bakhmut-donetsk", who="tester")])


def test_an_addition_is_seen_by_its_visitor_alone(visit: Visit) -> None:
    one, other = visit(), visit()
    add(one)
    assert KRAMATORSK in places_of(one)
    assert KRAMATORSK not in places_of(other)
    assert KRAMATORSK not in places_of(visit())


def test_an_addition_writes_nothing(visit: Visit, folder: Path) -> None:
    visitor, before = visit(), everything_in(folder)
    add(visitor)
    assert everything_in(folder) == before


def test_a_correction_is_seen_by_its_visitor_alone(visit: Visit, folder: Path) -> None:
    one, other = visit(), visit()
    before = everything_in(folder)
    reject_bakhmut(one)
    assert "Bakhmut" in places_of(other)
    assert "Soledar" in places_of(one)
    counts = [figures(visitor) for visitor in (one, other)]
    assert counts[0] != counts[1]
    assert everything_in(folder) == before


def figures(visitor: AppTest) -> str:
    return next(html.proto.body for html in visitor.get("html") if "dl-figures" in html.proto.body)


def test_what_is_held_is_offered_as_downloads(visit: Visit) -> None:
    visitor = visit()
    assert not [button for button in visitor.get("download_button") if button.key.startswith("session_")]
    add(visitor)
    reject_bakhmut(visitor)
    visitor.run()
    keys = {button.key for button in visitor.get("download_button")}
    assert {"session_articles", "session_corrections"} <= keys


def test_the_download_can_be_added_to_a_corpus(visit: Visit, tmp_path: Path) -> None:
    from corpus.__main__ import main
    from dashboard.add.preview import json_lines

    visitor = add(visit())
    (corpus,) = visitor.session_state["held_corpora"].values()
    lines = tmp_path / "dateline-articles.jsonl"
    lines.write_bytes(json_lines(stored.article for stored in corpus.held_articles()))
    assert main(["add", str(lines), "--corpus", str(tmp_path / "mine")]) == 0
    assert Corpus(tmp_path / "mine").article_ids() == {stored.article_id for stored in corpus.held_articles()}


def test_limits_are_said(visit: Visit) -> None:
    visitor = drop(visit().switch_page("../pages/add_articles.py").run(), ("report.txt", TEXT))
    assert "up to 1,000 articles and 20 MB" in words(visitor)


def test_a_full_session_says_so_and_keeps_what_waits(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.held_corpus.MOST_ARTICLES", 0)
    visitor = drop(visit().switch_page("../pages/add_articles.py").run(), ("report.txt", TEXT))
    visitor.button(key="add_save").click().run()
    assert "this session holds at most" in visitor.error[0].value
    assert len(visitor.session_state["add_desk"].base) == 1


def test_visitors_who_add_nothing_share_one_index(visit: Visit) -> None:
    one, other = visit(), visit()
    assert one.session_state["dateline_frame"].desk.index is other.session_state["dateline_frame"].desk.index


def test_a_folder_opened_elsewhere_is_not_followed(visit: Visit, tmp_path: Path) -> None:
    visitor = visit()
    visitor.session_state["opened_corpus"] = str(build(tmp_path / "private", []))
    assert "Bakhmut" in places_of(visitor)


@pytest.mark.parametrize(("limit", "value"), [("MOST_OWN_INDEXES", 1), ("MOST_OWN_MB", 1e-3)])
def test_own_indexes_are_few_and_come_back(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, limit: str, value: float
) -> None:
    monkeypatch.setattr(deployment, limit, value)
    one, other = add(visit()), add(visit())
    assert one.session_state["visitors_index"].index is None
    assert KRAMATORSK in places_of(one)
    assert KRAMATORSK in places_of(other)


@pytest.mark.parametrize(
    ("environment", "may"),
    [
        ({"DATELINE_SHARED": "1"}, False),
        ({"DATELINE_SHARED": "1", "DATELINE_ALLOW_FETCH": "1"}, True),
        ({"DATELINE_SHARED": "1", "DATELINE_ALLOW_FETCH": "no"}, False),
        ({"DATELINE_SHARED": "0"}, True),
    ],
)
def test_addresses_are_fetched_only_where_allowed(environment: dict[str, str], may: bool) -> None:
    assert deployment.may_fetch(environment) is may


def test_a_committed_corpus_is_opened_without_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "SHARED_CORPUS", tmp_path / "shared_corpus")
    assert corpus_folder([], {}) == resources.SAMPLE_CORPUS
    build(tmp_path / "shared_corpus", three_articles())
    assert corpus_folder([], {}) == tmp_path / "shared_corpus"
    assert corpus_folder([], {"DATELINE_CORPUS": "other"}) == Path("other")
