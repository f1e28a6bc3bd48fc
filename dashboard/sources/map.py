"""Two sources on one map: what the first writes about is filled, what the second writes about has a heavy edge.

Fill and edge are told apart without colour. The colours are none of those that stand for control.
"""

from typing import Any

import pandas as pd

from dashboard.map import point_feature, radius_px
from dashboard.safe import safe_text
from dashboard.texts import t
from dashboard.words import count_of, kind_name
from geodata.places import SETTLEMENT_KINDS

GREEN, PURPLE = "#009e73", "#b8579a"
"""Okabe and Ito's bluish green, and their reddish purple somewhat darkened for thin lines."""
_DASHED = "5 4"
_STYLES: dict[tuple[bool, bool], dict[str, Any]] = {
    (True, False): {"fillColor": GREEN, "fillOpacity": 0.7, "color": GREEN, "weight": 1},
    (False, True): {"fillColor": PURPLE, "fillOpacity": 0.04, "color": PURPLE, "weight": 4},
    (True, True): {"fillColor": GREEN, "fillOpacity": 0.7, "color": PURPLE, "weight": 4},
}


def both(first: pd.DataFrame, second: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The places of two answers of `CorpusIndex.places` in one frame, most written about first.

    Columns: place_id, name, kind, lat, lon, country, region, `first` and `second`: counts in `measure`, 0 where a
    source does not write about the place.
    """
    facts = ["place_id", "name", "kind", "lat", "lon", "country", "region"]
    known = pd.concat([first[facts], second[facts]]).drop_duplicates("place_id").set_index("place_id")
    for column, places in (("first", first), ("second", second)):
        known[column] = places.set_index("place_id")[measure]
    known = known.fillna({"first": 0, "second": 0}).astype({"first": int, "second": int})
    order = (known["first"] + known["second"]).sort_values(ascending=False, kind="stable").index
    return known.loc[order].reset_index()


def compare_geojson(
    places: pd.DataFrame, *, names: tuple[str, str], measure: str, selected: str | None
) -> dict[str, Any]:
    """A FeatureCollection of the answer of `both`, areas and large circles first so that small ones lie on top.

    `names` are the two sources as they are shown; the area of a circle grows with the sum of both counts.
    """
    rows = list(places.itertuples(index=False))
    largest = max((row.first + row.second for row in rows), default=1)
    rows.sort(key=lambda row: (row.kind in SETTLEMENT_KINDS, -(row.first + row.second)))
    features = [_feature(row, names, (measure, largest), row.place_id == selected) for row in rows]
    return {"type": "FeatureCollection", "features": features}


def _feature(row: Any, names: tuple[str, str], scale: tuple[str, int], selected: bool) -> dict[str, Any]:
    (measure, largest), total = scale, row.first + row.second
    area = row.kind not in SETTLEMENT_KINDS
    style = dict(_STYLES[bool(row.first), bool(row.second)], fill=True, radius=radius_px(total, largest))
    if area:
        style |= {"dashArray": _DASHED, "fillOpacity": style["fillOpacity"] / 3, "weight": max(2, style["weight"])}
    told = [
        f"{safe_text(name)}: {safe_text(count_of(count, measure))}"
        for name, count in zip(names, (row.first, row.second), strict=True)
    ]
    lines = [f"<b>{safe_text(row.name)}</b>", safe_text(kind_name(row.kind)), *told, *[t("map.area")] * area]
    return point_feature(
        (row.lat, row.lon),
        place_id=row.place_id,
        name=row.name,
        lines=lines,
        count=int(total),
        area=area,
        selected=selected,
        look="dl-compared",
        style=style,
    )


def compare_legend_html(names: tuple[str, str], measure: str) -> str:
    """What fill and edge mean, and what size counts."""
    first, second = (safe_text(name) for name in names)
    signs = (
        (f"background:{GREEN};border:1px solid {GREEN}", t("compare.only", name=first)),
        (f"border:4px solid {PURPLE}", t("compare.only", name=second)),
        (f"background:{GREEN};border:4px solid {PURPLE}", t("compare.both")),
    )
    shown = "".join(f'<span><i style="width:16px;height:16px;{style}"></i>{words}</span>' for style, words in signs)
    words = f"{t(f'legend.grows_{measure}')} {t('map.not_events')}."
    return f'<div class="dl-legend">{shown}<span>{t("compare.dashed")}</span><span>{words}</span></div>'
