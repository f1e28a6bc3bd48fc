"""`corpus add --dask`: extraction over a Dask cluster, partitions in, batches out.

The scheduler hands out partitions; workers read their part of the input themselves and write their batch themselves, so
that nothing but short records passes through this process. The plan and the records are kept in the corpus under
`runs/`: the same command goes on where a run broke off, and `corpus verify` proves that nothing is missing.
"""

import argparse
import functools
import hashlib
import itertools
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import fsspec
import numpy as np
import pyarrow as pa
from tqdm import tqdm

from corpus.buckets import Comparison
from corpus.corrections.file import CorrectionsFile
from corpus.corrections.own_places import own_places
from corpus.errors import BatchGoneError, CorpusError
from corpus.links import Make
from corpus.prepared import Prepared, prepare
from corpus.reporting import tell_report
from corpus.scale.partition_run import RUNS, Record, Run, run_in_worker, run_partition
from corpus.scale.partitions import Partition, as_json, find_files, plan_partitions
from corpus.scale.storage import Storage
from corpus.store import BATCHES, AddReport, Corpus, undisturbed
from corpus.stories import keep_links
from corpus.tables.kept_file import keep_tables
from corpus.terminal import complain
from extract.batch import ProcessPool
from extract.pipeline import EXTRACTOR_VERSION
from extract.readers.base import ReadOptions
from extract.types import Article
from geodata import open_gazetteer

if TYPE_CHECKING:
    from distributed import Client

_ENVIRONMENT = "distributed.nanny.pre-spawn-environ"
_KNOWN_ALLOWED = 1_000  # ids sent with every task rather than once to every worker


class ClusterError(CorpusError, RuntimeError):
    """The cluster cannot be reached or used; the message says what would help. Retrying helps once it is there."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A run and its partitions, as kept in the corpus before the first is done."""

    run: Run
    partitions: tuple[Partition, ...]


@contextmanager
def connected(address: str) -> Iterator["Client"]:
    """A client of the scheduler at `tcp://...`, or of a cluster of this machine's processors (`local`, `local:4`)."""
    import dask
    from distributed import Client, LocalCluster

    if not address.startswith("local"):
        try:
            with Client(address, timeout="20s") as client:
                yield client
        except OSError as error:
            raise ClusterError(f"no Dask scheduler answers at {address} ({error}); check the address") from error
        return
    count = address.removeprefix("local").removeprefix(":") or str(os.cpu_count() or 1)
    # trimming memory as eagerly as Dask has workers do makes the C library ask the system for every larger piece anew
    environment = {name: value for name, value in dask.config.get(_ENVIRONMENT).items() if "TRIM" not in name}
    with (
        dask.config.set({_ENVIRONMENT: environment}),
        # one thread each: extraction holds the interpreter's lock
        LocalCluster(n_workers=int(count), threads_per_worker=1, processes=True) as cluster,
        Client(cluster) as client,
    ):
        yield client


def plan_run(storage: Storage, inputs: Sequence[str], options: ReadOptions, workers: int) -> Plan:
    """The plan kept for exactly this input, or a new one, kept before it is followed."""
    files = find_files(inputs)
    keys = [(url, fsspec.core.url_to_fs(url)[0].ukey(fsspec.core.url_to_fs(url)[1])) for url, _ in files]
    gazetteer = open_gazetteer()
    own = own_places(CorrectionsFile(storage.folder).read().state, gazetteer) if storage.folder else ()
    what = repr((keys, options, EXTRACTOR_VERSION, gazetteer.version, own))
    name = hashlib.sha256(what.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    path = f"{RUNS}/{name}/plan.json"
    if storage.has(path):
        kept = json.loads(storage.read(path))
    else:
        partitions = [as_json(part) for part in plan_partitions(files, workers)]
        kept = {"started": datetime.now(UTC).isoformat(), "files": files, "partitions": partitions}
        storage.write(path, json.dumps(kept, ensure_ascii=True, indent=1).encode("utf-8"))
    run = Run(name, kept["started"], storage.url, options, own)
    return Plan(run, tuple(Partition(**part) for part in kept["partitions"]))


def run_plan(
    plan: Plan, client: "Client", storage: Storage, *, tell: Callable[[Record, bool], None] = lambda record, now: None
) -> list[Record]:
    """Do what is not done of a plan; the records of all partitions. `tell` is given each and whether it was done now.

    A partition whose workers die is done here, article by article in a process of its own, so that the one article
    that kills them is found and left out. Raises what a task raises otherwise (storage that cannot be written to).
    """
    from distributed import KilledWorker, as_completed

    records = {number: record for number in range(len(plan.partitions)) if (record := _kept(storage, plan.run, number))}
    known = known_ids(storage, plan.run)
    shared: Any = known if len(known) <= _KNOWN_ALLOWED else client.scatter(known, broadcast=True)
    futures = {
        client.submit(run_in_worker, plan.run, number, part, shared, pure=False): number
        for number, part in enumerate(plan.partitions)
        if number not in records
    }
    for record in records.values():
        tell(record, False)
    for future in as_completed(futures):
        number = futures[future]
        try:
            records[number] = future.result()
        except KilledWorker:
            with ProcessPool(1, work=prepare, own=plan.run.own) as pool:
                work = functools.partial(_carefully, pool)
                records[number] = run_partition(plan.run, number, plan.partitions[number], known, work=work)
        future.release()
        tell(records[number], True)
    return [records[number] for number in sorted(records)]


def compare_on(client: "Client", make: Make, comparisons: Iterator[Comparison]) -> Iterator[np.ndarray]:
    """Make the comparisons of `corpus.links.extend_links` on the cluster, a few for each worker at a time: all of them
    together hold every fingerprint several times over."""
    from distributed import as_completed

    def sent(count: int) -> list[Any]:
        return [client.submit(make, one, pure=False) for one in itertools.islice(comparisons, count)]

    waiting = as_completed(sent(2 * max(sum(client.nthreads().values()), 1)))
    for future in waiting:
        yield future.result()
        future.release()
        for another in sent(1):
            waiting.add(another)


def _carefully(pool: ProcessPool, articles: Sequence[Article]) -> list[Prepared | Exception]:
    """`prepare` in a process that an article may take down alone."""
    made: list[Prepared | Exception] = []
    for article in pool.ahead(articles):
        try:
            made.append(pool.result(article))
        # whatever an article does to the extractor, it must not cost the other articles
        except Exception as error:
            made.append(error)
    return made


def _kept(storage: Storage, run: Run, number: int) -> Record | None:
    """The record of a partition that was done before, if its batch is there too."""
    if not storage.has(run.record_of(number)):
        return None
    record = Record.from_json(storage.read(run.record_of(number)))
    return record if not record.added or storage.has(f"{BATCHES}/{run.batch_of(number)}") else None


def known_ids(storage: Storage, run: Run) -> np.ndarray:
    """Ids of the articles in the corpus and of those removed from it, ascending; those that this very run has written
    are not among them."""
    return undisturbed(lambda: _known_ids(storage, run))


def _known_ids(storage: Storage, run: Run) -> np.ndarray:
    own = f"-{run.name}-"
    parts = [np.empty(0, np.uint64)]
    for name in storage.names(BATCHES, ".parquet"):
        if own not in name:
            try:
                parts += storage.batch_ids(name)
            except BatchGoneError:
                raise
            except (OSError, ValueError, pa.ArrowException) as error:
                complain(f"batch {name} cannot be read ({error}); articles in it may be added a second time")
    return np.unique(np.concatenate(parts))


def add(args: argparse.Namespace, options: ReadOptions) -> int:
    """`corpus add --dask`; 0 when all was read, 1 when some rows failed."""
    storage = Storage(str(args.corpus))
    failed = 0
    total = AddReport()
    with connected(args.dask) as client:
        print(f"Dask dashboard: {client.dashboard_link}", file=sys.stderr)
        workers = sum(client.nthreads().values())
        plan = plan_run(storage, args.paths, options, workers)
        bar = tqdm(total=len(plan.partitions), unit=" partitions", disable=None, file=sys.stderr, dynamic_ncols=True)

        def tell(record: Record, now: bool) -> None:
            nonlocal failed, total
            failed += len(record.failed)
            total = _with(total, record, now)
            with tqdm.external_write_mode(file=sys.stderr):
                for item, reason in record.failed:
                    complain(f"{item}: {reason}")
            bar.update()

        with bar:
            run_plan(plan, client, storage, tell=tell)
        if storage.folder and total.added:
            keep_links(Corpus(storage.folder), functools.partial(compare_on, client))
    tell_report(total, failed)
    if storage.folder and total.added:
        keep_tables(Corpus(storage.folder))
    return 1 if failed else 0


def _with(report: AddReport, record: Record, now: bool) -> AddReport:
    """The report with what became of one more partition; what an earlier attempt added is there already."""
    there = report.already_there + record.already_there + record.repeated
    if not now:
        return replace(report, already_there=there + record.added)
    return replace(
        report,
        added=report.added + record.added,
        already_there=there,
        undated=report.undated + record.undated,
        unknown_source=report.unknown_source + record.unknown_source,
    )
