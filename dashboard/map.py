"""The map of places: a constant base map, and the places of the current filter as one GeoJson layer.

`st_folium` rebuilds its iframe whenever the base map's script changes, so nothing that depends on a filter may go
there; the places travel in the feature group. Texts in properties are safe HTML (see `dashboard.safe`).
"""

import math
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import folium
import pandas as pd
from branca.element import MacroElement
from folium.template import Template
from folium.utilities import JsCode

from dashboard.safe import safe_text, safe_url
from dashboard.static_files import StaticUrls
from dashboard.texts import language, t
from dashboard.words import count_of, kind_name
from geodata.places import SETTLEMENT_KINDS

MAP_KEY = "dateline_map"
START = (48.4, 34.6)
START_ZOOM = 6
MAP_HEIGHT = 560
LARGEST_RADIUS_PX = 21.0
# One mention alone is drawn no larger than this, however few mentions there are.
LARGEST_SINGLE_PX = 6.0
SMALLEST_RADIUS_PX = 3.5
_VIEW = re.compile(r"(-?\d{1,3}(?:\.\d{1,6})?):(-?\d{1,3}(?:\.\d{1,6})?):(\d{1,2}(?:\.\d)?)")


@dataclass(frozen=True, slots=True)
class Tiles:
    """A tile server to draw the base map with: an address with {z}, {x}, {y}, and the credit its owner asks for."""

    url: str
    attribution: str


def configured_tiles(environment: Mapping[str, str] = os.environ) -> Tiles | None:
    """The tile server named in `DATELINE_TILES` (with `DATELINE_TILES_ATTRIBUTION`), or None: outlines only.

    Raises `ValueError` when the address is not http(s) or the attribution is missing.
    """
    url = environment.get("DATELINE_TILES", "").strip()
    if not url:
        return None
    if not safe_url(url) or not all(part in url for part in ("{z}", "{x}", "{y}")):
        raise ValueError("DATELINE_TILES must be an http(s) address with {z}, {x} and {y} in it")
    attribution = environment.get("DATELINE_TILES_ATTRIBUTION", "").strip()
    if not attribution:
        raise ValueError("DATELINE_TILES needs DATELINE_TILES_ATTRIBUTION, the credit that its owner asks for")
    return Tiles(url, attribution)


class Call(MacroElement):
    """One call of a function of static/dateline_map.js; `values` reach it as JSON."""

    def __init__(self, function: str, arguments: Callable[[], str], values: dict[str, Any]):
        super().__init__()
        self._name = "Call"
        self._template = Template(
            "{% macro script(this, kwargs) %}{{ this.function }}({{ this.arguments() }}, {{ this.values|tojson }});"
            "{% endmacro %}"
        )
        self.function, self.arguments, self.values = function, arguments, values


class _LocalMap(folium.Map):
    """A Leaflet map that loads its code from this machine, not from a CDN."""

    def __init__(self, urls: StaticUrls, **options: Any):
        super().__init__(**options)
        self.default_js = [("leaflet", urls.leaflet_js), ("dateline", urls.map_js)]
        self.default_css = [("leaflet", urls.leaflet_css), ("dateline", urls.map_css)]


def base_map(urls: StaticUrls, tiles: Tiles | None, *, keeps_view: bool = False) -> folium.Map:
    """The same for every filter, so that the iframe lives on; another language makes another map. With `keeps_view`
    it has a button that puts its centre and zoom into the link; see `kept_view`."""
    options = {
        "outlines": urls.outlines,
        "attribution": safe_text(t("map.attribution")),
        "tiles": tiles.url if tiles else "",
        "tiles_attribution": safe_text(tiles.attribution) if tiles else "",
        "language": language(),
        "not_events": t("map.not_events"),
        "no_tiles": t("map.no_tiles"),
        "no_outlines": t("map.no_outlines"),
        "zoom_in": t("map.zoom_in"),
        "zoom_out": t("map.zoom_out"),
        "keep_view": t("map.keep_view") if keeps_view else "",
    }
    area = _LocalMap(urls, location=START, zoom_start=START_ZOOM, tiles=None, min_zoom=2, max_zoom=14, zoom_snap=0.5)
    area.add_child(Call("datelineBase", area.get_name, options))
    return area


def radius_px(count: int, largest: int) -> float:
    """Radius of a circle whose area is proportional to `count`; never so small that it cannot be clicked."""
    unit = min(LARGEST_RADIUS_PX / math.sqrt(max(largest, 1)), LARGEST_SINGLE_PX)
    return round(max(unit * math.sqrt(count), SMALLEST_RADIUS_PX), 1)


def places_geojson(places: pd.DataFrame, *, measure: str, with_ambiguous: bool, selected: str | None) -> dict[str, Any]:
    """A FeatureCollection, one point a place, large ones and areas first so that small ones lie on top.

    `places` is the answer of `CorpusIndex.places`; `measure` is the column that sizes the circles; `with_ambiguous`
    says whether ambiguous mentions are among those counted.
    """
    largest = int(places[measure].max()) if len(places) else 1
    rows = list(places.itertuples(index=False))
    rows.sort(key=lambda row: (row.kind in SETTLEMENT_KINDS, -getattr(row, measure)))
    features = []
    for row in rows:
        # A place is drawn as uncertain when at least half of what puts it on the map is.
        unsure = with_ambiguous and 2 * int(row.ambiguous) >= int(row.mentions)
        features.append(
            _feature(row, int(getattr(row, measure)), (measure, largest), (unsure, row.place_id == selected))
        )
    return {"type": "FeatureCollection", "features": features}


def _feature(row: Any, count: int, scale: tuple[str, int], state: tuple[bool, bool]) -> dict[str, Any]:
    (measure, largest), (unsure, selected) = scale, state
    settlement = row.kind in SETTLEMENT_KINDS
    looks = ["dl-point" if settlement else "dl-ring"]
    looks += ["dl-unsure"] * unsure
    lines = [f"<b>{safe_text(row.name)}</b>", safe_text(kind_name(row.kind)), safe_text(count_of(count, measure))]
    lines += [t("map.area")] * (not settlement) + [t("map.uncertain")] * unsure
    style = {"radius": radius_px(count, largest), "weight": 2 if unsure or not settlement else 1.2}
    return point_feature(
        (row.lat, row.lon),
        place_id=row.place_id,
        name=row.name,
        lines=lines,
        count=count,
        area=not settlement,
        selected=selected,
        look=" ".join(looks),
        style=style,
    )


def point_feature(
    point: tuple[float, float],
    *,
    name: str,
    lines: Sequence[str],
    count: int,
    look: str,
    style: Mapping[str, Any],
    place_id: str = "",
    area: bool = False,
    selected: bool = False,
) -> dict[str, Any]:
    """The GeoJSON Feature that static/dateline_map.js draws at `point` (lat, lon in degrees WGS84).

    `name` is written beside it where there is room, for the largest `count` first, and made safe here; `lines` are
    safe HTML, shown when it is pointed at; `look` are CSS classes; a click on it selects `place_id`, if any.
    """
    lat, lon = point
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [float(lon), float(lat)]},
        "properties": {
            "place_id": place_id,
            "name": safe_text(name),
            "characters": len(name),
            "tooltip": "<br>".join(lines),
            "count": count,
            "area": area,
            "selected": selected,
            "look": look + " dl-chosen" * selected,
            "style": dict(style),
        },
    }


def places_group(
    geojson: dict[str, Any], theme: str, *, fit: bool = False, view: str | None = None
) -> folium.FeatureGroup:
    """The feature group of one filter's places. `theme` is "light" or "dark"; with `fit` the map moves to the places
    whenever they are others than before; `view` is the one that the link keeps (see `kept_view`), if any."""
    group = folium.FeatureGroup(name="places")
    if not geojson["features"]:
        group.add_child(Call("datelineNoPlaces", lambda: "map_div", {"theme": theme}))
        return group
    layer = folium.GeoJson(geojson, marker=folium.CircleMarker(), on_each_feature=JsCode("datelineFeature"))
    group.add_child(layer)
    arguments = lambda: f"map_div, {group.get_name()}, {layer.get_name()}"  # noqa: E731
    group.add_child(Call("datelinePlaces", arguments, {"theme": theme, "fit": fit, "view": view or ""}))
    return group


def clicked_place(value: Mapping[str, Any] | None) -> tuple[int, str | None]:
    """How many clicks the map has counted, and the place of the last one (None when it was not on a place)."""
    value = value or {}
    properties = (value.get("last_active_drawing") or {}).get("properties") or {}
    place_id = properties.get("place_id")
    return int(value.get("last_object_clicked_count") or 0), place_id if isinstance(place_id, str) else None


def kept_view(value: Mapping[str, Any] | None) -> str | None:
    """What the button of a map that keeps its view has asked for: `48.59:38:9` (degrees WGS84 and zoom), an empty
    string to forget it, or None when the last click was not on it."""
    properties = ((value or {}).get("last_active_drawing") or {}).get("properties") or {}
    view = properties.get("view")
    return view if isinstance(view, str) and (view == "" or view_of(view)) else None


def view_of(view: str | None) -> tuple[tuple[float, float], float] | None:
    """Centre (lat, lon) and zoom that a kept view names; None when it names no view on Earth."""
    match = _VIEW.fullmatch(view or "")
    if not match:
        return None
    lat, lon, zoom = map(float, match.groups())
    return ((lat, lon), zoom) if abs(lat) <= 90 and abs(lon) <= 360 and 0 <= zoom <= 20 else None


def render_map(
    base: folium.Map,
    group: folium.FeatureGroup,
    *,
    on_change: Callable[[], None],
    height: int = MAP_HEIGHT,
    key: str = MAP_KEY,
    view: tuple[tuple[float, float], float] | None = None,
    any_click: bool = False,
) -> None:
    """Draw the map; the only caller of `st_folium`. Clicks arrive in `st.session_state[key]`, then `on_change`: those
    on a circle, with `any_click` those beside one too. `view` (centre and zoom) moves the living map when it changes.
    """
    # only in a run does Streamlit register the component that this import declares, and `warm_up` comes before any
    from streamlit_folium import st_folium

    returned = ["last_active_drawing", "last_object_clicked_count"]
    centre, zoom = view or (None, None)
    st_folium(
        base,
        key=key,
        height=height,
        use_container_width=True,
        returned_objects=[*returned, "last_clicked"] if any_click else returned,
        feature_group_to_add=group,
        on_change=on_change,
        center=centre,
        zoom=zoom,
    )
