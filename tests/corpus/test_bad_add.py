"""Adding when something goes wrong: a disk that fills up, texts no file can hold. Nothing is lost or half-added.

What bad input itself comes to is in `tests/extract/test_bad_input.py`; an add that is killed in `test_crash.py`.
"""

import errno
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from corpus import Corpus, CorpusIndex, MentionFilter
from corpus.__main__ import main

resource = pytest.importorskip("resource", reason="limits on files are of Unix")
ROOT = Path(__file__).parents[2]
ARTICLES = 300


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    made = tmp_path / "in.jsonl"
    lines = [
        {"id": f"a{n}", "text": f"Report {n}: shells fell on Bakhmut, {n * 7919} metres away."} for n in range(ARTICLES)
    ]
    made.write_text("\n".join(map(json.dumps, lines)))
    return made


def ids(folder: Path) -> Counter[str]:
    with CorpusIndex(Corpus(folder)) as index:
        rows = index.article_rows(MentionFilter())
    return Counter(rows["id"])


def test_a_disk_that_fills_up_while_writing(articles: Path, tmp_path: Path) -> None:
    """The limit on the size of a file makes the very write fail that a full disk would fail, half-way."""
    folder = tmp_path / "corpus"
    command = [sys.executable, "-m", "corpus", "add", str(articles), "--corpus", str(folder)]

    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000))

    failed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, preexec_fn=small_disk, check=False)
    assert failed.returncode == 1
    assert "Traceback" not in failed.stderr
    assert str(folder) in failed.stderr
    assert list((folder / "batches").glob("*.parquet")) == []
    assert main(["add", str(articles), "--corpus", str(folder)]) == 0
    assert ids(folder) == Counter({f"a{n}": 1 for n in range(ARTICLES)})
    assert [path.name for path in (folder / "batches").iterdir() if path.suffix != ".parquet"] == []


def test_a_full_disk_is_named_with_the_folder(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("corpus.store.write_beside", full)
    report = tmp_path / "report.csv"
    folder = tmp_path / "corpus"
    assert main(["add", str(articles), "--corpus", str(folder), "--report", str(report)]) == 1
    assert "No space left on device" in capsys.readouterr().err
    assert report.read_text(encoding="utf-8").count("not added: interrupted") == ARTICLES


def test_texts_no_file_can_hold_are_added_once(tmp_path: Path) -> None:
    line = '{"id": "s", "title": "\\ud800", "source": "W\\udfff", "text": "Half \\ud83d an emoji over Bakhmut."}\n'
    (tmp_path / "in.jsonl").write_text(line)
    folder = tmp_path / "corpus"
    for _ in range(2):
        assert main(["add", str(tmp_path / "in.jsonl"), "--corpus", str(folder)]) == 0
    assert ids(folder) == Counter({"s": 1})


def test_marks_that_turn_text_around_stay_in_the_text(tmp_path: Path) -> None:
    text = "The town of \u202ekramatorsK\u202c and Bakhmut were shelled."
    (tmp_path / "in.txt").write_text(text, encoding="utf-8")
    folder = tmp_path / "corpus"
    assert main(["add", str(tmp_path / "in.txt"), "--corpus", str(folder)]) == 0
    with CorpusIndex(Corpus(folder)) as index:
        (article_id,) = index.article_rows(MentionFilter())["article_id"]
        stored = index.article(article_id)
    assert stored is not None
    assert stored.article.text == text


def test_bad_items_cost_no_other_and_are_all_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(20):
        (folder / f"good{number:02}.txt").write_text(f"{number}: shells fell on Bakhmut overnight.\n")
        (folder / f"bad{number:02}.txt").write_bytes(b"" if number % 2 else b"nul \x00 byte")
    assert main(["add", str(folder), "--corpus", str(tmp_path / "corpus")]) == 1
    told = capsys.readouterr().err
    assert all(f"bad{number:02}.txt" in told for number in range(20))
    assert set(ids(tmp_path / "corpus")) == {f"good{number:02}.txt" for number in range(20)}
