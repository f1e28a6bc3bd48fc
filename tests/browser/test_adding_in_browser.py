"""Adding articles in a real browser: drop, preview, edit, save, map; and names that try to do more than be shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import Corpus
from tests.browser.conftest import NARROW, TRIPWIRE, Server, serve
from tests.browser.test_dashboard_in_browser import IDLE, WAIT_MS, wait_for_circles
from tests.small_corpus import HOSTILE, build, three_articles

pytestmark = pytest.mark.browser
INPUT = ".stFileUploader input[type=file]"
TEXT = "Quiet night\n\nA convoy passed through the town of Kramatorsk, officials said. Kramatorsk was calm.\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return build(tmp_path / "corpus", three_articles())


@pytest.fixture
def own_server(corpus: Path) -> Iterator[Server]:
    """A dashboard whose corpus the test may add to."""
    yield from serve(corpus)


def open_adding(page) -> None:
    """From the map, by the navigation."""
    wait_for_circles(page, 3)
    page.get_by_role("link", name="Add articles").click()
    page.wait_for_selector(INPUT, state="attached", timeout=WAIT_MS)


def drop(page, *files: tuple[str, str]) -> None:
    page.set_input_files(
        INPUT, [{"name": name, "mimeType": "text/plain", "buffer": text.encode()} for name, text in files]
    )
    page.wait_for_selector(".st-key-add_save", timeout=WAIT_MS)
    page.wait_for_selector(IDLE, timeout=WAIT_MS)


def save(page) -> None:
    page.locator(".st-key-add_save button").click()
    page.get_by_text("added: ").wait_for(timeout=WAIT_MS)


def test_a_dropped_file_is_previewed_saved_and_on_the_map(visit, own_server: Server, corpus: Path) -> None:
    visited = visit(own_server.url)
    page = visited.page
    open_adding(page)
    drop(page, ("2023-02-03.txt", TEXT))
    page.get_by_text("Preview: 1 article").wait_for(timeout=WAIT_MS)
    assert len(Corpus(corpus).article_ids()) == 3
    save(page)
    assert len(Corpus(corpus).article_ids()) == 4
    page.get_by_role("link", name="Show on the map").click()
    wait_for_circles(page, 4)
    assert (visited.elsewhere, visited.errors) == ([], [])


def test_hostile_names_and_texts_do_nothing(visit, own_server: Server) -> None:
    visited = visit(own_server.url)
    page = visited.page
    open_adding(page)
    title = page.title()
    drop(
        page,
        *((f"{number} {payload}.txt", f"{payload}\n\n{payload} {number}") for number, payload in enumerate(HOSTILE)),
    )
    save(page)
    page.get_by_text("What became of each article").click()
    page.wait_for_timeout(300)
    assert page.evaluate(TRIPWIRE) is None
    assert page.title() == title
    assert (visited.elsewhere, visited.errors) == ([], [])


def test_on_a_phone_nothing_is_wider_than_the_screen(visit, own_server: Server) -> None:
    page = visit(own_server.url).page
    wait_for_circles(page, 3)
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    page.goto(f"{own_server.url}/add_articles")
    page.wait_for_selector(INPUT, state="attached", timeout=WAIT_MS)
    drop(page, ("a.txt", TEXT))
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
