"""Several real processes writing one corrections.jsonl, and one that is killed while it writes."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.corrections.file import CorrectionsFile, decide

ROOT = Path(__file__).parents[2]
EACH = 500
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
WRITER = """
import sys
from corpus.corrections.file import CorrectionsFile, decide
folder, name, rounds, at_once = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
file = CorrectionsFile(folder)
print("ready", flush=True)
sys.stdin.readline()
for n in range(rounds):
    names = [f"{name} {n} {k}" for k in range(at_once)]
    file.append([decide("reject", scope="everywhere", name=text, who=name, why="x" * 1500) for text in names])
    print(n, flush=True)
"""


def start(folder: Path, name: str, rounds: int, at_once: int) -> subprocess.Popen:
    """A writer that waits for a line on its stdin."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), name, str(rounds), str(at_once)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout.readline() == "ready\n"
    return writer


def test_two_processes_lose_none_of_their_decisions(tmp_path):
    writers = [start(tmp_path, name, EACH, 1) for name in ("Ann", "Bob")]
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    found = CorrectionsFile(tmp_path).read()
    assert found.problems == ()
    names = {decision.target.name for decision in found.decisions}
    assert names == {f"{name} {n} 0" for name in ("Ann", "Bob") for n in range(EACH)}


def test_a_killed_writer_loses_nothing_it_had_written_and_leaves_nothing_half(tmp_path):
    """Decisions go in twenties, so that a kill may strike within one append."""
    rnd, file = random.Random(5), CorrectionsFile(tmp_path)
    told = 0
    for attempt in range(6):
        writer = start(tmp_path, f"W{attempt}", 100_000, 20)
        writer.stdin.write("go\n")
        writer.stdin.flush()
        # killed at some moment after its first append
        last = int(writer.stdout.readline())
        time.sleep(rnd.uniform(0, 0.05))
        os.kill(writer.pid, signal.SIGKILL)
        said, _ = writer.communicate()
        last = max([last, *(int(line) for line in said.splitlines() if line.isdigit())])
        file.append([decide("reject", scope="everywhere", name=f"after {attempt}")])
        told += 20 * (last + 1) + 1
        found = file.read()
        kept = {decision.target.name for decision in found.decisions}
        assert {f"W{attempt} {n} {k}" for n in range(last + 1) for k in range(20)} <= kept
        assert f"after {attempt}" in kept
    assert len(found.decisions) >= told
    # at most one line was torn by each kill, and every other line is a decision
    assert len(found.problems) <= 6
    lines = file.path.read_bytes().splitlines()
    assert len(lines) == len(found.decisions) + len(found.problems)
