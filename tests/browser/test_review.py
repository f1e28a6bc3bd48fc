"""The review loop in a real browser: an unplaced name, a geocoder's suggestion, the map, undo, and the file brought
into a fresh copy of the corpus."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import Corpus, CorpusIndex, MentionFilter
from corpus.corrections.file import FILE
from extract.types import Article
from tests.browser.conftest import NARROW, ROOT, TRIPWIRE, Server, serve
from tests.browser.test_dashboard_in_browser import FRAME, IDLE, WAIT_MS, circles
from tests.geodata.nominatim_double import NominatimDouble
from tests.small_corpus import HOSTILE, build, extraction, found, three_articles

pytestmark = pytest.mark.browser
NAME = "Zelenyi Hutir"
"""In the sample reports and not in the gazetteer."""


@pytest.fixture
def geocoder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NominatimDouble]:
    """A stand-in for Nominatim that knows the village, and servers started now ask it."""
    double = NominatimDouble(known=(NAME,))
    monkeypatch.setenv("DATELINE_GEOCODER_URL", double.url)
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path / "user"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    yield double
    double.close()


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the sample corpus, since decisions in the bundled one last no longer than the session."""
    return Path(shutil.copytree(ROOT / "sample_corpus", tmp_path / "sample"))


@pytest.fixture
def fresh(sample: Path, tmp_path: Path) -> Path:
    """The same corpus without a decision, elsewhere."""
    return Path(shutil.copytree(sample, tmp_path / "fresh"))


def idle(page) -> None:
    page.wait_for_timeout(150)
    page.wait_for_selector(IDLE, timeout=WAIT_MS)


def go_to(page, name: str) -> None:
    idle(page)
    page.get_by_role("link", name=name, exact=True).click()
    idle(page)


def mapped(page) -> int:
    """How many places the map shows, once it is drawn."""
    go_to(page, "Map")
    page.wait_for_selector(FRAME, timeout=WAIT_MS)
    circles(page).first.wait_for(timeout=WAIT_MS)
    page.wait_for_timeout(500)
    return circles(page).count()


def press(page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
        idle(page)


def open_unplaced(page) -> None:
    """The queue of unplaced names, by the link in the line of figures."""
    idle(page)
    page.locator(".st-key-figures").get_by_role("link", name="unplaced").click()
    page.get_by_role("heading", name="Review", exact=True).wait_for(timeout=WAIT_MS)
    idle(page)


def places(folder: Path) -> list[tuple]:
    return list(CorpusIndex(Corpus(folder)).places(MentionFilter()).itertuples(index=False, name=None))


def test_a_suggestion_accepted_everywhere_undone_and_carried_into_a_fresh_copy(
    visit, geocoder: NominatimDouble, sample: Path, fresh: Path, tmp_path: Path
) -> None:
    for server in serve(sample):
        visited = visit(server.url)
        page = visited.page
        before = mapped(page)
        open_unplaced(page)
        page.get_by_text(f"“{NAME}”").first.wait_for(timeout=WAIT_MS)
        assert geocoder.queries == []
        page.get_by_role("button", name="Ask Nominatim").click()
        page.get_by_role("button", name=f"1 {NAME}, village").wait_for(timeout=WAIT_MS)
        assert [query["q"] for query in geocoder.queries] == [NAME]
        press(page, "1")
        page.get_by_text("Changes 1 mention in 1 article").wait_for(timeout=WAIT_MS)
        press(page, "Enter")
        page.get_by_text("Nothing to review here").wait_for(timeout=WAIT_MS)
        assert mapped(page) == before + 1

        go_to(page, "Review")
        press(page, "u")
        page.get_by_text(f"“{NAME}”").first.wait_for(timeout=WAIT_MS)
        assert mapped(page) == before

        open_unplaced(page)
        press(page, "1", "Enter")
        page.get_by_text("Nothing to review here").wait_for(timeout=WAIT_MS)
        assert mapped(page) == before + 1
        go_to(page, "Review")
        page.get_by_role("radio", name="Decided").click()
        with page.expect_download() as download:
            page.get_by_role("button", name="Download 1 decision").click()
        file = tmp_path / "downloaded.jsonl"
        download.value.save_as(file)
        assert (visited.elsewhere, visited.errors) == ([], [])
    assert file.read_bytes() == (sample / FILE).read_bytes()

    for server in serve(fresh):
        page = visit(f"{server.url}/review?queue=corrected").page
        page.wait_for_selector(".stFileUploader input[type=file]", state="attached", timeout=WAIT_MS)
        page.set_input_files(".stFileUploader input[type=file]", file)
        page.get_by_role("button", name="Take them in").click(timeout=WAIT_MS)
        page.get_by_role("button", name="Download 1 decision").wait_for(timeout=WAIT_MS)
        assert mapped(page) == before + 1
    assert places(fresh) == places(sample)


@pytest.fixture
def hostile_server(tmp_path: Path) -> Iterator[Server]:
    """Names that try to do more than be shown, none of them in the gazetteer."""
    named = [(f"Near {text} it was quiet. Bakhmut too.", text) for text in HOSTILE]
    made = [
        extraction(Article(str(at), text, name, name), found(text, name, None, status="unplaced", reason=name))
        for at, (text, name) in enumerate(named)
    ]
    yield from serve(build(tmp_path / "hostile", [*three_articles(), *made]))


def test_hostile_names_notes_and_reviewers_do_nothing(visit, hostile_server: Server) -> None:
    visited = visit(f"{hostile_server.url}/review?queue=unplaced")
    page = visited.page
    page.get_by_role("button", name="Not a place").wait_for(timeout=WAIT_MS)
    title = page.title()
    press(page, "w", "m")
    for field, text in {
        "who": HOSTILE[3],
        "note": HOSTILE[0],
        "new_name": HOSTILE[1],
        "new_point": "48.5, 38.25",
    }.items():
        page.locator(f".st-key-review_{field} input").fill(text)
        page.keyboard.press("Tab")
        idle(page)
    page.locator(".st-key-review_save button").click()
    # one name of the three articles is waiting too
    page.get_by_text(f"{len(HOSTILE)} names").wait_for(timeout=WAIT_MS)
    for _ in HOSTILE:
        press(page, "x", "m", "j")
    page.get_by_role("radio", name="Decided").click()
    page.get_by_role("button", name="Download 1 decision").wait_for(timeout=WAIT_MS)
    go_to(page, "Map")
    page.wait_for_selector(FRAME, timeout=WAIT_MS)
    page.wait_for_timeout(500)
    assert page.evaluate(TRIPWIRE) is None
    assert page.title() == title
    assert (visited.elsewhere, visited.errors) == ([], [])


def test_on_a_phone_nothing_is_wider_than_the_screen(visit, server: Server) -> None:
    page = visit(f"{server.url}/review?queue=ambiguous", size=NARROW).page
    page.get_by_text("What does the name mean here?").wait_for(timeout=WAIT_MS)
    idle(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
