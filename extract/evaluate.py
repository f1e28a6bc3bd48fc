"""Measuring extraction against a gold set: `python -m extract evaluate GOLD PRED`.

GOLD: JSON lines {"id", "mentions" (or "toponyms"): [{"start", "end", "text", "lat", "lon", "radius_km"?, "role"?,
"kind"?, "optional"?}]}, offsets in code points. PRED: what `python -m extract` prints for the same articles.
Predictions are matched one to one with overlapping gold spans, exact ones first, then by length of overlap. A match is
right end to end when its point lies within the gold radius (25 km where none is given). Optional gold mentions are
neither wanted nor penalised; rejected predictions do not count, unplaced ones count for recognition only.
"""

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract.errors import UnreadableInputError
from geodata.distance import distance_km

DEFAULT_RADIUS_KM = 25.0
Mention = dict[str, Any]


@dataclass(slots=True)
class Tally:
    """Counts from which precision, recall and F1 follow."""

    right: int = 0
    predicted: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        """Share of predictions that are right; 0 when there are none."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of wanted mentions that were got right; 0 when none is wanted."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __str__(self) -> str:
        return (
            f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}  "
            f"({self.right} right of {self.predicted} predicted, {self.wanted} wanted)"
        )


@dataclass(frozen=True, slots=True)
class Error:
    """One disagreement: its type, where it is, and what was seen and wanted."""

    kind: str
    article: str
    start: int
    text: str
    detail: str


@dataclass(slots=True)
class Report:
    """Scores of one run over a gold set."""

    recognition: Tally = field(default_factory=Tally)
    end_to_end: Tally = field(default_factory=Tally)
    roles: Tally = field(default_factory=Tally)
    articles: int = 0
    unanswered: int = 0
    errors: list[Error] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """The report as printed."""
        yield f"articles     {self.articles}, without an answer {self.unanswered}"
        yield f"recognition  {self.recognition}"
        yield f"end to end   {self.end_to_end}"
        if self.roles.wanted:
            yield f"role         {self.roles.right / self.roles.wanted:.3f} of {self.roles.wanted}"
        for kind, count in Counter(error.kind for error in self.errors).most_common():
            yield ""
            yield f"{kind}: {count}"
            yield from (
                f"  {e.article}:{e.start} {e.text!r}{': ' + e.detail if e.detail else ''}"
                for e in self.errors
                if e.kind == kind
            )


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON lines file; raises `UnreadableInputError` with file and line."""
    try:
        with path.open(encoding="utf-8") as stream:
            return [json.loads(line) for line in stream if line.strip()]
    except (OSError, ValueError) as error:
        raise UnreadableInputError(f"{path}: {error}") from error


def evaluate(gold: Iterable[dict], predicted: Iterable[dict], *, radius_km: float | None = None) -> Report:
    """Score `predicted` against `gold`; `radius_km` overrides every gold radius."""
    answers = {str(article["id"]): article.get("mentions", []) for article in predicted}
    report = Report()
    for article in gold:
        identity = str(article["id"])
        report.articles += 1
        report.unanswered += identity not in answers
        wanted = article.get("mentions") or article.get("toponyms") or []
        found = [m for m in answers.get(identity, []) if m.get("status") != "rejected"]
        _score_article(report, identity, wanted, found, radius_km)
    return report


def pairs(wanted: list[Mention], found: list[Mention]) -> list[tuple[int, int]]:
    """One-to-one matches (gold index, predicted index) of overlapping spans."""
    overlaps = sorted(
        ((g["start"], g["end"]) != (p["start"], p["end"]), -overlap, i, j)
        for i, g in enumerate(wanted)
        for j, p in enumerate(found)
        if (overlap := min(g["end"], p["end"]) - max(g["start"], p["start"])) > 0
    )
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    matched = []
    for _, _, i, j in overlaps:
        if i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
            matched.append((i, j))
    return matched


def _score_article(
    report: Report, identity: str, wanted: list[Mention], found: list[Mention], radius_km: float | None
) -> None:
    matched = pairs(wanted, found)
    counted = {i for i, g in enumerate(wanted) if not g.get("optional")}
    ignored = {j for i, j in matched if i not in counted}
    pointless = {j for i, j in matched if not _has_point(wanted[i])}
    report.recognition.predicted += len(found) - len(ignored)
    report.recognition.wanted += len(counted)
    report.end_to_end.predicted += sum(_has_point(p) for j, p in enumerate(found) if j not in ignored | pointless)
    report.end_to_end.wanted += sum(_has_point(wanted[i]) for i in counted)
    for i, j in matched:
        if i in counted:
            report.recognition.right += 1
            _score_match(report, identity, wanted[i], found[j], radius_km)
    for i in sorted(counted - {i for i, _ in matched}):
        report.errors.append(_error("missed", identity, wanted[i], wanted[i].get("place") or ""))
    for j in sorted(set(range(len(found))) - {j for _, j in matched}):
        report.errors.append(_error("not a place in gold", identity, found[j], found[j].get("name") or ""))


def _score_match(report: Report, identity: str, gold: Mention, found: Mention, radius_km: float | None) -> None:
    if gold.get("role") and found.get("role"):
        report.roles.wanted += 1
        report.roles.right += gold["role"] == found["role"]
        if gold["role"] != found["role"]:
            report.errors.append(_error("role", identity, gold, f"{found['role']}, wanted {gold['role']}"))
    if not _has_point(gold):
        return
    if not _has_point(found):
        report.errors.append(_error("not placed", identity, gold, found.get("reason") or ""))
        return
    limit = radius_km or gold.get("radius_km") or DEFAULT_RADIUS_KM
    away = distance_km(gold["lat"], gold["lon"], found["lat"], found["lon"])
    if away <= limit:
        report.end_to_end.right += 1
    else:
        report.errors.append(_error("wrong place", identity, gold, f"{away:.0f} km off, at {found.get('name')}"))


def _error(kind: str, identity: str, mention: Mention, detail: str) -> Error:
    return Error(kind, identity, mention["start"], mention.get("text") or "", detail)


def _has_point(mention: Mention) -> bool:
    return all(isinstance(mention.get(key), int | float) and math.isfinite(mention[key]) for key in ("lat", "lon"))
