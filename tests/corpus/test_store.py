import os
import pickle
import sys
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus import Corpus, CorpusIndex, CorpusWriteError, DamagedBatchError, MentionFilter, NotACorpusError, store
from corpus.schema import SCHEMA, VERSION_KEY, to_row, to_table
from corpus.store import AddReport
from tests.corpus.corpus_samples import AFP, FOUR, UNDATED, plain


def test_add_counts_what_it_did(corpus):
    assert corpus.add([*FOUR, AFP]) == AddReport(added=4, already_there=1, undated=1, unknown_source=1)


def test_adding_twice_adds_nothing(corpus):
    corpus.add(FOUR)
    before = corpus.version
    assert (corpus.add(FOUR), corpus.version) == (AddReport(already_there=4), before)


def test_new_corpus_is_empty_and_makes_no_folder(corpus):
    assert corpus.is_empty
    assert corpus.article_ids() == frozenset()
    assert not corpus.folder.exists()


def test_adding_nothing_makes_no_folder(corpus):
    assert corpus.add([]) == AddReport()
    assert not corpus.folder.exists()


def test_batches_hold_at_most_what_is_asked(corpus):
    corpus.add((plain(number) for number in range(5)), batch_articles=2)
    assert [pq.read_metadata(path).num_rows for path in corpus.batches()] == [2, 2, 1]


def test_batch_names_sort_by_time(corpus):
    for number in range(3):
        corpus.add([plain(number)])
    ids = [pq.read_table(path)["id"][0].as_py() for path in corpus.batches()]
    assert ids == ["item-0", "item-1", "item-2"]


def test_version_changes_with_every_batch(corpus):
    versions = {corpus.version}
    for number in range(3):
        corpus.add([plain(number)])
        versions.add(corpus.version)
    assert len(versions) == 4


def test_replacing_lets_the_newer_row_win(corpus, gazetteer):
    corpus.add([plain(1, language="en")])
    corpus.add([plain(1, language="uk")], replace=True)
    frame = CorpusIndex(corpus, gazetteer=gazetteer).article_rows(MentionFilter())
    assert frame["language"].tolist() == ["uk"]


def test_of_rows_added_in_the_same_instant_the_last_wins(corpus):
    now = datetime(2026, 1, 1, tzinfo=UTC)
    corpus._write(to_table([to_row(plain(number), now) for number in (1, 2, 1)]), now)
    assert {ref.row for ref in corpus.newest().rows.values()} == {1, 2}


def test_removed_article_is_gone(corpus, gazetteer):
    corpus.add(FOUR)
    assert corpus.remove([AFP.article.article_id, "not-there"]) == 1
    assert CorpusIndex(corpus, gazetteer=gazetteer).article(AFP.article.article_id) is None


def test_removed_article_stays_out_when_added_again(corpus):
    corpus.add(FOUR)
    corpus.remove([AFP.article.article_id])
    assert corpus.add([AFP]) == AddReport(removed_before=1)


def test_removed_article_comes_back_by_replacing(corpus):
    corpus.add(FOUR)
    corpus.remove([AFP.article.article_id])
    corpus.add([AFP], replace=True)
    assert AFP.article.article_id in corpus.article_ids()


def test_failing_input_keeps_whole_batches(corpus):
    def failing():
        yield from (plain(number) for number in range(3))
        raise RuntimeError("input broke")

    with pytest.raises(RuntimeError, match="input broke"):
        corpus.add(failing(), batch_articles=2)
    assert corpus.article_ids() == {plain(number).article.article_id for number in range(2)}


def test_a_file_is_not_a_corpus(tmp_path):
    path = tmp_path / "file.txt"
    path.write_text("x")
    with pytest.raises(NotACorpusError, match="is a file.*name a folder"):
        Corpus(path)


def test_batches_being_a_file_is_told(tmp_path):
    (tmp_path / "batches").write_text("x")
    with pytest.raises(NotACorpusError, match="check the path"):
        Corpus(tmp_path)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_unreadable_folder_is_told(corpus):
    corpus.add([AFP])
    (corpus.folder / "batches").chmod(0)
    try:
        with pytest.raises(NotACorpusError, match="permissions"):
            Corpus(corpus.folder)
    finally:
        (corpus.folder / "batches").chmod(0o755)


def damage_first(corpus):
    path = corpus.batches()[0]
    path.write_bytes(path.read_bytes()[:200])
    return path


def test_damaged_batch_leaves_the_others_readable(corpus, gazetteer):
    corpus.add([AFP])
    corpus.add([UNDATED])
    path = damage_first(corpus)
    index = CorpusIndex(corpus, gazetteer=gazetteer)
    assert index.article_rows(MentionFilter())["id"].tolist() == ["undated"]
    assert [problem.path for problem in index.problems] == [path]


def test_damaged_batch_message_names_file_and_way_out(corpus, gazetteer):
    corpus.add([AFP])
    path = damage_first(corpus)
    (problem,) = CorpusIndex(corpus, gazetteer=gazetteer).problems
    assert path.name in str(problem)
    assert "out of the corpus" in str(problem)


def test_adding_again_heals_a_damaged_batch(corpus, gazetteer):
    corpus.add([AFP])
    damage_first(corpus)
    report = corpus.add([AFP])
    assert (report.added, len(report.damaged)) == (1, 1)
    assert CorpusIndex(corpus, gazetteer=gazetteer).article(AFP.article.article_id).article == AFP.article


def test_damage_inside_the_data_is_found(corpus, gazetteer):
    corpus.add([plain(1)])
    path = corpus.batches()[0]
    column = pq.read_metadata(path).row_group(0).column(SCHEMA.names.index("text"))
    data = bytearray(path.read_bytes())
    first = column.dictionary_page_offset or column.data_page_offset
    data[first : first + column.total_compressed_size] = b"\xff" * column.total_compressed_size
    path.write_bytes(data)
    assert [problem.path for problem in CorpusIndex(corpus, gazetteer=gazetteer).problems] == [path]


def test_foreign_parquet_file_is_told(corpus):
    corpus.add([AFP])
    pq.write_table(pa.table({"x": [1]}), corpus.folder / "batches" / "foreign.parquet")
    (problem,) = corpus.newest().damaged
    assert "not written by Dateline" in str(problem)


def test_batch_of_a_newer_version_asks_for_an_update(corpus):
    corpus.add([AFP])
    (path,) = corpus.batches()
    table = pq.read_table(path)
    pq.write_table(table.replace_schema_metadata({VERSION_KEY: b"99"}), path)
    (problem,) = corpus.newest().damaged
    assert "update Dateline" in str(problem)


def test_batch_without_a_later_column_is_read(corpus, gazetteer):
    corpus.add([AFP])
    (path,) = corpus.batches()
    pq.write_table(pq.read_table(path).drop_columns(["notes"]), path)
    assert CorpusIndex(corpus, gazetteer=gazetteer).article(AFP.article.article_id).notes == ()


def test_damaged_batch_error_can_be_pickled(tmp_path):
    error = DamagedBatchError(tmp_path / "b.parquet", "torn")
    copy = pickle.loads(pickle.dumps(error))
    assert (str(copy), copy.path) == (str(error), error.path)


@pytest.mark.skipif(sys.platform == "win32", reason="resource limits are POSIX")
def test_full_disk_leaves_no_half_batch(corpus):
    import resource
    import signal

    corpus.add([AFP])
    before = set((corpus.folder / "batches").iterdir())
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(CorpusWriteError, match="Make room"):
            corpus.add([UNDATED])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert set((corpus.folder / "batches").iterdir()) == before


def test_a_batch_that_goes_while_the_folder_is_listed_has_it_listed_again(corpus, monkeypatch):
    for number in (1, 2):
        corpus.add([plain(number)])
    first = corpus.batches()[0]
    size_of = store._size

    def gone(entry):
        first.unlink(missing_ok=True)
        return size_of(entry)

    monkeypatch.setattr(store, "_size", gone)
    assert [path.name for path, _ in corpus.listing()] == [path.name for path in corpus.batches() if path != first]
