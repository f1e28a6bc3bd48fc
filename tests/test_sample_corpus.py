"""The bundled sample corpus: complete, marked as a sample, and made by the extractor as it stands."""

from collections import Counter
from pathlib import Path

import pytest

from corpus import Corpus, CorpusIndex, MentionFilter
from extract.pipeline import Extractor
from extract.readers import ReadOptions, read_paths
from geodata import open_gazetteer

SAMPLE = Path(__file__).parent.parent / "sample_corpus"
FIRST = ("Bakhmut", "Soledar", "Vuhledar", "Avdiivka", "Kreminna", "Robotyne", "Kharkiv", "Kherson", "Sudzha", "Odesa")


@pytest.fixture(scope="module")
def reports():
    return list(read_paths([str(SAMPLE / "reports")], options=ReadOptions()))


def test_at_least_24_reports_in_four_sources_marked_as_samples(reports):
    sources = Counter(report.source for report in reports)
    named = [source for source in sources if source]
    assert len(reports) >= 24
    assert len(named) == 4
    assert all(source.startswith("Sample: ") for source in named)


def test_the_batch_holds_what_the_extractor_finds_today(reports):
    extractor = Extractor(open_gazetteer())
    index = CorpusIndex(Corpus(SAMPLE))
    stale = []
    for report in reports:
        stored = index.article(report.article_id)
        fresh = extractor.extract(report)
        if stored is None or [(m.start, m.status, m.place_id) for m in stored.mentions] != [
            (m.start, m.status, m.place_id) for m in fresh.mentions
        ]:
            stale.append(report.id)
    assert stale == [], "rebuild it: rm -r sample_corpus/batches, then python -m corpus add (see ARCHITECTURE.md)"


@pytest.mark.parametrize("name", FIRST)
def test_the_places_a_newcomer_looks_for_are_on_the_map(name):
    places = CorpusIndex(Corpus(SAMPLE)).places(MentionFilter())
    assert name in set(places["name"])
