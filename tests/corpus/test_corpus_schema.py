import dataclasses
from datetime import UTC, datetime

import pytest

from corpus.schema import from_row, to_row, to_table
from extract.types import Article, Extraction
from tests.corpus.corpus_samples import AFP, FOUR

NOW = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)


def through_arrow(extraction):
    return from_row(to_table([to_row(extraction, NOW)]).to_pylist()[0])


@pytest.mark.parametrize("extraction", FOUR, ids=lambda extraction: extraction.article.id)
def test_an_extraction_survives_storage(extraction):
    stored = through_arrow(extraction)
    kept = Extraction(
        stored.article,
        stored.mentions,
        stored.events,
        stored.scraps,
        stored.extractor_version,
        stored.gazetteer_version,
        stored.notes,
        stored.fingerprint,
    )
    assert kept == extraction


def test_a_fingerprint_survives_storage():
    assert through_arrow(dataclasses.replace(AFP, fingerprint=b"\x01\x00\xff")).fingerprint == b"\x01\x00\xff"


def test_time_of_adding_is_kept_to_the_microsecond():
    assert through_arrow(AFP).added_at == NOW


def test_half_a_surrogate_pair_keeps_offsets_and_id():
    article = Article(id="x", title="t", text="a\ud83d Bakhmut\x00 end")
    stored = through_arrow(Extraction(article, ()))
    assert (stored.article.text, stored.article_id) == ("a\ufffd Bakhmut\x00 end", article.article_id)
