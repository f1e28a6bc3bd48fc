"""Fixtures of the corpus tests."""

import pytest

from corpus import Corpus, CorpusIndex
from corpus.tables import kept_file
from geodata import open_gazetteer
from tests.corpus.corpus_samples import FOUR


@pytest.fixture(scope="session")
def gazetteer():
    return open_gazetteer()


@pytest.fixture
def corpus(tmp_path):
    return Corpus(tmp_path / "corpus")


@pytest.fixture(scope="session", params=["in memory", "in a file"])
def opened(request, gazetteer):
    """Opens a corpus, however small, with its tables in memory and in a file."""

    def open_(corpus: Corpus) -> CorpusIndex:
        with pytest.MonkeyPatch.context() as patch:
            if request.param == "in a file":
                patch.setattr(kept_file, "LARGE_BYTES", 0)
            return CorpusIndex(corpus, gazetteer=gazetteer)

    return open_


@pytest.fixture(scope="session")
def index(tmp_path_factory, opened):
    """The four sample articles."""
    four = Corpus(tmp_path_factory.mktemp("four"))
    four.add(FOUR)
    return opened(four)
