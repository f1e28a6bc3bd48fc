"""`corpus verify`: proves that every row of the input is in the corpus exactly once, or says which is not.

Three things are held against each other: the plan of each run over a cluster (its partitions tile the input), the
records of the partitions (each row was added, repeated, there already or failed) and the batches themselves. With the
input named again, it is read once more from end to end, without partitions, and every article is looked up.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from corpus.errors import BatchGoneError
from corpus.scale.partition_run import RUNS, Record
from corpus.scale.partitions import Partition, find_files
from corpus.scale.storage import Storage
from corpus.store import BATCHES, undisturbed
from corpus.terminal import complain
from extract.readers.base import Failure, ReadOptions

_SHOWN = 20


@dataclass(slots=True)
class Verification:
    """What was found: `problems` are sentences, and empty when all is there; `articles` are distinct ones in the
    corpus, `superseded` rows that a later row for the same article stands in for; `rows` of input were accounted for,
    of which `repeated` held an article seen before and `failed` could not be read or extracted."""

    problems: list[str] = field(default_factory=list)
    articles: int = 0
    superseded: int = 0
    rows: int = 0
    repeated: int = 0
    failed: int = 0


def verify(url: str, inputs: Sequence[str] = (), options: ReadOptions | None = None) -> Verification:
    """Check the corpus at `url`, and with `inputs` that all of them is in it. Raises `InputError` when an input cannot
    be found."""
    storage, found = Storage(url), Verification()
    there = undisturbed(lambda: _ids_there(storage, found))
    for name in storage.names(f"{RUNS}", ""):
        _check_run(storage, name, there, found)
    for url_of_file, size in find_files(inputs) if inputs else []:
        _check_input(Partition(url_of_file, 0, size, whole=True), options or ReadOptions(), there, found)
    return found


def _ids_there(storage: Storage, found: Verification) -> np.ndarray:
    """Ids in the batches, ascending, each once; those of removed articles too, since a person took them out."""
    parts, removed, unread = [np.empty(0, np.uint64)], [np.empty(0, np.uint64)], []
    for name in storage.names(BATCHES, ".parquet"):
        try:
            articles, gone = storage.batch_ids(name)
            parts.append(articles)
            removed.append(gone)
        except BatchGoneError:
            raise
        except (OSError, ValueError, pa.ArrowException) as error:
            unread.append(f"batch {name} cannot be read ({error}); restore it, or add its articles again")
    found.problems += unread
    ids = np.concatenate(parts)
    distinct = np.unique(ids)
    found.articles, found.superseded = len(distinct), len(ids) - len(distinct)
    return np.union1d(distinct, np.concatenate(removed))


def _check_run(storage: Storage, name: str, there: np.ndarray, found: Verification) -> None:
    if not storage.has(f"{RUNS}/{name}/plan.json"):
        return
    plan = json.loads(storage.read(f"{RUNS}/{name}/plan.json"))
    partitions = [Partition(**part) for part in plan["partitions"]]
    sizes = dict(plan["files"])
    found.problems += [f"run {name}: {problem}" for problem in _untiled(partitions, sizes)]
    added: list[np.ndarray] = [np.empty(0, np.uint64)]
    for number, part in enumerate(partitions):
        path = f"{RUNS}/{name}/{number:06d}.json"
        if not storage.has(path):
            found.problems.append(f"run {name}: {part.item} was not done; run the same command again")
            continue
        record = Record.from_json(storage.read(path))
        added.append(record.article_ids)
        outcomes = record.added + record.repeated + record.already_there + len(record.failed)
        if outcomes != record.rows or len(record.article_ids) != record.added:
            found.problems.append(f"run {name}: of {record.rows} rows of {part.item} {outcomes} are accounted for")
        found.rows += record.rows
        found.repeated += record.repeated
        found.failed += len(record.failed)
    ids = np.concatenate(added)
    found.repeated += len(ids) - len(np.unique(ids))
    missing = np.setdiff1d(ids, there)
    if len(missing):
        shown = ", ".join(f"{number:016x}" for number in missing[:_SHOWN].tolist())
        found.problems.append(f"run {name}: {len(missing):,} of {len(ids):,} articles are in no batch: {shown}")


def _untiled(partitions: Sequence[Partition], sizes: dict[str, int]) -> list[str]:
    """Parts of the input files that no partition holds, or that two do."""
    problems = []
    for url in sizes:
        parts = sorted((part for part in partitions if part.url == url), key=lambda part: part.first)
        if not parts:
            problems.append(f"no partition holds {url}")
        if len(parts) == 1 and parts[0].whole:
            continue
        problems += [
            f"{one.item} and {other.item} do not meet"
            for one, other in zip(parts, parts[1:], strict=False)
            if one.last != other.first
        ]
        if parts and (
            parts[0].first != parts[0].header or not url.endswith(".parquet") and parts[-1].last != sizes[url]
        ):
            problems.append(f"the partitions of {url} do not reach from its first row to its last")
    return problems


def _check_input(part: Partition, options: ReadOptions, there: np.ndarray, found: Verification) -> None:
    missing, shown, rows = 0, [], 0
    for item in part.read(options):
        rows += 1
        if isinstance(item, Failure):
            found.failed += 1
            complain(f"{item.item}: {item.reason}")
            continue
        number = np.uint64(int(item.article_id, 16))
        place = int(np.searchsorted(there, number))
        if place == len(there) or there[place] != number:
            missing += 1
            shown += [item.origin or item.id] if len(shown) < _SHOWN else []
    found.rows += rows
    if missing:
        found.problems.append(f"{missing:,} of {rows:,} rows of {part.url} are not in the corpus: {', '.join(shown)}")


def run(args: argparse.Namespace, options: ReadOptions) -> int:
    """`corpus verify`; 0 when everything is there, else 1."""
    found = verify(str(args.corpus), args.paths, options)
    for problem in found.problems:
        complain(problem)
    lines = [
        (found.articles, "articles in the corpus, each counted once"),
        (found.superseded, "older rows of the same articles, which do not count"),
        (found.rows, "rows of input accounted for"),
        (found.repeated, "of them repeat an article"),
        (found.failed, "of them could not be read or extracted"),
        (len(found.problems), "problems, told above" if found.problems else "problems"),
    ]
    for figure, words in lines:
        print(f"{figure:10,}  {words}", file=sys.stderr)
    return 1 if found.problems else 0
