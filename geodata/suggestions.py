"""What a geocoder is asked and what it suggests. A suggestion is never a place until a person accepts it.

Names and labels come from a provider whose data anyone can edit, so that they are cleaned here once; surfaces that
show them still escape them.
"""

import json
import math
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from geodata.errors import GeocodingQuestionError
from geodata.names import name_key
from geodata.places import KINDS

MOST_CHARS = 300
_MOST_NAME_CHARS = 120
_DROPPED_CATEGORIES = frozenset(["Cc", "Cf", "Cs", "Co", "Cn"])

Viewbox = tuple[tuple[float, float], tuple[float, float]]
"""Two opposite corners, each (lat, lon) in degrees."""


def clean_text(text: object, *, most: int = MOST_CHARS) -> str:
    """`text` in one line without control, direction and invisible characters, at most `most` characters long."""
    spaced = "".join(" " if char.isspace() else char for char in str(text or "")[: most * 4])
    kept = "".join(char for char in spaced if unicodedata.category(char) not in _DROPPED_CATEGORIES)
    return " ".join(unicodedata.normalize("NFC", kept).split())[:most]


@dataclass(frozen=True, slots=True)
class Question:
    """A name put to one provider. `countries`: ISO 3166-1 codes, lower case, sorted; empty for the whole world.

    `viewbox` is where to look first, not a limit. `provider` is the provider with its address, so that answers of
    different servers are kept apart.
    """

    provider: str
    name: str
    countries: tuple[str, ...] = ()
    viewbox: Viewbox | None = None
    language: str = ""

    @property
    def key(self) -> str:
        """The same for all spellings that `name_key` takes for one name."""
        box = [[round(degrees, 2) for degrees in corner] for corner in self.viewbox] if self.viewbox else None
        return json.dumps([name_key(self.name), self.countries, box, self.language], ensure_ascii=False)


def question(
    provider: str, name: str, *, countries: tuple[str, ...], viewbox: Viewbox | None, language: str = ""
) -> Question:
    """A question that can be asked. Raises `GeocodingQuestionError` for what cannot."""
    asked = clean_text(name, most=_MOST_NAME_CHARS + 1)
    if not any(char.isalpha() for char in asked) or not name_key(asked):
        raise GeocodingQuestionError(f"{asked!r} has no letters to look for; give a place's name")
    if len(asked) > _MOST_NAME_CHARS:
        raise GeocodingQuestionError(f"{asked[:40]!r}... is too long for a name; ask for the place alone")
    codes = tuple(sorted({code.strip().lower() for code in countries}))
    for code in codes:
        if not (len(code) == 2 and code.isascii() and code.isalpha()):
            raise GeocodingQuestionError(f"{code!r} is not a country code such as ua")
    for lat, lon in viewbox or ():
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise GeocodingQuestionError(f"{lat}, {lon} is not a point on Earth (lat, lon in degrees)")
    return Question(provider, asked, codes, viewbox, language)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One place a provider offers. `lat`, `lon` are degrees WGS84.

    `label` is the provider's full description, `kind` one of `KINDS`, `feature` the provider's own type
    (`place/village`, `waterway/river`). `country` is ISO 3166-1 alpha-2 or empty when the provider does not say.
    `radius_km` is the rough half-extent when it gives one, else 0. `reference` is its id (`node/107775`).
    """

    name: str
    label: str
    lat: float
    lon: float
    kind: str
    feature: str
    country: str = ""
    radius_km: float = 0.0
    reference: str = ""
    attribution: str = ""

    def __post_init__(self) -> None:
        if not all(map(math.isfinite, (self.lat, self.lon, self.radius_km))):
            raise ValueError("a point needs finite coordinates")
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):
            raise ValueError(f"{self.lat}, {self.lon} is not a point on Earth")
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind!r} is not a kind of place")


@dataclass(frozen=True, slots=True)
class Answer:
    """A provider's answer with its time (UTC). No suggestions: it was asked and knows no such place."""

    question: Question
    asked_at: datetime
    suggestions: tuple[Suggestion, ...] = ()
    from_cache: bool = False

    @property
    def source(self) -> str:
        """Who said so and when, to be kept with an accepted suggestion: `nominatim (host), 2026-11-22`."""
        return f"{self.question.provider}, {self.asked_at.date().isoformat()}"

    def as_dict(self) -> dict[str, Any]:
        """The answer in JSON's types; `answer_from` reads it back."""
        asked = asdict(self.question) | {"viewbox": self.question.viewbox and [list(c) for c in self.question.viewbox]}
        return asked | {
            "countries": list(self.question.countries),
            "asked_at": self.asked_at.isoformat(timespec="seconds"),
            "suggestions": [asdict(suggestion) for suggestion in self.suggestions],
        }


def answer_from(record: Mapping[str, Any]) -> Answer:
    """The answer of `Answer.as_dict`, cleaned again: a cache file may come from anywhere.

    Raises `ValueError`, `KeyError` or `TypeError` for anything else.
    """
    box = record["viewbox"]
    asked = question(
        clean_text(record["provider"]),
        record["name"],
        countries=tuple(record["countries"]),
        viewbox=((float(box[0][0]), float(box[0][1])), (float(box[1][0]), float(box[1][1]))) if box else None,
        language=clean_text(record["language"], most=40),
    )
    asked_at = datetime.fromisoformat(record["asked_at"])
    suggestions = tuple(cleaned(Suggestion(**suggestion)) for suggestion in record["suggestions"])
    return Answer(asked, asked_at.replace(tzinfo=asked_at.tzinfo or UTC), suggestions)


def cleaned(suggestion: Suggestion) -> Suggestion:
    """The suggestion with every text cleaned and every number a number."""
    texts = ("name", "label", "feature", "country", "reference", "attribution")
    numbers = {name: float(getattr(suggestion, name)) for name in ("lat", "lon", "radius_km")}
    return replace(suggestion, **{name: clean_text(getattr(suggestion, name)) for name in texts}, **numbers)
