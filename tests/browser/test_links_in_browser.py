"""Copy link, the kept view of the map, and two sources on one map."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import Server
from tests.small_corpus import NORTH, SOUTH

pytestmark = pytest.mark.browser
WAIT_MS = 20_000
FRAME = "iframe[title*='st_folium']"
COMPARED = "path.dl-compared"


def kept_in_the_frame(page) -> str:
    return page.frame_locator(FRAME).locator(".dl-keep-view").get_attribute("aria-pressed", timeout=WAIT_MS)


def test_the_map_keeps_its_view_in_the_link_and_forgets_it(visit: Callable, server: Server) -> None:
    visited = visit(server.url)
    page, frame = visited.page, visited.page.frame_locator(FRAME)
    frame.locator("path.dl-point").first.wait_for(timeout=WAIT_MS)
    page.evaluate(f'document.querySelector("{FRAME}").__mark = 1')
    frame.locator(".leaflet-control-zoom-in").click()
    page.wait_for_timeout(700)
    frame.locator(".dl-keep-view").click()
    page.wait_for_url("**view=**", timeout=WAIT_MS)
    assert kept_in_the_frame(page) == "true"
    assert page.evaluate(f'document.querySelector("{FRAME}").__mark') == 1
    again = visit(page.url).page
    again.frame_locator(FRAME).locator('.dl-keep-view[aria-pressed="true"]').wait_for(timeout=WAIT_MS)
    frame.locator(".dl-keep-view").click()
    page.wait_for_function("!location.search.includes('view=')", timeout=WAIT_MS)
    assert visited.errors == []


def test_copy_link_puts_the_whole_address_on_the_clipboard(visit: Callable, server: Server) -> None:
    visited = visit(f"{server.url}/places?source=North+Desk&place=bakhmut-donetsk&count_by=mentions")
    page = visited.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click(timeout=WAIT_MS)
    page.get_by_text("Copied").wait_for(timeout=WAIT_MS)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{server.url}/places?")
    reopened = visit(copied).page
    reopened.locator(".dl-card h2", has_text="Bakhmut").wait_for(timeout=WAIT_MS)
    assert reopened.get_by_text("sorted by mentions").count() == 1
    assert (visited.elsewhere, visited.errors) == ([], [])


def test_without_the_clipboard_the_address_is_shown(visit: Callable, server: Server) -> None:
    page = visit(f"{server.url}/?source=North+Desk").page
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_role("button", name="Copy link").click(timeout=WAIT_MS)
    field = page.get_by_label("Address of this view")
    field.wait_for(timeout=WAIT_MS)
    assert field.input_value() == page.url


def test_two_sources_are_compared_without_a_new_map(visit: Callable, server: Server) -> None:
    visited = visit(f"{server.url}/sources?about={NORTH.replace(' ', '+')}&with={SOUTH.replace(' ', '+')}")
    page, frame = visited.page, visited.page.frame_locator(FRAME)
    frame.locator(COMPARED).first.wait_for(timeout=WAIT_MS)
    assert frame.locator(COMPARED).count() == 3
    page.evaluate(f'document.querySelector("{FRAME}").__mark = 1')
    page.locator(".st-key-count_by").get_by_text("mentions").click()
    page.wait_for_url("**count_by=mentions**", timeout=WAIT_MS)
    frame.locator(COMPARED).first.wait_for(timeout=WAIT_MS)
    assert page.evaluate(f'document.querySelector("{FRAME}").__mark') == 1
    assert (visited.elsewhere, visited.errors) == ([], [])
