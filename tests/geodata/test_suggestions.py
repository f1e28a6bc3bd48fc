"""Questions and answers: what may be asked, what one question is, and that nothing hostile or false gets through."""

import json
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import GeocodingQuestionError
from geodata.provider_answers import osm_kind, read_answers
from geodata.suggestions import Answer, Suggestion, answer_from, clean_text, question
from tests.geodata.nominatim_double import VILLAGE


class Location:
    """geopy's location as far as it is read."""

    def __init__(self, raw, address="", latitude=0.0, longitude=0.0):
        self.raw, self.address, self.latitude, self.longitude = raw, address, latitude, longitude


def asked(name="Testivka", countries=("ua",), viewbox=None):
    return question("nominatim", name, countries=countries, viewbox=viewbox)


def nominatim(countries=("ua",), **changes):
    return read_answers("nominatim", [Location(VILLAGE | changes)], countries)


@given(st.text())
def test_cleaned_text_is_one_visible_line(text):
    cleaned = clean_text(text)
    assert len(cleaned) <= 300
    assert not {unicodedata.category(char) for char in cleaned} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@pytest.mark.parametrize("name", ["", "   ", "...", "12 34", "\u202e\u200b", "x" * 200])
def test_what_is_no_name_is_not_asked(name):
    with pytest.raises(GeocodingQuestionError):
        asked(name)


@pytest.mark.parametrize("countries", [("ukr",), ("u1",), ("",), ("у а",)])
def test_what_is_no_country_code_is_not_asked(countries):
    with pytest.raises(GeocodingQuestionError, match="country code"):
        asked(countries=countries)


def test_a_viewbox_off_the_earth_is_not_asked():
    with pytest.raises(GeocodingQuestionError, match="point on Earth"):
        asked(viewbox=((120.0, 30.0), (50.0, 40.0)))


def test_spellings_of_one_name_are_one_question():
    assert asked("Мар’їнка").key == asked(" мар'їнка ").key


@pytest.mark.parametrize(
    "other", [asked("Testove"), asked(countries=("ua", "ru")), asked(viewbox=((44, 22), (52, 40)))]
)
def test_what_changes_the_answer_is_another_question(other):
    assert other.key != asked().key


def test_an_answer_survives_json():
    answer = Answer(asked(viewbox=((44.0, 22.0), (52.0, 40.0))), datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), nominatim())
    assert answer_from(json.loads(json.dumps(answer.as_dict()))) == answer


@pytest.mark.parametrize(
    "change", [{"lat": "north"}, {"lat": 95.0}, {"lon": float("nan")}, {"kind": "castle"}, {"extra": 1}]
)
def test_a_record_that_is_no_answer_is_refused(change):
    record = Answer(asked(), datetime(2026, 1, 2, tzinfo=UTC), nominatim()).as_dict()
    record["suggestions"][0] |= change
    with pytest.raises((ValueError, TypeError)):
        answer_from(record)


def test_a_nominatim_place_is_read_whole():
    (found,) = nominatim()
    assert (found.name, found.kind, found.feature, found.country) == ("Testivka", "village", "place/village", "UA")
    assert (found.lat, found.lon, found.reference) == (48.6012345, 38.1112345, "node/337654321")
    assert "OpenStreetMap" in found.attribution
    # 0.04 degrees of latitude are 4.45 km, of longitude here 2.94 km; half the diagonal of that box
    assert found.radius_km == pytest.approx(2.7, abs=0.1)


@pytest.mark.parametrize(
    ("key", "value", "address_type", "kind"),
    [
        ("place", "hamlet", "", "village"),
        ("place", "city", "city", "city"),
        ("place", "village", "town", "village"),
        ("boundary", "administrative", "state", "region"),
        ("boundary", "administrative", "county", "district"),
        ("boundary", "administrative", "village", "village"),
        ("boundary", "administrative", "", "area"),
        ("waterway", "river", "", "water"),
        ("natural", "bay", "", "water"),
        ("natural", "peak", "", "area"),
        ("highway", "primary", "road", "facility"),
        ("amenity", "restaurant", "", "facility"),
        ("", "", "", "area"),
    ],
)
def test_the_kind_says_no_more_than_the_feature(key, value, address_type, kind):
    assert osm_kind(key, value, address_type) == kind


def test_a_photon_place_is_read():
    raw = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [38.11, 48.6]},
        "properties": {
            "osm_type": "W", "osm_id": 42, "osm_key": "place", "osm_value": "village", "type": "city",
            "countrycode": "UA", "name": "Testivka", "state": "Donetsk Oblast", "country": "Ukraine",
            "extent": [38.09, 48.62, 38.13, 48.58],
        },
    }  # fmt: skip
    (found,) = read_answers("photon", [Location(raw)], ("ua",))
    assert (found.lat, found.lon, found.kind, found.reference) == (48.6, 38.11, "village", "way/42")
    assert found.radius_km == pytest.approx(2.7, abs=0.1)


def test_a_geonames_place_is_read():
    raw = {
        "geonameId": 7, "name": "Testivka", "toponymName": "Testivka", "lat": "48.6", "lng": "38.11", "fcl": "P",
        "fcode": "PPL", "population": 6000, "countryCode": "UA", "adminName1": "Donetsk", "countryName": "Ukraine",
    }  # fmt: skip
    (found,) = read_answers("geonames", [Location(raw)], ("ua",))
    assert (found.kind, found.feature, found.reference, found.label) == (
        "town", "P/PPL", "gn7", "Testivka, Donetsk, Ukraine",
    )  # fmt: skip


def test_a_provider_without_a_reader_gives_name_and_point():
    (found,) = read_answers("arcgis", [Location({}, "Testivka, Ukraine", 48.6, 38.11)], ("ua",))
    assert (found.name, found.kind, found.country) == ("Testivka", "area", "")


def test_places_outside_the_countries_asked_for_are_left_out():
    assert nominatim(address={"country_code": "pl"}) == ()


def test_the_whole_world_may_be_asked():
    assert len(nominatim(countries=(), address={"country_code": "pl"})) == 1


def test_a_point_at_zero_is_no_answer():
    assert nominatim(lat="0", lon="0.0") == ()


def test_a_place_given_twice_is_one_suggestion():
    assert len(read_answers("nominatim", [Location(VILLAGE), None, Location(VILLAGE)], ("ua",))) == 1


@pytest.mark.parametrize("change", [{"lat": None}, {"lat": "91"}, {"lon": "east"}, {"boundingbox": ["a", 1, 2, 3]}])
def test_an_answer_out_of_format_is_an_error_not_a_miss(change):
    with pytest.raises((ValueError, TypeError)):
        nominatim(**change)


def test_hostile_labels_arrive_in_one_plain_line():
    (found,) = nominatim(name="Test\x1b[31m\nivka\u202e", display_name="a\u0000b" * 500)
    assert found.name == "Test[31m ivka"
    assert len(found.label) == 300


def test_the_source_of_an_answer_names_provider_and_day():
    answer = Answer(asked(), datetime(2026, 1, 2, 23, 59, tzinfo=UTC), ())
    assert answer.source == "nominatim, 2026-01-02"


def test_a_suggestion_off_the_earth_cannot_be_made():
    with pytest.raises(ValueError, match="point on Earth"):
        Suggestion("x", "x", 48.0, 238.0, "village", "place/village")
