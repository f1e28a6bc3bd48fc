"""Many visitors at once on a shared server: none of them meets an error, and the server's memory stays where it is.

`DATELINE_VISIT_SECONDS=120` makes the run as long as one wants.
"""

import itertools
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import Server, serve
from tests.browser.test_adding_in_browser import TEXT, drop, open_adding
from tests.browser.test_dashboard_in_browser import IDLE, WAIT_MS, circles, wait_for_circles
from tests.browser.visitor import Visitor
from tests.small_corpus import build, three_articles

pytestmark = pytest.mark.browser
SAMPLE = Path(__file__).parents[2] / "sample_corpus"
VISITORS = 20
SECONDS = float(os.environ.get("DATELINE_VISIT_SECONDS", "20"))
MOST_MB, MOST_GROWTH_MB = 400, 40
PATIENCE = 60
"""Seconds that all visitors together may take to look twice each, before memory is taken as warm."""
"""What ten visitors may need on the sample corpus; how much more the server may hold after the run than after its first
quarter, in which answers are remembered for the first time."""

LINKS: tuple[dict[str, str], ...] = (
    {},
    {"source": "Sample: Kyiv Desk"},
    {"from": "2023-01-01", "to": "2023-03-01"},
    {"text": "Bakhmut"},
    {"place": "bakhmut-donetsk"},
    {"kind": "village", "count_by": "mentions"},
    {"lang": "uk"},
)


@pytest.fixture
def shared_server() -> Iterator[Server]:
    """The sample corpus as strangers share it."""
    yield from serve(SAMPLE, DATELINE_SHARED="1")


def memory_mb(pid: int) -> float:
    """Resident memory of a process. Skips where the system does not tell it this way."""
    status = Path(f"/proc/{pid}/statm")
    if not status.exists():
        pytest.skip("memory is read from /proc, which this system does not have")
    return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


class Crowd:
    """Visitors in threads of their own, who look at one page after another until they are told to stop."""

    def __init__(self, url: str, number: int):
        self.errors: list[str] = []
        self.looks = 0
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._visit, args=(url, n), daemon=True) for n in range(number)]
        for thread in self._threads:
            thread.start()

    def _visit(self, url: str, first: int) -> None:
        try:
            with Visitor(url) as visitor:
                self.errors += visitor.look().errors
                # another page each time, and every page with every link in the end
                clicks = itertools.count(first)
                while not self._stop.is_set():
                    click, pages = next(clicks), sorted(visitor.pages)
                    page, link = pages[click % len(pages)], LINKS[click % len(LINKS)]
                    self.errors += [f"{page} {link}: {error}" for error in visitor.look(page, **link).errors]
                    self.looks += 1
                    self._stop.wait(1)
        # whatever happens to a visitor is what this is about
        except Exception as error:
            self.errors.append(f"{type(error).__name__}: {error}")

    def leave(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(60)


def test_many_visitors_meet_no_error_and_memory_stays_flat(shared_server: Server) -> None:
    crowd = Crowd(shared_server.url, VISITORS)
    patience = time.monotonic() + PATIENCE
    while crowd.looks <= 2 * VISITORS and not crowd.errors and time.monotonic() < patience:
        time.sleep(0.5)
    warm, looked = memory_mb(shared_server.pid), crowd.looks
    time.sleep(SECONDS / 2)
    after = memory_mb(shared_server.pid)
    crowd.leave()
    print(f"{crowd.looks} looks of {VISITORS} visitors; {warm:.0f} MB warm, {after:.0f} MB after {SECONDS:.0f} s")
    assert crowd.errors == []
    assert crowd.looks > looked > VISITORS
    assert after - warm < MOST_GROWTH_MB


def test_ten_visitors_need_little_memory(shared_server: Server) -> None:
    crowd = Crowd(shared_server.url, 10)
    time.sleep(SECONDS / 2)
    needed = memory_mb(shared_server.pid)
    crowd.leave()
    print(f"{crowd.looks} looks of 10 visitors; {needed:.0f} MB")
    assert crowd.errors == []
    assert needed < MOST_MB


def test_a_look_answers_its_own_link(shared_server: Server) -> None:
    with Visitor(shared_server.url) as visitor:
        everything = visitor.look()
        narrowed = visitor.look(text="Robotyne")
    figures = [next(html for html in seen.html if 'class="dl-figures"' in html) for seen in (everything, narrowed)]
    assert figures[0] != figures[1]


def test_two_browsers_never_see_each_others_uploads(tmp_path: Path, visit) -> None:
    folder = build(tmp_path / "corpus", three_articles())
    before = sorted(path.name for path in folder.rglob("*"))
    server = serve(folder, DATELINE_SHARED="1")
    url = next(server).url
    try:
        one, other = visit(url).page, visit(url).page
        wait_for_circles(other, 3)
        open_adding(one)
        drop(one, ("report.txt", TEXT))
        one.locator(".st-key-add_save button").click()
        one.locator(".st-key-session_articles button").first.wait_for(timeout=WAIT_MS)
        one.get_by_role("link", name="Map", exact=True).first.click()
        wait_for_circles(one, 4)
        other.get_by_role("link", name="Articles", exact=True).click()
        other.wait_for_selector(IDLE, timeout=WAIT_MS)
        other.get_by_role("link", name="Map", exact=True).click()
        wait_for_circles(other, 3)
        assert circles(other).count() == 3
        assert other.locator(".st-key-session_articles").count() == 0
        assert sorted(path.name for path in folder.rglob("*")) == before
    finally:
        server.close()
