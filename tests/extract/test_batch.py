"""Several processes: order kept, poisoned articles isolated, known ones not sent. Real processes throughout."""

import functools
import os
import time

import pytest

from extract.batch import AHEAD, ArticleCrashedError, NotExtractedError, ProcessPool, each
from extract.types import Article, Extraction


def work(article: Article) -> Extraction:
    """Stands in for extraction: crashes, hangs or fails as the text says."""
    if "CRASH" in article.text:
        os._exit(9)
    if "HANG" in article.text:
        time.sleep(60)
    if "FAIL" in article.text:
        raise ValueError("cannot")
    return Extraction(article=article, mentions=(), notes=(str(os.getpid()),))


work_each = functools.partial(each, work)


def articles(*texts):
    return [Article(id=str(number), text=text) for number, text in enumerate(texts)]


def outcomes(pool, items):
    got = []
    for item in pool.ahead(items):
        try:
            got.append(pool.result(item).article.id)
        except (ArticleCrashedError, ValueError) as error:
            got.append(type(error).__name__)
    return got


def slow_work(article):
    time.sleep(0.01)  # long enough for the second process to come to its share on a busy machine
    return work(article)


def test_results_come_in_order_from_both_processes():
    items = articles(*(f"text {n}" for n in range(200)))
    with ProcessPool(2, work=functools.partial(each, slow_work)) as pool:
        done = [pool.result(item) for item in pool.ahead(items)]
    assert [extraction.article.id for extraction in done] == [item.id for item in items]
    assert len({extraction.notes[0] for extraction in done}) == 2


def test_a_crash_costs_only_its_own_article():
    with ProcessPool(2, work=work_each) as pool:
        got = outcomes(pool, articles("a", "b", "CRASH", "c", "d", "CRASH", "e"))
    assert got == ["0", "1", "ArticleCrashedError", "3", "4", "ArticleCrashedError", "6"]


def test_a_hang_costs_only_its_own_article():
    with ProcessPool(2, work=work_each, seconds=3) as pool:
        assert outcomes(pool, articles("a", "HANG", "b")) == ["0", "ArticleCrashedError", "2"]


def test_an_error_reaches_whoever_asks_for_the_article():
    with ProcessPool(1, work=work_each) as pool:
        assert outcomes(pool, articles("a", "FAIL", "b")) == ["0", "ValueError", "2"]


def test_known_articles_and_other_items_pass_through_unsent():
    (known,) = articles("CRASH")
    with ProcessPool(1, work=work_each) as pool:
        assert list(pool.ahead([known, "failure"], known={known.article_id})) == [known, "failure"]


def test_the_real_extractor_runs_in_the_workers():
    with ProcessPool(1) as pool:
        (item,) = articles("Fighting went on in Bakhmut, Ukraine.")
        assert [m.text for m in pool.result(next(iter(pool.ahead([item])))).mentions] == ["Bakhmut", "Ukraine"]


@pytest.mark.parametrize("count", [0, 1])
def test_few_items_are_no_special_case(count):
    with ProcessPool(2, work=work_each) as pool:
        assert outcomes(pool, articles(*["a"] * count)) == ["0"] * count


def counted(items, taken):
    for item in items:
        taken.append(item)
        yield item


def test_reading_stays_a_bounded_way_ahead():
    taken = []
    with ProcessPool(1, work=work_each) as pool:
        for done, item in enumerate(pool.ahead(counted(articles(*(f"text {n}" for n in range(300))), taken)), 1):
            pool.result(item)
            assert len(taken) - done < AHEAD


def test_long_texts_are_fewer_ahead(monkeypatch):
    monkeypatch.setattr("extract.batch.AHEAD_CHARS", 10_000)
    taken = []
    with ProcessPool(1, work=work_each) as pool:
        for done, item in enumerate(pool.ahead(counted(articles(*(["x" * 3_000] * 40)), taken)), 1):
            pool.result(item)
            assert len(taken) - done <= 4


def test_an_error_that_cannot_travel_is_told_in_words():
    with ProcessPool(1, work=functools.partial(each, unpicklable)) as pool:
        (item,) = pool.ahead(articles("a"))
        with pytest.raises(NotExtractedError, match="Odd: no way"):
            pool.result(item)


def unpicklable(article):
    class Odd(Exception):
        pass

    raise Odd("no way")
