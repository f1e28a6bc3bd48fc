"""Articles and mentions at rest: a folder of Parquet batches, asked through DuckDB.

The core: `Corpus` keeps extractions, `MentionFilter` says what is asked, `CorpusIndex` answers, `export` writes it out.
"""

from corpus.corrections.file import (
    Corrections,
    CorrectionsFile,
    CorrectionsStore,
    DecidedPlace,
    Decision,
    HeldCorrections,
    decide,
)
from corpus.corrections.overlay import Effect
from corpus.errors import (
    ArticleGoneError,
    CorpusError,
    CorpusWriteError,
    CorrectionError,
    CorrectionsWriteError,
    DamagedBatchError,
    FilterError,
    NotACorpusError,
)
from corpus.exports.write import FORMATS, export, export_file
from corpus.filter import COUNT_BY, UNKNOWN_SOURCE, MentionFilter
from corpus.index import CorpusIndex, Counts, Facets
from corpus.schema import StoredArticle
from corpus.store import AddReport, Corpus

__all__ = [
    "COUNT_BY",
    "FORMATS",
    "UNKNOWN_SOURCE",
    "AddReport",
    "ArticleGoneError",
    "Corpus",
    "CorpusError",
    "CorpusIndex",
    "CorpusWriteError",
    "CorrectionError",
    "Corrections",
    "CorrectionsFile",
    "CorrectionsStore",
    "CorrectionsWriteError",
    "Counts",
    "DamagedBatchError",
    "DecidedPlace",
    "Decision",
    "Effect",
    "Facets",
    "FilterError",
    "HeldCorrections",
    "MentionFilter",
    "NotACorpusError",
    "StoredArticle",
    "decide",
    "export",
    "export_file",
]
