"""The Timeline page and the layer of control in a real browser: steps, play and clicks on bars, marks beneath the
circles; the map's iframe lives on, and nothing is asked of another host."""

import re

import pytest

from tests.browser.conftest import NARROW, TRIPWIRE, Server
from tests.browser.test_dashboard_in_browser import FRAME, IDLE, WAIT_MS, circles, wait_for_circles

pytestmark = pytest.mark.browser
CHARTS = "[data-testid='stVegaLiteChart']"
MARK = f'() => {{ document.querySelector("{FRAME}").contentWindow.__mark = 7; }}'
MARKED = f'() => document.querySelector("{FRAME}").contentWindow.__mark'
# the colours of the marks of control among the pixels of their canvas
COLOURS = """() => {
  const canvas = document.querySelector(".leaflet-dl-control-pane canvas");
  if (!canvas) return [];
  const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data, found = new Set();
  for (let i = 0; i < data.length; i += 4) {
    const [r, g, b, a] = data.slice(i, i + 4);
    if (a > 200 && b > 140 && r < 40) found.add("blue");
    if (a > 200 && r > 180 && b < 40) found.add("vermilion");
  }
  return [...found].sort();
}"""


def frame_of(page):
    return page.query_selector(FRAME).content_frame()


def test_a_step_changes_the_map_and_not_its_iframe(visit, server: Server) -> None:
    visited = visit(f"{server.url}/timeline?unit=month&source=North+Desk&source=South+Wire")
    page = visited.page
    wait_for_circles(page, 3)
    page.locator(CHARTS).first.wait_for(timeout=WAIT_MS)
    page.evaluate(MARK)
    page.locator(".st-key-timeline_next button").click()
    page.wait_for_url("**at=2023-01-01**", timeout=WAIT_MS)
    wait_for_circles(page, 2)
    page.locator(".st-key-timeline_all button").click()
    wait_for_circles(page, 3)
    assert page.evaluate(MARKED) == 7
    assert (visited.elsewhere, visited.errors) == ([], [])
    assert page.locator(".stException").count() == 0


def test_play_walks_to_the_end_and_stops(visit, server: Server) -> None:
    page = visit(f"{server.url}/timeline?unit=month&source=North+Desk&source=South+Wire").page
    wait_for_circles(page, 3)
    page.evaluate(MARK)
    page.locator(".st-key-timeline_play button").click()
    page.wait_for_url("**at=2023-03-01**", timeout=3 * WAIT_MS)
    page.locator(".st-key-timeline_play button").wait_for(timeout=WAIT_MS)
    assert page.evaluate(MARKED) == 7


def test_a_click_on_a_bar_shows_its_days(visit, server: Server) -> None:
    page = visit(f"{server.url}/timeline?unit=month&source=North+Desk&source=South+Wire").page
    wait_for_circles(page, 3)
    page.wait_for_selector(IDLE, timeout=WAIT_MS)
    box = page.locator(CHARTS).first.bounding_box()
    # the last of three months is the right third of what the labels leave
    page.mouse.click(box["x"] + box["width"] - 40, box["y"] + 110)
    page.wait_for_url(re.compile("at=2023-03-01"), timeout=WAIT_MS)
    page.get_by_text("1 Mar 2023 to 31 Mar 2023").wait_for(timeout=WAIT_MS)


@pytest.mark.parametrize("size", [None, NARROW])
def test_hostile_names_leave_the_timeline_intact(visit, server: Server, size) -> None:
    visited = visit(f"{server.url}/timeline", **({"size": size} if size else {}))
    page = visited.page
    page.locator(CHARTS).first.wait_for(timeout=WAIT_MS)
    page.wait_for_selector(IDLE, timeout=WAIT_MS)
    assert page.evaluate(TRIPWIRE) is None
    assert page.title() == "Dateline"
    assert (visited.elsewhere, visited.errors) == ([], [])


def test_marks_of_control_lie_beneath_the_circles_and_can_be_clicked(visit, server: Server) -> None:
    visited = visit(f"{server.url}/?source=North+Desk&control=yes&control_day=2023-01-20")
    page = visited.page
    wait_for_circles(page, 2)
    page.wait_for_timeout(300)
    assert frame_of(page).evaluate(COLOURS) == ["blue", "vermilion"]
    page.evaluate(MARK)
    page.locator(".st-key-control_shown label").first.click()
    page.wait_for_selector(IDLE, timeout=WAIT_MS)
    page.wait_for_timeout(1000)
    assert frame_of(page).evaluate(COLOURS) == []
    assert page.evaluate(MARKED) == 7
    assert circles(page).count() == 2
    assert (visited.elsewhere, visited.errors) == ([], [])
