"""The articles that every table measures on: synthetic ones of ordinary density, made once a run."""

import functools
import tempfile
from pathlib import Path

from extract.readers import ReadOptions, read_paths
from extract.types import Article
from tests.benchmarks.make_corpus import main as make_corpus

_FOLDER = tempfile.TemporaryDirectory(prefix="dateline-benchmarks-")


@functools.cache
def lines(count: int) -> Path:
    """A JSON lines file of `count` articles of about 3,000 characters."""
    path = Path(_FOLDER.name) / f"{count}.jsonl"
    make_corpus([str(count), str(path)])
    return path


@functools.cache
def articles(count: int, language: str = "") -> tuple[Article, ...]:
    """The articles of `lines(count)`, all or those of one language."""
    items = read_paths([str(lines(count))], options=ReadOptions())
    read = [item for item in items if isinstance(item, Article)]
    return tuple(article for article in read if not language or article.language == language)


def scratch(name: str) -> Path:
    """A folder for what a table writes, gone when the run ends."""
    return Path(_FOLDER.name) / name
