"""The questions that are measured: answered alike by DuckDB and pandas, and not worse than in step with the corpus."""

import math
import time

import pytest

from corpus import Corpus, CorpusIndex
from tests.benchmarks.make_corpus import main as make_corpus
from tests.benchmarks.six_questions import Frames, questions, questions_of_pandas

FEW, MANY = 1_000, 8_000
MOST_EXPONENT = 1.2


def opened(folder, count):
    make_corpus([str(count), str(folder), "--format", "batches", "--chars", "1200"])
    index = CorpusIndex(Corpus(folder))
    theirs = questions_of_pandas(index, Frames(index))
    return index, {name: (ask, theirs[name]) for name, ask in questions(index).items()}


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    return opened(tmp_path_factory.mktemp("few") / "c", FEW)


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    return opened(tmp_path_factory.mktemp("many") / "c", MANY)


@pytest.mark.parametrize(
    "name", ["places", "places of a source, three months", "places in articles with a word", "weeks of a region"]
)
def test_tables_are_alike(few, name):
    mine, theirs = (ask() for ask in few[1][name])
    key = "day" if "day" in mine else "place_id"
    columns = [name for name in theirs if name in mine]
    mine, theirs = (frame[columns].sort_values(key).astype(str).values.tolist() for frame in (mine, theirs))
    assert mine == theirs
    assert len(mine) > 5


def test_figures_are_alike(few):
    mine, theirs = (ask() for ask in few[1]["figures since a day"])
    assert (mine.stories, mine.articles, mine.places, mine.mentions) == theirs


def test_evidence_is_alike(few):
    mine, theirs = (ask() for ask in few[1]["evidence of a place"])
    assert mine["article_id"].tolist() == theirs["article_id"].tolist()
    assert mine["start"].tolist() == theirs["start_at"].tolist()


def test_articles_are_alike(few):
    mine, theirs = (ask() for ask in few[1]["articles, with the mentions of a place"])
    assert mine["article_id"].tolist() == theirs["article_id"].tolist()
    assert mine["mentions"].tolist() == theirs["mentions"].tolist()


def seconds(ask):
    best = float("inf")
    for _ in range(5):
        start = time.process_time()
        ask()
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("number", range(7))
def test_no_question_grows_faster_than_the_corpus(few, many, number):
    small, large = (list(asked.values())[number][0] for _, asked in (few, many))
    exponent = math.log(seconds(large) / seconds(small)) / math.log(MANY / FEW)
    assert exponent < MOST_EXPONENT
