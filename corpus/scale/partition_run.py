"""One partition of a run over a cluster: read, extracted and written as one batch under a name known beforehand.

The work of one task. A task that is run again, because its worker died or it was slow, writes the same file over, so
that a run is complete when every partition was done at least once.
"""

import base64
import faulthandler
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from corpus.columns import with_added_at
from corpus.prepared import Prepared, joined, prepare
from corpus.scale.partitions import Partition
from corpus.scale.storage import Storage, id_numbers
from corpus.store import BATCHES, ROW_GROUP_ARTICLES
from extract.batch import SECONDS_AN_ARTICLE, use_own_places
from extract.readers.base import Failure, ReadOptions
from extract.types import Article
from geodata.own_layer import OwnPlace

RUNS = "runs"
_AT_ONCE = 16
Work = Callable[[Sequence[Article]], Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Run:
    """What all tasks of a run share: its name, when it started (UTC, ISO), the corpus it writes to, and the places
    that this corpus adds to the gazetteer."""

    name: str
    started: str
    corpus: str
    options: ReadOptions = field(default_factory=ReadOptions)
    own: tuple[OwnPlace, ...] = ()

    def batch_of(self, number: int) -> str:
        """Name of the batch that partition `number` writes."""
        return f"{datetime.fromisoformat(self.started):%Y%m%dT%H%M%S%f}Z-{self.name}-{number:06d}.parquet"

    def record_of(self, number: int) -> str:
        """Path in the corpus of the record of partition `number`, which is written last."""
        return f"{RUNS}/{self.name}/{number:06d}.json"


@dataclass(frozen=True, slots=True)
class Record:
    """What became of a partition's rows: `rows` of them were read, and each was `added`, `repeated` (the same article
    earlier in the partition), `already_there` (in the corpus before the run) or `failed` (item and reason)."""

    partition: int
    item: str
    rows: int
    added: int
    repeated: int
    already_there: int
    undated: int
    unknown_source: int
    failed: tuple[tuple[str, str], ...]
    ids: str = ""

    @property
    def article_ids(self) -> np.ndarray:
        """Ids of the added articles, as 64-bit numbers in the order of the batch."""
        return np.frombuffer(base64.b64decode(self.ids), dtype=np.uint64)

    @classmethod
    def from_json(cls, data: bytes) -> "Record":
        """A record as it was kept."""
        values = json.loads(data)
        return cls(**values | {"failed": tuple((item, reason) for item, reason in values["failed"])})


def run_partition(
    run: Run, number: int, part: Partition, known: np.ndarray | None = None, *, work: Work = prepare
) -> Record:
    """Do partition `number`; `known` are ids of articles that are in the corpus already (ascending)."""
    use_own_places(run.own)
    kept, tally = _extract(part, run.options, set() if known is None else set(known.tolist()), work)
    storage = Storage(run.corpus)
    if kept:
        data = io.BytesIO()
        table = with_added_at(joined(kept), datetime.fromisoformat(run.started).astimezone(UTC))
        pq.write_table(table, data, compression="zstd", row_group_size=ROW_GROUP_ARTICLES)
        storage.write(f"{BATCHES}/{run.batch_of(number)}", data.getvalue())
    ids = id_numbers([one.head.article_id for one in kept])
    record = Record(
        partition=number,
        item=part.item,
        added=len(kept),
        undated=sum(one.head.date is None for one in kept),
        unknown_source=sum(not one.head.source for one in kept),
        ids=base64.b64encode(ids.tobytes()).decode("ascii"),
        **tally,
    )
    values = {name: getattr(record, name) for name in Record.__slots__}
    storage.write(run.record_of(number), json.dumps(values, ensure_ascii=True).encode("utf-8"))
    return record


def _extract(part: Partition, options: ReadOptions, known: set[int], work: Work) -> tuple[list[Prepared], dict]:
    kept: list[Prepared] = []
    failed: list[tuple[str, str]] = []
    tally = {"rows": 0, "repeated": 0, "already_there": 0}
    waiting: list[Article] = []
    seen: set[int] = set()

    def flush() -> None:
        for article, made in zip(waiting, _timed(work, waiting), strict=True):
            if isinstance(made, Exception):
                reason = f"could not be extracted ({type(made).__name__}: {made})"
                failed.append((article.origin or article.id, reason))
            else:
                kept.append(made)
        waiting.clear()

    for item in part.read(options):
        tally["rows"] += 1
        if isinstance(item, Failure):
            failed.append((item.item, item.reason))
            continue
        number = int(item.article_id, 16)
        if number in known or number in seen:
            tally["repeated" if number in seen else "already_there"] += 1
            continue
        seen.add(number)
        waiting.append(item)
        if len(waiting) >= _AT_ONCE:
            flush()
    flush()
    return kept, tally | {"failed": tuple(failed)}


def _timed(work: Work, articles: Sequence[Article]) -> Sequence[Any]:
    """The work, which ends this process when it takes longer than its time: a worker that hangs would never be missed,
    one that is gone is. Only in worker processes of a cluster, which `_in_cluster` marks."""
    if not articles:
        return []
    if _MAY_END_PROCESS:
        faulthandler.dump_traceback_later(SECONDS_AN_ARTICLE * 2, exit=True)
    try:
        return work(articles)
    finally:
        if _MAY_END_PROCESS:
            faulthandler.cancel_dump_traceback_later()


_MAY_END_PROCESS = False


def run_in_worker(run: Run, number: int, part: Partition, known: np.ndarray | None = None) -> Record:
    """`run_partition` in a process that may be ended when an article hangs."""
    global _MAY_END_PROCESS
    _MAY_END_PROCESS = True
    return run_partition(run, number, part, known)
