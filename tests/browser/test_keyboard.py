"""From the top of the page to the evidence for a place with the keyboard alone: no click, no focus set by the test."""

import pytest

from tests.browser.conftest import Server
from tests.browser.test_dashboard_in_browser import FRAME, WAIT_MS, circles
from tests.browser.waiting import settled

pytestmark = pytest.mark.browser
MOST_TABS = 90
# What has the focus, also inside the map's frame and in components with a shadow root.
_FOCUSED = """() => {
  let e = document.activeElement;
  while (e && e.shadowRoot && e.shadowRoot.activeElement) e = e.shadowRoot.activeElement;
  return e ? [e.tagName, e.getAttribute('aria-label') || '', (e.textContent || '').trim()].join('|') : '';
}"""


def tab_to(page, wanted: str, *, most: int = MOST_TABS) -> int:
    """Press Tab until the focus is on what says `wanted`; how many presses that took."""
    seen = []
    for presses in range(1, most + 1):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(_FOCUSED))
        if wanted in seen[-1]:
            return presses
    pytest.fail(f"{wanted!r} is not within {most} presses of Tab; on the way: {seen}")


@pytest.fixture
def page(visit, sample_server: Server):
    opened = visit(sample_server.url).page
    opened.wait_for_selector(FRAME, timeout=WAIT_MS)
    circles(opened).first.wait_for(state="attached", timeout=WAIT_MS)
    settled(opened)
    return opened


def test_the_box_leads_to_the_card_and_the_card_to_the_article(page, capsys) -> None:
    to_box = tab_to(page, "INPUT|Find a place")
    page.keyboard.type("Бахмута")
    page.keyboard.press("Enter")
    page.locator(".dl-card h2").wait_for(timeout=WAIT_MS)
    assert page.locator(".dl-card h2").inner_text() == "Bakhmut"
    settled(page)
    to_reason = tab_to(page, "why here?")
    page.keyboard.press("Enter")
    assert page.locator(".dl-evidence details[open]").count() == 1
    to_article = tab_to(page, "Read the article")
    page.keyboard.press("Enter")
    page.locator(".dl-reader h2").wait_for(timeout=WAIT_MS)
    with capsys.disabled():
        print(f"\npresses of Tab: {to_box} to the box, {to_reason} to a reason, {to_article} to its article")


def test_a_row_of_the_table_opens_the_card(page) -> None:
    tab_to(page, "INPUT|Find a place")
    tab_to(page, "CANVAS")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    page.locator(".dl-card h2").wait_for(timeout=WAIT_MS)
    page.locator(".dl-evidence mark").first.wait_for(timeout=WAIT_MS)
