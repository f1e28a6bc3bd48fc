"""The pictures of the README, made from the sample corpus: `python -m tests.browser.screenshots [NAME ...]`.

Writes docs/NAME.png for each page in the light theme, and one of a dark page and one of a phone. With Pillow the
pictures have a palette and stay small; without it they are as the browser gives them.
"""

import io
import sys
from dataclasses import dataclass
from typing import Any

from tests.browser.conftest import NARROW, ROOT, SAMPLE, chromium_path, look_in, serve
from tests.browser.sample import longest_article
from tests.browser.test_dashboard_in_browser import FRAME, WAIT_MS
from tests.browser.waiting import settled

DOCS = ROOT / "docs"
MOST_BYTES = 200_000
_WIDE = (1400, 900)
_COLOURS = (256, 128, 64)


@dataclass(frozen=True, slots=True)
class Shot:
    """What to photograph: the part of the address after the host, how, and whether to wait for a map."""

    link: str
    size: tuple[int, int] = _WIDE
    dark: bool = False
    has_map: bool = True


SHOTS = {
    "map": Shot("?place=bakhmut-donetsk"),
    "places": Shot("places?place=chasiv-yar-donetsk", has_map=False),
    "articles": Shot("articles?article={longest}"),
    "timeline": Shot("timeline"),
    "battles": Shot("battles?battle=battle-bakhmut"),
    "sources": Shot("sources?about=Sample:+Kyiv+Desk&with=Sample:+Volga+Wire"),
    "review": Shot("review?queue=ambiguous"),
    "add": Shot("add_articles", has_map=False),
    "method": Shot("method", has_map=False),
    "dark": Shot("?place=bakhmut-donetsk", dark=True),
    "phone": Shot("?place=bakhmut-donetsk", size=NARROW),
}
_PASTED = (
    "Two villages shelled overnight\n\nShelling hit Klishchiivka and Andriivka south of Bakhmut overnight, officials "
    "said on 14 September 2023. Residents of Chasiv Yar were told to stay away from the canal.\n"
)


def main(names: list[str]) -> int:
    """Take the pictures of these names, all without any; gives the exit code."""
    from playwright.sync_api import sync_playwright

    unknown = set(names) - set(SHOTS)
    if unknown:
        print(f"no such picture: {', '.join(sorted(unknown))}; choose from {', '.join(SHOTS)}", file=sys.stderr)
        return 2
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=flags)
        for server in serve(SAMPLE):
            for name in names or SHOTS:
                print(f"docs/{name}.png: {_take(browser, server.url, name):,} bytes")
        browser.close()
    return 0


def _take(browser: Any, url: str, name: str) -> int:
    """Take one picture; gives its size in bytes."""
    shot = SHOTS[name]
    page = look_in(browser, f"{url}/{shot.link.format(longest=longest_article())}", size=shot.size, dark=shot.dark).page
    settled(page)
    if name == "add":
        _give(page)
    if shot.has_map:
        page.wait_for_selector(FRAME, state="attached", timeout=WAIT_MS)
        page.frame_locator(FRAME).first.locator("path.leaflet-interactive").first.wait_for(
            state="attached", timeout=WAIT_MS
        )
        page.wait_for_timeout(1200)
    settled(page)
    data = _small(page.screenshot(type="png"))
    page.context.close()
    DOCS.mkdir(exist_ok=True)
    (DOCS / f"{name}.png").write_bytes(data)
    return len(data)


def _give(page: Any) -> None:
    """Something to look through before it is saved; the sample itself is never written to."""
    file = {"name": "2023-09-14.txt", "mimeType": "text/plain", "buffer": _PASTED.encode()}
    page.set_input_files(".stFileUploader input[type=file]", [file])
    page.wait_for_selector(".st-key-add_save", timeout=WAIT_MS)


def _small(data: bytes) -> bytes:
    """The picture with a palette of as many colours as fit into `MOST_BYTES`; as it was without Pillow."""
    try:
        from PIL import Image
    except ImportError:
        return data
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        for colours in _COLOURS:
            stream = io.BytesIO()
            picture.convert("RGB").quantize(colours, dither=Image.Dither.NONE).save(stream, "PNG", optimize=True)
            if stream.tell() <= MOST_BYTES:
                break
    return stream.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
