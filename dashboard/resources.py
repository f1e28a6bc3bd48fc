"""What is opened once and shared by all visitors: the only place of `st.cache_*`.

Which corpus: `-- --corpus DIR`, else `DATELINE_CORPUS`, else the folder `shared_corpus` of the project where there is
one, else the bundled sample.
"""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from corpus import (
    Corpus,
    CorpusIndex,
    CorrectionsFile,
    CorrectionsStore,
    Counts,
    Facets,
    HeldCorrections,
    MentionFilter,
)
from corpus.corrections.own_places import own_places
from corpus.held_corpus import HeldCorpus
from corpus.timelines import Span, Undated, told_by_source, undated
from dashboard.deployment import held_corpus, held_corrections, is_shared, opened_corpus, visitors_index
from dashboard.static_files import StaticUrls, prepare_static
from geodata import Gazetteer, open_gazetteer
from geodata.own_layer import with_own

Answer = TypeVar("Answer")

ROOT = Path(__file__).parents[1]
SAMPLE_CORPUS = ROOT / "sample_corpus"
# What a deployment without any settings shows: a corpus committed under this name.
SHARED_CORPUS = ROOT / "shared_corpus"
# A filter's places are a few hundred rows; a session asks for the same ones on every click.
_ANSWERS_KEPT = 128
# Forms of a name are read from the newest mentions of its place; more of them seldom bring another one.
FORMS_READ_FROM = 400
# More rows than anybody goes through; a browser takes them at once.
ARTICLES_SHOWN = 2_000


def corpus_folder(argv: Sequence[str], environment: Mapping[str, str]) -> Path:
    """The corpus asked for on the command line (`argv` without the program's name) or in the environment."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--corpus", default="")
    asked = parser.parse_known_args(list(argv))[0].corpus or environment.get("DATELINE_CORPUS", "").strip()
    if asked:
        return Path(asked).expanduser()
    return SHARED_CORPUS if (SHARED_CORPUS / "batches").is_dir() else SAMPLE_CORPUS


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
    return _open_index(Corpus(folder), _corrections_file(folder))


def _open_index(corpus: Corpus, corrections: CorrectionsStore) -> CorpusIndex:
    return CorpusIndex(corpus, gazetteer=gazetteer(), corrections=corrections, may_write=not is_shared())


@st.cache_resource(show_spinner=False, max_entries=8)
def _corrections_file(folder: str) -> CorrectionsFile:
    return CorrectionsFile(folder)


class Desk:
    """The open corpus, as corrected, and the answers to the pages' questions, remembered until either changes.

    `corrections` is where this visitor's decisions go; after an `append` there, `follow` shows what they change.
    `held_because` says why they are held in the session and not in the corpus folder: "sample", "shared",
    "read_only"; empty where they are in the folder.
    """

    def __init__(self, corpus: Corpus):
        self.corpus = corpus
        self.held_because = _held_because(corpus.folder, is_sample=self.is_sample)
        kept = _corrections_file(str(corpus.folder))
        self.corrections = held_corrections(str(corpus.folder), kept) if self.held_because else kept
        self.follow()

    def follow(self) -> None:
        """Answer as the batches and corrections are now. Raises `corpus.CorpusError`."""
        key = str(self.corpus.folder), self.corpus.version
        if self.held_articles or self.held_corrections:
            self.index = visitors_index(key, lambda: _open_index(self.corpus, self.corrections))
            self.index.follow(self.corrections)
        else:
            self.index = _index(*key)
            self.index.follow(_corrections_file(str(self.corpus.folder)))

    @property
    def gazetteer(self) -> Gazetteer:
        """The gazetteer with the places and names that were added to it for this corpus."""
        return with_own(gazetteer(), own_places(self.index.corrections.state, gazetteer()))

    @property
    def held_articles(self) -> int:
        """How many articles are in this session alone."""
        return self.corpus.held if isinstance(self.corpus, HeldCorpus) else 0

    @property
    def held_corrections(self) -> int:
        """How many corrections are in this session alone."""
        return self.corrections.held if isinstance(self.corrections, HeldCorrections) else 0

    @property
    def version(self) -> str:
        """Stands for what is answered: the corpus and the corrections that count."""
        return self.index.version

    @property
    def is_sample(self) -> bool:
        """True while the bundled sample reports are open."""
        return self.corpus.folder.resolve() == SAMPLE_CORPUS.resolve()

    @property
    def _key(self) -> tuple[str, str]:
        return str(self.corpus.folder), str(self.index.revision)

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

    def articles(
        self, asked: MentionFilter, *, naming: bool = False, limit: int | None = ARTICLES_SHOWN
    ) -> pd.DataFrame:
        """The newest articles with their counts, at most `limit`, with `naming` only those with a counted mention; see
        `CorpusIndex.article_rows`."""
        return _articles(self._key, asked, naming, limit, self.index)

    def timeline(self, asked: MentionFilter, unit: str) -> pd.DataFrame:
        """Counts by day, week or month; see `CorpusIndex.timeline`."""
        return _timeline(self._key, asked, unit, self.index)

    def undated(self, asked: MentionFilter) -> Undated:
        """What counts without a date; see `corpus.timelines`."""
        return _undated(self._key, asked, self.index)

    def told_by_source(self, asked: MentionFilter, spans: tuple[Span, ...]) -> pd.DataFrame:
        """How much each source wrote of places in days; see `corpus.timelines`."""
        return _told_by_source(self._key, asked, spans, self.index)

    def profile(self, question: Callable[..., Answer], asked: MentionFilter, **options: Any) -> Answer:
        """The answer to a question of `corpus.profiles`."""
        return _profile(self._key, question.__name__, asked, options, question, self.index)


def _held_because(folder: Path, *, is_sample: bool) -> str:
    if is_shared():
        return "shared"
    if is_sample:
        return "sample"
    return "" if not folder.exists() or os.access(folder, os.W_OK) else "read_only"


def open_desk(argv: Sequence[str] | None = None, environment: Mapping[str, str] = os.environ) -> Desk:
    """The corpus this visitor opened, else the one this server was started with. Raises `corpus.CorpusError` or
    `geodata.GeodataError`."""
    started_with = corpus_folder(sys.argv[1:] if argv is None else argv, environment)
    # of a shared server no visitor chooses a folder
    if is_shared(environment):
        return Desk(held_corpus(started_with))
    return Desk(Corpus(opened_corpus() or started_with))


def open_ahead(argv: Sequence[str] | None = None, environment: Mapping[str, str] = os.environ) -> None:
    """Open what the first visitor will ask for: the corpus this server was started with, and the map's files. Raises
    what `open_desk` and `static_urls` raise."""
    folder = corpus_folder(sys.argv[1:] if argv is None else argv, environment)
    static_urls()
    _index(str(folder), Corpus(folder).version)


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
def _articles(
    key: tuple[str, str], asked: MentionFilter, naming: bool, limit: int | None, _index: CorpusIndex
) -> pd.DataFrame:
    return _index.article_rows(asked, naming=naming, limit=limit)


@st.cache_data(show_spinner=False, max_entries=_ANSWERS_KEPT)
def _timeline(key: tuple[str, str], asked: MentionFilter, unit: str, _index: CorpusIndex) -> pd.DataFrame:
    return _index.timeline(asked, unit)


@st.cache_data(show_spinner=False, max_entries=_ANSWERS_KEPT)
def _undated(key: tuple[str, str], asked: MentionFilter, _index: CorpusIndex) -> Undated:
    return undated(_index, asked)


@st.cache_data(show_spinner=False, max_entries=8)
def _told_by_source(
    key: tuple[str, str], asked: MentionFilter, spans: tuple[Span, ...], _index: CorpusIndex
) -> pd.DataFrame:
    return told_by_source(_index, asked, spans)


@st.cache_data(show_spinner=False, max_entries=32)
def _profile(
    key: tuple[str, str],
    name: str,
    asked: MentionFilter,
    options: dict[str, Any],
    _question: Callable[..., Answer],
    _index: CorpusIndex,
) -> Answer:
    return _question(_index, asked, **options)
