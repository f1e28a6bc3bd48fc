"""What the extractor reads and gives: articles, mentions, events. Frozen and picklable; storage knows them by JSON.

All offsets are code points into `Article.text`, end exclusive. `Article.text` is never altered after reading.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import date as Date
from typing import Any

DATE_BASES = ("stated", "metadata", "file", "inferred", "corrected", "unknown")
STATUSES = ("placed", "ambiguous", "unplaced", "rejected")
ROLES = ("location", "actor")
EVENT_KINDS = (
    "fighting", "shelling", "advance", "encirclement", "capture", "withdrawal", "defence", "counterattack",
    "evacuation", "visit",
)  # fmt: skip
EVENT_SIDES = ("russia", "ukraine", "other", "unknown")
EVENT_MODALITIES = ("asserted", "claimed", "denied", "planned", "advised")


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read.

    `id` is the reader's own (JSONL: as given; a file: its base name); `article_id` comes from the content, so that
    the same text from the same source is the same article whatever its file was called. `source` is empty and
    `date` None when nothing states them; `date_basis` is one of `DATE_BASES`, `date_text` the words it was read
    from; a date stated with a time and its zone is the day in UTC. `cites` are agencies and outlets the text leans on;
    `origin` says which file or line it came from; `retrieved_at` when it was fetched or, by the material's own word,
    collected: relative days count from it.
    """

    id: str
    text: str
    title: str = ""
    source: str = ""
    date: Date | None = None
    date_basis: str = "unknown"
    date_text: str = ""
    url: str = ""
    language: str = "unknown"
    cites: tuple[str, ...] = ()
    origin: str = ""
    retrieved_at: str = ""

    @property
    def text_sha256(self) -> str:
        """Hex digest of the text as UTF-8."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def article_id(self) -> str:
        """Sixteen hex digits from title and text: adding the same article twice adds nothing."""
        content = f"{self.title}\x00{self.text}".encode("utf-8", "surrogatepass")
        return hashlib.sha256(content).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Choice:
    """One place a mention may mean, with its share of the evidence (0..1, all choices of a mention sum to 1)."""

    place_id: str
    name: str
    kind: str
    lat: float
    lon: float
    share: float


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name in an article.

    `status`: `placed`; `ambiguous` (a best guess exists but is not trusted; its place is filled); `unplaced` (a place
    by its looks that the gazetteer lacks: no place, no point); `rejected` (a gazetteer name that is no place here: no
    place, no point). `role`: `location` (things happen there) or `actor` (it stands for those who act). `lat`, `lon`:
    degrees WGS84. `confidence` is 0..1; `reason` one plain sentence naming the evidence that decided.
    """

    start: int
    end: int
    text: str
    status: str
    role: str
    confidence: float
    reason: str
    place_id: str | None = None
    name: str | None = None
    kind: str | None = None
    lat: float | None = None
    lon: float | None = None
    candidates: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """What a sentence says happens at a place: `kind`, `side` and `modality` are words of `EVENT_KINDS`, `EVENT_SIDES`
    and `EVENT_MODALITIES`; see `extract.events.find`."""

    start: int
    end: int
    kind: str
    place_id: str
    side: str
    modality: str
    attributed_to: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """An article with what was found in it, and the versions that found it.

    `fingerprint` is the sketch of its wording that stories are grouped by; see `extract.fingerprint`.
    """

    article: Article
    mentions: tuple[Mention, ...]
    events: tuple[Event, ...] = ()
    scraps: tuple[tuple[int, int], ...] = ()
    extractor_version: str = ""
    gazetteer_version: str = ""
    notes: tuple[str, ...] = field(default=())
    fingerprint: bytes = b""

    def to_json(self) -> dict[str, Any]:
        """The object `python -m extract` prints: the article's own fields without its text, mentions, events."""
        article = self.article
        return {
            "id": article.id,
            "article_id": article.article_id,
            "source": article.source,
            "date": article.date.isoformat() if article.date else None,
            "date_basis": article.date_basis,
            "title": article.title,
            "url": article.url,
            "language": article.language,
            "cites": list(article.cites),
            "mentions": [_plain(mention) for mention in self.mentions],
            "events": [_plain(event) for event in self.events],
            "scraps": [list(span) for span in self.scraps],
            "notes": list(self.notes),
            "extractor_version": self.extractor_version,
            "gazetteer_version": self.gazetteer_version,
        }


def _plain(record: Mention | Event | Choice) -> dict[str, Any]:
    """The fields of a record; `dataclasses.asdict` copies every value and takes ten times as long."""
    plain = {name: getattr(record, name) for name in record.__slots__}
    if isinstance(record, Mention):
        plain["candidates"] = [_plain(choice) for choice in record.candidates]
    return plain
