"""`python -m extract`: what it prints where, and how it ends."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from extract import __main__ as cli
from extract.pipeline import Extractor
from extract.types import Article, Extraction, Mention

ROOT = Path(__file__).parents[2]
BODY = "Russian forces shelled Bakhmut in Donetsk Oblast on Friday, according to AFP.\n"


def run(*arguments: str, data: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "extract", *arguments],
        cwd=ROOT, input=data, capture_output=True, timeout=120, check=False, env={**os.environ, **environment},
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    (folder / "a.txt").write_text("Town shelled\n\n" + BODY)
    (folder / "b.txt").write_bytes(b"")
    (folder / "c.jsonl").write_text('{"id": "c1", "text": "Бахмут тримається."}\nbroken\n')
    return folder


@pytest.fixture(scope="module")
def mixed(folder) -> subprocess.CompletedProcess[bytes]:
    return run(str(folder), LC_ALL="C", PYTHONIOENCODING="ascii")


def test_one_object_an_article_in_order(mixed):
    assert [json.loads(line)["id"] for line in mixed.stdout.splitlines()] == ["a.txt", "c1"]


def test_objects_hold_the_contract(mixed):
    found = json.loads(mixed.stdout.splitlines()[0])
    assert {
        "id",
        "article_id",
        "source",
        "date",
        "date_basis",
        "title",
        "language",
        "cites",
        "mentions",
        "events",
    } <= set(found)
    assert (found["title"], found["cites"], found["language"]) == ("Town shelled", ["AFP"], "en")


def test_mentions_hold_the_contract(mixed):
    (mention,) = [m for m in json.loads(mixed.stdout.splitlines()[0])["mentions"] if m["text"] == "Bakhmut"]
    text = "Town shelled\n\n" + BODY
    assert text[mention["start"] : mention["end"]] == "Bakhmut"
    assert {"status", "place_id", "name", "kind", "lat", "lon", "role", "confidence", "reason", "candidates"} <= set(
        mention
    )


def test_bad_items_are_told_on_stderr_with_their_reasons(mixed):
    told = mixed.stderr.decode()
    assert "b.txt: " in told
    assert "empty" in told
    assert "c.jsonl:2: not a line of JSON" in told


def test_some_failed_is_1(mixed):
    assert mixed.returncode == 1


def test_output_is_utf8_in_any_locale(mixed):
    assert "Бахмут" in mixed.stdout.decode("utf-8")


def test_standard_input_in_order_exits_0():
    done = run("-", data=b'{"id": "x", "text": "Shells fell on Bakhmut."}\n{"id": "y", "text": "Quiet in Soledar."}\n')
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["x", "y"]
    assert done.returncode == 0


def test_a_missing_path_is_a_failed_item(tmp_path):
    done = run(str(tmp_path / "nowhere.txt"))
    assert done.returncode == 1
    assert done.stdout == b""
    assert b"nowhere.txt: there is no such file" in done.stderr


@pytest.mark.parametrize(
    "arguments", [[], ["--format", "xml", "a.txt"], ["--date", "soon", "a.txt"], ["--max-bytes", "0", "a"]]
)
def test_wrong_usage_is_2(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    assert stopped.value.code == 2


def test_a_reader_that_goes_away_is_no_error(tmp_path):
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps({"text": f"{number}. {BODY}" * 20}) + "\n" for number in range(60)))
    command = f'"{sys.executable}" -m extract "{path}" | head -n 1'
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, timeout=120, check=False)
    assert done.stdout.count(b"\n") == 1
    assert b"Error" not in done.stderr
    assert b"Traceback" not in done.stderr


def test_options_reach_the_articles(folder, capsys):
    cli.main([str(folder / "a.txt"), "--source", "Field notes", "--date", "2023-02-01"])
    found = json.loads(capsys.readouterr().out)
    assert (found["source"], found["date"], found["date_basis"]) == ("Field notes", "2023-02-01", "metadata")


def test_a_column_can_be_stated(tmp_path, capsys):
    path = tmp_path / "in.csv"
    path.write_text("number,words\n1,Shells fell on Bakhmut.\n")
    assert cli.main([str(path), "--text-column", "words"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "in.csv:2"


def test_an_exception_in_one_article_is_told_and_the_rest_goes_on(folder, monkeypatch, capsys):
    sound = Extractor.extract

    def extract(self: Extractor, article: Article) -> Extraction:
        if article.id == "a.txt":
            raise RuntimeError("odd \x1b[31m text")
        return sound(self, article)

    monkeypatch.setattr(Extractor, "extract", extract)
    code = cli.main([str(folder)])
    out, err = capsys.readouterr()
    assert code == 1
    assert json.loads(out)["id"] == "c1"
    assert "a.txt" in err
    assert "RuntimeError: odd \\x1b[31m text" in err


def extraction(**fields: str) -> Extraction:
    article = Article(id=fields.get("id", "a"), text=fields.get("text", "Bakhmut"))
    mention = Mention(0, 7, fields.get("text", "Bakhmut"), "placed", "location", 0.9, fields.get("reason", "sure"))
    return Extraction(article, (mention,))


def printed(found: Extraction, form: str) -> str:
    out = io.StringIO()
    cli.print_extraction(found, form, out)
    return out.getvalue()


@pytest.mark.parametrize("field", ["id", "text", "reason"])
def test_the_table_lets_no_control_character_through(field):
    line = printed(extraction(**{field: "a\x1b[2J\nb\u202ec\x07\ud800"}), "table")
    assert line.endswith("\n")
    assert line[:-1].isprintable()


def test_the_table_has_the_columns_asked_for(folder, capsys):
    cli.main([str(folder / "a.txt"), "--format", "table"])
    header, *rows = capsys.readouterr().out.splitlines()
    assert header.split() == ["article", "text", "place", "kind", "status", "role", "confidence", "reason"]
    assert all(row.startswith("a.txt ") for row in rows)
    assert any("Bakhmut" in row and "placed" in row for row in rows)


def test_a_lone_surrogate_is_written_as_its_json_escape():
    line = printed(extraction(id="\ud800"), "jsonl")
    assert json.loads(line.encode("utf-8"))["id"] == "\ud800"
