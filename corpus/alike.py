"""What articles that are not in a corpus yet would share a story with: for a preview, before anything is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpus.buckets import WINDOW_DAYS
from corpus.errors import BatchGoneError, DamagedBatchError
from corpus.newest import KEYS, PLACE, newest_rows, read_rows
from corpus.schema import SCHEMA
from corpus.store import Corpus, undisturbed
from corpus.stories import MOST_STEPS, group_stories, read_links
from corpus.wordings import FIRST_ORDINAL
from extract.fingerprint import read_fingerprint
from extract.types import Extraction

_COLUMNS = ["article_id", "title", "source", "date", "fingerprint"]
_NEAR_DAYS = WINDOW_DAYS * (MOST_STEPS + 1)
"""Days around an article that its story, and what could have it led by another copy, is in."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a corpus stands to an article that may be added.

    `state`: "new", "there" (adding it would add nothing) or "removed" (taken out earlier, and left out again).
    `alike_title` and `alike_source` are of another copy of its story, the leading one unless it leads itself; `alike`
    is False when it stands alone.
    """

    state: str
    alike: bool = False
    alike_title: str = ""
    alike_source: str = ""


def standings(corpus: Corpus, extractions: Sequence[Extraction]) -> list[Standing]:
    """One for each of `extractions`, which are compared with the corpus and with each other. Batches that cannot be
    read are passed over: opening the corpus tells of them."""
    there, states = undisturbed(lambda: _there(corpus, extractions))
    fresh: dict[str, Extraction] = {}
    for extraction in extractions:
        if states[extraction.article.article_id] != "there":
            fresh.setdefault(extraction.article.article_id, extraction)
    table = pa.concat_tables([there, _table(list(fresh.values()))])
    leaders = group_stories(table, read_links(corpus.folder)).leaders
    numbers = {article_id: number for number, article_id in enumerate(table.column("article_id").to_pylist())}
    found = []
    for extraction in extractions:
        article_id = extraction.article.article_id
        # its batch went bad in between
        number = numbers.get(article_id)
        other = None if number is None else _other_copy(number, leaders)
        if other is None:
            found.append(Standing(states[article_id]))
        else:
            title, source = (table.column(name)[other].as_py() or "" for name in ("title", "source"))
            found.append(Standing(states[article_id], True, title, source))
    return found


def _other_copy(number: int, leaders: np.ndarray) -> int | None:
    leader = int(leaders[number])
    if leader != number:
        return leader
    copies = np.flatnonzero(leaders == leader)
    return next((int(copy) for copy in copies if copy != number), None)


def _there(corpus: Corpus, extractions: Sequence[Extraction]) -> tuple[pa.Table, dict[str, str]]:
    """Articles of the corpus that may tell a story of `extractions`, and how it stands to the id of each of these."""
    dates = SCHEMA.field("date")
    keys = read_rows(corpus, corpus.batches(), [*KEYS, dates.name])
    rows = newest_rows(keys.tables, [dates])
    ids = [extraction.article.article_id for extraction in extractions]
    asked = pc.is_in(rows.column("article_id"), pa.array(ids, pa.string()))
    removed = rows.column("removed")
    states = dict.fromkeys(ids, "new")
    known = rows.filter(asked)
    for article_id, is_removed in zip(*(known.column(name).to_pylist() for name in KEYS[::2]), strict=True):
        states[article_id] = "removed" if is_removed else "there"
    near = _near(rows.column("date"), (extraction.article.date for extraction in extractions))
    rows = rows.select(PLACE.names).filter(pc.and_not(pc.or_(asked, near), removed))
    return _read(corpus, keys.batches, rows), states


def _near(dates: pa.ChunkedArray, days: Iterable[Date | None]) -> pa.ChunkedArray:
    """Which dates are near one of the days, or missing; all of them where one of the days is not known."""
    wanted = set(days)
    if None in wanted:
        return pc.or_(pc.is_null(dates), True)
    around = {day.toordinal() - FIRST_ORDINAL + step for day in wanted for step in range(-_NEAR_DAYS, _NEAR_DAYS + 1)}
    return pc.or_(pc.is_in(dates.cast(pa.int32()), pa.array(sorted(around), pa.int32())), pc.is_null(dates))


def _read(corpus: Corpus, batches: Sequence[Path], rows: pa.Table) -> pa.Table:
    numbers, places = (rows.column(name).to_numpy() for name in PLACE.names)
    tables = [_table([])]
    for number in np.unique(numbers).tolist():
        try:
            batch = corpus.read(batches[number], _COLUMNS)
        except BatchGoneError:
            raise
        except DamagedBatchError:
            continue
        batch = batch.take(pa.array(np.sort(places[numbers == number])))
        tables.append(batch.append_column("chars", _lengths(batch.column("fingerprint").to_pylist())))
    return pa.concat_tables([table.cast(_SCHEMA) for table in tables])


def _lengths(fingerprints: Iterable[bytes | None]) -> pa.Array:
    """How long the texts are, by their different words in a row: whole texts are too much to read."""
    return pa.array([read_fingerprint(one or b"")[0] for one in fingerprints], pa.int32())


_SCHEMA = pa.schema(
    [
        ("article_id", pa.string()),
        ("title", pa.string()),
        ("source", pa.string()),
        ("date", pa.date32()),
        ("fingerprint", pa.binary()),
        ("chars", pa.int32()),
    ]
)


def _table(extractions: Sequence[Extraction]) -> pa.Table:
    rows = [
        {
            "article_id": extraction.article.article_id,
            "title": _storable(extraction.article.title),
            "source": _storable(extraction.article.source),
            "date": extraction.article.date,
            "fingerprint": extraction.fingerprint,
            "chars": read_fingerprint(extraction.fingerprint or b"")[0],
        }
        for extraction in extractions
    ]
    return pa.Table.from_pylist(rows, schema=_SCHEMA)


def _storable(text: str) -> str:
    """Lone surrogates, which UTF-8 cannot hold, as `?`."""
    return text.encode("utf-8", "replace").decode("utf-8")
