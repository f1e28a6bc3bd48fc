"""What is asked of a corpus. One type drives SQL, the command line, the permalink and the exports."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date as Date
from typing import Any

from corpus.errors import FilterError
from extract.types import EVENT_KINDS, EVENT_MODALITIES, EVENT_SIDES, ROLES, STATUSES
from geodata.places import KINDS

UNKNOWN_SOURCE = ""
"""The source of an article that states none; selectable like any other."""

COUNT_BY = ("stories", "articles", "mentions")
"""Measures a place can be sized and sorted by. The copies of one story count once, unless asked otherwise."""

MOST_TEXT = 500

EVENT_FIELDS = ("event_kinds", "event_sides", "event_modalities")

_KNOWN = {
    "kinds": KINDS,
    "roles": ROLES,
    "statuses": STATUSES,
    "event_kinds": EVENT_KINDS,
    "event_sides": EVENT_SIDES,
    "event_modalities": EVENT_MODALITIES,
}
_PARAMS = {
    "sources": "source",
    "cites": "cites",
    "date_from": "from",
    "date_to": "to",
    "include_undated": "undated",
    "places": "place_in",
    "regions": "region",
    "kinds": "kind",
    "roles": "role",
    "statuses": "status",
    "event_kinds": "event",
    "event_sides": "event_side",
    "event_modalities": "event_said",
    "languages": "language",
    "stories": "story",
    "text": "text",
    "min_confidence": "min_confidence",
    "count_by": "count_by",
}
"""Field name → its name in a link. `place` is left free for the place a reader has selected."""

_ANY = "any"
_ESCAPE = "~"


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionFilter:
    """Which mentions count. An empty tuple means no restriction; all restrictions hold at once.

    `sources`, `cites`, `languages`, `stories` (ids of articles: each stands for its whole story, whichever copy it
    is), `date_from`..`date_to` (both days included), `include_undated` and `text` (words that title or text contain,
    case not regarded) choose articles; `places` and `regions` (gazetteer ids), `kinds`,
    `roles`, `statuses` and `min_confidence` (0..1) choose mentions in them. With `event_kinds`, `event_sides` or
    `event_modalities` (words of `extract.types`) a mention counts only when its own article tells of an event at the
    mention's place that has one of the kinds, one of the sides and one of the modalities asked for, all three in one
    and the same event; every mention of that place in that article then counts, in whatever sentence it stands.
    `include_undated` matters only where a date is asked for. `count_by` is the measure places are sorted and drawn by.
    Raises `FilterError` on values that cannot be.
    """

    sources: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    date_from: Date | None = None
    date_to: Date | None = None
    include_undated: bool = True
    places: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    roles: tuple[str, ...] = ("location",)
    statuses: tuple[str, ...] = ("placed",)
    event_kinds: tuple[str, ...] = ()
    event_sides: tuple[str, ...] = ()
    event_modalities: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    text: str = ""
    min_confidence: float = 0.0
    count_by: str = "stories"

    def __post_init__(self) -> None:
        for name in _TUPLES:
            object.__setattr__(self, name, _names(name, getattr(self, name)))
        object.__setattr__(self, "text", _storable("text", self.text).strip())
        if len(self.text) > MOST_TEXT:
            raise FilterError(f"text: {len(self.text)} characters are too many to search for; the most is {MOST_TEXT}")
        for name in ("date_from", "date_to"):
            value = getattr(self, name)
            # a datetime is a date to isinstance, but would compare wrongly with days
            if value is not None and type(value) is not Date:
                raise FilterError(f"{name}: {value!r} is not a day")
        if self.date_from and self.date_to and self.date_from > self.date_to:
            raise FilterError(f"the first day ({self.date_from}) is after the last ({self.date_to}); swap them")
        if not isinstance(self.min_confidence, int | float) or not 0 <= self.min_confidence <= 1:
            raise FilterError(f"min_confidence: {self.min_confidence!r} is not a number from 0 to 1")
        if self.count_by not in COUNT_BY:
            raise FilterError(f"count_by: {self.count_by!r} is not known; choose one of {', '.join(COUNT_BY)}")

    def to_params(self) -> dict[str, str | list[str]]:
        """The filter as the parameters of a link; what is as by default is left out."""
        params: dict[str, str | list[str]] = {}
        for field in fields(self):
            value, name = getattr(self, field.name), _PARAMS[field.name]
            if value == field.default:
                continue
            if field.name in _TUPLES:
                params[name] = [_escape(item) for item in value] or [_ANY]
            elif isinstance(value, bool):
                params[name] = "yes" if value else "no"
            else:
                params[name] = value.isoformat() if isinstance(value, Date) else str(value)
        return params

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> "MentionFilter":
        """The filter of a link. A link may be old, cut or made up: what makes no sense in it is ignored, item by item,
        and so are parameters that are not the filter's."""
        asked = cls()
        for name, param in _PARAMS.items():
            if param in params:
                value = params[param]
                items = [value] if isinstance(value, str) else list(value) if isinstance(value, Iterable) else []
                texts = [item for item in items if isinstance(item, str)]
                asked = _with_tuple(asked, name, texts) if name in _TUPLES else _with_single(asked, name, texts)
        return asked

    def describe(self) -> str:
        """One plain sentence on what is counted. It may hold words from a visitor or an article: show it as text."""
        what = f"{_words(self.statuses)}mentions{_as_role(self.roles)}"
        parts = [f" with a confidence of at least {self.min_confidence:.0%}" if self.min_confidence else ""]
        parts += [_listing(" of kind ", self.kinds), _listing(" in region ", self.regions)]
        parts += [_listing(" of place ", self.places), self._events()]
        parts += [f", in {'' if self._chooses_articles else 'all '}articles"]
        parts += [_listing(" from ", [source or "an unknown source" for source in self.sources])]
        parts += [_listing(" citing ", self.cites), _listing(" in language ", self.languages)]
        parts += [_listing(" of the story of ", self.stories), self._days()]
        parts += [f" that contain “{self.text}”" if self.text else "", f"; counted by {self.count_by}."]
        sentence = what + "".join(parts)
        return sentence[0].upper() + sentence[1:]

    @property
    def _chooses_articles(self) -> bool:
        chosen = (self.sources, self.cites, self.languages, self.stories, self.text, self.date_from, self.date_to)
        return any(chosen)

    def _events(self) -> str:
        asked = [" or ".join(getattr(self, name)) for name in EVENT_FIELDS if getattr(self, name)]
        return f" whose article tells of an event there ({', '.join(asked)})" if asked else ""

    def _days(self) -> str:
        if not (self.date_from or self.date_to):
            return ""
        first, last = day_words(self.date_from), day_words(self.date_to)
        if self.date_from == self.date_to:
            span = f" dated {first}"
        else:
            span = " dated" + (f" from {first}" if first else "") + (f" to {last}" if last else "")
        return span + (" or undated" if self.include_undated else "")


_TUPLES = tuple(field.name for field in fields(MentionFilter) if isinstance(field.default, tuple))


def day_words(day: Date | None) -> str:
    """A day as Dateline writes it, `26 Jan 2023`; empty for None."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else ""


_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def _names(field: str, values: Any) -> tuple[str, ...]:
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise FilterError(f"{field}: a tuple of names is needed, not {values!r}")
    names = tuple(dict.fromkeys(_storable(field, value) for value in values))
    known = _KNOWN.get(field)
    unknown = [name for name in names if known and name not in known]
    if unknown:
        raise FilterError(f"{field}: {unknown[0]!r} is not known; choose from {', '.join(known)}")
    return names


def _storable(field: str, value: Any) -> str:
    if not isinstance(value, str):
        raise FilterError(f"{field}: {value!r} is not text")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise FilterError(f"{field}: {value!r} holds half a character; type it again") from error
    return value


def _with_tuple(asked: MentionFilter, name: str, texts: list[str]) -> MentionFilter:
    good: list[str] = []
    for text in texts:
        if text == _ANY:
            return replace(asked, **{name: ()})
        try:
            good += _names(name, (_unescape(text),))
        except FilterError:
            continue
    return replace(asked, **{name: tuple(good)}) if good else asked


def _with_single(asked: MentionFilter, name: str, texts: list[str]) -> MentionFilter:
    try:
        return replace(asked, **{name: _parsed(name, texts[-1])})
    except (IndexError, ValueError):
        return asked


def _parsed(name: str, text: str) -> Any:
    if name in ("date_from", "date_to"):
        return Date.fromisoformat(text)
    if name == "min_confidence":
        return float(text)
    if name == "include_undated":
        return {"yes": True, "no": False}[text] if text in ("yes", "no") else True
    return text


def _escape(name: str) -> str:
    """An unknown source is an empty name, which a link would lose; `any` and a leading `~` have their own meaning."""
    return _ESCAPE + name if not name or name == _ANY or name.startswith(_ESCAPE) else name


def _unescape(text: str) -> str:
    return text[1:] if text.startswith(_ESCAPE) else text


def _words(names: tuple[str, ...]) -> str:
    return f"{' or '.join(names)} " if names else ""


def _as_role(roles: tuple[str, ...]) -> str:
    return f" as {' or '.join(roles)}" if roles else ""


def _listing(lead: str, names: Iterable[str]) -> str:
    listed = list(names)
    return lead + " or ".join(listed) if listed else ""
