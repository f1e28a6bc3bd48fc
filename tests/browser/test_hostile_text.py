"""Texts that try to do more than be shown, through every surface in a real browser: one corpus that holds them all, one
walk through the pages, a tripwire that is looked at after each step."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from dashboard.texts import table
from tests import hostile
from tests.browser.conftest import Server, Visit, look_in, serve
from tests.browser.test_adding_in_browser import INPUT, save
from tests.browser.test_dashboard_in_browser import FRAME, WAIT_MS, circles
from tests.browser.visitor import Visitor
from tests.browser.waiting import settled

pytestmark = pytest.mark.browser

PAGES = ("", "places", "articles", "timeline", "battles", "sources", "review", "add_articles", "method")
PARAMETERS = (
    "about at below article battle compare count_by event event_said event_side from kind lang min_confidence on "
    "only_battle place queue role source status text to undated unit upto view with"
).split()
_GO = "to => { history.pushState({}, '', to); window.dispatchEvent(new PopStateEvent('popstate', {state: {}})); }"
_LONGEST_IN_A_LINK = 100
TITLES = {text for key, texts in table().items() if key.startswith("page.") for text in texts.values()}


@pytest.fixture(scope="module")
def hostile_server(browser: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The dashboard on a corpus of nothing but payloads."""
    yield from serve(hostile.build(tmp_path_factory.mktemp("hostile") / "corpus"))


class Walk:
    """A visitor who goes from page to page, and what the payloads have done so far."""

    def __init__(self, visited: Visit):
        self.page, self._visited = visited.page, visited
        self.found: list[str] = []
        self.titles: set[str] = set()

    def go(self, page: str, **parameters: str | list[str]) -> None:
        """To a page by the browser's history, without loading the app anew."""
        self.page.evaluate(_GO, f"/{page}?{urlencode(parameters, doseq=True, errors='replace')}")
        self.look(page or "map")

    def look(self, where: str) -> None:
        """Wait until all is drawn, then note what payloads have left anywhere."""
        settled(self.page)
        for frame in self.page.frames:
            self.found += [f"{where}: {line}" for line in frame.evaluate(hostile.INTRUDERS)]
        failed = self.page.locator(".stException")
        assert failed.count() == 0, f"{where}: {failed.first.inner_text()[:500]}"
        self.titles.add(self.page.title())

    def end(self) -> None:
        """Nothing has run, nothing was asked of another host, no title is another's."""
        assert self.found == []
        assert (self._visited.elsewhere, self._visited.errors) == ([], [])
        assert self.titles <= {"Dateline", *TITLES}


@pytest.fixture(scope="module")
def walk(browser, hostile_server: Server) -> Iterator[Walk]:
    """One visitor for all tests here; each begins where it goes to."""
    visited = look_in(browser, f"{hostile_server.url}/?status=placed&status=ambiguous")
    one = Walk(visited)
    one.page.wait_for_selector(FRAME, timeout=WAIT_MS)
    circles(one.page).first.wait_for(timeout=WAIT_MS)
    one.look("map")
    yield one
    visited.page.context.close()


@pytest.mark.parametrize(
    "what", ["event handler", "svg", "iframe", "details", "object and embed", "mutation by mglyph"]
)
def test_the_tripwire_sees_what_is_not_made_safe(visit, what: str) -> None:
    page = visit("about:blank").page
    page.set_content(dict(hostile.PAYLOADS)[what])
    assert page.evaluate(hostile.INTRUDERS) != []


def test_map_card_and_filters(walk: Walk) -> None:
    page = walk.page
    walk.go("", lang="en", status=["placed", "ambiguous"])
    circles(page).first.wait_for(timeout=WAIT_MS)
    assert circles(page).count() >= len(hostile.TEXTS) // 2
    for number in range(0, circles(page).count(), 9):
        circles(page).nth(number).hover(force=True)
        page.frame_locator(FRAME).locator(".dl-tooltip").first.wait_for(timeout=WAIT_MS)
        walk.look("tooltip")
    circles(page).last.click(force=True)
    page.locator(".dl-card h2").wait_for(timeout=WAIT_MS)
    walk.look("card after a click")
    walk.go("", place="bakhmut-donetsk")
    older = page.get_by_role("button", name="Older")
    while older.is_enabled():
        older.click()
        walk.look("card")
    page.get_by_text("All articles").first.click()
    page.locator(".st-key-source input").first.click()
    page.get_by_role("option").first.wait_for(timeout=WAIT_MS)
    walk.look("sources to choose from")
    page.keyboard.press("Escape")
    walk.end()


def test_reader_tables_and_charts(walk: Walk) -> None:
    page = walk.page
    first, second = (one.article.article_id for one in hostile.copies())
    walk.go("articles")
    walk.go("articles", article=first, compare=second)
    page.locator(".dl-reader").wait_for(timeout=WAIT_MS)
    walk.look("reader")
    walk.go("places", place=hostile.place_id(0))
    walk.go("timeline", on=[hostile.place_id(number) for number in (0, 5, 8, 23, 35, 52)], count_by="mentions")
    for chart in page.locator(".stVegaLiteChart").all():
        chart.hover(force=True)
    walk.look("charts")
    walk.go("sources", about=hostile.TEXTS[8], **{"with": hostile.TEXTS[35]})
    for tab in page.get_by_role("tab").all():
        tab.click()
        walk.look("sources")
    walk.go("battles", battle="battle-bakhmut")
    for queue in ("unplaced", "ambiguous", "placed", "corrected"):
        walk.go("review", queue=queue)
    walk.go("method", lang="uk")
    walk.go("", lang="uk", place=hostile.place_id(8))
    walk.end()


def test_adding_and_the_brief(walk: Walk, visit, tmp_path) -> None:
    page = walk.page
    walk.go("", lang="en")
    with page.expect_download(timeout=WAIT_MS) as waited:
        page.get_by_role("button", name="Export").click()
        page.locator(".st-key-export_html button").first.click()
    brief = tmp_path / "brief.html"
    waited.value.save_as(brief)
    opened = visit(brief.as_uri())
    assert opened.page.evaluate(hostile.INTRUDERS) == []
    assert (opened.elsewhere, opened.errors) == ([], [])

    walk.go("add_articles")
    names = [text for text in hostile.TEXTS[::4] if len(text) < 200]
    cells = [text.replace('"', '""').replace("\x00", "").replace("\ud800", "?") for text in hostile.TEXTS]
    sheet = "title,source,url,text\n" + "".join(f'"{c}","{c}","{c}","{c} near Bakhmut on Friday."\n' for c in cells)
    given = [
        ("cells.csv", sheet),
        *((f"{at} {name}.txt", f"{name}\n\nNear Bakhmut, {name}.") for at, name in enumerate(names)),
    ]
    files = [
        {"name": name, "mimeType": "text/plain", "buffer": text.encode("utf-8", "replace")} for name, text in given
    ]
    page.set_input_files(INPUT, files)
    page.wait_for_selector(".st-key-add_save", timeout=WAIT_MS)
    walk.look("preview")
    save(page)
    page.get_by_text("What became of each article").click()
    walk.look("report")
    walk.go("")
    walk.end()


def test_any_text_in_any_parameter_of_a_link_is_met_with_calm(hostile_server: Server, visit) -> None:
    """Each payload in every parameter at once, on the pages in turn; some of them in the browser."""
    texts = [text.replace("\ud800", "?") for text in hostile.TEXTS]
    with Visitor(hostile_server.url) as visitor:
        for number, text in enumerate(texts):
            answer = visitor.look(PAGES[number % len(PAGES)], **dict.fromkeys(PARAMETERS, text))
            assert answer.errors == [], hostile.PAYLOADS[number][0]
    short = [text for text in texts if len(text) <= _LONGEST_IN_A_LINK]
    everything = {name: short[at::5] for at, name in enumerate(("source", "on", "kind", "event", "text"))}
    rest = {name: short[at % len(short)] for at, name in enumerate(PARAMETERS) if name not in everything}
    walk = Walk(visit(f"{hostile_server.url}/?{urlencode(everything | rest, doseq=True)}"))
    walk.look("link with everything")
    for number, text in enumerate(texts[2:54:9]):
        walk.go(PAGES[number], **dict.fromkeys(PARAMETERS, text))
    walk.end()
