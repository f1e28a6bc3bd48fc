"""Extraction: one core by language, then one and two processes and a Dask cluster of two workers on the same input."""

import importlib.util
import subprocess
import sys
import time
from pathlib import Path

from extract.pipeline import Extractor
from geodata import open_gazetteer
from tests.benchmarks.report import Table, per_second, spent
from tests.benchmarks.texts import articles, lines, scratch

ROOT = Path(__file__).parents[2]
_CORE, _PROCESSES = 1_000, 10_000


def tables(scale: float) -> list[Table]:
    """Two tables; `scale` multiplies the number of articles."""
    return [_one_core(max(int(_CORE * scale), 50)), _several(max(int(_PROCESSES * scale), 200))]


def _one_core(count: int) -> Table:
    extractor = Extractor(open_gazetteer())
    rows = []
    for language, name in (("en", "English"), ("uk", "Ukrainian"), ("ru", "Russian")):
        texts = articles(count, language)
        for article in texts[:50]:
            extractor.extract(article)
        seconds = spent(lambda texts=texts: [extractor.extract(article) for article in texts], times=2).cpu
        chars = sum(len(article.text) for article in texts)
        rows.append((name, f"{len(texts):,}", per_second(len(texts), seconds), f"{chars / seconds / 1e6:.2f}"))
    return Table(
        "Extraction on one core",
        ("language", "articles", "articles/s", "M characters/s"),
        tuple(rows),
        "Processor time, best of two runs, gazetteer warm.",
    )


def _several(count: int) -> Table:
    source = lines(count)
    ways = [("1 process", ["--jobs", "1"]), ("2 processes", ["--jobs", "2"])]
    if importlib.util.find_spec("distributed"):
        ways.append(("Dask, 2 local workers", ["--dask", "local:2"]))
    seconds = {}
    for name, options in ways:
        folder = scratch(name.replace(" ", "-").replace(",", ""))
        start = time.perf_counter()
        command = [sys.executable, "-m", "corpus", "add", str(source), "--corpus", str(folder), *options]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        seconds[name] = time.perf_counter() - start
    rows = [
        (
            name,
            f"{taken:.1f}",
            per_second(count, taken),
            f"{seconds['1 process'] / taken:.2f}",
            f"{seconds['2 processes'] / taken:.2f}",
        )
        for name, taken in seconds.items()
    ]
    return Table(
        f"`corpus add` of {count:,} articles, end to end",
        ("way", "seconds", "articles/s", "against 1 process", "against 2 processes"),
        tuple(rows),
        "On the clock, from the command line: starting, reading, extracting, grouping into stories, writing.",
    )
