"""Articles of about 3 kB, made of the sample reports; the same texts for every contestant."""

from pathlib import Path

import pytest

from extract.pipeline import Extractor
from extract.readers import ReadOptions, read_paths
from extract.types import Article
from geodata import open_gazetteer

REPORTS = Path(__file__).parent.parent.parent / "sample_corpus" / "reports"
CYRILLIC = ("uk", "ru")
BYTES = 3_000


def articles_of(texts: list[str]) -> list[Article]:
    """The texts joined and cut into articles of about 3,000 characters, at paragraph ends."""
    made: list[str] = []
    current = ""
    for paragraph in "\n\n".join(texts).split("\n\n"):
        current = f"{current}\n\n{paragraph}" if current else paragraph
        if len(current) >= BYTES - 300:
            made.append(current)
            current = ""
    return [Article(id=str(number), text=text) for number, text in enumerate(made)]


@pytest.fixture(scope="session")
def extractor():
    return Extractor(open_gazetteer())


@pytest.fixture(scope="session")
def reports():
    return [item for item in read_paths([str(REPORTS)], options=ReadOptions()) if isinstance(item, Article)]


@pytest.fixture(scope="session")
def english(reports):
    return articles_of([report.text for report in reports if report.text.isascii() or "і" not in report.text])[:10]


@pytest.fixture(scope="session")
def cyrillic(reports):
    return articles_of([report.text for report in reports if "о" in report.text] * 4)[:6]
