"""Compacting: the same articles in fewer batches, whatever else happens to the folder meanwhile."""

import errno
import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Corpus, CorpusIndex, CorpusWriteError, DamagedBatchError, MentionFilter
from corpus.__main__ import main
from corpus.scale import compacting
from corpus.scale.cluster import known_ids
from corpus.scale.compacting import compact
from corpus.scale.partition_run import Run
from corpus.scale.storage import Storage, id_numbers
from corpus.scale.verify import verify
from corpus.schema import SCHEMA
from corpus.store import read_batch
from tests.corpus.corpus_samples import FOUR, plain

SMALL = 2_000  # bytes, so that a few sample articles make several batches


def dated(number):
    return plain(number, date=date(2023, 1, 1) + timedelta(days=number * 7 % 30), source="Sample: Wire")


def ids(extractions):
    return {extraction.article.article_id for extraction in extractions}


def rows(corpus, *names):
    return [row for path in corpus.batches() for row in read_batch(path, list(names)).to_pylist()]


@pytest.fixture
def many(corpus):
    """Forty articles in twenty batches."""
    corpus.add((dated(number) for number in range(40)), batch_articles=2)
    return corpus


def test_small_batches_become_one_with_the_same_answers(corpus, gazetteer):
    for extraction in FOUR:
        corpus.add([extraction])
    asked = MentionFilter(roles=(), statuses=())
    with CorpusIndex(corpus, gazetteer=gazetteer) as index:
        before = (index.places(asked), index.article_rows(asked), index.counts(asked))
        articles = [index.article(article_id) for article_id in sorted(ids(FOUR))]
    report = compact(corpus)
    assert (report.merged, report.made, report.articles, len(corpus.batches())) == (4, 1, 4, 1)
    with CorpusIndex(corpus, gazetteer=gazetteer) as index:
        assert index.places(asked).equals(before[0])
        assert index.article_rows(asked).equals(before[1])
        assert index.counts(asked) == before[2]
        assert [index.article(article_id) for article_id in sorted(ids(FOUR))] == articles


def test_batches_are_sorted_by_date_then_id(many):
    compact(many, target_bytes=SMALL)
    assert len(many.batches()) > 2
    found = [(row["date"], row["article_id"]) for row in rows(many, "date", "article_id")]
    assert found == sorted(found)


def test_the_newest_row_of_an_article_is_kept(corpus):
    corpus.add([plain(1), plain(2)])
    corpus.add([plain(1, source="Sample: Corrected")], replace=True)
    report = compact(corpus)
    assert report.superseded == 1
    found = {row["id"]: row["source"] for row in rows(corpus, "id", "source")}
    assert found == {"item-1": "Sample: Corrected", "item-2": ""}


def test_a_removed_article_stays_away(corpus):
    corpus.add([plain(1, "Soledar and Bakhmut."), plain(2)])
    corpus.remove(ids([plain(2)]))
    assert compact(corpus).removals == 1
    assert all(row["text"] != plain(2).article.text for row in rows(corpus, "text"))
    assert corpus.add([plain(2)]).removed_before == 1


def test_a_run_over_a_cluster_does_not_bring_back_a_removed_article(corpus):
    corpus.add([plain(1), plain(2, "Bakhmut again.")])
    corpus.remove(ids([plain(2, "Bakhmut again.")]))
    compact(corpus)
    run = Run("name", "2026-01-01T00:00:00+00:00", str(corpus.folder))
    both = ids([plain(1), plain(2, "Bakhmut again.")])
    assert set(known_ids(Storage(str(corpus.folder)), run).tolist()) == set(id_numbers(sorted(both)).tolist())
    assert verify(str(corpus.folder)).problems == []


def test_compacting_twice_changes_nothing(many):
    compact(many, target_bytes=SMALL)
    names = many.batches()
    report = compact(many, target_bytes=SMALL)
    assert (report.merged, many.batches()) == (0, names)


def test_large_batches_stay_when_small_ones_join(many):
    compact(many, target_bytes=SMALL)
    large = set(many.batches())
    for number in (50, 51):
        many.add([dated(number)])
    assert compact(many, target_bytes=SMALL).merged == 2
    assert large < set(many.batches())


def test_a_large_batch_is_merged_again_when_a_row_of_it_no_longer_counts(many):
    compact(many, target_bytes=SMALL)
    many.remove(ids([dated(3)]))
    compact(many, target_bytes=SMALL)
    assert len(rows(many, "article_id")) == 40
    assert len(many.article_ids()) == 39


def test_an_empty_corpus_is_no_error(corpus):
    assert compact(corpus).merged == 0
    assert not corpus.folder.exists()


def test_nothing_but_batches_and_the_lock_is_left(many):
    compact(many)
    assert {path.name for path in many.folder.rglob("*") if path.is_file() and path.suffix != ".parquet"} == {
        compacting.LOCK_FILE
    }
    assert not (many.folder / compacting.SPILL_FOLDER).exists()


def test_a_torn_batch_is_left_and_named(many, capsys):
    torn = many.batches()[3]
    data = torn.read_bytes()[:-20]
    torn.write_bytes(data)
    assert main(["compact", "--corpus", str(many.folder)]) == 1
    assert torn.name in capsys.readouterr().err
    assert torn.read_bytes() == data
    assert (len(many.batches()), len(many.article_ids())) == (2, 38)


def test_the_older_row_is_kept_where_the_newer_cannot_be_read_whole(corpus, monkeypatch):
    corpus.add([plain(1), plain(2)])
    corpus.add([plain(1, source="Sample: Newer")], replace=True)
    bad = corpus.batches()[1]

    def read(path, columns=None):
        if path == bad:
            raise DamagedBatchError(path, "a page is bad")
        return read_batch(path, columns)

    monkeypatch.setattr(compacting, "read_batch", read)
    report = compact(corpus)
    assert [error.path for error in report.left] == [bad]
    assert sorted(row["source"] for row in rows(corpus, "source")) == ["", "", "Sample: Newer"]


def test_a_batch_with_columns_of_a_newer_dateline_keeps_them(many):
    path = many.batches()[0]
    table = pq.read_table(path)
    wider = table.append_column("weather", pa.array(["rain"] * len(table))).replace_schema_metadata(SCHEMA.metadata)
    pq.write_table(wider, path)
    report = compact(many)
    assert [error.path for error in report.left] == [path]
    assert "weather" in pq.read_schema(path).names


@pytest.mark.parametrize("call", ["_spill_batch", "_write_sorted", "_check"])
def test_a_full_disk_leaves_everything_as_it_was(many, monkeypatch, call):
    before = {path: path.read_bytes() for path in many.batches()}
    real, calls = getattr(compacting, call), []

    def full(*arguments):
        calls.append(arguments)
        if len(calls) == 2 or call == "_check":
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*arguments)

    monkeypatch.setattr(compacting, call, full)
    with pytest.raises(CorpusWriteError, match="No space left"):
        compact(many, target_bytes=SMALL)
    assert {path: path.read_bytes() for path in many.batches()} == before
    assert not (many.folder / compacting.SPILL_FOLDER).exists()


def test_what_does_not_read_back_as_written_replaces_nothing(many, monkeypatch):
    before = many.batches()
    real = compacting._sorted
    monkeypatch.setattr(compacting, "_sorted", lambda portions: real(portions).slice(1))
    with pytest.raises(CorpusWriteError, match="check the disk"):
        compact(many)
    assert many.batches() == before


def test_the_command_says_what_it_did(many, capsys):
    assert main(["compact", "--corpus", str(many.folder)]) == 0
    told = capsys.readouterr().out
    assert "20 batches merged into 1" in told
    assert "40 articles and 0 removals" in told


def test_a_folder_that_is_not_there_is_wrong_usage(tmp_path, capsys):
    assert main(["compact", "--corpus", str(tmp_path / "none")]) == 2
    assert "there is no corpus" in capsys.readouterr().err


STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["add", "replace", "remove"]), st.sets(st.integers(0, 6), min_size=1)),
        st.tuples(st.just("compact"), st.sampled_from([300, SMALL, 10**9])),
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_any_order_of_adding_removing_and_compacting_ends_the_same(steps):
    folder = Path(tempfile.mkdtemp())
    try:
        corpus, there, known = Corpus(folder), {}, set()
        for round_, (step, what) in enumerate(steps):
            if step == "compact":
                compact(corpus, target_bytes=what)
                continue
            made = {number: plain(number, f"Bakhmut, {number}.", source=f"round {round_}") for number in what}
            if step == "remove":
                corpus.remove(ids(made.values()))
                there = {number: source for number, source in there.items() if number not in what}
                continue
            corpus.add(made.values(), replace=step == "replace")
            fresh = what if step == "replace" else what - known
            there |= dict.fromkeys(fresh, f"round {round_}")
            known |= what
        counting = {
            (ref.batch, ref.row): article_id for article_id, ref in corpus.newest().rows.items() if not ref.removed
        }
        found = {
            counting[path, number]: row["source"]
            for path in corpus.batches()
            for number, row in enumerate(read_batch(path, ["source"]).to_pylist())
            if (path, number) in counting
        }
        expected = {plain(n, f"Bakhmut, {n}.").article.article_id: source for n, source in there.items()}
        assert found == expected
    finally:
        shutil.rmtree(folder)
