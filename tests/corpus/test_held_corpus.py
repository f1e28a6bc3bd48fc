"""A corpus whose additions stay in memory."""

import gc

import pytest

from corpus import Corpus, CorpusIndex, MentionFilter, held_corpus
from corpus.adding import add_articles
from corpus.alike import standings
from corpus.errors import CorpusFullError
from corpus.held_corpus import HeldCorpus
from tests.corpus.corpus_samples import AFP, UKRAINIAN, UNDATED, plain


@pytest.fixture
def folder(corpus):
    corpus.add([AFP, UKRAINIAN])
    return corpus.folder


def everything_in(folder):
    return sorted((path, path.stat().st_mtime_ns) for path in folder.rglob("*"))


def ids(extractions):
    return {one.article.article_id for one in extractions}


def test_adding_writes_nothing(folder):
    before = everything_in(folder)
    HeldCorpus(folder).add([UNDATED])
    assert everything_in(folder) == before


def test_answers_hold_both(folder, gazetteer):
    held = HeldCorpus(folder)
    held.add([UNDATED])
    with CorpusIndex(held, gazetteer=gazetteer) as index:
        assert set(index.article_rows(MentionFilter())["article_id"]) == ids([AFP, UKRAINIAN, UNDATED])


def test_another_visitor_sees_none_of_it(folder, gazetteer):
    HeldCorpus(folder).add([UNDATED])
    assert HeldCorpus(folder).article_ids() == ids([AFP, UKRAINIAN])
    assert Corpus(folder).article_ids() == ids([AFP, UKRAINIAN])


def test_an_added_article_can_be_opened(folder, gazetteer):
    held = HeldCorpus(folder)
    held.add([UNDATED])
    with CorpusIndex(held, gazetteer=gazetteer) as index:
        stored = index.article(UNDATED.article.article_id)
    assert (stored.article.text, stored.mentions) == (UNDATED.article.text, UNDATED.mentions)


def test_what_the_folder_has_is_not_added_again(folder):
    report = HeldCorpus(folder).add([AFP, UNDATED])
    assert (report.added, report.already_there) == (1, 1)


def test_version_tells_an_addition(folder):
    held = HeldCorpus(folder)
    before = held.version
    assert before == Corpus(folder).version
    held.add([UNDATED])
    assert held.version != before


def test_a_removal_is_held_too(folder):
    held = HeldCorpus(folder)
    held.remove([AFP.article.article_id])
    assert held.article_ids() == ids([UKRAINIAN])
    assert Corpus(folder).article_ids() == ids([AFP, UKRAINIAN])


def test_held_articles_are_those_added(folder):
    held = HeldCorpus(folder)
    held.add([UNDATED, plain(1)])
    held.remove([plain(1).article.article_id])
    assert [stored.article_id for stored in held.held_articles()] == [UNDATED.article.article_id]


def test_stories_are_grouped_without_keeping_links(folder):
    held = HeldCorpus(folder)
    before = everything_in(folder)
    outcomes = []
    add_articles(held, [UNDATED.article], lambda article: UNDATED, tell=outcomes.append)
    assert [outcome.outcome for outcome in outcomes] == ["added"]
    assert everything_in(folder) == before


def test_a_preview_compares_with_what_is_held(folder):
    held = HeldCorpus(folder)
    held.add([UNDATED])
    assert [standing.state for standing in standings(held, [UNDATED, plain(7)])] == ["there", "new"]


def test_too_many_articles_are_refused_whole(folder, monkeypatch):
    monkeypatch.setattr(held_corpus, "MOST_ARTICLES", 2)
    held = HeldCorpus(folder)
    held.add([plain(1)])
    with pytest.raises(CorpusFullError, match="at most 2 articles"):
        held.add([plain(2, "In Bakhmut."), plain(3, "To Bakhmut.")])
    assert held.held == 1


def test_too_large_an_addition_is_refused(folder, monkeypatch):
    monkeypatch.setattr(held_corpus, "MOST_MB", 0)
    with pytest.raises(CorpusFullError, match="0 MB"):
        HeldCorpus(folder).add([UNDATED])


def test_all_visitors_together_have_a_limit(folder, monkeypatch):
    gc.collect()
    one, other = HeldCorpus(folder), HeldCorpus(folder)
    one.add([UNDATED])
    monkeypatch.setattr(held_corpus, "MOST_MB_OF_ALL", 1.5 * one.size / held_corpus.MB)
    with pytest.raises(CorpusFullError, match="visitors of this server"):
        other.add([UNDATED])
    one = None
    gc.collect()
    assert other.add([UNDATED]).added == 1
