"""Settings of the geocoder: read from the environment, refused with the variable's name, fit for geopy's classes."""

import pytest

from geodata.cache import FILE_NAME, GeocodeCache
from geodata.errors import GeocodingSettingsError
from geodata.geocoder import Geocoder
from geodata.geocoding_settings import GeocodingSettings, settings_from


@pytest.mark.parametrize(
    ("environ", "field", "value"),
    [
        ({}, "service", "nominatim"),
        ({}, "enabled", True),
        ({"DATELINE_GEOCODING": " OFF "}, "enabled", False),
        ({"DATELINE_GEOCODER": "Photon"}, "service", "photon"),
        ({"DATELINE_GEOCODER_USERNAME": "me"}, "options", {"username": "me"}),
        ({"DATELINE_GEOCODER_OPTIONS": '{"api_key": "k"}'}, "options", {"api_key": "k"}),
        ({"DATELINE_GEOCODER_COUNTRIES": "UA, ru"}, "countries", ("ua", "ru")),
        ({"DATELINE_GEOCODER_COUNTRIES": ""}, "countries", ()),
    ],
)
def test_settings_come_from_the_environment(environ, field, value):
    assert getattr(settings_from(environ), field) == value


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"DATELINE_GEOCODING": "perhaps"}, "DATELINE_GEOCODING"),
        ({"DATELINE_GEOCODER_URL": "ftp://example.org"}, "DATELINE_GEOCODER_URL"),
        ({"DATELINE_GEOCODER_URL": "https://me:pw@example.org"}, "DATELINE_GEOCODER_URL"),
        ({"DATELINE_GEOCODER_URL": "http://[::1"}, "DATELINE_GEOCODER_URL"),
        ({"DATELINE_GEOCODER_CONTACT": "me\r\nX-Evil: 1"}, "DATELINE_GEOCODER_CONTACT"),
        ({"DATELINE_GEOCODER_OPTIONS": "[1]"}, "DATELINE_GEOCODER_OPTIONS"),
        ({"DATELINE_GEOCODER_COUNTRIES": "ukraine"}, "DATELINE_GEOCODER_COUNTRIES"),
    ],
)
def test_a_bad_setting_is_named(environ, named):
    with pytest.raises(GeocodingSettingsError, match=named):
        settings_from(environ)


@pytest.mark.parametrize("url", ["", "https://nominatim.openstreetmap.org"])
def test_public_servers_cannot_be_asked_faster(url):
    with pytest.raises(GeocodingSettingsError, match="one request a second"):
        GeocodingSettings(url=url, interval_seconds=0.5)


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"service": "nosuch"}, "nosuch"),
        ({"service": "geonames"}, "username"),
        ({"service": "opencage"}, "api_key"),
        ({"service": "baidu", "url": "https://example.org", "options": {"api_key": "k"}}, "domain"),
        ({"options": {"nosuch": 1}}, "nosuch"),
    ],
)
def test_a_service_that_cannot_be_set_up_says_what_is_missing(tmp_path, settings, named):
    with pytest.raises(GeocodingSettingsError, match=named):
        Geocoder(GeocodeCache(tmp_path / FILE_NAME), GeocodingSettings(**settings))


@pytest.mark.parametrize(
    "settings",
    [
        {"service": "photon"},
        {"service": "geonames", "options": {"username": "me"}},
        {"service": "opencage", "options": {"api_key": "k"}},
        {"url": "https://nominatim.example.org"},
    ],
)
def test_geopys_own_geocoders_can_be_set_up(tmp_path, settings):
    Geocoder(GeocodeCache(tmp_path / FILE_NAME), GeocodingSettings(**settings))
