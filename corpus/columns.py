"""Extractions into the columns of a batch, a list at a time: row by row takes several times as long."""

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from itertools import accumulate, chain
from operator import attrgetter
from typing import Any

import pyarrow as pa

from corpus.schema import CHOICE, EVENT, MENTION, SCHEMA, to_row, to_table
from extract.types import Article, Extraction

_ARTICLE_FIELDS = frozenset(field.name for field in dataclasses.fields(Article)) | {"article_id"}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def extraction_table(extractions: Sequence[Extraction]) -> pa.Table:
    """One row an extraction, in the schema of a batch; `added_at` is to be set when they are written."""
    try:
        return pa.Table.from_arrays([_column(field, extractions) for field in SCHEMA], schema=SCHEMA)
    except UnicodeEncodeError:
        # half of a surrogate pair, which UTF-8 cannot hold: the slow way knows what becomes of it
        return to_table([to_row(extraction, _EPOCH) for extraction in extractions])


def with_added_at(table: pa.Table, added_at: datetime) -> pa.Table:
    """The rows as added at that time (UTC)."""
    place = SCHEMA.get_field_index("added_at")
    times = pa.array([added_at], SCHEMA.field(place).type).take(pa.array([0] * table.num_rows, pa.int32()))
    return table.set_column(place, SCHEMA.field(place), times)


def _column(field: pa.Field, extractions: Sequence[Extraction]) -> pa.Array:
    if field.name in _NESTED:
        return _NESTED[field.name](extractions)
    if field.name == "added_at":
        return pa.array([_EPOCH] * len(extractions), field.type)
    if field.name == "removed":
        return pa.array([False] * len(extractions), field.type)
    of = (lambda e: e.article) if field.name in _ARTICLE_FIELDS else (lambda e: e)
    value = attrgetter(field.name)
    return pa.array([value(of(extraction)) for extraction in extractions], field.type)


def _lists(
    lists: Iterable[Sequence[Any]], kind: pa.StructType, nested: dict[str, Callable[[Any], pa.Array]] | None = None
) -> pa.ListArray:
    """A list of records for each of `lists`; `nested` makes the fields that are lists themselves."""
    lists = list(lists)
    records = list(chain.from_iterable(lists))
    fields = [
        nested[field.name](records)
        if nested and field.name in nested
        else pa.array(list(map(attrgetter(field.name), records)), field.type)
        for field in kind
    ]
    offsets = pa.array(list(accumulate(map(len, lists), initial=0)), pa.int32())
    return pa.ListArray.from_arrays(offsets, pa.StructArray.from_arrays(fields, fields=list(kind)))


def _mentions(extractions: Sequence[Extraction]) -> pa.ListArray:
    nested = {"candidates": lambda mentions: _lists((m.candidates for m in mentions), CHOICE)}
    return _lists((e.mentions for e in extractions), MENTION, nested)


_NESTED: dict[str, Callable[[Sequence[Extraction]], pa.Array]] = {
    "mentions": _mentions,
    "events": lambda extractions: _lists((e.events for e in extractions), EVENT),
    "scraps": lambda extractions: pa.array(
        [[{"start": start, "end": end} for start, end in e.scraps] for e in extractions], SCHEMA.field("scraps").type
    ),
}
