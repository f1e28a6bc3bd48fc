"""Input cut into partitions: together they are the whole, whatever is in the cells."""

import csv
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("fsspec", reason="needs requirements-scale.txt")

import pyarrow as pa
import pyarrow.parquet as pq

from corpus.scale import partitions
from corpus.scale.partitions import InputError, cut, find_files
from extract.readers.base import ReadOptions
from extract.types import Article

CELLS = st.text(st.sampled_from('ab ,;\n"“é\r'), min_size=0, max_size=30)


def texts(parts):
    return [item.text if isinstance(item, Article) else item for part in parts for item in part.read(ReadOptions())]


def csv_of(rows):
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([("title", "text"), *rows])
    return out.getvalue().encode()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CELLS, CELLS.map(lambda cell: f"x{cell}")), min_size=1, max_size=30))
def test_parts_of_a_csv_hold_what_the_whole_holds(tmp_path, rows):
    (tmp_path / "in.csv").write_bytes(csv_of(rows))
    ((url, size),) = find_files([str(tmp_path / "in.csv")])
    parts = cut(url, size, 40)
    assert texts(parts) == [row[1] for row in rows]
    assert len(parts) > 1 or size < 200


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(CELLS.map(lambda cell: f"x{cell}"), min_size=1, max_size=30), most=st.integers(1, 300))
def test_parts_of_json_lines_hold_what_the_whole_holds(tmp_path, rows, most):
    lines = [json.dumps({"text": row}, ensure_ascii=False) for row in rows]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    ((url, size),) = find_files([str(tmp_path / "in.jsonl")])
    assert texts(cut(url, size, most)) == rows


def test_row_groups_of_parquet_are_parts(tmp_path):
    rows = [f"text {number}" for number in range(100)]
    pq.write_table(pa.table({"text": rows}), tmp_path / "in.parquet", row_group_size=10)
    ((url, size),) = find_files([str(tmp_path / "in.parquet")])
    parts = cut(url, size, 20)
    assert len(parts) == 10
    assert texts(parts) == rows


def test_utf_16_is_not_cut(tmp_path):
    (tmp_path / "in.csv").write_text("text\n" + "words and more words\n" * 50, encoding="utf-16")
    ((url, size),) = find_files([str(tmp_path / "in.csv")])
    assert [part.whole for part in cut(url, size, 100)] == [True]


def test_a_broken_part_fails_and_names_itself(tmp_path):
    (tmp_path / "in.parquet").write_bytes(b"PAR1 not really")
    ((url, size),) = find_files([str(tmp_path / "in.parquet")])
    (failure,) = texts(cut(url, size, 5))
    assert "in.parquet" in failure.item
    assert "Parquet" in failure.reason


def test_globs_and_folders_name_tables_once(tmp_path):
    for name in ("b.jsonl", "a.csv", "notes.txt"):
        (tmp_path / name).write_text("text\nx\n")
    found = find_files([str(tmp_path), str(tmp_path / "*.csv")])
    assert [url.rpartition("/")[2] for url, _ in found] == ["a.csv", "b.jsonl"]


@pytest.mark.parametrize("name", ["absent.csv", "*.csv", "notes.txt", "nosuch://x/y.csv"])
def test_input_that_is_no_table_is_refused(tmp_path, name):
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(InputError, match=r"check the path|--jobs"):
        find_files([name if "://" in name else str(tmp_path / name)])


def test_small_input_still_gives_every_worker_several_parts(tmp_path, monkeypatch):
    monkeypatch.setattr(partitions, "LEAST_BYTES", 100)
    (tmp_path / "in.jsonl").write_text('{"text": "some words"}\n' * 200)
    assert len(partitions.plan_partitions(find_files([str(tmp_path)]), 2)) >= 8
