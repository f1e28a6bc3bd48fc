"""The scorer itself, on cases small enough to count by hand."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from extract.__main__ import main
from extract.evaluate import evaluate

SHARED = Path(__file__).parent.parent.parent.parent / "shared"


def gold(*mentions):
    return [{"id": "a", "mentions": [{"text": "x", "lat": 48.0, "lon": 38.0, **m} for m in mentions]}]


def pred(*mentions):
    return [
        {"id": "a", "mentions": [{"status": "placed", "lat": 48.0, "lon": 38.0, "text": "x", **m} for m in mentions]}
    ]


def test_an_overlap_at_the_right_place_counts():
    report = evaluate(gold({"start": 0, "end": 7}), pred({"start": 0, "end": 14}))
    assert (report.end_to_end.right, report.end_to_end.f1) == (1, 1.0)


def test_each_span_is_used_once():
    report = evaluate(gold({"start": 0, "end": 7}), pred({"start": 0, "end": 3}, {"start": 4, "end": 7}))
    assert (report.recognition.right, report.recognition.predicted) == (1, 2)


@pytest.mark.parametrize(("lat", "right"), [(48.05, 1), (48.2, 0)])
def test_the_radius_decides(lat, right):
    report = evaluate(gold({"start": 0, "end": 7, "radius_km": 10}), pred({"start": 0, "end": 7, "lat": lat}))
    assert report.end_to_end.right == right


def test_optional_mentions_are_neither_wanted_nor_penalised():
    report = evaluate(gold({"start": 0, "end": 7, "optional": True}), pred({"start": 0, "end": 7, "lat": 10.0}))
    assert (report.end_to_end.wanted, report.end_to_end.predicted) == (0, 0)


def test_rejected_predictions_do_not_count():
    report = evaluate(gold({"start": 0, "end": 7}), pred({"start": 0, "end": 7, "status": "rejected"}))
    assert (report.recognition.predicted, report.recognition.wanted) == (0, 1)


def test_unplaced_predictions_count_for_recognition_only():
    answer = pred({"start": 0, "end": 7, "status": "unplaced", "lat": None, "lon": None})
    report = evaluate(gold({"start": 0, "end": 7}), answer)
    assert (report.recognition.right, report.end_to_end.predicted) == (1, 0)


def test_errors_are_listed_by_type(tmp_path, capsys):
    (tmp_path / "gold").write_text("\n".join(map(json.dumps, gold({"start": 0, "end": 7}, {"start": 9, "end": 12}))))
    (tmp_path / "pred").write_text("\n".join(map(json.dumps, pred({"start": 0, "end": 7, "lat": 10.0}))))
    assert main(["evaluate", str(tmp_path / "gold"), str(tmp_path / "pred")]) == 0
    out = capsys.readouterr().out
    assert "wrong place: 1" in out
    assert "missed: 1" in out


def test_an_unreadable_file_is_named(tmp_path, capsys):
    (tmp_path / "gold").write_text("{broken")
    assert main(["evaluate", str(tmp_path / "gold"), str(tmp_path / "gold")]) == 1
    assert "gold" in capsys.readouterr().err


def test_it_agrees_with_the_scorer_of_the_gold_sets(tmp_path, capsys):
    script = SHARED / "score_mentions.py"
    if not script.exists():
        pytest.skip("the gold sets' scorer is not beside the project")
    seeds = SHARED / "gold" / "seeds.jsonl"
    lines = [json.loads(line) for line in seeds.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        moved = [m | {"status": "placed", "lat": (m["lat"] or 0) + n % 3 / 10} for n, m in enumerate(line["mentions"])]
        line["mentions"] = moved[1:]
    answer = tmp_path / "pred.jsonl"
    answer.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    command = [sys.executable, script, seeds, answer, "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    gold_lines = [json.loads(line) for line in seeds.read_text(encoding="utf-8").splitlines()]
    ours = evaluate(gold_lines, lines)
    assert ours.end_to_end.f1 == pytest.approx(theirs["end_to_end"]["f1"])
    assert ours.recognition.f1 == pytest.approx(theirs["recognition"]["f1"])
