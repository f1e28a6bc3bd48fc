"""`kill -9` at random moments of an add by two processes: after the next add every article is there exactly once.

Four moments here; `DATELINE_KILLS=20 python -m pytest tests/corpus/test_crash.py` tries twenty.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from corpus import Corpus
from corpus.store import read_batch
from tests.benchmarks.make_corpus import main as make_corpus

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("DATELINE_KILLS", "4"))
ARTICLES = 240
ADD = """
import sys
from corpus.adding import add_articles
from corpus.prepared import prepare
from corpus.store import Corpus
from extract.batch import ProcessPool
from extract.readers import read_paths

class SmallBatches(Corpus):
    def add(self, extractions, **options):
        return super().add(extractions, batch_articles=9, **options)

if __name__ == "__main__":
    corpus = SmallBatches(sys.argv[2])
    known = corpus.article_ids()
    with ProcessPool(2, work=prepare) as pool:
        print("started", flush=True)
        items = pool.ahead(read_paths([sys.argv[1]]), known=known)
        report = add_articles(corpus, items, pool.result, tell=lambda outcome: None)
    print(report.added, report.already_there, flush=True)
"""

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="finds worker processes in Linux's /proc")


@pytest.fixture(scope="module")
def lines(tmp_path_factory):
    path = tmp_path_factory.mktemp("lines") / "articles.jsonl"
    make_corpus([str(ARTICLES), str(path), "--chars", "900"])
    return path


def start(lines, folder):
    process = subprocess.Popen(
        [sys.executable, "-c", ADD, str(lines), str(folder)], cwd=ROOT, stdout=subprocess.PIPE, start_new_session=True
    )
    assert process.stdout.readline() == b"started\n"
    return process


def workers(process):
    """Pids of the processes that extract, not of the tracker of resources."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [int(pid) for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def rows_of(folder):
    corpus = Corpus(folder)
    assert corpus.newest().damaged == ()
    return Counter(
        row for path in corpus.batches() for row in read_batch(path, ["article_id"])["article_id"].to_pylist()
    )


def test_every_article_is_there_once_after_kills_of_the_whole_add(lines, tmp_path):
    moments = random.Random(5)
    seen = set()
    for _ in range(KILLS):
        process = start(lines, tmp_path / "corpus")
        time.sleep(moments.uniform(0.0, 2.0))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        there = rows_of(tmp_path / "corpus")
        assert seen <= set(there)
        seen = set(there)
    out, _ = start(lines, tmp_path / "corpus").communicate(timeout=120)
    there = rows_of(tmp_path / "corpus")
    assert (len(there), set(there.values())) == (ARTICLES, {1})
    assert [int(number) for number in out.split()] == [ARTICLES - len(seen), len(seen)]


def test_an_add_whose_worker_is_killed_completes(lines, tmp_path):
    process = start(lines, tmp_path / "corpus")
    deadline = time.monotonic() + 60
    while not (pids := workers(process)) and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(1.0)
    os.kill(pids[-1], signal.SIGKILL)
    out, _ = process.communicate(timeout=120)
    there = rows_of(tmp_path / "corpus")
    assert (process.returncode, out) == (0, b"240 0\n")
    assert (len(there), set(there.values())) == (ARTICLES, {1})


def test_workers_end_with_their_parent(lines, tmp_path):
    process = start(lines, tmp_path / "corpus")
    deadline = time.monotonic() + 60
    while len(pids := workers(process)) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    process.kill()
    process.communicate()
    while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [pid for pid in pids if Path(f"/proc/{pid}").exists()] == []


def test_ctrl_c_keeps_what_was_written_and_the_next_add_completes(lines, tmp_path):
    command = [sys.executable, "-m", "corpus", "add", str(lines), "--corpus", str(tmp_path / "corpus"), "--jobs", "2"]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, start_new_session=True)
    deadline = time.monotonic() + 60
    while len(workers(process)) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors.count(b"Traceback")) == (130, 0)
    assert b"the same command goes on from there" in errors
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    there = rows_of(tmp_path / "corpus")
    assert (len(there), set(there.values())) == (ARTICLES, {1})
