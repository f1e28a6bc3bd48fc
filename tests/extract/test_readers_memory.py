"""Large tables are read as a stream: what is held does not grow with the file."""

import csv
import json
import tracemalloc
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extract.readers import read_paths

TEXT = "Russian forces shelled Bakhmut in Donetsk Oblast on Friday. " * 50
ROWS = 4_000


@pytest.fixture
def path(tmp_path, request) -> Path:
    path = tmp_path / f"in.{request.param}"
    texts = [f"{number} {TEXT}" for number in range(ROWS)]
    if request.param == "jsonl":
        path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    elif request.param == "csv":
        with path.open("w", newline="") as file:
            csv.writer(file).writerows([["text"], *([text] for text in texts)])
    else:
        pq.write_table(pa.table({"text": texts}), path)
    return path


@pytest.mark.parametrize("path", ["jsonl", "csv", "parquet"], indirect=True)
def test_memory_stays_flat(path):
    list(zip(range(10), read_paths([str(path)]), strict=False))  # what is imported and cached once
    tracemalloc.start()
    read = sum(1 for _ in read_paths([str(path)]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert read == ROWS
    assert peak < 5_000_000  # the file holds 12 MB
