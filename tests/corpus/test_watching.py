import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from corpus import Corpus
from corpus.__main__ import main
from corpus.watching import FolderWatch, keep_looking

ROOT = Path(__file__).parents[2]
LONG_AGO = 1_600_000_000


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "in"
    made.mkdir()
    return made


@pytest.fixture
def watching(folder, tmp_path):
    return FolderWatch(folder, apart=tmp_path / "c")


def put(path, text="Shells fell on Bakhmut.", *, at=LONG_AGO):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    if at:
        os.utime(path, (at, at))
    return path


def names(looked):
    return [path.name for path in looked[0]]


def test_each_file_is_given_once(folder, watching):
    put(folder / "b.txt")
    put(folder / "deep" / "a.txt")
    assert names(watching.look()) == ["b.txt", "a.txt"]
    assert names(watching.look()) == []


def test_a_new_file_is_given_at_the_next_look(folder, watching):
    watching.look()
    put(folder / "new.txt")
    assert names(watching.look()) == ["new.txt"]


def test_a_changed_file_is_given_again(folder, watching):
    put(folder / "a.txt")
    watching.look()
    put(folder / "a.txt", "Another text, longer.", at=LONG_AGO + 5)
    assert names(watching.look()) == ["a.txt"]


def test_a_file_that_may_still_be_copied_waits_until_it_rests(folder, watching):
    growing = put(folder / "a.txt", at=None)
    assert names(watching.look()) == []
    growing.write_text("Shells fell on Bakhmut and Soledar.")
    assert names(watching.look()) == []
    assert names(watching.look()) == ["a.txt"]


def test_hidden_files_pictures_beside_a_page_and_the_corpus_are_left_out(folder):
    for name in (".hidden.txt", "page.html", "page_files/ad.txt", "c/batches/x.parquet", ".git/a.txt"):
        put(folder / name)
    assert names(FolderWatch(folder, apart=folder / "c").look()) == ["page.html"]


def test_a_folder_that_goes_away_is_told_once_and_again_after_it_was_back(folder, watching):
    folder.rmdir()
    assert [failure.item for failure in watching.look()[1]] == [str(folder)]
    assert watching.look() == ([], [])
    folder.mkdir()
    assert watching.look() == ([], [])
    folder.rmdir()
    assert len(watching.look()[1]) == 1


def test_looking_goes_on_until_stopped():
    stop, looks = threading.Event(), []

    def once():
        looks.append(1)
        if len(looks) == 3:
            stop.set()

    keep_looking(once, every_seconds=0.01, stop=stop)
    assert len(looks) == 3


def test_a_stop_while_waiting_ends_at_once():
    stop = threading.Event()
    threading.Timer(0.1, stop.set).start()
    began = time.monotonic()
    keep_looking(lambda: None, every_seconds=60, stop=stop)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    "arguments",
    [["{}/nowhere"], ["{}/file.txt"], ["https://example.org/feed", "--every", "5"]],
)
def test_what_cannot_be_watched_is_wrong_usage(tmp_path, capsys, arguments):
    put(tmp_path / "file.txt")
    filled = [argument.format(tmp_path) for argument in arguments]
    assert main(["watch", *filled, "--corpus", str(tmp_path / "c")]) == 2
    assert capsys.readouterr().err.startswith("error: ")


@pytest.mark.parametrize("every", ["0", "-1", "nan", "often", "1e9"])
def test_a_wait_that_makes_no_sense_is_wrong_usage(folder, tmp_path, every):
    with pytest.raises(SystemExit) as stopped:
        main(["watch", str(folder), f"--every={every}", "--corpus", str(tmp_path / "c")])
    assert stopped.value.code == 2


def wait_for(condition):
    deadline = time.monotonic() + 60
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.1)
    return condition()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_watching_adds_what_comes_and_ends_cleanly(folder, tmp_path):
    corpus = tmp_path / "c"
    put(folder / "one.txt")
    command = [sys.executable, "-m", "corpus", "watch", str(folder), "--corpus", str(corpus), "--every", "1"]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE)
    try:
        assert wait_for(lambda: len(Corpus(corpus).article_ids()) == 1)
        put(folder / "two.txt", "Troops left Soledar.")
        put(folder / "empty.txt", "")
        assert wait_for(lambda: len(Corpus(corpus).article_ids()) == 2)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    finally:
        process.kill()
    told = err.decode()
    assert process.returncode == 0, told
    assert "2  added" in told
    assert told.count("error: ") == 1
    assert "Traceback" not in told
