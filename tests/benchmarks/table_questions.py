"""Questions at 20 thousand and 2 million mentions: DuckDB against pandas on the same data, and memory.

The larger corpus keeps its tables in a file, as one of its size does; `table_large` has 20 million.
"""

import json
import math
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from corpus import Corpus, CorpusIndex, MentionFilter
from corpus.held_corpus import memory_of
from corpus.scale.compacting import compact
from corpus.stories import keep_links
from corpus.tables.kept_file import keep_tables
from geodata import open_gazetteer
from tests.benchmarks.make_corpus import main as make_corpus
from tests.benchmarks.report import Table
from tests.benchmarks.six_questions import Frames, questions, questions_of_pandas
from tests.benchmarks.texts import scratch

ROOT = Path(__file__).parents[2]
_ARTICLES = (900, 90_000)  # of 22 mentions
_TIMES = 5


def tables(scale: float) -> list[Table]:
    """Two tables; `scale` multiplies the number of articles."""
    few, many = (measured(max(int(count * scale), 200)) for count in _ARTICLES)
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
    return [Table("Questions", columns, tuple(rows), notes), memory_table(few, many)]


def memory_table(*measured: dict) -> Table:
    """What opening and asking took."""
    rows = [
        (
            f"{one['mentions']:,}",
            f"{one['make']:.1f}",
            f"{one['load']:.2f}",
            f"{one['tables']:,.0f}",
            f"{one['resident']:,.0f}",
            f"{one['peak']:,.0f}",
            f"{one['asked']:,.0f}",
            f"{one['pandas']:,.0f}" if "pandas" in one else "",
            f"{one['compact']:.1f}",
        )
        for one in measured
    ]
    columns = (
        "mentions",
        "making tables, s of processor time",
        "opening, s of processor time",
        "held by DuckDB, MB",
        "resident after opening, MB",
        "peak while opening, MB",
        "peak after all questions, MB",
        "pandas' tables, MB",
        "compacting, s of processor time",
    )
    return Table(
        "Opening a compacted corpus", columns, tuple(rows), "Gazetteer and interpreter are in resident memory."
    )


def measured(count: int, *options: str) -> dict:
    """Measured in a process of its own, whose memory is that of one corpus. `options`: "alone" leaves pandas out."""
    folder = scratch(f"questions-{count}")
    make_corpus([str(count), str(folder), "--format", "batches"])
    figures: dict = {}
    # made in one process and asked in another: making takes memory that asking does not
    for step in ("make", "ask"):
        command = [sys.executable, "-m", "tests.benchmarks.table_questions", step, str(folder), *options]
        figures |= json.loads(subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout)
    return figures


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


def make(folder: Path) -> dict:
    """Compact the corpus and make its tables."""
    corpus = Corpus(folder)
    keep_links(corpus)
    start = time.process_time()
    compact(corpus)
    compacting, start = time.process_time() - start, time.process_time()
    keep_tables(corpus)
    return {"compact": compacting, "make": time.process_time() - start, "making": _status("VmHWM")}


def ask(folder: Path, *, alone: bool) -> dict:
    """Open the corpus, ask, and ask pandas too unless `alone`."""
    corpus, gazetteer = Corpus(folder), open_gazetteer()
    start = time.process_time()
    index = CorpusIndex(corpus, gazetteer=gazetteer)
    figures = {"load": time.process_time() - start, "resident": _status("VmRSS"), "peak": _status("VmHWM")}
    asked = questions(index)
    figures["questions"] = {name: [_median(ask)] for name, ask in asked.items()}
    figures |= {"asked": _status("VmHWM"), "tables": memory_of(index) / 1e6}
    figures["mentions"] = index.counts(MentionFilter(roles=(), statuses=())).mentions
    if not alone:
        frames = Frames(index)
        held = (frames.mentions, frames.articles, frames.spans)
        figures["pandas"] = sum(frame.memory_usage(deep=True).sum() for frame in held) / 1e6
        for name, theirs in questions_of_pandas(index, frames).items():
            figures["questions"][name].append(_median(theirs))
    return figures


if __name__ == "__main__":
    step, folder, *options = sys.argv[1:]
    print(json.dumps(make(Path(folder)) if step == "make" else ask(Path(folder), alone="alone" in options)))
