"""Extractions as rows of a batch already, made so by the process that extracted them.

A worker sends Arrow columns, which cost the parent next to nothing, where thousands of mentions would have to be put
together again object by object.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Date
from typing import Any

import pyarrow as pa

from corpus.columns import extraction_table
from extract.types import Article, Extraction

AT_ONCE = 64
"""Extractions held as objects before they become columns, which take a tenth of the memory."""


@dataclass(frozen=True, slots=True)
class Head:
    """What is told of an article that was read: `item` is its origin (or id), `chars` the length of its text."""

    article_id: str
    item: str
    title: str
    source: str
    date: Date | None
    date_basis: str
    chars: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """One extraction: row `row` of `rows` (the schema of a batch, without the time of adding)."""

    head: Head
    rows: pa.Table
    row: int


def head_of(article: Article, notes: tuple[str, ...] = ()) -> Head:
    """What is told of `article`; `notes` are its extraction's."""
    return Head(
        article_id=article.article_id,
        item=article.origin or article.id,
        title=article.title or article.id,
        source=article.source,
        date=article.date,
        date_basis=article.date_basis,
        chars=len(article.text),
        notes=notes,
    )


class PreparedChunk(Sequence):
    """What `prepare` made of several articles: for each a `Prepared`, or the exception that extraction raised."""

    def __init__(self, rows: pa.Table, made: list[Head | Exception]):
        self._rows, self._made = rows, made
        self._places = {}
        for at, one in enumerate(made):
            if isinstance(one, Head):
                self._places[at] = len(self._places)

    def __len__(self) -> int:
        return len(self._made)

    def __getitem__(self, at: int) -> Any:
        made = self._made[at]
        return Prepared(made, self._rows, self._places[at]) if isinstance(made, Head) else made

    def __reduce__(self) -> tuple:
        # one block of bytes, where Arrow's own pickling sends each of some hundred buffers by itself
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, self._rows.schema) as stream:
            stream.write_table(self._rows)
        return _received, (sink.getvalue().to_pybytes(), self._made)


def _received(rows: bytes, made: list[Head | Exception]) -> PreparedChunk:
    with pa.ipc.open_stream(rows) as stream:
        return PreparedChunk(stream.read_all(), made)


def prepare(articles: Sequence[Article]) -> PreparedChunk:
    """Extract the articles in this process; the work of a `ProcessPool`."""
    # whoever only opens a corpus, the dashboard above all, starts without the extractor
    from extract.batch import each, extract_here

    made = each(extract_here, articles)
    good = [one for one in made if isinstance(one, Extraction)]
    heads = [head_of(one.article, one.notes) if isinstance(one, Extraction) else one for one in made]
    return PreparedChunk(extraction_table(good), heads)


def all_prepared(extractions: Iterable[Extraction | Prepared], at_once: int = AT_ONCE) -> Iterator[Prepared]:
    """The same in order, with what is not prepared yet made so, `at_once` at a time."""
    waiting: list[Extraction] = []
    for extraction in extractions:
        if isinstance(extraction, Extraction):
            waiting.append(extraction)
            if len(waiting) < at_once:
                continue
        yield from _prepared(waiting)
        waiting = []
        if isinstance(extraction, Prepared):
            yield extraction
    yield from _prepared(waiting)


def _prepared(extractions: list[Extraction]) -> Iterator[Prepared]:
    if extractions:
        rows = extraction_table(extractions)
        for row, extraction in enumerate(extractions):
            yield Prepared(head_of(extraction.article, extraction.notes), rows, row)


def joined(prepared: Sequence[Prepared]) -> pa.Table:
    """Their rows, in order."""
    parts: list[tuple[pa.Table, list[int]]] = []
    for one in prepared:
        if not parts or parts[-1][0] is not one.rows:
            parts.append((one.rows, []))
        parts[-1][1].append(one.row)
    return pa.concat_tables(
        [rows if places == list(range(rows.num_rows)) else rows.take(pa.array(places)) for rows, places in parts]
    )
