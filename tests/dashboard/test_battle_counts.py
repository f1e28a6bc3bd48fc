from datetime import date as Date

import pandas as pd

from dashboard.battles.counts import spans
from geodata import open_battles

IN_CORPUS = pd.DataFrame(
    [("soledar-donetsk", "UA-14", "UA"), ("lviv-lviv", "UA-46", "UA"), ("gn756135", "PL-14", "PL")],
    columns=["place_id", "region", "country"],
)


def test_a_battle_stands_for_its_places_in_its_days() -> None:
    (span,) = spans([open_battles().get("battle-soledar")], IN_CORPUS)
    assert "soledar-donetsk" in span.places
    assert "lviv-lviv" not in span.places
    assert span.first <= Date(2023, 1, 10) <= span.last


def test_a_campaign_for_an_area_stands_for_every_place_in_it() -> None:
    (span,) = spans([open_battles().get("invasion")], IN_CORPUS)
    assert {"soledar-donetsk", "lviv-lviv"} <= set(span.places)
    assert "gn756135" not in span.places
    assert span.last is None


def test_an_empty_corpus_leaves_the_named_places() -> None:
    (span,) = spans([open_battles().get("battle-soledar")], IN_CORPUS.iloc[:0])
    assert span.places
