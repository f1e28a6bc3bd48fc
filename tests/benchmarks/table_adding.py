"""Adding: memory and a second add, and how grouping into stories grows with the corpus."""

import math
import subprocess
import sys
import threading
import time
from pathlib import Path

import pyarrow as pa

from corpus import Corpus
from corpus.links import Links, extend_links
from corpus.store import read_batch
from corpus.wordings import COLUMNS, wordings_of
from tests.benchmarks.make_corpus import main as make_corpus
from tests.benchmarks.report import Table, per_second, spent
from tests.benchmarks.texts import lines, scratch

ROOT = Path(__file__).parents[2]
_ADDED = 10_000
_GROWTH = (5_000, 20_000, 80_000)


def tables(scale: float) -> list[Table]:
    """Two tables; `scale` multiplies the number of articles."""
    return [_adding(max(int(_ADDED * scale), 200)), _stories([max(int(count * scale), 100) for count in _GROWTH])]


def _adding(count: int) -> Table:
    source, rows = lines(count), []
    for name in ("first add", "second add"):
        start = time.perf_counter()
        command = [sys.executable, "-m", "corpus", "add", str(source), "--corpus", str(scratch("added")), "--jobs", "2"]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        peaks = _peaks(process)
        seconds = time.perf_counter() - start
        largest = max(peaks.values(), default=0)
        rows.append(
            (name, f"{seconds:.1f}", per_second(count, seconds), f"{largest:,.0f}", f"{sum(peaks.values()):,.0f}")
        )
    return Table(
        f"`corpus add --jobs 2` of {count:,} articles",
        ("", "seconds", "articles/s", "largest process, MB", "sum of all peaks, MB"),
        tuple(rows),
        "On the clock. Memory is resident; mapped files, which processes share, count in each.",
    )


def _peaks(process: subprocess.Popen) -> dict[int, float]:
    """Highest resident memory of the process and its children, MB, until it ends."""
    peaks: dict[int, float] = {}
    ended = threading.Event()
    threading.Thread(target=lambda: (process.wait(), ended.set()), daemon=True).start()
    while not ended.wait(0.2):
        for pid in [process.pid, *_children(process.pid)]:
            try:
                status = Path(f"/proc/{pid}/status").read_text().split("VmHWM:")[1]
            except (OSError, IndexError):
                continue  # it ended just now
            peaks[pid] = max(peaks.get(pid, 0.0), int(status.split()[0]) / 1024)
    return peaks


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _stories(counts: list[int]) -> Table:
    rows, measured = [], []
    for count in counts:
        folder = scratch(f"stories-{count}")
        make_corpus([str(count), str(folder), "--format", "batches"])
        table = pa.concat_tables([read_batch(path, list(COLUMNS)) for path in Corpus(folder).batches()])
        wordings, _ = wordings_of(table)
        seconds = spent(lambda wordings=wordings: extend_links(Links.none(), wordings)).cpu
        measured.append((count, seconds))
        growth = ""
        if len(measured) > 1:
            (few, fast), (many, slow) = measured[-2:]
            growth = f"{math.log(slow / fast) / math.log(many / few):.2f}"
        rows.append((f"{count:,}", f"{seconds:.1f}", f"{1e6 * seconds / count:,.0f}", growth))
    return Table(
        "Grouping into stories",
        ("articles", "seconds", "µs an article", "growth exponent"),
        tuple(rows),
        "All pairs compared anew, processor time; the same four years, so that days grow denser with the corpus.",
    )
