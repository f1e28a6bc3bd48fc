"""Questions at 20 thousand and 2 million mentions: DuckDB against pandas on the same data, and memory."""

import json
import math
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

from corpus import Corpus, CorpusIndex
from corpus.held_corpus import memory_of
from corpus.scale.compacting import compact
from corpus.stories import keep_links
from tests.benchmarks.make_corpus import main as make_corpus
from tests.benchmarks.report import Table
from tests.benchmarks.six_questions import Frames, questions
from tests.benchmarks.texts import scratch

ROOT = Path(__file__).parents[2]
_ARTICLES = (900, 90_000)  # of 22 mentions
_TIMES = 5


def tables(scale: float) -> list[Table]:
    """Two tables; `scale` multiplies the number of articles."""
    few, many = (_measured(max(int(count * scale), 200)) for count in _ARTICLES)
    step = math.log(many["mentions"] / few["mentions"])
    rows = []
    for name, (mine, theirs) in many["questions"].items():
        small, their_small = few["questions"][name]
        ratios = (f"{their_small / small:.1f}", f"{theirs / mine:.1f}", f"{math.log(mine / small) / step:.2f}")
        rows.append((name, f"{small:.1f}", f"{mine:.1f}", *ratios))
    sizes = (f"{one['mentions']:,}" for one in (few, many))
    columns = (
        "",
        *(f"{size} mentions, ms" for size in sizes),
        "pandas / DuckDB",
        "the same, larger",
        "growth exponent",
    )
    notes = f"Median of {_TIMES} on the clock. pandas has everything joined and as categories beforehand."
    return [Table("Questions", columns, tuple(rows), notes), _memory(few, many)]


def _memory(*measured: dict) -> Table:
    rows = [
        (
            f"{one['mentions']:,}",
            f"{one['load']:.1f}",
            f"{one['tables']:,.0f}",
            f"{one['resident']:,.0f}",
            f"{one['peak']:,.0f}",
            f"{one['pandas']:,.0f}",
            f"{one['compact']:.1f}",
        )
        for one in measured
    ]
    columns = (
        "mentions",
        "opening, s of processor time",
        "index's tables, MB",
        "resident after opening, MB",
        "peak while opening, MB",
        "pandas' tables, MB",
        "compacting, s of processor time",
    )
    return Table(
        "Opening a compacted corpus", columns, tuple(rows), "Gazetteer and interpreter are in resident memory."
    )


def _measured(count: int) -> dict:
    """Measured in a process of its own, whose memory is that of one corpus."""
    folder = scratch(f"questions-{count}")
    make_corpus([str(count), str(folder), "--format", "batches"])
    command = [sys.executable, "-m", "tests.benchmarks.table_questions", str(folder)]
    return json.loads(subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout)


def _median(ask: Callable[[], object]) -> float:
    taken = []
    for _ in range(_TIMES):
        start = time.perf_counter()
        ask()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)


def _status(name: str) -> float:
    """A figure of this process in MB, as Linux has it; not a number elsewhere."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return math.nan
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:"))


def measure(folder: Path) -> dict:
    """All figures of the corpus in `folder`, which is compacted for it."""
    corpus = Corpus(folder)
    keep_links(corpus)
    start = time.process_time()
    compact(corpus)
    compacting, start = time.process_time() - start, time.process_time()
    index = CorpusIndex(corpus)
    figures = {"compact": compacting, "load": time.process_time() - start}
    pa.default_memory_pool().release_unused()
    figures |= {"resident": _status("VmRSS"), "peak": _status("VmHWM"), "tables": memory_of(index) / 1e6}
    frames = Frames(index)
    held = (frames.mentions, frames.articles, frames.spans)
    figures["pandas"] = sum(frame.memory_usage(deep=True).sum() for frame in held) / 1e6
    figures["mentions"] = len(frames.mentions)
    asked = questions(index, frames)
    return figures | {"questions": {name: [_median(ask) for ask in pair] for name, pair in asked.items()}}


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
