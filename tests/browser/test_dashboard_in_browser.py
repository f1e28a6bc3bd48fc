import time

import pytest

from tests.browser.conftest import NARROW, TRIPWIRE, Server, serve
from tests.small_corpus import HOSTILE, NORTH, hostile_articles, three_articles

pytestmark = pytest.mark.browser
WAIT_MS = 20_000
FRAME = "iframe[title*='st_folium']"
CIRCLES = "path.dl-point, path.dl-ring"
IDLE = ".stApp[data-test-script-state='notRunning']"
PLACES = 3 + len(HOSTILE)


def circles(page):
    return page.frame_locator(FRAME).locator(CIRCLES)


def wait_for_circles(page, number: int) -> None:
    """Until the map has this many circles."""
    page.wait_for_selector(FRAME, timeout=WAIT_MS)
    circles(page).first.wait_for(timeout=WAIT_MS)
    end = time.monotonic() + WAIT_MS / 1000
    while circles(page).count() != number and time.monotonic() < end:
        page.wait_for_timeout(50)
    assert circles(page).count() == number


def choose_source(page, name: str) -> None:
    page.wait_for_selector(IDLE, timeout=WAIT_MS)
    page.locator(".st-key-source input").first.click()
    page.get_by_role("option", name=name, exact=True).click(timeout=WAIT_MS)
    page.keyboard.press("Escape")


def test_first_map_from_a_cold_start(visit, browser, tmp_path_factory, capsys) -> None:
    from tests.small_corpus import build

    folder = build(tmp_path_factory.mktemp("cold") / "corpus", three_articles())
    for server in serve(folder):
        opened = time.monotonic()
        visited = visit(server.url)
        wait_for_circles(visited.page, 3)
        shown = time.monotonic()
        with capsys.disabled():
            print(
                f"\ncold start to first map {shown - server.started:.1f} s, of it in the browser {shown - opened:.1f} s"
            )
        assert visited.elsewhere == []
        assert visited.errors == []


def test_a_link_to_a_page_works_on_a_server_just_started(visit, browser, tmp_path_factory) -> None:
    from tests.small_corpus import build

    folder = build(tmp_path_factory.mktemp("fresh") / "corpus", three_articles())
    for server in serve(folder):
        page = visit(f"{server.url}/articles?source=North+Desk").page
        page.get_by_role("heading", name="Articles", exact=True).wait_for(timeout=WAIT_MS)
        assert "/articles" in page.url
        assert "source=North" in page.url
        assert page.locator(".stException").count() == 0


def test_a_click_on_a_circle_fills_the_card_and_the_link(visit, server: Server) -> None:
    page = visit(f"{server.url}/?source=North+Desk").page
    wait_for_circles(page, 2)
    circles(page).first.click(force=True)
    page.wait_for_selector(".dl-card h2", timeout=WAIT_MS)
    place = page.locator(".dl-card h2").inner_text()
    assert place in ("Bakhmut", "Soledar")
    assert page.locator(".dl-evidence mark").first.inner_text() == place
    page.wait_for_url("**place=**", timeout=WAIT_MS)
    page.frame_locator(FRAME).locator("path.dl-chosen").wait_for(timeout=WAIT_MS)


def test_a_filter_changes_the_circles_in_the_living_map(visit, server: Server) -> None:
    page = visit(server.url).page
    wait_for_circles(page, PLACES)
    frame = page.query_selector(FRAME).content_frame()
    frame.evaluate("window.__mark = 'alive'")
    choose_source(page, NORTH)
    wait_for_circles(page, 2)
    page.get_by_role("radio", name="mentions").click()
    page.get_by_text("Show actors", exact=True).click()
    wait_for_circles(page, 3)
    assert page.query_selector(FRAME).content_frame().evaluate("window.__mark") == "alive"


def test_a_copied_link_reopens_filters_and_place_in_a_new_browser(visit, server: Server) -> None:
    first = visit(server.url).page
    wait_for_circles(first, PLACES)
    choose_source(first, NORTH)
    wait_for_circles(first, 2)
    first.get_by_role("button", name="Bakhmut").click()
    first.wait_for_url("**place=**", timeout=WAIT_MS)
    first.wait_for_selector(".dl-card h2", timeout=WAIT_MS)
    second = visit(first.url).page
    wait_for_circles(second, 2)
    assert second.locator(".dl-card h2").inner_text() == "Bakhmut"
    assert second.get_by_text(NORTH, exact=True).first.is_visible()
    second.frame_locator(FRAME).locator("path.dl-chosen").wait_for(timeout=WAIT_MS)


def test_changing_the_page_keeps_filters_and_place(visit, server: Server) -> None:
    page = visit(f"{server.url}/?source=North+Desk&place=bakhmut-donetsk").page
    wait_for_circles(page, 2)
    page.get_by_role("link", name="Articles", exact=True).click()
    page.get_by_role("heading", name="Articles").wait_for(timeout=WAIT_MS)
    page.get_by_role("link", name="Map", exact=True).click()
    wait_for_circles(page, 2)
    assert "source=North+Desk" in page.url or "source=North%20Desk" in page.url
    page.wait_for_url("**place=bakhmut-donetsk**", timeout=WAIT_MS)


def test_a_sentence_leads_to_its_article(visit, server: Server) -> None:
    page = visit(f"{server.url}/?source=North+Desk&place=bakhmut-donetsk").page
    page.get_by_role("link", name="Read the article").first.click(timeout=WAIT_MS)
    page.locator(".dl-reader h2").wait_for(timeout=WAIT_MS)
    assert page.locator(".dl-reader h2").inner_text() == "Shelling in the east"
    assert page.locator(".dl-text mark.dl-actor").inner_text() == "Moscow"
    assert "article=" in page.url


def test_original_links_are_kept_only_for_web_addresses(visit, server: Server) -> None:
    page = visit(f"{server.url}/?place=bakhmut-donetsk&from=2023-01-01&to=2023-01-31").page
    link = page.locator(".dl-evidence a")
    link.first.wait_for(timeout=WAIT_MS)
    assert [anchor.get_attribute("href") for anchor in link.all()] == ["https://example.org/a"]
    assert link.first.get_attribute("target") == "_blank"


@pytest.mark.parametrize("size", [None, NARROW], ids=["wide", "phone"])
def test_hostile_texts_leave_every_surface_intact(visit, server: Server, size) -> None:
    visited = visit(f"{server.url}/?from=2023-05-01", **({"size": size} if size else {}))
    page = visited.page
    wait_for_circles(page, PLACES - 1)  # all but Donetsk Oblast: the undated article has Soledar
    page.frame_locator(FRAME).locator("path.dl-point").nth(2).hover(force=True)
    page.frame_locator(FRAME).locator(".dl-tooltip").wait_for(timeout=WAIT_MS)
    for number, extraction in enumerate(hostile_articles()):
        if number % 3 == 0 and size is None:  # one page load each: some of them, once
            page.goto(f"{server.url}/articles?article={extraction.article.article_id}&place=hostile-{number}")
            page.locator(".dl-reader").wait_for(timeout=WAIT_MS)
    page.goto(f"{server.url}/?place=bakhmut-donetsk")
    page.locator(".dl-evidence").nth(7).wait_for(timeout=WAIT_MS)
    assert page.evaluate(f"{TRIPWIRE} === undefined")
    assert page.title() == "Dateline"
    assert visited.errors == []
    assert visited.elsewhere == []


def test_a_phone_sees_figures_map_card_and_table_in_one_column(visit, server: Server) -> None:
    page = visit(f"{server.url}/?source=North+Desk&place=bakhmut-donetsk", size=NARROW).page
    wait_for_circles(page, 2)
    page.locator(".dl-evidence").first.wait_for(timeout=WAIT_MS)
    tops = [page.locator(part).first.bounding_box()["y"] for part in (".dl-figures", FRAME, ".dl-card", ".stDataFrame")]
    assert tops == sorted(tops)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]


def test_the_map_follows_the_dark_theme(visit, server: Server) -> None:
    page = visit(f"{server.url}/?source=North+Desk", dark=True).page
    wait_for_circles(page, 2)
    page.frame_locator(FRAME).locator(".leaflet-container.dl-dark").wait_for(timeout=WAIT_MS)


def test_a_row_of_the_table_selects_the_same_place(visit, server: Server) -> None:
    page = visit(f"{server.url}/?source=North+Desk").page
    wait_for_circles(page, 2)
    page.wait_for_selector(IDLE, timeout=WAIT_MS)
    table = page.locator(".stDataFrame canvas").first
    table.scroll_into_view_if_needed()
    corner = table.bounding_box()
    page.mouse.click(corner["x"] + 18, corner["y"] + 38 + 35 + 17)  # the box that selects the second row
    page.locator(".dl-card h2").wait_for(timeout=WAIT_MS)
    assert page.locator(".dl-card h2").inner_text() == "Soledar"
    page.frame_locator(FRAME).locator("path.dl-chosen").wait_for(timeout=WAIT_MS)
    page.get_by_role("button", name="Close").click()
    page.locator(".dl-card h2").wait_for(state="detached", timeout=WAIT_MS)
    page.frame_locator(FRAME).locator("path.dl-chosen").wait_for(state="detached", timeout=WAIT_MS)
    assert "place=" not in page.url


def test_a_link_in_ukrainian_reopens_in_ukrainian_with_its_filters(visit, server: Server) -> None:
    first = visit(f"{server.url}/?source=North+Desk&kind=city").page
    wait_for_circles(first, 1)
    first.wait_for_selector(IDLE, timeout=WAIT_MS)
    first.get_by_role("radio", name="Українська").click()
    first.get_by_text("Виберіть місце").wait_for(timeout=WAIT_MS)
    wait_for_circles(first, 1)
    first.wait_for_selector(IDLE, timeout=WAIT_MS)
    assert "lang=uk" in first.url
    second = visit(first.url).page
    wait_for_circles(second, 1)
    second.get_by_text("Виберіть місце").wait_for(timeout=WAIT_MS)
    assert second.frame_locator(FRAME).locator(".dl-label").first.inner_text() == "Бахмут"
    assert second.frame_locator(FRAME).get_by_text("Україна").count() == 1
    second.get_by_role("link", name="Статті", exact=True).click()
    second.get_by_role("heading", name="Статті").wait_for(timeout=WAIT_MS)
    second.wait_for_url("**lang=uk**", timeout=WAIT_MS)


def test_a_place_is_found_by_the_keyboard_alone(visit, server: Server) -> None:
    page = visit(server.url).page
    wait_for_circles(page, PLACES)
    page.wait_for_selector(IDLE, timeout=WAIT_MS)
    page.get_by_label("Find a place", exact=True).focus()
    page.keyboard.type("Бахмута")
    page.keyboard.press("Enter")
    page.locator(".dl-card h2").wait_for(timeout=WAIT_MS)
    assert page.locator(".dl-card h2").inner_text() == "Bakhmut"
    page.frame_locator(FRAME).locator("path.dl-chosen").wait_for(timeout=WAIT_MS)
    page.wait_for_url("**place=bakhmut-donetsk**", timeout=WAIT_MS)
