"""Where decisions made in the dashboard go, and that every answer follows them."""

import pytest
from streamlit.testing.v1 import AppTest

from corpus import CorrectionsFile
from tests.small_corpus import build, three_articles


def decide_and_tell(folder: str, name: str) -> None:
    """A page that decides once that `name` is no place, and tells which places are left and where decisions are."""
    import streamlit as st

    from corpus import Corpus, MentionFilter, decide
    from dashboard.resources import Desk

    desk = Desk(Corpus(folder))
    if name and "decided" not in st.session_state:
        st.session_state["decided"] = True
        before, old = desk.places(MentionFilter()), desk.version
        desk.corrections.append([decide("reject", scope="everywhere", name=name)])
        desk.follow()
        st.text(f"changed {len(before) != len(desk.places(MentionFilter()))} {old != desk.version}")
    st.text(" ".join(sorted(desk.places(MentionFilter())["name"])))
    st.text(f"held: {desk.held_because or 'no'}")


def run(folder, name: str = "") -> AppTest:
    page = AppTest.from_function(decide_and_tell, kwargs={"folder": str(folder), "name": name}, default_timeout=30)
    page.run()
    assert not page.exception
    return page


@pytest.fixture
def folder(tmp_path):
    return build(tmp_path / "corpus", three_articles())


def test_a_decision_is_written_and_seen_at_once_by_all(folder):
    page = run(folder, "Soledar")
    assert [line.value for line in page.text] == ["changed True True", "Bakhmut Donetsk Oblast", "held: no"]
    assert len(CorrectionsFile(folder).read().decisions) == 1
    assert run(folder).text[0].value == "Bakhmut Donetsk Oblast"


def test_what_another_process_decides_is_seen_in_the_next_run(folder):
    page = run(folder)
    run(folder, "Soledar")
    page.run()
    assert page.text[0].value == "Bakhmut Donetsk Oblast"


@pytest.mark.parametrize("shared", ["1", "0"])
def test_in_a_shared_deployment_nothing_is_written_and_no_other_visitor_sees_it(folder, monkeypatch, shared):
    monkeypatch.setenv("DATELINE_SHARED", shared)
    page = run(folder, "Soledar")
    page.run()
    assert page.text[0].value == "Bakhmut Donetsk Oblast"
    other = run(folder).text
    assert (other[0].value == "Bakhmut Donetsk Oblast Soledar") == (shared == "1")
    assert other[1].value == ("held: shared" if shared == "1" else "held: no")
    assert CorrectionsFile(folder).path.exists() == (shared == "0")
