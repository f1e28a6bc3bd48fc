"""Adding over a Dask cluster of two real worker processes: the same as without, workers killed, runs broken off."""

import functools
import os
import signal
import threading
import time

import pytest

pytest.importorskip("distributed", reason="needs requirements-scale.txt")

import dask
import numpy as np
from distributed import Client, LocalCluster

from corpus import Corpus, links
from corpus.__main__ import main
from corpus.errors import CorpusWriteError
from corpus.prepared import prepare
from corpus.scale import cluster, partitions
from corpus.scale.cluster import plan_run, run_plan
from corpus.scale.partition_run import run_in_worker, run_partition
from corpus.scale.storage import Storage
from corpus.scale.verify import verify
from corpus.store import read_batch
from corpus.stories import LINKS_FILE, keep_links, read_links
from extract.batch import ProcessPool, each
from extract.readers.base import ReadOptions
from tests.benchmarks.make_corpus import main as make_corpus

ARTICLES = 300


@pytest.fixture(scope="module")
def lines(tmp_path_factory):
    path = tmp_path_factory.mktemp("lines") / "in.jsonl"
    make_corpus([str(ARTICLES), str(path), "--chars", "900"])
    return path


@pytest.fixture(scope="module")
def client():
    settings = {"distributed.scheduler.allowed-failures": 1, "distributed.admin.tick.limit": "60s"}
    with (
        dask.config.set(settings),
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as local,
        Client(local) as connected,
    ):
        yield connected


@pytest.fixture
def storage(tmp_path):
    return Storage(str(tmp_path / "corpus"))


@pytest.fixture
def plan(lines, storage, monkeypatch):
    monkeypatch.setattr(partitions, "LEAST_BYTES", 30_000)
    return plan_run(storage, [str(lines)], ReadOptions(), 2)


def mentions(folder):
    rows = [row for path in Corpus(folder).batches() for row in read_batch(path).to_pylist()]
    assert len({row["article_id"] for row in rows}) == len(rows)
    return {row["article_id"]: [(m["start"], m["place_id"], m["status"]) for m in row["mentions"]] for row in rows}


def test_a_cluster_stores_what_one_process_stores(plan, client, storage, lines, tmp_path):
    assert len(plan.partitions) >= 8
    run_plan(plan, client, storage)
    assert main(["add", str(lines), "--corpus", str(tmp_path / "one")]) == 0
    assert mentions(storage.folder) == mentions(tmp_path / "one")
    found = verify(storage.url, [str(lines)])
    assert (found.problems, found.articles, found.superseded) == ([], ARTICLES, 0)


def test_a_worker_killed_in_mid_run_costs_nothing(plan, client, storage, lines):
    def kill_one() -> None:
        while len(storage.names("batches", ".parquet")) < 2:
            time.sleep(0.02)
        os.kill(client.run(os.getpid)[next(iter(client.scheduler_info()["workers"]))], signal.SIGKILL)

    killer = threading.Thread(target=kill_one)
    killer.start()
    records = run_plan(plan, client, storage)
    killer.join()
    assert sum(record.added for record in records) == ARTICLES
    assert len(mentions(storage.folder)) == ARTICLES
    assert verify(storage.url, [str(lines)]).problems == []


def test_a_run_broken_off_goes_on_where_it_was(plan, client, storage):
    for number in (0, 1):
        run_partition(plan.run, number, plan.partitions[number])
    before = {path.name: path.stat().st_mtime_ns for path in Corpus(storage.folder).batches()}
    told = []
    run_plan(plan, client, storage, tell=lambda record, now: told.append(now))
    after = {path.name: path.stat().st_mtime_ns for path in Corpus(storage.folder).batches()}
    assert (told.count(False), before.items() <= after.items()) == (2, True)
    assert len(mentions(storage.folder)) == ARTICLES


def test_stories_are_compared_on_the_cluster_as_here(client, tmp_path, monkeypatch):
    make_corpus(["600", str(tmp_path / "corpus"), "--format", "batches"])
    corpus = Corpus(tmp_path / "corpus")
    monkeypatch.setattr(links, "_AT_ONCE", 50)
    assert keep_links(corpus, functools.partial(cluster.compare_on, client)) > 10
    there = read_links(corpus.folder)
    (corpus.folder / LINKS_FILE).unlink()
    keep_links(corpus)
    assert np.array_equal(there.pairs, read_links(corpus.folder).pairs)


def deadly(run, number, part, known=None):
    """A task whose third partition takes every worker down."""
    if number == 2:
        os._exit(9)
    return run_in_worker(run, number, part, known)


def test_a_partition_that_kills_its_workers_is_done_here(plan, client, storage, monkeypatch):
    monkeypatch.setattr(cluster, "run_in_worker", deadly)
    records = run_plan(plan, client, storage)
    assert sum(record.added for record in records) == ARTICLES


def crash_on_seven(article):
    if article.id == "synthetic-7":
        os._exit(9)
    return prepare([article])[0]


def test_the_article_that_crashes_is_told_and_the_rest_kept(plan, storage, lines):
    with ProcessPool(1, work=functools.partial(each, crash_on_seven)) as pool:
        record = run_partition(plan.run, 0, plan.partitions[0], work=functools.partial(cluster._carefully, pool))
    ((item, reason),) = record.failed
    assert item.endswith(":7")
    assert "ended its process" in reason
    assert record.added == record.rows - 1


def test_what_is_there_already_is_not_added_again(plan, storage, lines, tmp_path):
    main(["add", str(lines), "--corpus", str(storage.folder)])
    known = cluster.known_ids(storage, plan.run)
    record = run_partition(plan.run, 0, plan.partitions[0], known)
    assert (record.added, record.already_there) == (0, record.rows)
    assert mentions(storage.folder)


def test_a_corpus_in_memory_is_as_good(lines, monkeypatch):
    monkeypatch.setattr(partitions, "LEAST_BYTES", 60_000)
    storage = Storage("memory://corpus-of-the-test")
    plan = plan_run(storage, [str(lines)], ReadOptions(), 2)
    for number, part in enumerate(plan.partitions):
        run_partition(plan.run, number, part)
    found = verify(storage.url, [str(lines)])
    assert (found.problems, found.articles) == ([], ARTICLES)


def test_verify_tells_what_is_missing(plan, storage, lines):
    for number, part in enumerate(plan.partitions[:-1]):
        run_partition(plan.run, number, part)
    Corpus(storage.folder).batches()[1].unlink()
    problems = " ".join(verify(storage.url, [str(lines)]).problems)
    assert "was not done; run the same command again" in problems
    assert "articles are in no batch" in problems
    assert "rows of file://" in problems
    assert main(["verify", "--corpus", str(storage.folder)]) == 1


def test_a_disk_that_refuses_is_told(plan, storage, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("corpus.scale.storage.write_beside", full)
    with pytest.raises(CorpusWriteError, match="make room"):
        run_partition(plan.run, 0, plan.partitions[0])


@pytest.mark.parametrize(
    "arguments", [["--dask", "127.0.0.1:8786"], ["--dask", "local:x"], ["--dask", "local", "--dry-run"]]
)
def test_wrong_usage(tmp_path, arguments, lines):
    try:
        code = main(["add", str(lines), "--corpus", str(tmp_path / "c"), *arguments])
    except SystemExit as error:
        code = error.code
    assert code == 2
