"""Fixtures of the corpus tests."""

import pytest

from corpus import Corpus, CorpusIndex
from geodata import open_gazetteer
from tests.corpus.corpus_samples import FOUR


@pytest.fixture(scope="session")
def gazetteer():
    return open_gazetteer()


@pytest.fixture
def corpus(tmp_path):
    return Corpus(tmp_path / "corpus")


@pytest.fixture(scope="session")
def index(tmp_path_factory, gazetteer):
    """The four sample articles."""
    four = Corpus(tmp_path_factory.mktemp("four"))
    four.add(FOUR)
    return CorpusIndex(four, gazetteer=gazetteer)
