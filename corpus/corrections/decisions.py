"""One decision of a reviewer: what it says, of what, and what makes it valid. It alters nothing the machine found."""

import math
import re
import threading
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import date as Date
from hashlib import sha256
from typing import Any

from corpus.corrections.checked import checked_text
from corpus.errors import CorrectionError
from extract.types import ROLES
from geodata import name_key
from geodata.places import KINDS

SCOPES = ("mention", "article", "everywhere")
PLACE_ACTIONS = ("accept", "place", "reject", "spelling", "new_place")
"""Decisions on what place a name means. `accept`: the machine's guess is right; `spelling`: the name means this place
wherever it is written, in later articles too; `new_place`: so does the name of a place the gazetteer lacks."""
STORY_ACTIONS = ("split", "merge")
ACTIONS = (*PLACE_ACTIONS, "role", "date", "source", *STORY_ACTIONS, "undo")
OWN = "own:"
"""What ids of a corpus's own places begin with."""

_SCOPES_OF = dict.fromkeys(("accept", "place", "reject", "new_place", "role"), SCOPES)
_SCOPES_OF |= {"spelling": ("everywhere",), "undo": ("everywhere",)}
_SCOPES_OF |= dict.fromkeys(("date", "source", "split", "merge"), ("article",))
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{7,79}")
_ARTICLE_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")
_MOST_OFFSET = 2**31 - 1
_FIRST, _LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_clock_lock = threading.Lock()
_last_made = _FIRST


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedPlace:
    """The place chosen, as it was when chosen, so that the decision can be read without a gazetteer.

    `lat`, `lon`: degrees WGS84. `country` is ISO 3166-1 alpha-2 or empty, `region` a gazetteer id or empty, `source`
    says who gives the point (a provider with its date, a map) or is empty. Raises `CorrectionError`.
    """

    id: str
    name: str
    kind: str
    lat: float
    lon: float
    country: str = ""
    region: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        for field, most in (("id", 120), ("name", 300), ("country", 2), ("region", 120), ("source", 300)):
            needed = field in ("id", "name")
            object.__setattr__(self, field, checked_text(f"place {field}", getattr(self, field), most, needed=needed))
        if self.kind not in KINDS:
            raise CorrectionError(f"place kind: {self.kind!r} is not known; choose from {', '.join(KINDS)}")
        for field, most in (("lat", 90), ("lon", 180)):
            value = getattr(self, field)
            if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
                raise CorrectionError(f"place {field}: {value!r} is not a number of degrees")
            if abs(value) > most:
                raise CorrectionError(f"place {field}: {value} is not on Earth; it lies between -{most} and {most}")
            object.__setattr__(self, field, float(value))
        if self.country and not (self.country.isascii() and self.country.isalpha() and self.country.isupper()):
            raise CorrectionError(f"place country: {self.country!r} is not a country's code such as UA")

    def to_json(self) -> dict[str, Any]:
        """The fields; empty ones are left out."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in values.items() if value != ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a decision is about. `start`, `end` are code points into the article's text, `name` is as written there.

    `was` narrows a decision to mentions that the machine gave this place id (empty: gave none); None is any.
    """

    article_id: str = ""
    start: int | None = None
    end: int | None = None
    name: str = ""
    was: str | None = None

    def __post_init__(self) -> None:
        if self.article_id and not (isinstance(self.article_id, str) and _ARTICLE_ID.fullmatch(self.article_id)):
            raise CorrectionError(f"article: {str(self.article_id)[:80]!r} is not an article's id")
        for field in ("start", "end"):
            value = getattr(self, field)
            if value is not None and (type(value) is not int or not 0 <= value <= _MOST_OFFSET):
                raise CorrectionError(f"{field}: {str(value)[:80]} is not a position in a text")
        if (self.start is None) != (self.end is None) or (self.start is not None and self.start >= self.end):
            raise CorrectionError(f"start and end: {self.start} to {self.end} is not a stretch of text")
        object.__setattr__(self, "name", checked_text("name", self.name, 300, allow_breaks=True))
        if self.was is not None:
            object.__setattr__(self, "was", checked_text("was", self.was, 120))

    def to_json(self) -> dict[str, Any]:
        """The fields that say something."""
        names = {"article_id": "article", "start": "start", "end": "end", "name": "name", "was": "was"}
        values = {key: getattr(self, field) for field, key in names.items()}
        return {key: value for key, value in values.items() if value not in (None, "") or (key, value) == ("was", "")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody decided, when and why. Raises `CorrectionError` for what cannot be.

    `value` depends on the action: a `DecidedPlace` (place, spelling, new_place), a role, a `date` or None for "undated"
    (date), the source's name or empty for "unknown" (source), the other article's id (merge), the id of the decision
    taken back (undo), None otherwise. `time` is in UTC.
    """

    id: str
    time: datetime
    action: str
    scope: str
    target: Target = Target()
    value: "DecidedPlace | Date | str | None" = None
    who: str = ""
    why: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.id, str) or not _ID.fullmatch(self.id):
            raise CorrectionError(f"id: {str(self.id)[:80]!r} is not a decision's id")
        if not isinstance(self.time, datetime) or self.time.tzinfo is None or not _FIRST <= self.time <= _LAST:
            raise CorrectionError(f"time: {self.time} is not a time with its zone between 2000 and 2200")
        object.__setattr__(self, "time", self.time.astimezone(UTC))
        if self.action not in ACTIONS:
            raise CorrectionError(f"action: {str(self.action)[:80]!r} is not known; choose from {', '.join(ACTIONS)}")
        if self.scope not in _SCOPES_OF[self.action]:
            possible = ", ".join(_SCOPES_OF[self.action])
            raise CorrectionError(f"scope: {self.action} has the scope {possible}, not {str(self.scope)[:80]!r}")
        object.__setattr__(self, "who", checked_text("who", self.who, 200))
        object.__setattr__(self, "why", checked_text("why", self.why, 2000, allow_breaks=True))
        self._check_target()
        self._check_value()

    def _check_target(self) -> None:
        target, action = self.target, self.action
        if action == "undo":
            if target != Target():
                raise CorrectionError("target: an undo names a decision, nothing else")
            return
        if self.scope == "everywhere":
            if target.article_id or target.start is not None:
                raise CorrectionError("article: a decision for everywhere names no article")
        elif not target.article_id:
            raise CorrectionError(f"article: a decision for {self.scope} needs the article's id")
        if (self.scope == "mention") != (target.start is not None):
            raise CorrectionError("start and end: a decision for a mention needs them, others have none")
        if self.scope != "mention" and action in (*PLACE_ACTIONS, "role") and not name_key(target.name):
            raise CorrectionError(f"name: {target.name!r} has no letters; a decision for {self.scope} needs the name")

    def _check_value(self) -> None:
        value, action = self.value, self.action
        if action in ("place", "spelling", "new_place"):
            good = isinstance(value, DecidedPlace)
        elif action in ("role", "source", "merge", "undo"):
            good = isinstance(value, str)
        else:
            good = value is None or (action == "date" and type(value) is Date)
        if not good:
            raise CorrectionError(f"value: {str(value)[:80]!r} is not what {action} needs")
        if action == "new_place" and not value.id.startswith(OWN):
            raise CorrectionError(f"place id: {value.id!r} must begin with {OWN} for a place of one's own")
        if action == "role" and value not in ROLES:
            raise CorrectionError(f"role: {value[:80]!r} is not known; choose from {', '.join(ROLES)}")
        if action == "source":
            object.__setattr__(self, "value", checked_text("source", value, 300))
        if action == "merge" and (not _ARTICLE_ID.fullmatch(value) or value == self.target.article_id):
            raise CorrectionError(f"value: {value[:80]!r} is not another article's id")
        if action == "undo" and (not _ID.fullmatch(value) or value == self.id):
            raise CorrectionError(f"value: {value[:80]!r} is not another decision's id")

    @property
    def place(self) -> DecidedPlace | None:
        """The place chosen, where one is."""
        return self.value if isinstance(self.value, DecidedPlace) else None

    @property
    def content(self) -> tuple[Any, ...]:
        """What is decided, whoever did so whenever: equal for two people who decide the same."""
        return self.action, self.scope, self.target, self.value

    @property
    def order(self) -> tuple[datetime, str]:
        """Later decisions sort behind earlier ones, in every process alike."""
        return self.time, self.id


def decide(
    action: str,
    *,
    scope: str,
    who: str = "",
    why: str = "",
    article_id: str = "",
    start: int | None = None,
    end: int | None = None,
    name: str = "",
    was: str | None = None,
    value: DecidedPlace | Date | str | None = None,
    after: datetime | None = None,
) -> Decision:
    """A new decision, made now: later than every other of this process and than `after`, the time of the newest
    decision known (another reviewer's clock may be ahead). Raises `CorrectionError`."""
    target = Target(article_id=article_id, start=start, end=end, name=name, was=was)
    if action == "new_place" and scope == "everywhere" and not name and isinstance(value, DecidedPlace):
        target = Target(name=value.name, was=was)
    time = _now(after)
    made = f"{time:%Y%m%dT%H%M%S%f}-{uuid.uuid4().hex[:12]}"
    return Decision(id=made, time=time, action=action, scope=scope, target=target, value=value, who=who, why=why)


def _now(after: datetime | None) -> datetime:
    global _last_made
    with _clock_lock:
        now = _last_made = max(datetime.now(UTC), _last_made + _TICK)
    # a time at the end of all time leaves none behind it; an undo takes such a decision back whatever its time
    return max(now, after + _TICK) if after and after < _LAST - timedelta(days=1) else now


def own_place_id(name: str, lat: float, lon: float) -> str:
    """The id of a corpus's own place: the same for all who add that name at that point (to some 100 m)."""
    key = f"{name_key(name)}\x00{lat:.3f}\x00{lon:.3f}"
    return OWN + sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:12]
