"""Quality floors: end-to-end F1, precision and role accuracy on gold sets.

The sample reports' gold set is the project's own and always scored. The development sets lie beside the project and are
scored where they are present. Floors are raised deliberately when the figures rise for good, never lowered.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from extract.dates.stated import parse_date
from extract.evaluate import evaluate, read_lines
from extract.pipeline import Extractor
from extract.readers import ReadOptions, read_paths
from extract.types import Article
from geodata import open_gazetteer

ROOT = Path(__file__).parent.parent.parent
REPORTS = ROOT / "sample_corpus" / "reports"
SHARED = ROOT.parent / "shared"


@dataclass(frozen=True)
class Floor:
    """What a gold set must reach, measured at `radius_km` when given, else at each mention's own radius."""

    gold: str
    f1: float
    precision: float = 0.0
    role: float = 0.0
    radius_km: float | None = None


FLOORS = [
    Floor("seeds.jsonl", f1=0.99, precision=0.99, role=0.95),
    Floor("war/en.dev.jsonl", f1=0.97, precision=0.975, role=0.94),
    Floor("war/cyr.dev.jsonl", f1=0.95, precision=0.96, role=0.93),
    Floor("general/LGL.dev.jsonl", f1=0.56, radius_km=161),
    Floor("general/TR-News.dev.jsonl", f1=0.72, radius_km=161),
    Floor("general/GeoVirus.dev.jsonl", f1=0.765, radius_km=161),
    Floor("general/GeoWebNews.dev.jsonl", f1=0.72, radius_km=161),
]


@pytest.fixture(scope="module")
def extractor():
    return Extractor(open_gazetteer())


def answers(extractor, articles):
    return [extractor.extract(article).to_json() for article in articles]


def articles_of(lines, folder):
    """The gold set's articles: their text stands in the line, or in a file of that name."""
    for line in lines:
        text = line.get("text")
        if text is None:
            text = (folder / str(line["id"])).read_bytes().decode("utf-8")
        day = parse_date(str(line.get("date") or ""))
        yield Article(id=str(line["id"]), text=text, date=day, date_basis="metadata" if day else "unknown")


def check(report, floor):
    assert report.unanswered == 0
    assert report.end_to_end.f1 >= floor.f1, "\n".join(report.lines())
    assert report.end_to_end.precision >= floor.precision, "\n".join(report.lines())
    if floor.role:
        assert report.roles.right / report.roles.wanted >= floor.role, "\n".join(report.lines())


def test_sample_reports(extractor):
    gold = read_lines(Path(__file__).parent / "gold" / "sample_reports.jsonl")
    wanted = {line["id"] for line in gold}
    articles = [a for a in read_paths([str(REPORTS)], options=ReadOptions()) if a.id in wanted]
    report = evaluate(gold, answers(extractor, articles))
    check(report, Floor("sample_reports.jsonl", f1=0.96, precision=0.96, role=0.95))


@pytest.mark.parametrize("floor", FLOORS, ids=lambda floor: floor.gold)
def test_development_set(extractor, floor):
    path = SHARED / "gold" / floor.gold
    if not path.exists():
        pytest.skip(f"the development set {floor.gold} is not beside the project")
    gold = read_lines(path)
    report = evaluate(gold, answers(extractor, articles_of(gold, SHARED / "seeds")), radius_km=floor.radius_km)
    check(report, floor)
