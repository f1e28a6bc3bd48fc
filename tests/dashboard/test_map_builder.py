import json
import math
import re
from pathlib import Path

import pandas as pd
import pytest
from streamlit_folium import generate_leaflet_string

from corpus import Corpus, CorpusIndex, MentionFilter
from dashboard.map import (
    SMALLEST_RADIUS_PX,
    base_map,
    clicked_place,
    configured_tiles,
    kept_view,
    places_geojson,
    places_group,
    radius_px,
    view_of,
)
from dashboard.safe import safe_text
from dashboard.static_files import StaticUrls
from tests.small_corpus import HOSTILE, build, hostile_articles, three_articles

URLS = StaticUrls("l.js", "l.css", "m.js", "m.css", "outlines.json")


def places_of(folder: Path, extractions: list, asked: MentionFilter) -> pd.DataFrame:
    return CorpusIndex(Corpus(build(folder, extractions))).places(asked)


@pytest.fixture
def places(tmp_path: Path) -> pd.DataFrame:
    return places_of(tmp_path, three_articles(), MentionFilter(statuses=("placed", "ambiguous")))


def by_id(geojson: dict) -> dict[str, dict]:
    return {feature["properties"]["place_id"]: feature for feature in geojson["features"]}


def test_every_place_is_one_point_in_lon_lat_order(places: pd.DataFrame) -> None:
    features = by_id(places_geojson(places, measure="articles", with_ambiguous=True, selected=None))
    assert set(features) == {"bakhmut-donetsk", "soledar-donetsk", "vodiane-donetsk", "UA-14"}
    assert features["bakhmut-donetsk"]["geometry"] == {"type": "Point", "coordinates": [38.0008, 48.5944]}


def test_shape_says_what_is_known(places: pd.DataFrame) -> None:
    features = by_id(places_geojson(places, measure="articles", with_ambiguous=True, selected="soledar-donetsk"))
    looks = {key: feature["properties"]["look"].split() for key, feature in features.items()}
    assert looks["bakhmut-donetsk"] == ["dl-point"]
    assert looks["UA-14"] == ["dl-ring"]
    assert looks["vodiane-donetsk"] == ["dl-point", "dl-unsure"]
    assert looks["soledar-donetsk"] == ["dl-point", "dl-chosen"]
    assert "area, not a point" in features["UA-14"]["properties"]["tooltip"]


def test_areas_lie_below_settlements(places: pd.DataFrame) -> None:
    features = places_geojson(places, measure="articles", with_ambiguous=True, selected=None)["features"]
    assert [feature["properties"]["area"] for feature in features] == [True, False, False, False]


def test_circle_area_is_proportional_to_the_count() -> None:
    assert math.isclose(radius_px(400, 400) ** 2 / radius_px(100, 400) ** 2, 4, rel_tol=0.05)
    assert radius_px(1, 1) < radius_px(9, 9)
    assert radius_px(1, 1_000_000) == SMALLEST_RADIUS_PX


def test_hostile_names_are_escaped_in_every_property(tmp_path: Path) -> None:
    geojson = places_geojson(
        places_of(tmp_path, hostile_articles(), MentionFilter()),
        measure="mentions",
        with_ambiguous=False,
        selected=None,
    )
    names = {feature["properties"]["name"] for feature in geojson["features"]}
    assert {safe_text(payload) for payload in HOSTILE} <= names
    for feature in geojson["features"]:
        tooltip = re.sub(r"</?b>|<br>", "", feature["properties"]["tooltip"])
        assert not set(tooltip + feature["properties"]["name"]) & set("<>`${}\\")


def script_of(geojson: dict) -> str:
    area = base_map(URLS, None)
    group = places_group(geojson, "dark")
    group._id = "feature_group_0"
    group.add_to(area)
    group.render()
    return generate_leaflet_string(group, base_id="feature_group_0")


def test_the_group_is_one_geojson_layer_whose_script_holds_the_places_as_json(places: pd.DataFrame) -> None:
    geojson = places_geojson(places, measure="articles", with_ambiguous=True, selected=None)
    script = script_of(geojson)
    assert script.count("L.geoJson(null") == 1
    assert json.loads(re.search(r"_add\((\{.*\})\);", script).group(1)) == geojson
    assert re.search(r"datelinePlaces\(map_div, feature_group_\w+, geo_json_\w+, \{[^}]*\"theme\": \"dark\"", script)


def test_no_place_is_no_layer() -> None:
    script = script_of({"type": "FeatureCollection", "features": []})
    assert "L.geoJson" not in script
    assert "datelineNoPlaces(map_div" in script


def test_the_base_map_is_constant_and_loads_only_local_files() -> None:
    first, second = base_map(URLS, None), base_map(URLS, None)
    assert generate_leaflet_string(first) == generate_leaflet_string(second)
    assert [url for _, url in [*first.default_js, *first.default_css]] == ["l.js", "m.js", "l.css", "m.css"]
    assert "http" not in generate_leaflet_string(first)


def test_tiles_only_when_configured_with_their_credit() -> None:
    assert configured_tiles({}) is None
    tiles = configured_tiles(
        {"DATELINE_TILES": "https://t.example.org/{z}/{x}/{y}.png", "DATELINE_TILES_ATTRIBUTION": "<b>T</b>"}
    )
    script = generate_leaflet_string(base_map(URLS, tiles))
    assert "https://t.example.org/{z}/{x}/{y}.png" in script
    assert "<b>T" not in script


@pytest.mark.parametrize(
    "environment",
    [
        {"DATELINE_TILES": "https://t.example.org/{z}/{x}/{y}.png"},
        {"DATELINE_TILES": "javascript:{z}{x}{y}", "DATELINE_TILES_ATTRIBUTION": "T"},
        {"DATELINE_TILES": "https://t.example.org/", "DATELINE_TILES_ATTRIBUTION": "T"},
    ],
)
def test_a_wrong_tile_setting_is_refused(environment: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="DATELINE_TILES"):
        configured_tiles(environment)


@pytest.mark.parametrize(
    ("value", "clicked"),
    [
        (None, (0, None)),
        ({"last_object_clicked_count": 3, "last_active_drawing": None}, (3, None)),
        ({"last_object_clicked_count": 3, "last_active_drawing": {"properties": {"place_id": "x"}}}, (3, "x")),
        ({"last_object_clicked_count": 3, "last_active_drawing": {"properties": {"place_id": 7}}}, (3, None)),
    ],
)
def test_a_click_names_its_place(value: dict | None, clicked: tuple[int, str | None]) -> None:
    assert clicked_place(value) == clicked


def pressed(view: object) -> dict:
    return {"last_active_drawing": {"type": "Feature", "geometry": None, "properties": {"view": view}}}


def test_a_kept_view_is_centre_and_zoom() -> None:
    assert kept_view(pressed("48.5944:-38.0008:9.5")) == "48.5944:-38.0008:9.5"
    assert view_of("48.5944:-38.0008:9.5") == ((48.5944, -38.0008), 9.5)


def test_an_empty_view_asks_to_forget_it() -> None:
    assert kept_view(pressed("")) == ""


@pytest.mark.parametrize("view", ["91:0:5", "0:361:5", "0:0:99", "a:b:c", "1:2", "1:2:3:4", 5, None, "<b>:1:1"])
def test_a_view_that_is_none_is_not_taken(view: object) -> None:
    assert kept_view(pressed(view)) is None
    assert view_of(view if isinstance(view, str) else None) is None


def test_a_click_on_a_place_keeps_no_view() -> None:
    assert kept_view({"last_active_drawing": {"properties": {"place_id": "UA-14"}}}) is None
    assert kept_view(None) is None
