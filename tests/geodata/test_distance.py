"""Distances against published figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.distance import bearing_degrees, destination, distance_km, rough_distance_km

KYIV, KHARKIV, BAKHMUT, SOLEDAR = (50.4501, 30.5234), (49.9935, 36.2304), (48.5942, 37.9989), (48.6921, 38.0710)


def test_kyiv_to_kharkiv_is_some_410_km():
    assert distance_km(*KYIV, *KHARKIV) == pytest.approx(410, abs=5)


def test_soledar_lies_north_north_east_of_bakhmut():
    assert 15 <= bearing_degrees(*BAKHMUT, *SOLEDAR) <= 35
    assert 10 <= distance_km(*BAKHMUT, *SOLEDAR) <= 14


@given(st.floats(43, 57), st.floats(20, 46), st.floats(-3, 3), st.floats(-4, 4))
def test_the_rough_distance_is_within_one_percent_in_the_theatre(lat, lon, up, right):
    exact = distance_km(lat, lon, lat + up, lon + right)
    assert rough_distance_km(lat, lon, lat + up, lon + right) == pytest.approx(exact, rel=0.01, abs=0.01)


@given(st.floats(43, 57), st.floats(20, 46), st.floats(0, 359), st.floats(1, 300))
def test_destination_is_as_far_as_asked(lat, lon, bearing, km):
    assert distance_km(lat, lon, *destination(lat, lon, bearing, km)) == pytest.approx(km, rel=0.001)
