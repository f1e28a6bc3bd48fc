import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.small_corpus import build, hostile_articles, one_undated, three_articles, two_copies

ENTRY = Path(__file__).parents[1] / "entry.py"
CORPORA = {
    "three": three_articles,
    "undated": one_undated,
    "hostile": hostile_articles,
    "empty": list,
    "copies": two_copies,
}


@pytest.fixture(autouse=True, scope="session")
def corpora_closed_at_the_end() -> Iterator[None]:
    """Streamlit's caches would keep opened corpora past the interpreter's end, where DuckDB complains of a leak."""
    yield
    st.cache_data.clear()
    st.cache_resource.clear()
    gc.collect()


@pytest.fixture
def open_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Opens the dashboard on a corpus of `CORPORA` at a page, with the parameters of a link."""

    def run(corpus: str = "three", page: str = "map", **params: str | list[str]) -> AppTest:
        folder = build(tmp_path / corpus, CORPORA[corpus]())
        monkeypatch.setenv("DATELINE_CORPUS", str(folder))
        app = AppTest.from_file(str(ENTRY), default_timeout=30)
        for name, value in params.items():
            app.query_params[name.rstrip("_")] = value
        app.run()
        return app if page == "map" else app.switch_page(f"../pages/{page}.py").run()

    return run


def words(app: AppTest) -> str:
    """Everything the page says outside its tables and map, HTML as it is."""
    html = [element.proto.body for element in app.get("html")]
    texts = [
        element.value
        for kind in ("markdown", "text", "subheader", "header", "title", "caption")
        for element in getattr(app, kind)
    ]
    alerts = [element.value for kind in ("info", "warning", "error") for element in getattr(app, kind)]
    return "\n".join([*html, *texts, *alerts])
