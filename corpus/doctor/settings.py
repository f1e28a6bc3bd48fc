"""Streamlit's settings, and the files that the browser asks the app for."""

import tomllib
from collections.abc import Iterator
from typing import Any

from corpus.doctor.files import Project
from corpus.doctor.findings import FAILS, WARNS, Finding

CONFIG = ".streamlit/config.toml"
NEEDED = (
    "static/dateline_map.js",
    "static/dateline_map.css",
    "static/icon.svg",
    "geodata/data/world_places.arrow",
    "geodata/data/world_names.marisa",
    "geodata/data/theatre_places.arrow",
    "geodata/data/theatre_names.marisa",
    "geodata/data/outlines_world.geojson",
    "geodata/data/outlines_oblasts.geojson",
)
"""Files without which the app does not start or draws no map."""


def check_settings(project: Project) -> Iterator[Finding]:
    """The configuration at the root, then the files it serves."""
    for path in project.files:
        if path.name == "config.toml" and path.parts[-2:-1] == (".streamlit",) and path.as_posix() != CONFIG:
            yield Finding(WARNS, f"{path} is not read", f"only {CONFIG} at the repository's root is", "move it there")
    text = project.text(CONFIG)
    if text is None or not project.has(CONFIG):
        why = "the map's code is not served without enableStaticServing, and the map stays empty"
        yield Finding(FAILS, f"{CONFIG} is missing or not pushed", why, "restore it")
    else:
        yield from _config(text)
    for name in NEEDED:
        if not project.has(name):
            there = (project.folder / name).is_file()
            what = f"{name} is {'ignored by git' if there else 'missing'}"
            way_out = "take it out of .gitignore" if there else "restore it, or run `python -m geodata build`"
            yield Finding(FAILS, what, "the app does not start or draws no map without it", way_out)


def _config(text: str) -> Iterator[Finding]:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        yield Finding(FAILS, f"{CONFIG} cannot be read", str(error), "mend it")
        return
    server: dict[str, Any] = tables.get("server", {})
    if server.get("enableStaticServing") is not True:
        why = "the map's code is not served, and the map stays empty"
        yield Finding(FAILS, f"{CONFIG}: server.enableStaticServing is not true", why, "set it to true")
    if server.get("address") in ("localhost", "127.0.0.1"):
        why = "the deployed app listens to itself only and cannot be reached"
        way_out = "leave it out; on a laptop give --server.address localhost to `streamlit run`"
        yield Finding(FAILS, f"{CONFIG}: server.address is {server['address']}", why, way_out)
    for name in ("port", "baseUrlPath"):
        if name in server:
            why = "Community Cloud sets it itself, and its health check asks at its own"
            yield Finding(WARNS, f"{CONFIG}: server.{name} is set", why, "leave it out")
    if server.get("enableXsrfProtection") is False or server.get("enableCORS") is False:
        why = "other sites could send uploads in a visitor's name"
        yield Finding(WARNS, f"{CONFIG}: protection against other sites is off", why, "leave both settings out")
