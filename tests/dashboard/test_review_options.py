"""What a name under review may mean: order, distances, and points typed or clicked."""

from datetime import UTC, datetime

import pytest

from corpus.review import SurePlace
from dashboard.review.geocode import may_ask
from dashboard.review.map import clicked_point, options_geojson, view_of
from dashboard.review.options import MOST_OPTIONS, options
from dashboard.review.place import PointError, read_point
from extract.types import Choice
from geodata import open_gazetteer
from geodata.geocoding_settings import settings_from
from geodata.suggestions import Answer, Suggestion, question
from tests.small_corpus import HOSTILE

PLACES = open_gazetteer()
KYIV = SurePlace("kyiv-kyiv", "Kyiv", "city", 50.45, 30.524, 2)
BAKHMUT = SurePlace("bakhmut-donetsk", "Bakhmut", "city", 48.5944, 38.0008, 1)


def choice(place_id: str, share: float) -> Choice:
    place = PLACES.get(place_id)
    return Choice(place_id, place.name, place.kind, place.lat, place.lon, share)


def answer(*suggestions: Suggestion) -> Answer:
    asked = question("nominatim", "Testivka", countries=("ua",), viewbox=None)
    return Answer(asked, datetime(2026, 11, 22, tzinfo=UTC), suggestions)


def listed(stored=(), named=(), searched=(), given=None, sure=(), guess=None):
    return options(stored, named, searched, given, sure, places=PLACES, guess=guess)


def test_the_machines_guess_leads_its_own_candidates():
    stored = [choice("soledar-donetsk", 0.6), choice("bakhmut-donetsk", 0.4)]
    assert [o.id for o in listed(stored, guess="bakhmut-donetsk")] == ["bakhmut-donetsk", "soledar-donetsk"]


def test_what_was_searched_for_comes_before_all():
    found = listed([choice("soledar-donetsk", 0.9)], searched=PLACES.lookup("Chasiv Yar"))
    assert [o.id for o in found][:2] == ["chasiv-yar-donetsk", "soledar-donetsk"]


def test_other_places_of_the_name_come_by_distance_to_what_the_article_is_sure_of():
    near_kyiv = [o.near_km for o in listed(named=PLACES.candidates("kalynivka"), sure=[KYIV])]
    assert near_kyiv == sorted(near_kyiv)
    assert near_kyiv[0] < 60


def test_a_place_stands_once_however_it_was_found():
    found = listed([choice("bakhmut-donetsk", 1.0)], PLACES.candidates("bakhmut"), PLACES.lookup("Bakhmut"))
    assert [o.id for o in found].count("bakhmut-donetsk") == 1


def test_no_more_than_can_be_looked_through():
    assert len(listed(named=PLACES.candidates("ivanivka"))) == MOST_OPTIONS


def test_the_closest_sure_place_is_named_with_its_distance():
    (found,) = listed([choice("soledar-donetsk", 1.0)], sure=[KYIV, BAKHMUT])
    assert found.near == "Bakhmut"
    assert found.near_km == pytest.approx(11.3, abs=1.5)


def test_a_place_is_not_measured_to_itself_nor_a_region_to_anything():
    (town,) = listed([choice("bakhmut-donetsk", 1.0)], sure=[BAKHMUT])
    (region,) = listed([choice("UA-14", 1.0)], sure=[BAKHMUT])
    assert (town.near, region.near) == (None, None)


def test_a_candidate_the_gazetteer_has_no_longer_is_still_offered():
    (found,) = listed([Choice("gone", "Gone", "village", 48.0, 37.0, 1.0)], sure=[BAKHMUT])
    assert (found.name, found.lat, found.near) == ("Gone", 48.0, "Bakhmut")


def test_a_suggestion_keeps_who_gave_it_and_when():
    given = Suggestion(
        "Testivka", "Testivka, Ukraine", 48.6, 38.1, "village", "place/village", "ua", reference="node/1"
    )
    (found,) = listed(given=answer(given))
    place = found.decided("own:abcdefabcdef")
    assert found.is_suggestion
    assert (place.id, place.source, place.country) == ("own:abcdefabcdef", "nominatim, 2026-11-22 node/1", "UA")


def test_hostile_names_are_safe_in_the_maps_features():
    given = [Suggestion(text, text, 48.0, 38.0, "village", text) for text in HOSTILE]
    drawn = options_geojson(listed(given=answer(*given)), [BAKHMUT], None)
    for feature in drawn["features"]:
        for text in (feature["properties"]["name"], feature["properties"]["tooltip"]):
            assert "<script" not in text
            assert "<img" not in text
            assert "${" not in text


def test_the_map_numbers_options_as_the_list_does_and_marks_the_chosen():
    found = listed([choice("soledar-donetsk", 0.6), choice("bakhmut-donetsk", 0.4)])
    features = {
        f["properties"]["place_id"]: f["properties"] for f in options_geojson(found, [], found[1].id)["features"]
    }
    assert features["soledar-donetsk"]["name"].startswith("1 ")
    assert features["bakhmut-donetsk"]["name"].startswith("2 ")
    assert [features[o.id]["selected"] for o in found] == [False, True]


def test_sure_places_cannot_be_chosen_on_the_map():
    (feature,) = options_geojson([], [BAKHMUT], None)["features"]
    assert feature["properties"]["place_id"] == ""


def test_a_place_about_to_be_added_is_on_the_map_and_cannot_be_chosen():
    (feature,) = options_geojson([], [], None, (48.5, 38.25))["features"]
    assert feature["geometry"]["coordinates"] == [38.25, 48.5]
    assert (feature["properties"]["place_id"], feature["properties"]["selected"]) == ("", True)


def test_the_view_holds_all_points_and_comes_close_to_one():
    (lat, lon), zoom = view_of([(48.0, 30.0), (50.0, 40.0)])
    assert (48 < lat < 50, lon) == (True, 35.0)
    assert view_of([(48.0, 37.0)])[1] == 9.0
    assert zoom < 6
    assert view_of([(-80.0, -179.0), (80.0, 179.0)])[1] == 2.0
    assert view_of([])[0] == (48.4, 34.6)


@pytest.mark.parametrize(
    "text",
    [
        "48.5944, 38.0008",
        " 48.5944 38.0008 ",
        "48,5944; 38,0008",
        "48.5944° N, 38.0008° E",
        "N48.5944 E38.0008",
        "38.0008E 48.5944N",
        "+48.5944,+38.0008",
    ],
)
def test_points_are_read_as_people_write_them(text):
    assert read_point(text) == (48.5944, 38.0008)


def test_south_and_west_are_negative():
    assert read_point("12.5 S, 70.25 W") == (-12.5, -70.25)
    assert read_point("-12.5, -70.25") == (-12.5, -70.25)


@pytest.mark.parametrize(
    "text",
    ["", "48.5", "91, 38", "48, 181", "Bakhmut", "48.5 E, 38 E", "48.5 N 38 S", "48.5, 38.0, 1", "nan, nan", "1e3, 2"],
)
def test_what_is_no_point_is_refused(text):
    with pytest.raises(PointError):
        read_point(text)


@pytest.mark.parametrize(
    ("value", "point"),
    [
        ({"last_clicked": {"lat": 48.5, "lng": 38.25}}, (48.5, 38.25)),
        ({"last_clicked": {"lat": 48.5, "lng": 398.25}}, (48.5, 38.25)),
        ({"last_clicked": {"lat": "x", "lng": None}}, None),
        ({"last_clicked": None}, None),
        (None, None),
    ],
)
def test_a_click_beside_the_numbers_is_a_point_on_earth(value, point):
    assert clicked_point(value) == point


@pytest.mark.parametrize(
    ("environment", "may"),
    [
        ({}, True),
        ({"DATELINE_GEOCODING": "off"}, False),
        ({"DATELINE_SHARED": "1"}, False),
        ({"DATELINE_SHARED": "1", "DATELINE_GEOCODING": "on"}, True),
        ({"DATELINE_SHARED": "1", "DATELINE_GEOCODING": "off"}, False),
    ],
)
def test_strangers_on_a_shared_server_ask_only_where_it_is_switched_on(environment, may):
    assert may_ask(settings_from(environment), environment) is may
