"""Waiting for Streamlit to have drawn a page."""

from typing import Any

WAIT_MS = 20_000
_IDLE = ".stApp[data-test-script-state='notRunning']"
_STALE = "[data-stale='true']"


def settled(page: Any) -> None:
    """Until no run is under way or about to begin: a click starts one a moment later."""
    page.wait_for_selector(".stMainBlockContainer", timeout=WAIT_MS)
    quiet = 0
    while quiet < 2:
        page.wait_for_selector(_IDLE, timeout=WAIT_MS)
        page.wait_for_timeout(120)
        quiet = quiet + 1 if page.locator(_IDLE).count() and not page.locator(_STALE).count() else 0
