"""Files the browser fetches from this machine: Leaflet from its PyPI package, and the base map's outlines.

Streamlit serves `static/` at `app/static/`. What is copied or made goes to `static/vendor/`, which is not in git.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from xstatic.pkg import leaflet

from geodata.outlines import read_outlines

STATIC = Path(__file__).parents[1] / "static"
# The map lives in an iframe at component/<name>/index.html: two levels up is the app itself, also under a prefix.
STATIC_URL = "../../app/static"


@dataclass(frozen=True, slots=True)
class StaticUrls:
    """Addresses, relative to the map's iframe, of what the map loads. Each ends in a digest of the content, so that
    a browser never keeps an older file."""

    leaflet_js: str
    leaflet_css: str
    map_js: str
    map_css: str
    outlines: str


def prepare_static(static: Path = STATIC, *, names: Callable[[str], str] = lambda _: "") -> StaticUrls:
    """Copy Leaflet, make the outlines file, and say where everything is. `names` gives the Ukrainian name of a country
    or an oblast by its id, or an empty string.

    Raises `OSError` when `static/vendor` cannot be written and `geodata.GazetteerDataError` when the outlines are
    missing.
    """
    vendor, package = static / "vendor", Path(leaflet.BASE_DIR)
    vendor.mkdir(parents=True, exist_ok=True)
    collections = read_outlines()
    for collection in (collections["countries"], collections["oblasts"]):
        for feature in collection["features"]:
            feature["properties"]["uk"] = names(feature["properties"]["id"])
    outlines = json.dumps(collections, ensure_ascii=False, separators=(",", ":")).encode()
    made = {
        "leaflet.js": (package / "leaflet.js").read_bytes(),
        "leaflet.css": (package / "leaflet.css").read_bytes(),
        "outlines.json": outlines,
    }
    for name, content in made.items():
        _write(vendor / name, content)
    return StaticUrls(
        leaflet_js=_url("vendor/leaflet.js", static),
        leaflet_css=_url("vendor/leaflet.css", static),
        map_js=_url("dateline_map.js", static),
        map_css=_url("dateline_map.css", static),
        outlines=_url("vendor/outlines.json", static),
    )


def _write(path: Path, content: bytes) -> None:
    """Write beside and rename, so that a browser or a second process never sees half a file."""
    if path.exists() and path.read_bytes() == content:
        return
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _url(name: str, static: Path) -> str:
    digest = hashlib.sha256((static / name).read_bytes()).hexdigest()[:8]
    return f"{STATIC_URL}/{name}?v={digest}"
