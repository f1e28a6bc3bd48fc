"""Which geocoder is asked, under what name and within which limits; read from the environment."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from geodata.errors import GeocodingSettingsError
from geodata.suggestions import Viewbox, clean_text

SWITCH = "DATELINE_GEOCODING"
PUBLIC_NOMINATIM = "nominatim.openstreetmap.org"
UKRAINE_AND_AROUND: Viewbox = ((43.0, 21.0), (54.0, 43.0))
_OFF = frozenset(["off", "0", "no", "false"])
_ON = frozenset(["", "on", "1", "yes", "true"])
_PUBLIC_INTERVAL = 1.0
_AGENT = "Dateline/1.0 (places in news articles; asks at a person's request only"


@dataclass(frozen=True, slots=True, kw_only=True)
class GeocodingSettings:
    """How to ask. `service` is a geopy geocoder's name; `url` the address of one's own server of that kind.

    `options` are further arguments of geopy's class (`{"api_key": ...}`), never shown. `contact` is an address or page
    that the provider may write to, sent with every request. `countries` (ISO codes) and `viewbox` hold for questions
    that bring none of their own. Raises `GeocodingSettingsError` for what cannot be used.
    """

    enabled: bool = True
    service: str = "nominatim"
    url: str = ""
    contact: str = ""
    options: Mapping[str, Any] = field(default_factory=dict, repr=False)
    countries: tuple[str, ...] = ("ua",)
    viewbox: Viewbox | None = UKRAINE_AND_AROUND
    language: str = "en"
    timeout_seconds: float = 10.0
    retries: int = 2
    interval_seconds: float = _PUBLIC_INTERVAL
    patience_seconds: float = 120.0
    """How long one waits for one's turn while others ask."""

    def __post_init__(self) -> None:
        if self.url:
            self._check_url()
        public = not self.url or (urlsplit(self.url).hostname or "").endswith(("openstreetmap.org", "komoot.io"))
        if public and self.interval_seconds < _PUBLIC_INTERVAL:
            raise GeocodingSettingsError("public geocoders take one request a second at most; use a server of your own")
        if not self.contact.isascii() or not self.contact.isprintable() or len(self.contact) > 200:
            raise GeocodingSettingsError(
                "DATELINE_GEOCODER_CONTACT must be one plain line, such as a mail address or a page"
            )

    def _check_url(self) -> None:
        try:
            parts = urlsplit(self.url)
            usable = (
                parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
            )
        except ValueError:
            usable = False
        if not usable or parts.query or parts.fragment or parts.username is not None:
            raise GeocodingSettingsError(
                f"DATELINE_GEOCODER_URL {clean_text(self.url)!r} is no address such as https://nominatim.example.org"
            )

    @property
    def user_agent(self) -> str:
        """What every request calls itself: the program, not the library, and whom to write to."""
        return f"{_AGENT}; {self.contact})" if self.contact else f"{_AGENT})"

    @property
    def provider(self) -> str:
        """The service and, where it is not the public one, its address; kept with every answer."""
        if not self.url:
            return self.service
        parts = urlsplit(self.url)
        return f"{self.service} ({parts.netloc}{parts.path.rstrip('/')})"

    @property
    def turns(self) -> str:
        """What takes turns together: all that goes to one host."""
        return f"{self.service} {urlsplit(self.url).netloc if self.url else 'public'}"

    @property
    def secrets(self) -> tuple[str, ...]:
        """Values that no message may show."""
        return tuple(value for value in self.options.values() if isinstance(value, str) and value)


def settings_from(environ: Mapping[str, str] = os.environ) -> GeocodingSettings:
    """The settings of the `DATELINE_GEOCOD...` variables. Raises `GeocodingSettingsError` naming the variable."""
    switch = environ.get(SWITCH, "").strip().lower()
    if switch not in _OFF | _ON:
        raise GeocodingSettingsError(f"{SWITCH} is {clean_text(switch)!r}; it takes on or off")
    options = _options(environ.get("DATELINE_GEOCODER_OPTIONS", ""))
    if user := environ.get("DATELINE_GEOCODER_USERNAME", "").strip():
        options["username"] = user
    stated = environ.get("DATELINE_GEOCODER_COUNTRIES")
    countries = ("ua",) if stated is None else tuple(code.strip().lower() for code in stated.split(",") if code.strip())
    if any(len(code) != 2 or not code.isascii() or not code.isalpha() for code in countries):
        raise GeocodingSettingsError("DATELINE_GEOCODER_COUNTRIES must be country codes such as ua,ru")
    return GeocodingSettings(
        enabled=switch not in _OFF,
        service=environ.get("DATELINE_GEOCODER", "").strip().lower() or "nominatim",
        url=environ.get("DATELINE_GEOCODER_URL", "").strip(),
        contact=environ.get("DATELINE_GEOCODER_CONTACT", "").strip(),
        options=options,
        countries=countries,
    )


def _options(text: str) -> dict[str, Any]:
    if not text.strip():
        return {}
    try:
        options = json.loads(text)
    except ValueError:
        options = None
    if not isinstance(options, dict):
        # the value holds keys: it is not repeated, nor is the parser's message, which would quote it
        raise GeocodingSettingsError('DATELINE_GEOCODER_OPTIONS must be a JSON object such as {"api_key": "..."}')
    return options
