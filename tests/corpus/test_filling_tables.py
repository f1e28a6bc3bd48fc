"""Filling the index's tables: a compact that gets in between, and what tables in memory are kept as."""

import pytest

from corpus import Corpus, CorpusIndex, MentionFilter
from corpus.alike import standings
from corpus.clauses import Statement
from corpus.errors import BatchGoneError
from corpus.scale.compacting import compact
from corpus.store import undisturbed
from corpus.stories import keep_links
from tests.corpus.corpus_samples import FOUR, plain


class Interrupted(Corpus):
    """A corpus that somebody compacts just before one of its batches is looked into for the `reads`-th time."""

    reads = 0

    def read(self, path, columns=None):
        self._looked()
        return super().read(path, columns)

    def is_plain(self, path):
        self._looked()
        return super().is_plain(path)

    def _looked(self):
        self.reads -= 1
        if self.reads == 0:
            compact(Corpus(self.folder))


@pytest.fixture
def interrupted(corpus):
    for extraction in FOUR:
        corpus.add([extraction])
    return Interrupted(corpus.folder)


@pytest.mark.parametrize("reads", [1, 3, 5, 8])
def test_an_index_opened_while_batches_are_merged_holds_all(interrupted, gazetteer, reads):
    interrupted.reads = reads
    with CorpusIndex(interrupted, gazetteer=gazetteer) as index:
        assert interrupted.reads < 0
        assert index.problems == ()
        assert len(index.article_rows(MentionFilter())) == len(FOUR)


def test_an_add_while_batches_are_merged_knows_what_is_there(interrupted):
    interrupted.reads = 2
    report = interrupted.add([FOUR[0], FOUR[3], plain(9)])
    assert (report.added, report.already_there, report.damaged) == (1, 2, ())


@pytest.mark.parametrize("reads", [2, 4])
def test_links_and_likeness_are_found_while_batches_are_merged(interrupted, reads):
    interrupted.reads = reads
    keep_links(interrupted)
    Corpus(interrupted.folder).add([plain(9)])
    interrupted.reads = reads
    assert [one.state for one in standings(interrupted, FOUR)] == ["there"] * 4


def test_batches_that_go_again_and_again_are_told(tmp_path):
    def read():
        raise BatchGoneError(tmp_path / "b.parquet", "it is no longer in the folder")

    with pytest.raises(BatchGoneError, match=r"b\.parquet"):
        undisturbed(read)


def test_tables_are_kept_compressed(corpus, gazetteer):
    corpus.add(plain(number, f"Bakhmut, {number}.") for number in range(600))
    asked = "SELECT DISTINCT compression FROM pragma_storage_info('base.mentions') WHERE segment_type = 'VARCHAR'"
    with CorpusIndex(corpus, gazetteer=gazetteer) as index:
        kinds = {kind for (kind,) in index.ask(Statement(asked, {})).fetchall()}
    assert kinds
    assert "Uncompressed" not in kinds
