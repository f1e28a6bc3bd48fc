"""`python -m corpus review`, run as a real process."""

import subprocess
import sys
from datetime import date as Date
from pathlib import Path

import pytest

from corpus import Corpus
from corpus.__main__ import parser
from corpus.corrections.file import CorrectionsFile, DecidedPlace, HeldCorrections, decide
from tests.corpus.corpus_samples import FOUR

ROOT = Path(__file__).parents[2]
AFP_ID = FOUR[0].article.article_id
NOVE = DecidedPlace(id="own:nove", name="Нове Село", kind="village", lat=48.1, lon=38.2)


def run(*arguments, data: bytes | None = None) -> tuple[int, str, str]:
    """Exit code, stdout, stderr of `python -m corpus`."""
    command = [sys.executable, "-m", "corpus", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, input=data, capture_output=True)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture
def corpus(tmp_path):
    corpus = Corpus(tmp_path / "corpus")
    corpus.add(FOUR)
    return corpus


@pytest.fixture
def file(corpus):
    return CorrectionsFile(corpus.folder)


def written(path: Path, *decisions) -> Path:
    held = HeldCorrections()
    held.append(decisions)
    path.write_bytes(held.dump())
    return path


def test_list_tells_each_decision_in_plain_words(file, corpus):
    file.append([first := decide("new_place", scope="everywhere", value=NOVE, who="Ann", why="seen on the map")])
    file.append([decide("date", scope="article", article_id=AFP_ID, value=Date(2023, 1, 2))])
    file.append([decide("undo", scope="everywhere", value=first.id, who="Bob")])
    code, out, _ = run("review", "list", "--corpus", corpus.folder)
    lines = out.splitlines()
    assert code == 0
    assert "Ann: “Нове Село” everywhere: new place Нове Село (village, 48.1, 38.2; own:nove)" in lines[0]
    assert lines[0].endswith("(seen on the map) (taken back)")
    assert lines[1].endswith(f"a reviewer: article {AFP_ID}: dated 2023-01-02")
    assert f"Bob: takes back {first.id}" in lines[2]


def test_list_cannot_drive_the_terminal(file, corpus):
    file.append([decide("reject", scope="everywhere", name="a\u202eb", who="\u200b\u2066x", why="1\n2")])
    out = run("review", "list", "--corpus", corpus.folder)[1]
    assert len(out.splitlines()) == 1
    assert not {"\u202e", "\u2066"} & set(out)


def test_a_bad_line_is_told_with_its_number_and_the_exit_code(file, corpus):
    file.append([decide("reject", scope="everywhere", name="Austin")])
    with file.path.open("ab") as stream:
        stream.write(b"{}\n")
    code, out, err = run("review", "list", "--corpus", corpus.folder)
    assert (code, len(out.splitlines())) == (1, 1)
    assert "corrections.jsonl line 2" in err


def test_commands_that_answer_tell_of_a_bad_line_too(file, corpus):
    file.path.write_bytes(b"nonsense\n")
    code, out, err = run("list", "--corpus", corpus.folder)
    assert (code, "afp" in out or "Fighting near" in out) == (1, True)
    assert "corrections.jsonl line 1" in err


def test_merge_takes_what_is_new_and_says_how_much(file, corpus, tmp_path):
    mine = decide("reject", scope="everywhere", name="Austin")
    file.append([mine])
    theirs = written(tmp_path / "bob.jsonl", mine, decide("reject", scope="everywhere", name="Texas"))
    code, _, err = run("review", "merge", theirs, "--corpus", corpus.folder)
    assert (code, "1 added, 1 already there" in err) == (0, True)
    assert [d.target.name for d in file.read().decisions] == ["Austin", "Texas"]


def test_merge_lists_a_conflict_leaves_it_and_fails(file, corpus, tmp_path):
    file.append([decide("reject", scope="everywhere", name="Austin")])
    theirs = written(tmp_path / "bob.jsonl", decide("place", scope="everywhere", name="Austin", value=NOVE, who="Bob"))
    code, out, err = run("review", "merge", theirs, "--corpus", corpus.folder)
    assert (code, len(file.read().decisions)) == (1, 1)
    assert out.splitlines()[0] == "conflict"
    assert "not a place" in out.splitlines()[1]
    assert "Bob: “Austin” everywhere: Нове Село" in out.splitlines()[2]
    assert "--later-wins" in err


def test_merge_takes_the_later_when_told(file, corpus, tmp_path):
    file.append([decide("reject", scope="everywhere", name="Austin")])
    theirs = written(tmp_path / "bob.jsonl", later := decide("place", scope="everywhere", name="Austin", value=NOVE))
    code, out, _ = run("review", "merge", theirs, "--later-wins", "--corpus", corpus.folder)
    assert (code, "conflict" in out) == (0, True)
    assert list(file.read().state.slots.values()) == [later]


def test_merge_of_a_missing_file_writes_nothing(file, corpus, tmp_path):
    theirs = written(tmp_path / "bob.jsonl", decide("reject", scope="everywhere", name="Texas"))
    code, _, err = run("review", "merge", theirs, tmp_path / "none.jsonl", "--corpus", corpus.folder)
    assert (code, file.read().decisions) == (1, ())
    assert "none.jsonl" in err


def test_undo_takes_a_decision_back_once(file, corpus):
    file.append([decision := decide("reject", scope="everywhere", name="Austin")])
    arguments = ("review", "undo", decision.id, "--who", "Ann", "--corpus", corpus.folder)
    assert run(*arguments)[0] == 0
    assert file.read().state.slots == {}
    code, _, err = run(*arguments)
    assert (code, "taken back already" in err) == (2, True)


def test_undo_of_an_undo_brings_the_decision_back(file, corpus):
    file.append([decision := decide("reject", scope="everywhere", name="Austin")])
    file.append([taken := decide("undo", scope="everywhere", value=decision.id)])
    assert run("review", "undo", taken.id, "--corpus", corpus.folder)[0] == 0
    assert list(file.read().state.slots.values()) == [decision]


def test_undo_of_an_unknown_id_is_wrong_usage(corpus):
    code, _, err = run("review", "undo", "20991231T000000-none", "--corpus", corpus.folder)
    assert (code, "review list" in err) == (2, True)


def test_an_export_restored_into_a_fresh_corpus_comes_to_the_same(file, corpus, tmp_path):
    file.append(
        [decide("new_place", scope="everywhere", value=NOVE), decide("reject", scope="everywhere", name="Moscow")]
    )
    out = tmp_path / "out.jsonl"
    assert run("review", "export", "-o", out, "--corpus", corpus.folder)[0] == 0
    fresh = Corpus(tmp_path / "fresh")
    fresh.add(FOUR)
    assert run("review", "restore", out, "--corpus", fresh.folder)[0] == 0
    both = [run("list", "--role", "any", "--corpus", one.folder)[1] for one in (corpus, fresh)]
    assert both[0] == both[1]
    assert CorrectionsFile(fresh.folder).read().state == file.read().state


def test_a_corpus_that_is_not_there_is_said(tmp_path):
    code, _, err = run("review", "list", "--corpus", tmp_path / "nowhere")
    assert (code, "no corpus at" in err) == (2, True)


@pytest.mark.parametrize("jobs", [1, 2])
def test_names_that_were_decided_are_found_in_articles_added_later(tmp_path, jobs):
    """Neither name is in the gazetteer, and nothing around them says that they are places."""
    corpus = tmp_path / "corpus"
    new = decide("new_place", scope="everywhere", name="Хворинця", value=NOVE)
    CorrectionsFile(corpus).append([new, decide("spelling", scope="everywhere", name="Hvoryntsia", value=NOVE)])
    text = "Hvoryntsia was quiet, officers in Ukraine said on the day. Російські війська обстріляли Хворинцю вранці."
    (tmp_path / "report.txt").write_text(text, encoding="utf-8")
    assert run("add", tmp_path / "report.txt", "--jobs", jobs, "--corpus", corpus)[0] == 0
    out = run("export", "--format", "csv", "--place", "own:nove", "--corpus", corpus)[1]
    assert [line.split(",")[5] for line in out.splitlines()[1:]] == ["Hvoryntsia", "Хворинцю"]


def test_every_action_and_option_has_help():
    review = parser()._subparsers._group_actions[0].choices["review"]
    for action in review._subparsers._group_actions[0].choices.values():
        assert all(option.help for option in action._actions)


def test_an_add_tells_of_lines_that_it_cannot_follow(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    CorrectionsFile(corpus).path.write_bytes(b"nonsense\n")
    (tmp_path / "report.txt").write_text("Shells fell on Bakhmut in Ukraine.", encoding="utf-8")
    code, _, err = run("add", tmp_path / "report.txt", "--corpus", corpus)
    assert (code, "corrections.jsonl line 1" in err) == (0, True)
