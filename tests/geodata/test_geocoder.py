"""The geocoder without a network: cache first, what is sent, failures apart from misses, settings."""

from datetime import UTC, datetime, timedelta

import pytest
from geopy import exc

from geodata.cache import FILE_NAME, GeocodeCache
from geodata.errors import (
    GeocodingBusyError,
    GeocodingFailedError,
    GeocodingOffError,
    GeocodingQuestionError,
)
from geodata.geocoder import Geocoder
from geodata.geocoding_settings import GeocodingSettings
from tests.geodata.nominatim_double import VILLAGE


class Time:
    """A clock that only sleeping moves."""

    def __init__(self):
        self.now = datetime(2026, 6, 1, tzinfo=UTC).timestamp()

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


class Location:
    """geopy's location as far as it is read."""

    def __init__(self, raw):
        self.raw = raw


class FakeNominatim:
    """Stands for geopy's class: answers from `script`, each item an exception to raise or places to return."""

    def __init__(self, *, user_agent, timeout, adapter_factory, scheme="", domain=""):
        self.script, self.time = [], None
        self.made = {"user_agent": user_agent, "timeout": timeout, "scheme": scheme, "domain": domain}
        self.calls, self.times = [], []

    def geocode(
        self, query, *, exactly_one=True, limit=None, country_codes=None, viewbox=None, language=False,
        addressdetails=False,
    ):  # fmt: skip
        self.calls.append({"query": query, "country_codes": country_codes, "viewbox": viewbox, "limit": limit})
        self.times.append(self.time())
        answer = self.script.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def asking(tmp_path, time):
    """`asking(script, **settings)` -> (geocoder, fake)."""

    def make(script, **settings):
        made = []

        class Scripted(FakeNominatim):
            def __init__(self, *, user_agent, timeout, adapter_factory, scheme="", domain=""):
                super().__init__(
                    user_agent=user_agent,
                    timeout=timeout,
                    adapter_factory=adapter_factory,
                    scheme=scheme,
                    domain=domain,
                )
                self.script, self.time = script, time
                made.append(self)

        cache = GeocodeCache(tmp_path / FILE_NAME, clock=time)
        chosen = GeocodingSettings(**settings)
        geocoder = Geocoder(cache, chosen, geocoder_class=Scripted, clock=time, sleep=time.sleep)
        return geocoder, made[0]

    return make


PLACES = [Location(VILLAGE)]


def test_suggestions_carry_provider_and_time(asking):
    geocoder, _ = asking([PLACES])
    answer = geocoder.suggest("Testivka")
    assert [suggestion.feature for suggestion in answer.suggestions] == ["place/village"]
    assert (answer.source, answer.from_cache) == ("nominatim, 2026-06-01", False)


def test_a_second_question_is_answered_from_the_cache_without_waiting(asking, time):
    geocoder, fake = asking([PLACES])
    geocoder.suggest("Testivka")
    before = time.now
    assert geocoder.suggest("TESTIVKA").from_cache
    assert (len(fake.calls), time.now) == (1, before)


def test_a_miss_is_kept_as_a_miss(asking):
    geocoder, fake = asking([None])
    assert geocoder.suggest("Nema").suggestions == ()
    assert geocoder.suggest("Nema").from_cache
    assert len(fake.calls) == 1


def test_a_hit_is_asked_for_again_after_180_days(asking, time):
    geocoder, fake = asking([PLACES, None])
    geocoder.suggest("Testivka")
    time.sleep(timedelta(days=180).total_seconds())
    assert geocoder.suggest("Testivka").suggestions == ()
    assert len(fake.calls) == 2


def test_only_name_countries_and_area_are_sent(asking):
    geocoder, fake = asking([PLACES])
    geocoder.suggest("  Testivka\n", countries=("RU", "ua"), viewbox=((47.0, 36.0), (50.0, 40.0)))
    assert fake.calls == [
        {"query": "Testivka", "country_codes": ["ru", "ua"], "viewbox": ((47.0, 36.0), (50.0, 40.0)), "limit": 10}
    ]


def test_ukraine_is_asked_for_unless_told_otherwise(asking):
    geocoder, fake = asking([PLACES, PLACES])
    geocoder.suggest("Testivka")
    geocoder.suggest("Testivka", countries=())
    assert [call["country_codes"] for call in fake.calls] == [["ua"], None]


def test_requests_are_a_second_apart(asking):
    geocoder, fake = asking([PLACES] * 3)
    for name in ("Persha", "Druga", "Tretya"):
        geocoder.suggest(name)
    assert all(later - earlier >= 1.0 for earlier, later in zip(fake.times, fake.times[1:], strict=False))


@pytest.mark.parametrize(
    "error",
    [
        exc.GeocoderTimedOut("timed out"),
        exc.GeocoderUnavailable("unreachable"),
        exc.GeocoderParseError("<html>"),
        exc.GeocoderServiceError("Non-successful status code 500"),
        exc.GeocoderRateLimited("429", retry_after=2),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_passing_failure_is_tried_twice_more(asking, error):
    geocoder, fake = asking([error, error, PLACES])
    assert len(geocoder.suggest("Testivka").suggestions) == 1
    assert len(fake.calls) == 3


def test_a_lasting_failure_is_an_error_and_not_a_miss(asking):
    geocoder, fake = asking([exc.GeocoderTimedOut("timed out")] * 3 + [PLACES])
    with pytest.raises(GeocodingFailedError, match=r"'Testivka' could not be looked up.*3 times.*10 s"):
        geocoder.suggest("Testivka")
    assert geocoder.cached("Testivka") is None
    assert len(geocoder.suggest("Testivka").suggestions) == 1


@pytest.mark.parametrize(
    ("error", "way_out"),
    [
        (exc.GeocoderInsufficientPrivileges("403"), "DATELINE_GEOCODER_CONTACT"),
        (exc.GeocoderAuthenticationFailure("401"), "user name"),
        (exc.GeocoderQuotaExceeded("402"), "tomorrow"),
        (exc.GeocoderQueryError("400"), "plain name"),
        (KeyError("features"), "format"),
    ],
)
def test_a_refusal_is_not_repeated_and_says_the_way_out(asking, error, way_out):
    geocoder, fake = asking([error])
    with pytest.raises(GeocodingFailedError, match=way_out):
        geocoder.suggest("Testivka")
    assert len(fake.calls) == 1
    assert geocoder.cached("Testivka") is None


def test_the_rest_a_provider_asks_for_is_kept(asking):
    geocoder, fake = asking([exc.GeocoderRateLimited("429", retry_after=30), PLACES])
    geocoder.suggest("Testivka")
    assert fake.times[1] - fake.times[0] >= 30


def test_a_long_rest_is_told_at_once_and_nothing_is_sent(asking, time):
    geocoder, fake = asking([exc.GeocoderRateLimited("429", retry_after=600)])
    before = time.now
    with pytest.raises(GeocodingBusyError, match="free in 600 s"):
        geocoder.suggest("Testivka")
    with pytest.raises(GeocodingBusyError):
        geocoder.suggest("Testove")
    assert (len(fake.calls), time.now) == (1, before)


def test_switched_off_nothing_is_sent_and_the_cache_still_answers(asking):
    geocoder, _ = asking([PLACES])
    geocoder.suggest("Testivka")
    off, fake = asking([], enabled=False)
    assert off.suggest("Testivka").from_cache
    with pytest.raises(GeocodingOffError, match="DATELINE_GEOCODING=off"):
        off.suggest("Testove")
    assert fake.calls == []


def test_a_question_that_is_none_is_not_sent(asking):
    geocoder, fake = asking([])
    with pytest.raises(GeocodingQuestionError):
        geocoder.suggest("...")
    assert fake.calls == []


def test_keys_do_not_show_in_messages(tmp_path):
    class Keyed:
        def __init__(self, api_key, *, user_agent, timeout, adapter_factory):
            pass

        def geocode(self, query, *, exactly_one):
            raise exc.GeocoderAuthenticationFailure("no such key: topsecret")

    settings = GeocodingSettings(service="opencage", options={"api_key": "topsecret"})
    geocoder = Geocoder(GeocodeCache(tmp_path / FILE_NAME), settings, geocoder_class=Keyed)
    with pytest.raises(GeocodingFailedError) as error:
        geocoder.suggest("Testivka")
    assert "topsecret" not in str(error.value) + repr(settings)


def test_requests_call_themselves_by_the_programs_name_and_contact(asking):
    _, fake = asking([], contact="editor@example.org")
    assert fake.made["user_agent"].startswith("Dateline/")
    assert "editor@example.org" in fake.made["user_agent"]
    assert fake.made["timeout"] == 10


def test_a_server_of_ones_own_is_asked_and_named(asking):
    geocoder, fake = asking([PLACES], url="http://localhost:8088/nominatim/")
    assert (fake.made["scheme"], fake.made["domain"]) == ("http", "localhost:8088/nominatim")
    assert geocoder.suggest("Testivka").question.provider == "nominatim (localhost:8088/nominatim)"
