import re
from pathlib import Path

import pandas as pd
import pytest

from corpus import Corpus, CorpusIndex, MentionFilter
from dashboard.sources.map import GREEN, PURPLE, both, compare_geojson, compare_legend_html
from tests.small_corpus import HOSTILE, NORTH, SOUTH, build, three_articles

NAMES = (NORTH, SOUTH)


@pytest.fixture
def compared(tmp_path: Path) -> pd.DataFrame:
    index = CorpusIndex(Corpus(build(tmp_path, three_articles())))
    first, second = (index.places(MentionFilter(sources=(name,))) for name in NAMES)
    return both(first, second, "mentions")


def test_places_of_both_sources_are_counted_for_each(compared: pd.DataFrame) -> None:
    counts = {row.place_id: (row.first, row.second) for row in compared.itertuples()}
    assert counts == {"bakhmut-donetsk": (1, 1), "soledar-donetsk": (1, 0), "UA-14": (0, 1)}


def test_fill_and_edge_tell_who_writes_about_a_place(compared: pd.DataFrame) -> None:
    features = compare_geojson(compared, names=NAMES, measure="mentions", selected="soledar-donetsk")["features"]
    styles = {feature["properties"]["place_id"]: feature["properties"]["style"] for feature in features}
    shared, first, second = styles["bakhmut-donetsk"], styles["soledar-donetsk"], styles["UA-14"]
    assert (shared["fillColor"], shared["color"]) == (GREEN, PURPLE)
    assert (first["fillColor"], first["color"]) == (GREEN, GREEN)
    assert second["color"] == PURPLE
    assert second["fillOpacity"] < 0.1 < first["fillOpacity"]
    assert first["weight"] < shared["weight"]


def test_an_area_is_dashed(compared: pd.DataFrame) -> None:
    features = compare_geojson(compared, names=NAMES, measure="mentions", selected=None)["features"]
    dashed = {f["properties"]["place_id"] for f in features if "dashArray" in f["properties"]["style"]}
    assert dashed == {"UA-14"}


def test_the_tooltip_has_both_counts(compared: pd.DataFrame) -> None:
    features = compare_geojson(compared, names=NAMES, measure="mentions", selected=None)["features"]
    soledar = next(f for f in features if f["properties"]["place_id"] == "soledar-donetsk")
    assert "North Desk: 1 mention<br>South Wire: 0 mentions" in soledar["properties"]["tooltip"]


def test_a_source_without_places_draws_the_other_alone(compared: pd.DataFrame) -> None:
    nothing = compared.iloc[:0].assign(mentions=0)
    full = compared.assign(mentions=compared["first"])
    assert set(both(full, nothing, "mentions")["second"]) == {0}


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_names_stay_text(compared: pd.DataFrame, payload: str) -> None:
    named = compared.assign(name=payload)
    geojson = compare_geojson(named, names=(payload, payload), measure="mentions", selected=None)
    texts = [text for f in geojson["features"] for text in (f["properties"]["tooltip"], f["properties"]["name"])]
    texts.append(compare_legend_html((payload, payload), "mentions"))
    for text in texts:
        assert not re.search(r"<(?!/?(b|br|i|span|div)\b)", text)
        assert "${" not in text
