"""What articles that are not in a corpus yet would share a story with: for a preview, before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpus.errors import BatchGoneError, DamagedBatchError
from corpus.store import Corpus, undisturbed
from corpus.stories import group_stories, read_links
from extract.types import Extraction

_COLUMNS = ["article_id", "title", "source", "date", "fingerprint", "text"]


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
    known = corpus.newest().rows
    there, states = undisturbed(lambda: _there(corpus)), {}
    for article_id in (extraction.article.article_id for extraction in extractions):
        ref = known.get(article_id)
        states[article_id] = "new" if ref is None else "removed" if ref.removed else "there"
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


def _there(corpus: Corpus) -> pa.Table:
    rows: dict = {}
    for ref in corpus.newest().rows.values():
        if not ref.removed:
            rows.setdefault(ref.batch, []).append(ref.row)
    tables = [_table([])]
    for path, numbers in rows.items():
        try:
            batch = corpus.read(path, _COLUMNS).take(pa.array(sorted(numbers)))
        except BatchGoneError:
            raise
        except DamagedBatchError:
            continue
        tables.append(batch.append_column("chars", pc.utf8_length(batch.column("text"))).select(_SCHEMA.names))
    return pa.concat_tables([table.cast(_SCHEMA) for table in tables])


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
            "chars": len(extraction.article.text),
        }
        for extraction in extractions
    ]
    return pa.Table.from_pylist(rows, schema=_SCHEMA)


def _storable(text: str) -> str:
    """Lone surrogates, which UTF-8 cannot hold, as `?`."""
    return text.encode("utf-8", "replace").decode("utf-8")
