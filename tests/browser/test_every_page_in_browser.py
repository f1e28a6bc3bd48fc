"""Every page on the sample corpus, in light and dark: no exception, no error in the console, nothing asked of another
host, and no rule of accessibility broken gravely (axe-core)."""

import re

import pytest

from tests.browser.accessibility import broken_rules
from tests.browser.conftest import Server, unavailable
from tests.browser.sample import longest_article
from tests.browser.test_dashboard_in_browser import FRAME, WAIT_MS
from tests.browser.waiting import settled

pytestmark = pytest.mark.browser

PAGES = {
    "map": "?place=bakhmut-donetsk&status=placed&status=ambiguous",
    "places": "places?place=bakhmut-donetsk",
    "articles": "articles?article={longest}",
    "timeline": "timeline?place=bakhmut-donetsk",
    "battles": "battles?battle=battle-bakhmut",
    "sources": "sources?about=Sample:+Kyiv+Desk&with=Sample:+Volga+Wire",
    "review": "review?queue=ambiguous",
    "add": "add_articles",
    "method": "method",
}
WITH_A_MAP = ("map", "timeline", "battles", "sources")
# A page opened by its own address makes Streamlit look for its server under that address first; each browser reports
# the misses.
_STREAMLIT_LOOKS = re.compile(r"/_stcore/(health|host-config)$")


@pytest.fixture(scope="module", autouse=True)
def axe_is_here() -> None:
    try:
        import axe_playwright_python  # noqa: F401
    except ImportError:
        unavailable("the accessibility tests need axe-playwright-python (requirements-dev.txt)")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_sound_and_accessible(visit, sample_server: Server, name: str) -> None:
    visited = visit("about:blank")
    page, said = visited.page, []

    def listen(message) -> None:
        if message.type == "error" and not _STREAMLIT_LOOKS.search(message.location.get("url", "")):
            said.append(message.text)

    page.on("console", listen)
    page.goto(f"{sample_server.url}/{PAGES[name].format(longest=longest_article())}")
    settled(page)
    page.get_by_role("button", name="Copy link").wait_for(timeout=WAIT_MS)
    if name in WITH_A_MAP:
        page.wait_for_selector(FRAME, timeout=WAIT_MS)
        page.frame_locator(FRAME).locator("path.leaflet-interactive").first.wait_for(state="attached", timeout=WAIT_MS)
    broken = [f"light: {line}" for line in broken_rules(page)]
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("getComputedStyle(document.querySelector('.stApp')).colorScheme === 'dark'")
    settled(page)
    broken += [f"dark: {line}" for line in broken_rules(page)]
    assert broken == []
    assert page.locator(".stException").count() == 0
    assert said == []
    assert (visited.elsewhere, visited.errors) == ([], [])
