"""A batch's columns, one row an article, and the way between rows and `Extraction`.

Country and region of a place are not stored: they are the gazetteer's to say and are joined when an index is built.
Offsets are code points into `text`, as in `extract.types`.
"""

import dataclasses
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa

from extract.types import Article, Choice, Event, Extraction, Mention

SCHEMA_VERSION = 1
"""Raised when older readers could no longer understand a batch; new nullable columns do not raise it."""

VERSION_KEY = b"dateline_batch"

CHOICE = pa.struct(
    [
        ("place_id", pa.string()),
        ("name", pa.string()),
        ("kind", pa.string()),
        ("lat", pa.float64()),
        ("lon", pa.float64()),
        ("share", pa.float64()),
    ]
)
MENTION = pa.struct(
    [
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("text", pa.string()),
        ("status", pa.string()),
        ("role", pa.string()),
        ("confidence", pa.float64()),
        ("reason", pa.string()),
        ("place_id", pa.string()),
        ("name", pa.string()),
        ("kind", pa.string()),
        ("lat", pa.float64()),
        ("lon", pa.float64()),
        ("candidates", pa.list_(CHOICE)),
    ]
)
EVENT = pa.struct(
    [
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("kind", pa.string()),
        ("place_id", pa.string()),
        ("side", pa.string()),
        ("modality", pa.string()),
        ("attributed_to", pa.string()),
    ]
)
SCRAP = pa.struct([("start", pa.int32()), ("end", pa.int32())])

_ARTICLE_FIELDS = [
    ("article_id", pa.string()),
    ("id", pa.string()),
    ("title", pa.string()),
    ("text", pa.string()),
    ("source", pa.string()),
    ("date", pa.date32()),
    ("date_basis", pa.string()),
    ("date_text", pa.string()),
    ("url", pa.string()),
    ("language", pa.string()),
    ("cites", pa.list_(pa.string())),
    ("origin", pa.string()),
    ("retrieved_at", pa.string()),
]
SCHEMA = pa.schema(
    [
        *_ARTICLE_FIELDS,
        ("added_at", pa.timestamp("us", tz="UTC")),
        ("removed", pa.bool_()),
        ("extractor_version", pa.string()),
        ("gazetteer_version", pa.string()),
        ("notes", pa.list_(pa.string())),
        ("scraps", pa.list_(SCRAP)),
        ("mentions", pa.list_(MENTION)),
        ("events", pa.list_(EVENT)),
        ("fingerprint", pa.binary()),
    ],
    metadata={VERSION_KEY: str(SCHEMA_VERSION).encode()},
)
"""A removal is a row with `removed` true and nothing but its `article_id` and `added_at`."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_ARTICLE_NAMES = tuple(field.name for field in dataclasses.fields(Article))


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as the corpus holds it, with everything found in it.

    `article_id` is the stored one: it stays even where a text held half of a surrogate pair, which no file can hold
    and which is kept as U+FFFD (so offsets stay right).
    """

    article_id: str
    article: Article
    mentions: tuple[Mention, ...]
    events: tuple[Event, ...]
    scraps: tuple[tuple[int, int], ...]
    notes: tuple[str, ...]
    added_at: datetime
    extractor_version: str
    gazetteer_version: str
    fingerprint: bytes = b""


def to_row(extraction: Extraction, added_at: datetime) -> dict[str, Any]:
    """The row that keeps `extraction`; `added_at` is in UTC."""
    article = extraction.article
    row: dict[str, Any] = {name: getattr(article, name) for name in _ARTICLE_NAMES}
    row |= {
        "article_id": article.article_id,
        "added_at": added_at,
        "removed": False,
        "extractor_version": extraction.extractor_version,
        "gazetteer_version": extraction.gazetteer_version,
        "notes": list(extraction.notes),
        "scraps": [{"start": start, "end": end} for start, end in extraction.scraps],
        "mentions": [_mention_row(mention) for mention in extraction.mentions],
        "events": [_values(event) for event in extraction.events],
        "fingerprint": extraction.fingerprint,
    }
    return row


def _values(item: Any) -> dict[str, Any]:
    """The fields of a flat dataclass; `dataclasses.asdict` copies deeply, which is most of the time of an add."""
    return {name: getattr(item, name) for name in item.__slots__}


def _mention_row(mention: Mention) -> dict[str, Any]:
    return _values(mention) | {"candidates": [_values(choice) for choice in mention.candidates]}


def removal_row(article_id: str, added_at: datetime) -> dict[str, Any]:
    """The row that takes an article out."""
    return dict.fromkeys(SCHEMA.names) | {"article_id": article_id, "added_at": added_at, "removed": True}


def to_table(rows: list[dict[str, Any]]) -> pa.Table:
    """The rows of one batch as an Arrow table."""
    try:
        return pa.Table.from_pylist(rows, schema=SCHEMA)
    except UnicodeEncodeError:
        return pa.Table.from_pylist([_storable(row) for row in rows], schema=SCHEMA)


def _storable(value: Any) -> Any:
    """The same value with lone surrogates, which UTF-8 cannot hold, as U+FFFD: one code point for one."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {key: _storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(item) for item in value]
    return value


def from_row(row: dict[str, Any]) -> StoredArticle:
    """The article a (not removed) row keeps."""
    fields = {name: row[name] for name in _ARTICLE_NAMES} | {"cites": tuple(row["cites"] or ())}
    return StoredArticle(
        article_id=row["article_id"],
        article=Article(**fields),
        mentions=tuple(_mention(mention) for mention in row["mentions"] or ()),
        events=tuple(Event(**event) for event in row["events"] or ()),
        scraps=tuple((scrap["start"], scrap["end"]) for scrap in row["scraps"] or ()),
        notes=tuple(row["notes"] or ()),
        added_at=row["added_at"],
        extractor_version=row["extractor_version"],
        gazetteer_version=row["gazetteer_version"],
        fingerprint=row["fingerprint"] or b"",
    )


def _mention(row: dict[str, Any]) -> Mention:
    return Mention(**row | {"candidates": tuple(Choice(**choice) for choice in row["candidates"] or ())})
