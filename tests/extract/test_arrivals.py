"""Dates and sources of a set of arrivals: pages, feeds, tables and files as they come, some of them contradictory.

`arrivals/expected.csv` says what a careful person would say of each, written before the first run. `basis` lists the
acceptable ones; an empty date or source means that it cannot be known.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from extract.pipeline import complete
from extract.readers import read_paths
from extract.types import Article
from tests.extract.made_arrivals import make

FOLDER = Path(__file__).parent / "arrivals"
LEAST_RIGHT, MOST_WRONG = 0.95, 0.01


@dataclass(frozen=True)
class Verdict:
    """One field of one arrival: right, wrong, or left unknown."""

    item: str
    expected: str
    found: str
    right: bool

    @property
    def wrong(self) -> bool:
        return not self.right and self.found != ""


def _expected(table: str) -> list[dict[str, str]]:
    with (FOLDER / table).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("arrivals") / "made"
    folder.mkdir()
    make(folder)
    return folder.parent


def _articles(files: set[str], made: Path) -> Iterator[tuple[str, Article]]:
    for file in sorted(files):
        path = (made if file.startswith("made/") else FOLDER) / file
        for found in read_paths([str(path)]):
            assert isinstance(found, Article), found
            yield file, complete(found)


def _verdicts(table: str, made: Path) -> tuple[list[Verdict], list[Verdict]]:
    rows = _expected(table)
    found = {(file, article.id): article for file, article in _articles({row["file"] for row in rows}, made)}
    assert set(found) == {(row["file"], row["id"]) for row in rows}
    dates, sources = [], []
    for row in rows:
        article = found[row["file"], row["id"]]
        day = article.date.isoformat() if article.date else ""
        based = article.date_basis in row["basis"].split("|")
        dates.append(Verdict(row["id"], row["date"], day, day == row["date"] and based))
        sources.append(Verdict(row["id"], row["source"], article.source, article.source == row["source"]))
    return dates, sources


@pytest.mark.parametrize("field", ["dates", "sources"])
def test_dates_and_sources_are_right_or_unknown(field: str, made: Path) -> None:
    verdicts = _verdicts("expected.csv", made)[field == "sources"]
    right, wrong = [v for v in verdicts if v.right], [v for v in verdicts if v.wrong]
    assert len(verdicts) >= 60
    assert len(wrong) <= MOST_WRONG * len(verdicts), wrong
    assert len(right) >= LEAST_RIGHT * len(verdicts), [v for v in verdicts if not v.right]
