"""Synthetic articles as rows of a corpus: what an extraction would hold, without extracting.

Every place name becomes a mention at its own offsets; a few are made ambiguous, rejected or unplaced, as in real
corpora. Fingerprints are those the extractor would make of the texts.
"""

from typing import Any

import numpy as np
import pyarrow as pa

from corpus.schema import CHOICE, EVENT, MENTION, SCHEMA
from extract.fingerprint import _HALF, _MIX, _MULTIPLIERS, FEWEST_KEPT, KEPT_BELOW, MOST_KEPT, STORED
from extract.pipeline import EXTRACTOR_VERSION
from extract.types import Article
from tests.benchmarks.synthetic_text import SOURCES, Block, Maker, ranges
from tests.benchmarks.synthetic_wording import LANGUAGES, word_hashes

STATUSES = ("placed", "ambiguous", "unplaced", "rejected")
_STATUS_SHARES = (0.91, 0.03, 0.02, 0.04)
_ACTOR_SHARE = 0.12
_TWO_CHOICES = 0.1
_EVENT_SHARE = 0.15
_EVENT_KINDS = tuple("shelling fighting advance capture withdrawal defence counterattack evacuation visit".split())
_SIDES, _MODALITIES = ("russia", "ukraine", "other", "unknown"), ("asserted", "claimed", "denied", "planned", "advised")
_EPOCH = 719_163  # ordinal of 1970-01-01


class Rows:
    """Turns blocks of one `Maker` into Arrow tables in the corpus's schema."""

    def __init__(self, maker: Maker, *, gazetteer_version: str, region_names: list[str]):
        self._maker, self._gazetteer_version = maker, gazetteer_version
        places = maker.places.places
        self._kinds, self._names, self._ids = (
            pa.array([getattr(place, field) for place in places]) for field in ("kind", "name", "id")
        )
        self._lats, self._lons = (np.array([getattr(place, axis) for place in places]) for axis in ("lat", "lon"))
        what = [
            f"{place.name} ({place.kind}{f', {region}' if region else ''})"
            for place, region in zip(places, region_names, strict=True)
        ]
        self._reasons = pa.array(
            [f"The name is {words}, the only place of that name in the gazetteer." for words in what]
        )
        self._pieces = pa.array(maker.pieces.tolist(), pa.string())
        self._hashes, self._words = word_hashes(tuple(maker.pieces))
        self._hash_starts = np.cumsum(self._words) - self._words
        self._lengths = np.array([len(piece) for piece in maker.pieces])

    def table(self, block: Block, added_at: Any) -> pa.Table:
        """The block's articles; `added_at` is when they are said to have been added."""
        rng = np.random.default_rng([self._maker.seed, 2, block.first])
        texts, titles = self._maker.texts(block), self._maker.titles(block)
        count = len(texts)
        mentions, events = self._found(block, rng)
        numbers = range(block.first + 1, block.first + count + 1)
        columns = {
            "article_id": [Article(id="", title=i, text=t).article_id for i, t in zip(titles, texts, strict=True)],
            "id": [f"synthetic-{number}" for number in numbers],
            "title": titles,
            "text": texts,
            "source": [SOURCES[source] if source >= 0 else "" for source in block.sources.tolist()],
            "date": pa.array(block.days - _EPOCH, pa.int32(), mask=block.days == 0).cast(pa.date32()),
            "date_basis": ["metadata" if day else "unknown" for day in block.days.tolist()],
            "url": [f"https://example.org/synthetic/{number}" for number in numbers],
            "language": [LANGUAGES[language] for language in block.languages.tolist()],
            "cites": [["AFP"] if luck < 0.1 else [] for luck in rng.random(count)],
            "origin": [f"synthetic:{number}" for number in numbers],
            "added_at": [added_at] * count,
            "removed": [False] * count,
            "extractor_version": [EXTRACTOR_VERSION] * count,
            "gazetteer_version": [self._gazetteer_version] * count,
            "notes": [[]] * count,
            "scraps": [[]] * count,
            "mentions": mentions,
            "events": events,
            "fingerprint": self._fingerprints(block),
        }
        columns |= dict.fromkeys(("date_text", "retrieved_at"), [""] * count)
        return pa.Table.from_arrays([_column(columns.get(field.name), field, count) for field in SCHEMA], schema=SCHEMA)

    def _found(self, block: Block, rng: np.random.Generator) -> tuple[pa.Array, pa.Array]:
        """Mentions and events of each article, as lists."""
        at = np.flatnonzero(block.places >= 0)
        places, pieces = block.places[at], block.pieces[at]
        starts = block.offsets[at]
        statuses = rng.choice(4, len(at), p=_STATUS_SHARES)
        known = statuses < 2
        ids = pa.array(places, mask=~known)
        two = known & (rng.random(len(at)) < _TWO_CHOICES)
        fields = {
            "start": starts,
            "end": starts + self._lengths[pieces],
            "text": self._pieces.take(pa.array(pieces)),
            "status": pa.array(STATUSES).take(pa.array(statuses)),
            "role": pa.array(("location", "actor")).take(pa.array((rng.random(len(at)) < _ACTOR_SHARE).astype(int))),
            "confidence": np.where(statuses == 0, rng.beta(30, 1, len(at)), rng.beta(4, 4, len(at))).round(3),
            "reason": self._reasons.take(pa.array(places)),
            **self._place_fields(ids),
            "candidates": self._choices(places, known, two),
        }
        bounds = np.searchsorted(at, block.bounds)
        mentions = pa.ListArray.from_arrays(pa.array(bounds, pa.int32()), _struct(fields, MENTION))
        told = np.flatnonzero((statuses == 0) & (rng.random(len(at)) < _EVENT_SHARE))
        chosen = {
            name: pa.array(words).take(pa.array(rng.integers(0, len(words), len(told))))
            for name, words in (("kind", _EVENT_KINDS), ("side", _SIDES), ("modality", _MODALITIES))
        }
        fields = {
            "start": np.maximum(starts[told] - 40, 0),
            "end": starts[told] + self._lengths[pieces[told]],
            "place_id": self._ids.take(pa.array(places[told])),
            "attributed_to": pa.array([""] * len(told), pa.string()),
            **chosen,
        }
        events = pa.ListArray.from_arrays(pa.array(np.searchsorted(told, bounds), pa.int32()), _struct(fields, EVENT))
        return mentions, events

    def _place_fields(self, ids: pa.Array) -> dict[str, Any]:
        taken = {"place_id": self._ids, "name": self._names, "kind": self._kinds, "lat": self._lats, "lon": self._lons}
        return {name: pa.array(values).take(ids) for name, values in taken.items()}

    def _choices(self, places: np.ndarray, known: np.ndarray, two: np.ndarray) -> pa.Array:
        counts = known.astype(np.int64) + two
        owners = np.repeat(np.arange(len(places)), counts)
        second = ranges(np.zeros(len(counts), dtype=np.int64), counts) == 1
        chosen = np.where(second, self._maker.places.near[places[owners], 0], places[owners])
        share = np.where(second, 0.12, np.where(two[owners], 0.88, 1.0))
        bounds = pa.array(np.concatenate(([0], np.cumsum(counts))), pa.int32())
        return pa.ListArray.from_arrays(
            bounds, _struct(self._place_fields(pa.array(chosen)) | {"share": share}, CHOICE)
        )

    def _fingerprints(self, block: Block) -> list[bytes]:
        """`extract.fingerprint` over words that are hashed already."""
        counts = self._words[block.pieces]
        words = self._hashes[ranges(self._hash_starts[block.pieces], counts)]
        first, second, third = _MULTIPLIERS
        mixed = words[:-2] * first + words[1:-1] * second + words[2:] * third
        shingles = (((mixed ^ (mixed >> _HALF)) * _MIX) >> _HALF).astype(np.uint32)
        bounds = np.concatenate(([0], np.cumsum(counts)))[block.bounds].tolist()
        sketches = []
        for start, end in zip(bounds, bounds[1:], strict=False):
            distinct = np.unique(shingles[start : max(end - 2, start)])
            below = int(np.searchsorted(distinct, KEPT_BELOW))
            kept = distinct[: min(max(below, FEWEST_KEPT), MOST_KEPT)]
            sketches.append(np.concatenate(([len(distinct)], kept)).astype(STORED).tobytes())
        return sketches


def _struct(fields: dict[str, Any], kind: pa.StructType) -> pa.StructArray:
    """The struct's fields by name; those not given are null."""
    size = len(next(iter(fields.values())))
    arrays = [
        pa.nulls(size, field.type) if field.name not in fields else pa.array(fields[field.name]).cast(field.type)
        for field in kind
    ]
    return pa.StructArray.from_arrays(arrays, fields=list(kind))


def _column(values: Any, field: pa.Field, count: int) -> pa.Array:
    if values is None:
        return pa.nulls(count, field.type)
    return values.cast(field.type) if isinstance(values, pa.Array) else pa.array(values, field.type)
