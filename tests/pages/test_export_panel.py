"""The export button: the formats, what they hold, and what is too much for them."""

import csv
import io
from collections.abc import Callable

import lxml.html
import pytest
from streamlit.testing.v1 import AppTest

from corpus.exports.write import Heading
from dashboard import export_panel
from dashboard.export_panel import KINDS, maker, most_mentions

Open = Callable[..., AppTest]


def buttons(app: AppTest) -> dict[str, object]:
    found = {button.key: button for button in app.get("download_button")}
    return {key.removeprefix("export_"): button for key, button in found.items() if key.startswith("export_")}


def frame_of(app: AppTest):
    return app.session_state["dateline_frame"]


def made(app: AppTest, format: str) -> bytes:
    frame = frame_of(app)
    return maker(frame.desk.index, frame.asked, format, Heading(language="en"))()


@pytest.mark.parametrize("page", ["map", "articles", "battles"])
def test_every_format_is_offered_on_every_page(open_app: Open, page: str) -> None:
    app = open_app(page=page)
    assert not app.exception
    assert list(buttons(app)) == list(KINDS)


def test_nothing_to_export_is_said(open_app: Open) -> None:
    app = open_app(text="nowhere at all")
    assert buttons(app) == {}
    assert "nothing to export" in "\n".join(element.value for element in app.markdown)


def test_an_empty_corpus_is_no_error(open_app: Open) -> None:
    app = open_app("empty")
    assert not app.exception
    assert buttons(app) == {}


def test_csv_holds_what_is_shown(open_app: Open) -> None:
    app = open_app(source="North Desk")
    rows = list(csv.DictReader(io.StringIO(made(app, "csv").decode(), newline="")))
    assert {row["source"] for row in rows} == {"North Desk"}
    assert len(rows) == frame_of(app).desk.counts(frame_of(app).asked).mentions


@pytest.mark.parametrize("format", list(KINDS))
def test_every_format_can_be_made_of_hostile_text(open_app: Open, format: str) -> None:
    assert len(made(open_app("hostile"), format)) > 1_000


def test_too_many_mentions_disable_a_format_and_say_so(open_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_panel, "most_mentions", lambda format, shared: 1 if format == "kml" else 10)
    found = buttons(open_app())
    assert {format for format, button in found.items() if button.disabled} == {"kml"}
    assert "at most 1)" in found["kml"].help


def test_a_shared_server_makes_smaller_files() -> None:
    assert most_mentions("csv", shared=True) < most_mentions("csv", shared=False)
    assert most_mentions("kml", shared=False) > 100_000


@pytest.fixture
def bound(monkeypatch: pytest.MonkeyPatch) -> list[Heading]:
    """The headings that runs of a page gave to their buttons, newest last."""
    seen: list[Heading] = []

    def noting(index, asked, format: str, heading: Heading):
        seen.append(heading)
        return maker(index, asked, format, heading)

    monkeypatch.setattr(export_panel, "maker", noting)
    return seen


def test_heading_is_in_the_visitors_language(open_app: Open, bound: list[Heading]) -> None:
    open_app(source="North Desk", lang="uk")
    assert bound[-1].language == "uk"
    assert "North Desk" in bound[-1].filter_words
    assert bound[-1].corpus == "three"


def test_brief_opens_with_the_filter_in_words(open_app: Open, bound: list[Heading]) -> None:
    frame = frame_of(open_app(source="North Desk"))
    document = lxml.html.document_fromstring(maker(frame.desk.index, frame.asked, "html", bound[-1])().decode())
    assert "North Desk" in document.xpath("string(//p[@class='asked'])")
