"""Asking a geocoder for a name that the gazetteer lacks, at a person's request; the answers are suggestions.

With `geodata/build`, the only module of the package that uses the network. Of a question only the name, the countries,
the area to prefer and the language leave the machine.
"""

import inspect
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from geopy import exc
from geopy.adapters import URLLibAdapter
from geopy.geocoders import get_geocoder_for_service

from geodata.cache import Clock, GeocodeCache, Turns, cache_file, cache_path, moment
from geodata.errors import (
    GeocodeCacheError,
    GeocodingBusyError,
    GeocodingFailedError,
    GeocodingOffError,
    GeocodingSettingsError,
)
from geodata.geocoding_settings import SWITCH, GeocodingSettings, settings_from
from geodata.provider_answers import read_answers
from geodata.sqlite_file import Notice
from geodata.suggestions import Answer, Question, Suggestion, Viewbox, clean_text, question

MOST_SUGGESTIONS = 10
_POLL_SECONDS = 0.1
_LONGEST_REST_SECONDS = 3600.0
_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)
_COUNTRY_ARGUMENT = {
    "nominatim": "country_codes", "openmapquest": "country_codes", "pickpoint": "country_codes",
    "geonames": "country", "mapbox": "country", "opencage": "country", "pelias": "countries",
    "geocodeearth": "countries",
}  # fmt: skip
"""How a service is told two-letter country codes; the others are asked for the whole world."""
_FINAL = {
    exc.GeocoderAuthenticationFailure: "it does not accept the key or user name; check the geocoder's settings",
    exc.GeocoderInsufficientPrivileges: (
        "it refuses this program; set DATELINE_GEOCODER_CONTACT, or use another geocoder or a server of your own"
    ),
    exc.GeocoderQueryError: "it does not understand the question; ask for the place's plain name",
}


class _PassingError(Exception):
    """This attempt failed and another may succeed, after `rest_seconds`."""

    def __init__(self, reason: str, rest_seconds: float = 0.0):
        super().__init__(reason)
        self.rest_seconds = rest_seconds


class Geocoder:
    """Asks the cache, then one provider. Threads may share it; all processes of the machine take turns.

    `turns` defaults to those of the cache's own file. `geocoder_class` stands in for geopy's class of that service.
    Raises `GeocodingSettingsError` when the service does not exist or lacks a setting.
    """

    def __init__(
        self,
        cache: GeocodeCache,
        settings: GeocodingSettings,
        *,
        turns: Turns | None = None,
        geocoder_class: Callable[..., Any] | None = None,
        clock: Clock = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ):
        self.cache = cache
        self.settings = settings
        self._turns = turns or _turns(cache.file.path, settings, clock)
        self._geolocator = _geolocator(settings, geocoder_class)
        self._clock, self._sleep = clock, sleep
        self._in_process = threading.Lock()

    def cached(
        self, name: str, *, countries: tuple[str, ...] | None = None, viewbox: Viewbox | None = None
    ) -> Answer | None:
        """The answer in the cache, or None when it is not there; nothing is sent. `countries` and `viewbox` as in
        `suggest`."""
        return self.cache.get(self._question(name, countries, viewbox))

    def suggest(self, name: str, *, countries: tuple[str, ...] | None = None, viewbox: Viewbox | None = None) -> Answer:
        """Suggestions for `name`; an answer without any says that the provider knows none.

        `countries` (ISO codes, `()` for the whole world) and `viewbox` default to the settings'. May wait for its turn.
        Raises `GeocodingOffError`, `GeocodingQuestionError`, `GeocodingFailedError` or `GeocodeCacheError`; none of
        them means that there is no such place.
        """
        asked = self._question(name, countries, viewbox)
        if kept := self.cache.get(asked):
            return kept
        if not self.settings.enabled:
            raise GeocodingOffError(f"geocoding is switched off ({SWITCH}=off), and {asked.name!r} is not in the cache")
        return self._attempts(asked)

    def _attempts(self, asked: Question) -> Answer:
        """Ask until there is an answer, and keep it; after each failure all wait longer."""
        reason = ""
        for attempt in range(self.settings.retries + 1):
            with self._turn(asked) as turn:
                if isinstance(turn, Answer):
                    return turn
                try:
                    answer = Answer(asked, moment(self._clock()), self._ask(asked))
                except _PassingError as error:
                    reason = str(error)
                    rest = max(error.rest_seconds, self.settings.interval_seconds * 2**attempt)
                    turn.rest_seconds = min(rest, _LONGEST_REST_SECONDS)
                    continue
                self.cache.keep(answer)
                return answer
        tries = self.settings.retries + 1
        raise GeocodingFailedError(
            f"{asked.name!r} could not be looked up: {self.settings.provider} failed {tries} times, last because "
            f"{reason}; check the connection or try again later"
        )

    def _question(self, name: str, countries: tuple[str, ...] | None, viewbox: Viewbox | None) -> Question:
        return question(
            self.settings.provider,
            name,
            countries=self.settings.countries if countries is None else countries,
            viewbox=viewbox or self.settings.viewbox,
            language=self.settings.language,
        )

    @contextmanager
    def _turn(self, asked: Question) -> Iterator["Answer | _Turn"]:
        """Our turn to ask, or the answer when somebody else has got it meanwhile."""
        patience = self.settings.patience_seconds
        started = self._clock()
        if not self._in_process.acquire(timeout=patience):
            raise self._busy(asked, "others are asking")
        try:
            while True:
                if kept := self.cache.get(asked):
                    yield kept
                    return
                wait, resting = self._turns.take()
                if not wait:
                    break
                left = patience - (self._clock() - started)
                if left <= 0 or (resting and wait > left):
                    raise self._busy(asked, f"it is free in {wait:.0f} s" if resting else "others are asking")
                self._sleep(min(wait, left) if resting else min(wait, _POLL_SECONDS))
            turn = _Turn(self.settings.interval_seconds)
            try:
                yield turn
            finally:
                self._turns.release(turn.rest_seconds)
        finally:
            self._in_process.release()

    def _busy(self, asked: Question, why: str) -> GeocodingBusyError:
        return GeocodingBusyError(
            f"{asked.name!r} was not looked up: {self.settings.provider} is asked once in "
            f"{self.settings.interval_seconds:g} s, and {why}; try again later"
        )

    def _ask(self, asked: Question) -> tuple[Suggestion, ...]:
        """One request. Raises `_PassingError`, or `GeocodingFailedError` when another would fail too."""
        service = self.settings.service
        try:
            found = self._geolocator.geocode(asked.name, **_limits(service, self._geolocator.geocode, asked))
            locations = found if isinstance(found, list | tuple) else [found] if found else []
            return read_answers(service, locations[: MOST_SUGGESTIONS * 2], asked.countries)[:MOST_SUGGESTIONS]
        except tuple(_FINAL) as error:
            way_out = next(text for kind, text in _FINAL.items() if isinstance(error, kind))
            raise self._failed(asked, f"{way_out} ({self._told(error)})") from error
        except exc.GeocoderRateLimited as error:
            rest = float(error.retry_after or 0)
            raise _PassingError(f"it asks for fewer requests ({self._told(error)})", rest) from error
        except exc.GeocoderQuotaExceeded as error:
            raise self._failed(asked, f"its quota is used up ({self._told(error)}); try again tomorrow") from error
        except exc.GeocoderTimedOut as error:
            raise _PassingError(f"it did not answer in {self.settings.timeout_seconds:g} s") from error
        except exc.GeocoderParseError as error:
            raise _PassingError("it answered something else than places") from error
        except exc.GeopyError as error:
            raise _PassingError(self._told(error)) from error
        except _UNREADABLE as error:
            what = f"{type(error).__name__} {self._told(error)}"
            raise self._failed(asked, f"its answer is not in {service}'s format ({what}); check the address") from error

    def _failed(self, asked: Question, why: str) -> GeocodingFailedError:
        return GeocodingFailedError(f"{asked.name!r} could not be looked up with {self.settings.provider}: {why}")

    def _told(self, error: Exception) -> str:
        """What an error says, cleaned, short and without keys."""
        text = clean_text(error, most=4000) or type(error).__name__
        for secret in self.settings.secrets:
            text = text.replace(secret, "***")
        return text[:160]


class _Turn:
    """A turn held; `rest_seconds` is what follows it."""

    def __init__(self, rest_seconds: float):
        self.rest_seconds = rest_seconds


def _turns(path: Path, settings: GeocodingSettings, clock: Clock, notice: Notice | None = None) -> Turns:
    lease = settings.timeout_seconds + settings.interval_seconds + 5
    return Turns(cache_file(path, notice), settings.turns, lease_seconds=lease, clock=clock)


def _limits(service: str, geocode: Callable[..., Any], asked: Question) -> dict[str, Any]:
    """The arguments that this provider knows, of those that narrow a question down."""
    known = inspect.signature(geocode).parameters
    countries = list(asked.countries) or None
    box = asked.viewbox
    wanted: dict[str, Any] = {
        "exactly_one": False,
        "limit": MOST_SUGGESTIONS,
        "addressdetails": True,
        "language": asked.language or False,
        _COUNTRY_ARGUMENT.get(service, ""): countries,
        "viewbox": box,
        "location_bias": ((box[0][0] + box[1][0]) / 2, (box[0][1] + box[1][1]) / 2) if box else None,
    }
    return {name: value for name, value in wanted.items() if name in known and value is not None}


def _geolocator(settings: GeocodingSettings, geocoder_class: Callable[..., Any] | None) -> Any:
    """geopy's geocoder with our name, our time limit and one request for each question put to it.

    geopy's other adapter tries again by itself, past all turns, and quotes the address with its keys in errors.
    """
    try:
        make = geocoder_class or get_geocoder_for_service(settings.service)
    except exc.GeocoderNotFound as error:
        raise GeocodingSettingsError(
            f"DATELINE_GEOCODER={clean_text(settings.service)!r} is none of geopy's"
        ) from error
    arguments: dict[str, Any] = {
        "user_agent": settings.user_agent,
        "timeout": settings.timeout_seconds,
        "adapter_factory": URLLibAdapter,
    }
    if settings.url:
        parts = urlsplit(settings.url)
        arguments |= {"scheme": parts.scheme, "domain": parts.netloc + parts.path.rstrip("/")}
    arguments |= settings.options
    parameters = inspect.signature(make).parameters
    missing = [
        name
        for name, parameter in parameters.items()
        if parameter.default is parameter.empty
        and parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)
        and name not in arguments
    ]
    unknown = [name for name in arguments if name not in parameters]
    if missing or unknown:
        what = f"needs {', '.join(missing)}" if missing else f"does not take {', '.join(map(clean_text, unknown))}"
        example = json.dumps(dict.fromkeys(missing or ["api_key"], "..."))
        raise GeocodingSettingsError(f"{settings.service} {what}; see DATELINE_GEOCODER_OPTIONS, such as {example}")
    try:
        return make(**arguments)
    except (exc.ConfigurationError, TypeError, ValueError) as error:
        raise GeocodingSettingsError(f"{settings.service} cannot be set up ({clean_text(error, most=160)})") from error


def open_geocoder(
    cache: Path | None = None, *, settings: GeocodingSettings | None = None, notice: Notice | None = None
) -> Geocoder:
    """The geocoder of the environment's settings, its answers kept in `cache` (the user's own file by default).

    Turns are taken in the user's file, whatever the cache, so that two corpora opened at once count together; where
    that cannot be written, in the cache's, and `notice` is told. Raises `GeocodingSettingsError`.
    """
    settings = settings or settings_from()
    path = cache or cache_path()
    shared = cache_path()
    try:
        cache_file(shared, notice).write(lambda db: None)
    except GeocodeCacheError as error:
        if notice:
            notice(f"requests are counted for {path} alone: {error}")
        shared = path
    return Geocoder(GeocodeCache(path, notice=notice), settings, turns=_turns(shared, settings, time.time, notice))
