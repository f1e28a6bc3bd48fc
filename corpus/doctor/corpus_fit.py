"""The corpus that would be shared: there, readable, pushed, and small enough for the Cloud's memory."""

import os
from collections.abc import Iterator
from pathlib import Path

from corpus.doctor.files import MB, Project
from corpus.doctor.findings import FAILS, NOTE, WARNS, Finding
from corpus.errors import CorpusError
from corpus.index import CorpusIndex
from corpus.store import Corpus
from geodata import GeodataError, open_gazetteer

DEFAULTS = ("shared_corpus", "sample_corpus")
"""Folders of the project that app.py opens when it is told nothing else, the first that is there."""
MEMORY_MB = 690
"""What Community Cloud grants at the least (its documentation, approximate)."""
APP_MB = 330
"""The app with ten visitors, its corpus apart, measured (tests/browser/test_visitors.py)."""
_NEARLY = 0.8


def check_corpus(project: Project, asked: Path | None) -> Iterator[Finding]:
    """`asked` is the corpus folder, None for what app.py opens."""
    folder = (asked or default_corpus(project.folder)).resolve()
    if not folder.is_dir():
        yield Finding(FAILS, f"there is no corpus at {folder}", "the app opens on an error", "check --corpus")
        return
    if not folder.is_relative_to(project.folder):
        why = "only what is in the repository reaches the Cloud"
        yield Finding(FAILS, f"{folder} is outside the project", why, f"copy it to {project.folder / DEFAULTS[0]}")
    else:
        yield from _pushed(project, folder)
    yield from _fits(folder)


def default_corpus(project: Path) -> Path:
    """The corpus that app.py opens when no other is named."""
    shared, sample = (project / name for name in DEFAULTS)
    return shared if (shared / "batches").is_dir() else sample


def _pushed(project: Project, folder: Path) -> Iterator[Finding]:
    relative = folder.relative_to(project.folder)
    pushed = [path for path in project.files if path.is_relative_to(relative) and path.suffix == ".parquet"]
    there = list(folder.glob("batches/*.parquet"))
    batches = [path for path in pushed if path.parent.name == "batches"]
    if len(batches) < len(there):
        why = "the deployed app would show fewer articles than this machine does"
        what = f"{len(there) - len(batches)} of the {len(there)} batches of {relative} are ignored by git"
        yield Finding(FAILS, what, why, "take them out of .gitignore")
    if str(relative) not in DEFAULTS:
        why = f"the deployed app opens {DEFAULTS[0]} (or else {DEFAULTS[1]}) unless told otherwise"
        way_out = f'rename it to {DEFAULTS[0]}, or set DATELINE_CORPUS = "{relative}" in the app\'s secrets'
        yield Finding(WARNS, f"{relative} is not what app.py opens by itself", why, way_out)


def _fits(folder: Path) -> Iterator[Finding]:
    try:
        gazetteer = open_gazetteer()
        before = _memory_mb()
        with CorpusIndex(Corpus(folder), gazetteer=gazetteer) as index:
            grown = max(_memory_mb() - before, 0.0)
            problems, facets = index.problems, index.facets()
    except (CorpusError, GeodataError) as error:
        yield Finding(FAILS, f"{folder.name} cannot be opened", str(error), "")
        return
    for problem in problems:
        yield Finding(FAILS, f"batch {problem.path.name} cannot be read", problem.reason, "restore it from a copy")
    articles = sum(number for _, number in facets.sources)
    if not articles:
        yield Finding(WARNS, f"{folder.name} holds no article", "visitors would see an empty map", "add articles")
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / MB
    if not before:
        yield Finding(NOTE, f"{folder.name}: {articles:,} articles, {size:,.1f} MB", "memory cannot be measured here")
        return
    needed = APP_MB + grown
    figures = f"{folder.name}: {articles:,} articles, {size:,.1f} MB on disk, {grown:,.0f} MB in memory when opened"
    why = (
        f"with the app itself and ten visitors about {needed:,.0f} of the {MEMORY_MB} MB the Cloud grants at the least"
    )
    if needed > MEMORY_MB:
        yield Finding(FAILS, figures, why, "share fewer articles, or run it on a machine of your own")
    elif needed > _NEARLY * MEMORY_MB:
        yield Finding(WARNS, figures, why, "share fewer articles if the app is restarted for want of memory")
    else:
        yield Finding(NOTE, figures, why)


def _memory_mb() -> float:
    """Resident memory of this process; 0 where the system does not tell it this way."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / MB
