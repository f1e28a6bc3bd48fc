"""Every page opens on the sample, an empty corpus, one undated article and hostile texts, in both languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.texts import LANGUAGES, table
from tests import hostile
from tests.pages.conftest import CORPORA, ENTRY, words
from tests.small_corpus import build

PAGES = {
    "map": "map",
    "places": "places",
    "articles": "articles",
    "timeline": "timeline",
    "battles": "battles",
    "sources": "sources",
    "review": "review",
    "add_articles": "add",
    "method": "method",
}
"""The file of each page, and what its title is called in the table of texts."""
ROOT = Path(__file__).parents[2]
NEEDS_ARTICLES = {"map", "places", "articles", "timeline", "sources", "review"}


@pytest.fixture(scope="module", params=["sample", "empty", "undated", "hostile"])
def corpus(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A corpus's name and its folder."""
    name = request.param
    if name == "sample":
        return name, ROOT / "sample_corpus"
    if name == "hostile":
        return name, hostile.build(tmp_path_factory.mktemp(name) / name)
    return name, build(tmp_path_factory.mktemp(name) / name, CORPORA[name]())


@pytest.fixture(scope="module", params=list(LANGUAGES))
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def app(corpus: tuple[str, Path], language: str) -> Iterator[AppTest]:
    """The dashboard open on that corpus in that language; one visitor goes through all pages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATELINE_CORPUS", str(corpus[1]))
        opened = AppTest.from_file(str(ENTRY), default_timeout=60)
        opened.query_params["lang"] = language
        opened.run()
        yield opened


def test_every_file_in_pages_is_tried() -> None:
    assert {path.stem for path in (ROOT / "pages").glob("*.py")} == set(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens(app: AppTest, corpus: tuple[str, Path], language: str, page: str) -> None:
    app.switch_page(f"../pages/{page}.py").run()
    assert not app.exception
    assert not app.error
    if corpus[0] == "empty" and page in NEEDS_ARTICLES:
        assert table()["empty.title"][language] in words(app)
    elif page != "map":
        assert table()[f"page.{PAGES[page]}"][language] in [title.value for title in app.title]
