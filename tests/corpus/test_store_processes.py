"""Adds by other processes: killed in the middle, and at the same time."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus import Corpus, CorpusIndex, MentionFilter
from corpus.files import PREFIX, clean_leftovers
from tests.corpus.corpus_samples import plain

ROOT = Path(__file__).parents[2]
ADD = """
import sys
from corpus import Corpus
from tests.corpus.corpus_samples import plain
first, last, folder = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
print("ready", flush=True)
sys.stdin.readline()
Corpus(folder).add((plain(n) for n in range(first, last)), batch_articles=5)
"""
DIE_WRITING = """
import os, signal, sys
from corpus import store
from tests.corpus.corpus_samples import plain
write = store.pq.write_table
def die(table, stream, **options):
    write(table.slice(0, 1), stream, **options)
    stream.flush()
    os.kill(os.getpid(), signal.SIGKILL)
corpus = store.Corpus(sys.argv[1])
corpus.add([plain(n) for n in range(4)], batch_articles=2)
store.pq.write_table = die
corpus.add(plain(n) for n in range(10))
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")


def start(code, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


@pytest.fixture
def killed(corpus):
    """A corpus of four articles whose adder was killed while it wrote six more."""
    process = start(DIE_WRITING, corpus.folder)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    return corpus


def leftovers(corpus):
    return list((corpus.folder / "batches").glob(f"{PREFIX}*"))


def test_killed_add_leaves_the_corpus_as_it_was(killed):
    assert leftovers(killed)
    assert killed.article_ids() == {plain(n).article.article_id for n in range(4)}


def test_add_after_a_kill_completes_and_cleans(killed):
    report = killed.add(plain(n) for n in range(10))
    assert (report.added, report.already_there, leftovers(killed)) == (6, 4, [])


def test_kill_at_any_moment_leaves_whole_batches(corpus, gazetteer):
    ids = {plain(n).article.article_id for n in range(3000)}
    for wait in (0.05, 0.2):
        process = start(ADD, 0, 3000, corpus.folder)
        process.stdout.readline()
        process.stdin.write(b"\n")
        process.stdin.flush()
        time.sleep(wait)
        process.kill()
        process.communicate()
        there = Corpus(corpus.folder).newest()
        assert there.damaged == ()
        assert set(there.rows) <= ids
    corpus.add(plain(n) for n in range(3000))
    index = CorpusIndex(corpus, gazetteer=gazetteer)
    assert index.article_rows(MentionFilter())["article_id"].value_counts().to_dict() == dict.fromkeys(ids, 1)


def test_adders_at_the_same_time_lose_nothing(corpus, gazetteer):
    processes = [start(ADD, first, first + 120, corpus.folder) for first in (0, 60)]
    for process in processes:
        process.stdout.readline()
    for process in processes:
        process.stdin.write(b"\n")
        process.stdin.flush()
    for process in processes:
        process.communicate(timeout=60)
        assert process.returncode == 0
    counted = CorpusIndex(corpus, gazetteer=gazetteer).article_rows(MentionFilter())["article_id"].value_counts()
    assert counted.to_dict() == {plain(n).article.article_id: 1 for n in range(180)}


def test_a_living_writers_file_is_not_cleaned(tmp_path):
    from corpus.files import write_beside

    def fill(stream):
        clean_leftovers(tmp_path)
        stream.write(b"whole")

    write_beside(tmp_path / "batch", fill)
    assert [path.name for path in tmp_path.iterdir()] == ["batch"]
    assert (tmp_path / "batch").read_bytes() == b"whole"


def test_file_taken_in_the_instant_before_its_lock_is_written_again(tmp_path):
    from corpus.files import write_beside

    calls = []

    def fill(stream):
        if not calls:
            Path(stream.name).unlink()
        calls.append(stream.write(b"whole"))

    write_beside(tmp_path / "batch", fill)
    assert (len(calls), (tmp_path / "batch").read_bytes()) == (2, b"whole")
