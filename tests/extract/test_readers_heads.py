"""Columns: which are recognised by their names, and the head of a table whose are not."""

import io
import json

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extract.errors import UnreadableError
from extract.readers import ReadOptions
from extract.readers.fields import columns_for
from extract.readers.heads import ROWS, TableHead, table_head

COLUMNS, ROW = ("who", "when", "said"), ("North Desk", "2023-01-26", "Shells fell; then rain.")


def workbook() -> bytes:
    book, data = openpyxl.Workbook(), io.BytesIO()
    book.create_sheet("Second")
    for row in ((), COLUMNS, ROW):
        book["Second"].append(row)
    book.save(data)
    return data.getvalue()


def parquet() -> bytes:
    data = io.BytesIO()
    pq.write_table(pa.table({name: [cell] for name, cell in zip(COLUMNS, ROW, strict=True)}), data)
    return data.getvalue()


FILES = {
    "a.csv": 'who,when,said\nNorth Desk,2023-01-26,"Shells fell; then rain."\n'.encode("utf-16"),
    "a.tsv": b"who\twhen\tsaid\nNorth Desk\t2023-01-26\tShells fell; then rain.\n",
    "a.jsonl": b"broken\n" + json.dumps(dict(zip(COLUMNS, ROW, strict=True))).encode(),
    "a.xlsx": workbook(),
    "a.parquet": parquet(),
}


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_head_of_a_table(name):
    assert table_head(io.BytesIO(FILES[name]), item=name) == TableHead(COLUMNS, (ROW,))


def test_a_head_is_short_whatever_the_table():
    data = ("a,b\n" + f"{'x' * 5_000},y,z\n" * 1_000).encode()
    head = table_head(io.BytesIO(data), item="a.csv")
    assert len(head.rows) == ROWS
    assert {len(row) for row in head.rows} == {2}
    assert max(len(cell) for row in head.rows for cell in row) == 200


@pytest.mark.parametrize(
    ("name", "data"), [("a.txt", b"x"), ("a.csv", b""), ("a.jsonl", b"1\n"), ("a.xlsx", b"PK\x03\x04")]
)
def test_what_has_no_head_is_told(name, data):
    with pytest.raises(UnreadableError) as caught:
        table_head(io.BytesIO(data), item=name)
    assert name in str(caught.value)


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("Текст статті", "text"),
        ("текст новини", "text"),
        ("article_text", "text"),
        ("tweetText", "text"),
        ("Post body", "text"),
        ("Дата виходу", "date"),
        ("publication day date", "date"),
        ("Посилання на джерело", "url"),
        ("page_url", "url"),
        ("Назва видання", "title"),
        ("news source", "source"),
    ],
)
def test_a_longer_name_for_a_field(column, field):
    assert columns_for([column, "other"], ReadOptions())[field] == [column]


@pytest.mark.parametrize("column", ["alt_text", "updated_date", "event date", "image_url", "Дата оновлення", "context"])
def test_a_name_of_something_else(column):
    columns = columns_for([column, "other"], ReadOptions())
    assert [field for field, found in columns.items() if found] == []


def test_two_longer_names_leave_the_choice_to_a_person():
    assert columns_for(["first text", "second text"], ReadOptions())["text"] == []
