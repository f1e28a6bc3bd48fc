"""Exports in a real browser: the downloads of the button, and the brief opened from disk, hostile words and all."""

import csv
from pathlib import Path

import pytest

from corpus import Corpus, CorpusIndex, MentionFilter, export_file
from tests.browser.conftest import TRIPWIRE, Server
from tests.browser.test_dashboard_in_browser import IDLE, WAIT_MS, wait_for_circles
from tests.small_corpus import HOSTILE, NORTH, build, hostile_articles, three_articles

pytestmark = pytest.mark.browser


def download(page, format: str, target: Path) -> Path:
    """Open the choice of formats and take one."""
    button = page.locator(f".st-key-export_{format} button").first
    if not button.is_visible():
        page.get_by_role("button", name="Export").click()
        button.wait_for(timeout=WAIT_MS)
    with page.expect_download(timeout=WAIT_MS) as waited:
        button.click()
    path = target / waited.value.suggested_filename
    waited.value.save_as(path)
    return path


def test_downloads_hold_what_the_link_shows(server: Server, visit, tmp_path: Path) -> None:
    page = visit(f"{server.url}/?source={NORTH.replace(' ', '+')}").page
    wait_for_circles(page, 2)
    page.wait_for_selector(IDLE, timeout=WAIT_MS)
    table = download(page, "csv", tmp_path)
    with table.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {(row["source"], row["name"]) for row in rows} == {(NORTH, "Bakhmut"), (NORTH, "Soledar")}
    brief = download(page, "html", tmp_path).read_text(encoding="utf-8")
    assert f'href="{server.url}/?source=North+Desk"' in brief or "?source=North+Desk" in brief


@pytest.fixture
def hostile_brief(tmp_path: Path) -> Path:
    folder = build(tmp_path / "corpus", [*three_articles(), *hostile_articles()])
    with CorpusIndex(Corpus(folder)) as index:
        export_file(index, MentionFilter(roles=(), statuses=()), "html", tmp_path / "brief.html")
    return tmp_path / "brief.html"


def test_a_brief_of_hostile_text_runs_nothing_and_asks_nobody(hostile_brief: Path, visit) -> None:
    visited = visit("about:blank")
    page, said, asked = visited.page, [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(hostile_brief.as_uri())
    page.wait_for_timeout(300)
    assert page.evaluate(TRIPWIRE) is None
    assert page.title() == "Dateline: Places in reporting"
    assert asked == [hostile_brief.as_uri()]
    assert (said, visited.errors) == ([], [])
    assert page.get_by_text(HOSTILE[0], exact=False).count() > 0


def test_a_circle_of_the_brief_leads_to_its_row(hostile_brief: Path, visit) -> None:
    page = visit(hostile_brief.as_uri()).page
    page.locator("svg.map a circle").last.click(force=True)
    assert "#row" in page.url


def test_the_brief_fits_a_phone(hostile_brief: Path, visit) -> None:
    page = visit(hostile_brief.as_uri(), size=(390, 844)).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
