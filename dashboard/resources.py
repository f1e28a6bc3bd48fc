"""What is opened once and shared by all visitors: the only place of `st.cache_*`.

Which corpus: `-- --corpus DIR`, else `DATELINE_CORPUS`, else the bundled sample.
"""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import streamlit as st

from corpus import Corpus, CorpusIndex, Counts, Facets, MentionFilter
from dashboard.deployment import opened_corpus
from dashboard.static_files import StaticUrls, prepare_static
from geodata import Gazetteer, open_gazetteer

ROOT = Path(__file__).parents[1]
SAMPLE_CORPUS = ROOT / "sample_corpus"
# A filter's places are a few hundred rows; a session asks for the same ones on every click.
_ANSWERS_KEPT = 128
# Forms of a name are read from the newest mentions of its place; more of them seldom bring another one.
FORMS_READ_FROM = 400


def corpus_folder(argv: Sequence[str], environment: Mapping[str, str]) -> Path:
    """The corpus asked for on the command line (`argv` without the program's name) or in the environment."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--corpus", default="")
    asked = parser.parse_known_args(list(argv))[0].corpus or environment.get("DATELINE_CORPUS", "").strip()
    return Path(asked).expanduser() if asked else SAMPLE_CORPUS


@st.cache_resource(show_spinner=False)
def gazetteer() -> Gazetteer:
    """The embedded gazetteer. Raises `geodata.GazetteerDataError`."""
    return open_gazetteer()


@st.cache_resource(show_spinner=False)
def static_urls() -> StaticUrls:
    """Where the browser finds Leaflet and the outlines. Raises `OSError` or `geodata.GazetteerDataError`."""
    return prepare_static(names=lambda place_id: place.uk if (place := gazetteer().get(place_id)) else "")


@st.cache_resource(show_spinner=False, max_entries=2)
def _index(folder: str, version: str) -> CorpusIndex:
    del version  # part of the cache's key only
    return CorpusIndex(Corpus(folder), gazetteer=gazetteer())


class Desk:
    """The open corpus and the answers to the pages' questions, remembered until the corpus changes."""

    def __init__(self, corpus: Corpus):
        self.corpus = corpus
        self.version = corpus.version
        self.index = _index(str(corpus.folder), self.version)

    @property
    def is_sample(self) -> bool:
        """True while the bundled sample reports are open."""
        return self.corpus.folder.resolve() == SAMPLE_CORPUS.resolve()

    @property
    def _key(self) -> tuple[str, str]:
        return str(self.corpus.folder), self.version

    def facets(self) -> Facets:
        """Values that the filters offer."""
        return _facets(self._key, self.index)

    def places(self, asked: MentionFilter) -> pd.DataFrame:
        """Places with counts, most counted first; see `CorpusIndex.places`."""
        return _places(self._key, asked, self.index)

    def all_places(self) -> pd.DataFrame:
        """Every place of the corpus that can be drawn, whatever the filter, most written about first."""
        return self.places(MentionFilter(roles=(), statuses=("placed", "ambiguous")))

    def written_forms(self, asked: MentionFilter, place_id: str) -> tuple[str, ...]:
        """How a place's name is written in its newest `FORMS_READ_FROM` mentions, the most frequent form first."""
        return _written_forms(self._key, asked, place_id, self.index)

    def counts(self, asked: MentionFilter) -> Counts:
        """The line of figures; see `CorpusIndex.counts`."""
        return _counts(self._key, asked, self.index)

    def articles(self, asked: MentionFilter) -> pd.DataFrame:
        """Articles with their counts, newest first; see `CorpusIndex.article_rows`."""
        return _articles(self._key, asked, self.index)


def open_desk(argv: Sequence[str] | None = None, environment: Mapping[str, str] = os.environ) -> Desk:
    """The corpus this visitor opened, else the one this server was started with. Raises `corpus.CorpusError` or
    `geodata.GeodataError`."""
    folder = opened_corpus() or corpus_folder(sys.argv[1:] if argv is None else argv, environment)
    return Desk(Corpus(folder))


@st.cache_data(show_spinner=False, max_entries=4)
def _facets(key: tuple[str, str], _index: CorpusIndex) -> Facets:
    return _index.facets()


@st.cache_data(show_spinner=False, max_entries=_ANSWERS_KEPT)
def _places(key: tuple[str, str], asked: MentionFilter, _index: CorpusIndex) -> pd.DataFrame:
    return _index.places(asked)


@st.cache_data(show_spinner=False, max_entries=_ANSWERS_KEPT)
def _written_forms(key: tuple[str, str], asked: MentionFilter, place_id: str, _index: CorpusIndex) -> tuple[str, ...]:
    texts = _index.evidence(asked, place_id, limit=FORMS_READ_FROM)["text"]
    return tuple(form for form, _ in Counter(" ".join(text.split()) for text in texts).most_common())


@st.cache_data(show_spinner=False, max_entries=_ANSWERS_KEPT)
def _counts(key: tuple[str, str], asked: MentionFilter, _index: CorpusIndex) -> Counts:
    return _index.counts(asked)


@st.cache_data(show_spinner=False, max_entries=8)
def _articles(key: tuple[str, str], asked: MentionFilter, _index: CorpusIndex) -> pd.DataFrame:
    return _index.article_rows(asked)
