"""The dashboard in headless Chromium, with every host but this machine blocked.

Without Chromium or Playwright these tests are skipped, except in CI (`CI=true`), where that is a failure.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.small_corpus import build, hostile_articles, three_articles

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_corpus"
START_SECONDS = 40
NARROW, WIDE = (390, 844), (1400, 1000)
# Titles that trip set this on the top window; see tests/small_corpus.py.
TRIPWIRE = "window.__tripped"


def chromium_path() -> str | None:
    """Where Chromium is: `DATELINE_CHROMIUM`, else what the path has."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("DATELINE_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def unavailable(reason: str) -> None:
    """Skip, or fail where the browser tests must run."""
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        unavailable("the browser tests need playwright (requirements-dev.txt)")
    path = chromium_path()
    if path is None:
        unavailable("the browser tests need Chromium (Debian: apt install chromium), or DATELINE_CHROMIUM=PATH")
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        running = playwright.chromium.launch(executable_path=path, args=flags)
        yield running
        running.close()


@dataclass
class Server:
    """A dashboard of its own process; `started` is when it was (time.monotonic, seconds)."""

    url: str
    started: float
    pid: int


def serve(folder: Path, *, script: Path = ROOT / "app.py", **environment: str) -> Iterator[Server]:
    """Run the dashboard (or another `script`) on a corpus until the generator is closed, with further variables in its
    environment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(script),
        "--server.port",
        str(port),
        "--server.headless",
        "true",
    ]
    command += ["--server.address", "localhost", "--server.fileWatcherType", "none"]
    started = time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=script.parent,
        env=os.environ | {"DATELINE_CORPUS": str(folder), "DATELINE_TILES": ""} | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://localhost:{port}/_stcore/health", process)
        yield Server(f"http://localhost:{port}", started, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=10)


def wait_for(url: str, process: subprocess.Popen) -> None:
    """Until the server answers; fails when it ends or takes too long."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            assert process.poll() is None, "the dashboard ended while starting"
            time.sleep(0.05)
    pytest.fail(f"the dashboard did not answer within {START_SECONDS} s")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, browser: object) -> Iterator[Server]:
    """The dashboard on three plain articles and one a hostile text."""
    folder = build(tmp_path_factory.mktemp("browser") / "corpus", [*three_articles(), *hostile_articles()])
    yield from serve(folder)


@pytest.fixture(scope="session")
def sample_server(browser: object) -> Iterator[Server]:
    """The dashboard on the sample corpus, for tests that change nothing."""
    yield from serve(SAMPLE)


@dataclass
class Visit:
    """A new visitor's page, with what it asked of other hosts and the errors it reported."""

    page: object
    elsewhere: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def look_in(browser, url: str, *, size: tuple[int, int] = WIDE, dark: bool = False) -> Visit:
    """Open an address in a browser context of its own, which whoever calls closes (`page.context`)."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light"
    )
    page = context.new_page()
    visited = Visit(page)

    def only_here(route) -> None:
        host = route.request.url.split("/")[2].split(":")[0] if "//" in route.request.url else ""
        if host in ("localhost", "127.0.0.1", ""):
            route.continue_()
        else:
            visited.elsewhere.append(route.request.url)
            route.abort()

    context.route("**/*", only_here)
    page.on("pageerror", lambda error: visited.errors.append(str(error)))
    page.on("dialog", lambda dialog: (visited.errors.append(dialog.message), dialog.dismiss()))
    page.goto(url)
    return visited


@pytest.fixture
def visit(browser) -> Iterator[Callable[..., Visit]]:
    """Opens an address in a browser context of its own; see `look_in`."""
    opened: list[Visit] = []

    def open_(url: str, **options: object) -> Visit:
        opened.append(look_in(browser, url, **options))
        return opened[-1]

    yield open_
    for visited in opened:
        visited.page.context.close()
