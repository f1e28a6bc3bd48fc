import json
from pathlib import Path

import pytest

from dashboard.static_files import prepare_static
from geodata import GazetteerDataError
from geodata.outlines import read_outlines


@pytest.fixture
def static(tmp_path: Path) -> Path:
    for name in ("dateline_map.js", "dateline_map.css"):
        (tmp_path / name).write_text("/* */")
    return tmp_path


def test_leaflet_and_outlines_are_put_where_the_browser_asks(static: Path) -> None:
    urls = prepare_static(static)
    for url in (urls.leaflet_js, urls.leaflet_css, urls.map_js, urls.map_css, urls.outlines):
        assert url.startswith("../../app/static/")
        assert (static / url.removeprefix("../../app/static/").split("?")[0]).is_file()
    assert "Leaflet 1.9.3" in (static / "vendor" / "leaflet.js").read_text()[:200]
    assert not list((static / "vendor").glob("*.tmp"))


def test_a_second_start_writes_nothing(static: Path) -> None:
    first = prepare_static(static)
    times = {path: path.stat().st_mtime_ns for path in (static / "vendor").iterdir()}
    assert prepare_static(static) == first
    assert {path: path.stat().st_mtime_ns for path in (static / "vendor").iterdir()} == times


def test_a_half_written_copy_is_mended(static: Path) -> None:
    prepare_static(static)
    (static / "vendor" / "leaflet.js").write_text("half")
    prepare_static(static)
    assert len((static / "vendor" / "leaflet.js").read_text()) > 100_000


def test_crimea_is_labelled_inside_crimea() -> None:
    outlines = read_outlines()
    labels = {f["properties"]["id"]: f["properties"]["label"] for f in outlines["oblasts"]["features"]}
    lat, lon = labels["UA-43"]
    assert 44.4 < lat < 46.2
    assert 32.5 < lon < 36.6
    assert "Natural Earth" in outlines["countries"]["attribution"]


def test_broken_outlines_are_named(tmp_path: Path) -> None:
    (tmp_path / "outlines_world.geojson").write_text(json.dumps({"features": [{}]}))
    with pytest.raises(GazetteerDataError, match="outlines_world.geojson"):
        read_outlines(tmp_path)
