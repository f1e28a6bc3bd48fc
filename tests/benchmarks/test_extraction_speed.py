"""Extraction speed beside other geoparsers on the same texts: `python -m pytest tests/benchmarks --benchmark-enable`.

Compare the ratios of one run; absolute times depend on the machine. Peers find names only: they neither resolve
homonyms nor explain, and flashgeotext and geotext know cities of 15,000 inhabitants and more.
"""

import pytest


def run(find, articles):
    for article in articles:
        find(article)


def per_article(benchmark, articles):
    benchmark.extra_info["articles"] = len(articles)
    benchmark.extra_info["characters"] = sum(len(article.text) for article in articles)


def test_dateline_english(benchmark, extractor, english):
    per_article(benchmark, english)
    benchmark(run, extractor.extract, english)


def test_dateline_cyrillic(benchmark, extractor, cyrillic):
    per_article(benchmark, cyrillic)
    benchmark(run, extractor.extract, cyrillic)


def test_flashgeotext_english(benchmark, english):
    flashgeotext = pytest.importorskip("flashgeotext.geotext")
    peer = flashgeotext.GeoText()
    per_article(benchmark, english)
    benchmark(run, lambda article: peer.extract(article.text), english)


def test_geotext_english(benchmark, english):
    geotext = pytest.importorskip("geotext")
    per_article(benchmark, english)
    benchmark(run, lambda article: geotext.GeoText(article.text), english)


def test_spacy_english(benchmark, english):
    spacy = pytest.importorskip("spacy")
    if not spacy.util.is_package("en_core_web_sm"):
        pytest.skip("spaCy's model en_core_web_sm is not installed")
    peer = spacy.load("en_core_web_sm")
    per_article(benchmark, english)
    benchmark(run, lambda article: peer(article.text).ents, english)
