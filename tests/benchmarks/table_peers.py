"""Other finders of place names on the same English texts. They find names only, from lists of their own: no homonyms
are resolved, nothing is explained. spaCy's ruler gets the names of the theatre and of the world's larger places.
"""

import importlib.util
from collections.abc import Callable

from extract.pipeline import Extractor
from extract.types import Article
from geodata import open_gazetteer
from tests.benchmarks.report import Table, per_second, spent
from tests.benchmarks.synthetic_places import pick_places
from tests.benchmarks.texts import articles

_ARTICLES = 600
Find = Callable[[Article], object]


def tables(scale: float) -> list[Table]:
    """One table."""
    texts = articles(max(int(_ARTICLES * scale), 50), "en")
    rows, own = [], 0.0
    for name, make in (
        ("Dateline", _dateline),
        ("flashgeotext", _flash),
        ("geotext", _geotext),
        ("spaCy ruler", _spacy),
    ):
        find = make()
        if isinstance(find, str):
            rows.append((name, find, "", ""))
            continue
        find(texts[0])
        seconds = spent(lambda find=find: [find(article) for article in texts], times=2).cpu
        own = own or seconds
        found = sum(_count(find(article)) for article in texts[:100]) / len(texts[:100])
        rows.append((name, per_second(len(texts), seconds), f"{own / seconds:.2f}", f"{found:.1f}"))
    return [
        Table(
            f"Beside other geoparsers, {len(texts):,} English articles",
            ("", "articles/s", "times Dateline's speed", "names an article"),
            tuple(rows),
            "Processor time on one core, best of two runs.",
        )
    ]


def _count(found: object) -> int:
    return len(found) if isinstance(found, list | tuple) else int(found)


def _dateline() -> Find:
    extractor = Extractor(open_gazetteer())
    return lambda article: extractor.extract(article).mentions


def _flash() -> Find | str:
    if not importlib.util.find_spec("flashgeotext"):
        return "not installed"
    from flashgeotext.geotext import GeoText

    peer = GeoText()
    return lambda article: sum(
        found["count"] for kind in peer.extract(article.text).values() for found in kind.values()
    )


def _geotext() -> Find | str:
    if not importlib.util.find_spec("geotext"):
        return "not installed"
    from geotext import GeoText

    def find(article: Article) -> list[str]:
        found = GeoText(article.text)
        return [*found.cities, *found.countries]

    return find


def _spacy() -> Find | str:
    if not importlib.util.find_spec("spacy"):
        return "not installed"
    import numpy as np
    import spacy

    peer = spacy.blank("en")
    peer.max_length = 10_000_000
    names = sorted(set(pick_places(open_gazetteer(), np.random.default_rng(0)).names))
    peer.add_pipe("entity_ruler").add_patterns([{"label": "GPE", "pattern": name} for name in names if name.isascii()])
    return lambda article: peer(article.text).ents
