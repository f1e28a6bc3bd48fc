"""Compacting while others read and add, and killed at any moment: real processes."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from corpus import ArticleGoneError, Corpus, CorpusIndex, MentionFilter
from corpus.files import PREFIX
from corpus.scale.compacting import compact
from tests.corpus.corpus_samples import plain

ROOT = Path(__file__).parents[2]
ARTICLES = 36
SLOWLY = """
import sys, time
from corpus import Corpus
from corpus.scale import compacting
deleted, written = compacting._deleted, compacting._write_sorted
def slow(step):
    def run(*arguments):
        time.sleep(0.05)
        return step(*arguments)
    return run
compacting._deleted, compacting._write_sorted = slow(deleted), slow(written)
corpus = Corpus(sys.argv[1])
print("ready", flush=True)
for target in (3_000, 10**9):
    compacting.compact(corpus, target_bytes=target)
"""
DIE = """
import os, signal, sys
from corpus import Corpus
from corpus.scale import compacting
name, calls = sys.argv[2], int(sys.argv[3])
real = getattr(compacting, name)
def die(*arguments):
    global calls
    calls -= 1
    if calls < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*arguments)
setattr(compacting, name, die)
compacting.compact(Corpus(sys.argv[1]), target_bytes=3_000)
"""
DIE_WRITING = """
import os, signal, sys
from corpus import Corpus
from corpus.scale import compacting
write = compacting.pq.write_table
def die(table, stream, **options):
    write(table.slice(0, 1), stream, **options)
    stream.flush()
    os.kill(os.getpid(), signal.SIGKILL)
compacting.pq.write_table = die
compacting.compact(Corpus(sys.argv[1]))
"""
ADD = """
import sys
from corpus import Corpus
from tests.corpus.corpus_samples import plain
corpus = Corpus(sys.argv[1])
for number in range(1000, 1010):
    corpus.add([plain(number, f"Bakhmut, {number}.")])
    corpus.add([plain(number - 1000, f"Bakhmut, {number - 1000}.")])
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")


def start(code, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def some(*numbers):
    return [plain(number, f"Bakhmut, {number}.") for number in numbers]


def ids(extractions):
    return {extraction.article.article_id for extraction in extractions}


@pytest.fixture
def many(corpus):
    """Thirty-six articles in twelve batches."""
    corpus.add(some(*range(ARTICLES)), batch_articles=3)
    return corpus


def test_a_reader_in_a_loop_sees_the_same(many, gazetteer):
    asked = MentionFilter()
    first = CorpusIndex(many, gazetteer=gazetteer)
    expected, articles = first.places(asked), first.article_rows(asked)
    process = start(SLOWLY, many.folder)
    process.stdout.readline()
    opened = 0
    while process.poll() is None:
        with CorpusIndex(Corpus(many.folder), gazetteer=gazetteer) as index:
            assert index.problems == ()
            assert index.places(asked).equals(expected)
            assert index.article_rows(asked).equals(articles)
        assert first.places(asked).equals(expected)
        opened += 1
    assert (process.returncode, process.stderr.read()) == (0, b"")
    assert opened >= 3


def test_an_article_of_an_index_opened_before_is_there_or_gone_as_told(many, gazetteer):
    article_id = sorted(ids(some(7)))[0]
    with CorpusIndex(many, gazetteer=gazetteer) as before:
        assert before.article(article_id).article.id == "item-7"
        compact(many)
        with pytest.raises(ArticleGoneError, match="open the corpus again"):
            before.article(article_id)
    with CorpusIndex(many, gazetteer=gazetteer) as after:
        assert after.article(article_id).article.id == "item-7"


def test_what_is_added_meanwhile_is_there_once(many):
    compacting, adding = start(SLOWLY, many.folder), start(ADD, many.folder)
    for process in (adding, compacting):
        _, told = process.communicate(timeout=120)
        assert (process.returncode, told) == (0, b"")
    compact(many)
    there = Corpus(many.folder)
    assert there.article_ids() == ids(some(*range(ARTICLES), *range(1000, 1010)))
    assert sum(len(there.read(path, ["article_id"])) for path in there.batches()) == ARTICLES + 10


def test_two_compacts_at_the_same_time_keep_every_article_once(many):
    for process in [start(SLOWLY, many.folder) for _ in range(2)]:
        _, told = process.communicate(timeout=120)
        assert (process.returncode, told) == (0, b"")
    assert sum(len(many.read(path, ["article_id"])) for path in many.batches()) == ARTICLES


@pytest.mark.parametrize(
    ("name", "calls"), [("_spill_batch", 4), ("_write_sorted", 2), ("_check", 0), ("_deleted", 0), ("_deleted", 7)]
)
def test_a_kill_leaves_the_corpus_whole_and_the_next_compact_cleans(many, name, calls):
    many.remove(ids(some(5)))
    process = start(DIE, many.folder, name, calls)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    newest = many.newest()
    assert newest.damaged == ()
    assert many.article_ids() == ids(some(*range(ARTICLES))) - ids(some(5))
    assert many.add(some(5)).removed_before == 1
    compact(many)
    assert sum(len(many.read(path, ["article_id"])) for path in many.batches()) == ARTICLES
    assert not (many.folder / ".compacting").exists()


def test_a_kill_in_the_middle_of_a_batch_leaves_no_half_of_it(many):
    before = many.batches()
    process = start(DIE_WRITING, many.folder)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert many.batches() == before
    compact(many)
    assert list((many.folder / "batches").glob(f"{PREFIX}*")) == []
    assert many.article_ids() == ids(some(*range(ARTICLES)))


def test_kills_at_random_moments_lose_nothing(many):
    kills = int(os.environ.get("DATELINE_KILLS", "3"))
    for kill in range(kills):
        process = start(SLOWLY, many.folder)
        process.stdout.readline()
        timer = threading.Timer(0.05 + 0.9 * kill / kills, process.kill)
        timer.start()
        process.communicate(timeout=120)
        timer.cancel()
        there = Corpus(many.folder).newest()
        assert there.damaged == ()
        assert set(there.rows) == ids(some(*range(ARTICLES)))
