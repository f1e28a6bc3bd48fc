import csv
import io
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus import Corpus
from corpus.__main__ import main, parser, plain
from corpus.options import filter_from
from tests.corpus.corpus_samples import FOUR

ROOT = Path(__file__).parents[2]


@pytest.fixture
def four(corpus):
    corpus.add(FOUR)
    return str(corpus.folder)


@pytest.fixture
def articles(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.txt").write_text("January 26, 2023\n\nShells fell on Bakhmut and Soledar, the mayor said.\n")
    (folder / "two.txt").write_text("Troops moved from Kreminna towards Svatove on foot.\n")
    return folder


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "corpus", *map(str, arguments)], cwd=ROOT, capture_output=True, timeout=120
    )


def report(text):
    return {words: int(figure.replace(",", "")) for figure, words in (line.split("  ", 1) for line in lines(text))}


def lines(text):
    return [line.strip() for line in text.splitlines() if not line.startswith("error")]


def test_add_list_and_export_end_to_end(articles, tmp_path, capsys):
    added = run("add", articles, "--corpus", tmp_path / "c", "--source", "Щоденник")
    assert added.returncode == 0, added.stderr.decode()
    assert report(added.stderr.decode())["added"] == 2
    assert main(["list", "--corpus", str(tmp_path / "c"), "--source", "Щоденник"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()[1:]] == ["2023-01-26", "undated"]
    out = tmp_path / "out.geojson"
    assert main(["export", "--corpus", str(tmp_path / "c"), "--format", "geojson", "-o", str(out)]) == 0
    names = {feature["properties"]["name"] for feature in json.loads(out.read_text("utf-8"))["features"]}
    assert {"Bakhmut", "Soledar", "Kreminna", "Svatove"} <= names


def test_adding_again_says_so(articles, tmp_path, capsys):
    corpus = str(tmp_path / "c")
    assert main(["add", str(articles), "--corpus", corpus]) == 0
    capsys.readouterr()
    assert main(["add", str(articles), "--corpus", corpus]) == 0
    told = report(capsys.readouterr().err)
    assert (told["added"], told["already there"]) == (0, 2)


def test_report_tells_undated_and_unknown(articles, tmp_path, capsys):
    main(["add", str(articles), "--corpus", str(tmp_path / "c")])
    told = report(capsys.readouterr().err)
    assert (told["of them undated"], told["of them from an unknown source"]) == (1, 2)


def test_bad_item_is_told_and_the_rest_added(articles, tmp_path, capsys):
    (articles / "bad.txt").write_bytes(b"")
    assert main(["add", str(articles), "--corpus", str(tmp_path / "c")]) == 1
    err = capsys.readouterr().err
    assert "bad.txt" in err
    assert report(err)["added"] == 2


def test_extraction_that_fails_is_told_and_the_rest_added(articles, tmp_path, capsys, monkeypatch):
    from extract.pipeline import Extractor

    extract = Extractor.extract

    def failing(self, article):
        if "Kreminna" in article.text:
            raise ZeroDivisionError("poisoned")
        return extract(self, article)

    monkeypatch.setattr(Extractor, "extract", failing)
    assert main(["add", str(articles), "--corpus", str(tmp_path / "c")]) == 1
    err = capsys.readouterr().err
    assert "two.txt" in err
    assert "ZeroDivisionError: poisoned" in err
    assert report(err)["added"] == 1


def test_list_shows_unknown_source_and_undated(four, capsys):
    assert main(["list", "--corpus", four, "--unknown-source"]) == 0
    (row,) = capsys.readouterr().out.splitlines()[1:]
    assert row.startswith("undated     unknown source")


def test_export_to_stdout_is_csv_only(four):
    done = run("export", "--corpus", four, "--format", "csv", "--status", "any", "--role", "any")
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8"), newline="")))
    assert (len(rows), done.returncode) == (11, 0)


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "--corpus", "{}/nowhere"],
        ["list", "--corpus", "{}", "--from", "2023-02-01", "--to", "2023-01-01"],
        ["list", "--corpus", "{}", "--kind", "moon"],
        ["export", "--corpus", "{}", "--format", "csv", "--min-confidence", "7"],
    ],
)
def test_wrong_usage_is_exit_code_2_and_a_line(four, capsys, arguments):
    assert main([argument.format(four) for argument in arguments]) == 2
    assert capsys.readouterr().err.startswith("error: ")


@pytest.mark.parametrize("arguments", [[], ["add"], ["list"], ["export", "--corpus", "x"], ["list", "--from", "soon"]])
def test_usage_errors_of_the_parser_are_exit_code_2(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


def test_output_into_a_missing_folder_is_told(four, tmp_path, capsys):
    assert main(["export", "--corpus", four, "--format", "csv", "-o", str(tmp_path / "no" / "x.csv")]) == 1
    assert "nothing was written" in capsys.readouterr().err


def test_damaged_batch_makes_answers_incomplete(four, capsys):
    (path,) = Corpus(four).batches()
    path.write_bytes(b"PAR1")
    assert main(["list", "--corpus", four]) == 1
    assert path.name in capsys.readouterr().err


def test_every_command_and_option_has_help():
    for action in parser()._subparsers._group_actions[0].choices.values():
        assert all(option.help for option in action._actions)


def test_options_left_out_give_the_default_filter():
    from corpus import MentionFilter

    assert filter_from(parser().parse_args(["list", "--corpus", "x"])) == MentionFilter()


def test_terminal_lines_hold_no_control_characters():
    assert plain("a\x1b[31m\u202eb\nc\x07", 80) == "a\ufffd[31m\ufffdb c\ufffd"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_interrupted_add_leaves_whole_batches(tmp_path):
    lines = "".join(json.dumps({"id": n, "text": f"Report {n}: shells fell on Bakhmut."}) + "\n" for n in range(2500))
    command = [sys.executable, "-m", "corpus", "add", "-", "--corpus", str(tmp_path / "c")]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdin.write(lines.encode())
    process.stdin.flush()
    deadline = time.monotonic() + 60
    while not list((tmp_path / "c").glob("batches/*.parquet")) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err.decode()
    assert b"interrupted" in err
    assert len(Corpus(tmp_path / "c").article_ids()) == 2000
