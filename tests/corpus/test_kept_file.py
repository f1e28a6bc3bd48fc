"""Tables kept in a file of the corpus folder: made once, added to, made anew where batches say otherwise."""

import dataclasses
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from corpus import Corpus, CorpusIndex, CorpusWriteError, MentionFilter
from corpus.corrections.file import CorrectionsFile, decide
from corpus.scale.compacting import compact
from corpus.stories import keep_links
from corpus.tables import fill, kept_file
from corpus.tables.kept_file import FOLDER, bring_up_to_date
from tests.benchmarks.make_corpus import main as make_corpus
from tests.corpus.corpus_samples import AFP, FOUR, SILENT, plain

ROOT = Path(__file__).parents[2]
ANY = MentionFilter(roles=(), statuses=())


@pytest.fixture(autouse=True)
def every_corpus_is_large(monkeypatch):
    monkeypatch.setattr(kept_file, "LARGE_BYTES", 0)


@pytest.fixture
def ways(monkeypatch):
    """How tables were come by, in order: "made" or "added to"."""
    taken = []

    def note(name: str, way: str) -> None:
        does = getattr(fill, name)

        def noted(*args, **options):
            given = does(*args, **options)
            taken.append(way if given is not None else f"not {way}")
            return given

        monkeypatch.setattr(kept_file, name, noted)

    note("make_tables", "made")
    note("add_to_tables", "added to")
    return taken


def kept(corpus: Corpus) -> list[Path]:
    return sorted((corpus.folder / FOLDER).glob("*.duckdb"))


def everything(index: CorpusIndex) -> list:
    """What an index answers, in plain values that do not depend on how its rows are numbered."""
    ids = index.article_rows(ANY)["article_id"].tolist()
    return [
        index.counts(ANY),
        index.facets(),
        index.facets("stories"),
        index.places(ANY).astype(str).values.tolist(),
        index.article_rows(ANY).astype(str).values.tolist(),
        index.timeline(ANY).values.tolist(),
        list(index.mention_rows(ANY)),
        [index.article(article_id) for article_id in ids],
        index.version,
    ]


def in_memory(corpus: Corpus, gazetteer) -> list:
    """The same, of tables that no file has to do with."""
    with CorpusIndex(Corpus(corpus.folder), gazetteer=gazetteer, may_write=False) as index:
        assert not kept_file.current(corpus, gazetteer)
        return everything(index)


def test_a_file_answers_as_memory_does(corpus, gazetteer, ways):
    corpus.add(FOUR)
    expected = in_memory(corpus, gazetteer)
    for _ in range(2):
        with CorpusIndex(corpus, gazetteer=gazetteer) as index:
            assert everything(index) == expected
    assert ways == ["made"]
    assert len(kept(corpus)) == 1


def test_small_corpora_and_those_not_to_be_written_to_stay_in_memory(corpus, gazetteer, monkeypatch):
    corpus.add(FOUR)
    CorpusIndex(corpus, gazetteer=gazetteer, may_write=False).close()
    monkeypatch.setattr(kept_file, "LARGE_BYTES", 1_000_000)
    CorpusIndex(corpus, gazetteer=gazetteer).close()
    assert not (corpus.folder / FOLDER).exists()


def test_new_batches_are_added_to_a_copy(corpus, gazetteer, ways):
    corpus.add(FOUR[:2])
    bring_up_to_date(corpus, gazetteer)
    before = kept(corpus)
    # a copy of an article that is there, so that a story and a source that were counted change
    again = dataclasses.replace(AFP.article, title="Again", source="Other", date=AFP.article.date)
    corpus.add([*FOUR[2:], dataclasses.replace(AFP, article=again), plain(7)])
    with CorpusIndex(corpus, gazetteer=gazetteer) as index:
        answers = everything(index)
    assert ways == ["made", "added to"]
    assert len(kept(corpus)) == 1
    assert kept(corpus) != before
    kept(corpus)[0].unlink()
    assert answers == in_memory(corpus, gazetteer)


@pytest.mark.parametrize("fingerprint", [b"", AFP.fingerprint], ids=["no wording", "a wording"])
def test_stories_of_what_was_there_are_told_anew(corpus, gazetteer, ways, fingerprint):
    first = [dataclasses.replace(plain(n, source=f"S{n}"), fingerprint=fingerprint) for n in (1, 2)]
    corpus.add(first[:1])
    bring_up_to_date(corpus, gazetteer)
    corpus.add(first[1:])
    with CorpusIndex(corpus, gazetteer=gazetteer) as index:
        answers = everything(index)
    assert ways[-1] == "added to"
    kept(corpus)[0].unlink()
    assert answers == in_memory(corpus, gazetteer)


@pytest.mark.parametrize("change", ["replaced", "removed", "compacted"])
def test_what_says_otherwise_of_known_articles_is_made_anew(corpus, gazetteer, ways, change):
    for one in FOUR:
        corpus.add([one])
    bring_up_to_date(corpus, gazetteer)
    if change == "replaced":
        corpus.add([dataclasses.replace(SILENT, mentions=())], replace=True)
    elif change == "removed":
        corpus.remove([AFP.article.article_id])
    else:
        compact(corpus)
    with CorpusIndex(corpus, gazetteer=gazetteer) as index:
        answers = everything(index)
    assert ways[-1] == "made"
    kept(corpus)[0].unlink()
    assert answers == in_memory(corpus, gazetteer)


def test_a_removed_article_does_not_come_back_with_a_later_batch(corpus, gazetteer):
    corpus.add(FOUR)
    corpus.remove([AFP.article.article_id])
    bring_up_to_date(corpus, gazetteer)
    corpus.add([plain(5)])
    corpus.add([AFP])
    with CorpusIndex(corpus, gazetteer=gazetteer) as index:
        assert len(index.article_rows(ANY)) == len(FOUR)
        assert index.article(AFP.article.article_id) is None


def test_damaged_batches_are_told_by_the_file_too(corpus, gazetteer):
    for one in FOUR:
        corpus.add([one])
    damaged = corpus.batches()[1]
    damaged.write_bytes(damaged.read_bytes()[:-200])
    for _ in range(2):
        with CorpusIndex(corpus, gazetteer=gazetteer) as index:
            assert [error.path for error in index.problems] == [damaged]
            assert len(index.article_rows(ANY)) == 3
    corpus.add([plain(8)])
    with CorpusIndex(corpus, gazetteer=gazetteer) as index:
        assert [error.path for error in index.problems] == [damaged]
        assert len(index.article_rows(ANY)) == 4


def test_a_file_that_cannot_be_read_is_made_again(corpus, gazetteer):
    corpus.add(FOUR)
    path = bring_up_to_date(corpus, gazetteer)
    corpus.add([plain(5)])
    path.write_bytes(b"not a database")
    with CorpusIndex(corpus, gazetteer=gazetteer) as index:
        assert len(index.article_rows(ANY)) == 5


def test_a_current_file_that_cannot_be_read_is_made_again(corpus, gazetteer):
    corpus.add(FOUR)
    path = bring_up_to_date(corpus, gazetteer)
    path.write_bytes(b"not a database")
    with CorpusIndex(corpus, gazetteer=gazetteer) as index:
        assert len(index.article_rows(ANY)) == 4
    assert kept_file.is_readable(path)


def test_a_file_of_other_tables_is_not_read(corpus, gazetteer, monkeypatch):
    corpus.add(FOUR)
    monkeypatch.setattr(kept_file, "_FORMAT", "another")
    path = bring_up_to_date(corpus, gazetteer)
    with duckdb.connect(str(path)) as other:
        other.execute("DROP TABLE by_story")
    monkeypatch.undo()
    monkeypatch.setattr(kept_file, "LARGE_BYTES", 0)
    with CorpusIndex(corpus, gazetteer=gazetteer) as index:
        assert len(index.places(ANY)) > 0
    assert not path.exists()


def test_an_open_index_goes_on_while_its_file_is_replaced(corpus, gazetteer):
    corpus.add(FOUR)
    with CorpusIndex(corpus, gazetteer=gazetteer) as index:
        expected = everything(index)
        corpus.add([plain(5)])
        bring_up_to_date(corpus, gazetteer)
        assert everything(index) == expected


def test_corrections_are_laid_over_the_file_and_never_in_it(corpus, gazetteer):
    corpus.add(FOUR)
    path = bring_up_to_date(corpus, gazetteer)
    before = path.read_bytes()
    reject = decide("reject", scope="everywhere", name="Bakhmut")
    CorrectionsFile(corpus.folder).append([reject])
    with CorpusIndex(corpus, gazetteer=gazetteer) as index:
        written = [row["matched_text"] for row in index.mention_rows(MentionFilter())]
    assert "Soledar" in written
    assert "Bakhmut" not in written
    assert path.read_bytes() == before


def test_no_room_is_told_with_the_way_out(corpus, gazetteer, monkeypatch):
    corpus.add(FOUR)

    def full(*args, **options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept_file, "make_tables", full)
    with pytest.raises(CorpusWriteError, match="Make room"):
        CorpusIndex(corpus, gazetteer=gazetteer)
    assert [path for path in (corpus.folder / FOLDER).iterdir() if path.suffix == ".duckdb"] == []


def test_a_corpus_under_version_control_goes_without_the_file(corpus, gazetteer):
    corpus.add(FOUR)
    bring_up_to_date(corpus, gazetteer)
    subprocess.run(["git", "init", "-q", str(corpus.folder)], check=True)
    status = subprocess.run(
        ["git", "-C", str(corpus.folder), "status", "--porcelain", "-uall"], capture_output=True, text=True, check=True
    ).stdout
    assert "batches/" in status
    assert FOLDER not in status


MAKE = """
import sys
from corpus import Corpus
from corpus.tables import kept_file
from geodata import open_gazetteer
kept_file.LARGE_BYTES = 0
gazetteer = open_gazetteer()
print("started", flush=True)
print(kept_file.bring_up_to_date(Corpus(sys.argv[1]), gazetteer), flush=True)
"""


@pytest.fixture(scope="module")
def thousands(tmp_path_factory):
    folder = tmp_path_factory.mktemp("thousands") / "corpus"
    make_corpus(["6000", str(folder), "--format", "batches", "--chars", "900"])
    keep_links(Corpus(folder))
    return Corpus(folder)


def making(folder: Path) -> subprocess.Popen:
    process = subprocess.Popen([sys.executable, "-c", MAKE, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "started\n"
    return process


def test_a_kill_leaves_nothing_that_is_read(thousands, gazetteer):
    for delay in (0.05, 0.4, 0.9):
        process = making(thousands.folder)
        time.sleep(delay)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
    for path in kept(thousands):
        with duckdb.connect(str(path), read_only=True) as whole:
            assert whole.execute("SELECT count(*) FROM articles").fetchone() == (6000,)
    path = bring_up_to_date(thousands, gazetteer)
    left = [one for one in path.parent.iterdir() if one.name not in (path.name, ".gitignore", ".lock")]
    assert left == []
    with CorpusIndex(thousands, gazetteer=gazetteer) as index:
        assert index.counts(ANY).articles_searched == 6000


def test_two_processes_make_one_file(thousands, gazetteer):
    for path in kept(thousands):
        path.unlink()
    both = [making(thousands.folder) for _ in range(2)]
    told = {process.communicate()[0].strip() for process in both}
    assert [process.returncode for process in both] == [0, 0]
    assert told == {str(path) for path in kept(thousands)}
    assert len(told) == 1
