from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import resources
from tests.pages.conftest import ENTRY, words
from tests.small_corpus import build, three_articles

Open = Callable[..., AppTest]


def test_method_names_licences_and_versions(open_app: Open) -> None:
    page = words(open_app(page="method"))
    for term in ("GeoNames", "CC BY 4.0", "Natural Earth", "Gazetteer", "Extractor", "ambiguous", "What it cannot do"):
        assert term in page


def test_a_file_instead_of_a_corpus_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "notes.txt").write_text("x")
    monkeypatch.setenv("DATELINE_CORPUS", str(tmp_path / "notes.txt"))
    app = AppTest.from_file(str(ENTRY), default_timeout=30).run()
    assert not app.exception
    assert "is a file, not a corpus" in app.error[0].value.replace("\\", "")
    assert "--corpus DIR" in app.error[0].value


def test_a_damaged_batch_is_named_and_the_rest_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = build(tmp_path / "corpus", three_articles())
    (folder / "batches" / "20200101-broken.parquet").write_bytes(b"not parquet")
    monkeypatch.setenv("DATELINE_CORPUS", str(folder))
    app = AppTest.from_file(str(ENTRY), default_timeout=30).run()
    assert not app.exception
    assert "20200101-broken.parquet" in app.warning[0].value.replace("\\", "")
    assert len(app.dataframe[0].value) == 3


def test_articles_added_while_the_dashboard_runs_appear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = build(tmp_path / "corpus", three_articles()[:1])
    monkeypatch.setenv("DATELINE_CORPUS", str(folder))
    app = AppTest.from_file(str(ENTRY), default_timeout=30).run()
    build(folder, three_articles())
    app.run()
    assert "<b>3</b><span>articles" in words(app)


def test_the_sample_is_marked_while_it_is_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = build(tmp_path / "sample", three_articles())
    monkeypatch.setenv("DATELINE_CORPUS", str(folder))
    monkeypatch.setattr(resources, "SAMPLE_CORPUS", folder)
    app = AppTest.from_file(str(ENTRY), default_timeout=30).run()
    assert "Sample reports written for Dateline; not reporting" in words(app)


def test_another_corpus_is_not_called_a_sample(open_app: Open) -> None:
    assert "Sample reports" not in words(open_app())


@pytest.mark.parametrize(
    ("argv", "environment", "folder"),
    [
        ([], {}, resources.SAMPLE_CORPUS),
        ([], {"DATELINE_CORPUS": "a"}, Path("a")),
        (["--corpus", "b"], {"DATELINE_CORPUS": "a"}, Path("b")),
        (["--corpus=b", "--other", "x"], {}, Path("b")),
    ],
)
def test_which_corpus_is_opened(argv: list[str], environment: dict[str, str], folder: Path) -> None:
    assert resources.corpus_folder(argv, environment) == folder
