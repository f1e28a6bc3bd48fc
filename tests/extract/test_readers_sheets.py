"""Parquet tables and Excel workbooks."""

import io
import time
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extract.errors import UnreadableError
from extract.readers import Failure, ReadOptions, read_paths
from extract.readers.sheets import read_parquet, read_workbook
from extract.types import Article

HEADERS = [
    ["text", "title", "source", "date", "url", "id"],
    ["Текст", "Заголовок", "Джерело", "Дата", "Посилання", "ID"],
    ["Статья", "Название", "Источник", "Дата", "Ссылка", "id"],
]
ROW = ["Bakhmut", "T", "BBC", datetime(2023, 1, 26, 10, 13), "https://x.test", "7"]
EXPECTED = ("Bakhmut", "T", "BBC", date(2023, 1, 26), "metadata", "https://x.test", "7")


def parquet(table: dict | pa.Table, **options) -> io.BytesIO:
    file = io.BytesIO()
    pq.write_table(table if isinstance(table, pa.Table) else pa.table(table), file, **options)
    file.seek(0)
    return file


def workbook(**sheets: list[list]) -> io.BytesIO:
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(file)
    file.seek(0)
    return file


def from_parquet(file: io.BytesIO, **options) -> list[Article | Failure]:
    return list(read_parquet(file, item="in.parquet", options=ReadOptions(**options)))


def from_workbook(file: io.BytesIO, **options) -> list[Article | Failure]:
    return list(read_workbook(file, item="in.xlsx", options=ReadOptions(**options)))


def stated(article: Article) -> tuple:
    return (
        article.text, article.title, article.source, article.date, article.date_basis, article.url, article.id,
    )  # fmt: skip


@pytest.mark.parametrize("header", HEADERS)
def test_columns_of_a_parquet_table_are_recognised(header):
    (article,) = from_parquet(parquet({name: [value] for name, value in zip(header, ROW, strict=True)}))
    assert stated(article) == EXPECTED


@pytest.mark.parametrize("header", HEADERS)
def test_columns_of_a_workbook_are_recognised(header):
    (article,) = from_workbook(workbook(Articles=[header, ROW]))
    assert stated(article) == EXPECTED


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (date(2023, 1, 26), pa.date32()),
        (datetime(2023, 1, 26, 22, 13, tzinfo=UTC), pa.timestamp("ns", "UTC")),
        (datetime(2023, 1, 26), pa.timestamp("us")),
        (1_674_727_980, pa.int64()),
        ("26.01.2023", pa.string()),
    ],
)
def test_kinds_of_dates_in_parquet(value, kind):
    (article,) = from_parquet(parquet({"text": ["a"], "date": pa.array([value], kind)}))
    assert article.date == date(2023, 1, 26)


def test_rows_of_every_row_group_come_in_order():
    texts = [f"Bakhmut {number}" for number in range(500)]
    assert [a.text for a in from_parquet(parquet({"text": texts}, row_group_size=130))] == texts


def test_dictionary_columns_are_text():
    table = pa.table({"text": pa.array(["a", "b", "a"]).dictionary_encode(), "id": ["1", "2", "3"]})
    assert [article.text for article in from_parquet(parquet(table))] == ["a", "b", "a"]


def test_a_missing_id_is_file_and_row():
    assert from_parquet(parquet({"text": ["a"]}))[0].id == "in.parquet:1"
    assert from_workbook(workbook(A=[["text"], ["a"]]))[0].id == "in.xlsx, sheet A:2"


def test_a_stated_column_is_read():
    assert from_parquet(parquet({"raw": ["whole"], "text": ["short"]}), text_column="raw")[0].text == "whole"
    assert from_workbook(workbook(A=[["raw", "text"], ["whole", "short"]]), text_column="raw")[0].text == "whole"


@pytest.mark.parametrize("read", [lambda: from_parquet(parquet({"a": ["1"], "b": ["2"]})),
                                  lambda: from_workbook(workbook(A=[["a", "b"], ["1", "2"]]))])  # fmt: skip
def test_no_text_column_says_which_were_found(read):
    with pytest.raises(UnreadableError, match="found columns a, b; say which with --text-column"):
        read()


def test_a_column_of_lists_is_no_text():
    (failure,) = from_parquet(parquet({"text": [["a", "b"]]}))
    assert "holds no text but list" in failure.reason


def test_an_empty_text_is_told_and_the_rest_is_read():
    failure, article = from_parquet(parquet({"text": [None, "b"]}))
    assert "row 1" in failure.item
    assert article.text == "b"


def test_every_sheet_is_read_and_one_without_texts_is_told():
    found = from_workbook(
        workbook(First=[["text"], ["a"]], Notes=[["who", "what"], ["x", "y"]], Last=[["текст"], ["b"]])
    )
    assert [item.text for item in found if isinstance(item, Article)] == ["a", "b"]
    (failure,) = [item for item in found if isinstance(item, Failure)]
    assert "sheet Notes" in failure.reason


def test_blank_rows_before_the_header_and_between_are_passed_over():
    rows = [[None], [], ["text", "title"], [None, None], ["a", None], ["b"]]
    assert [article.text for article in from_workbook(workbook(A=rows))] == ["a", "b"]


def test_a_workbook_without_rows_gives_nothing():
    assert from_workbook(workbook(A=[])) == []


def test_text_of_a_cell_is_kept_as_it_is():
    assert from_workbook(workbook(A=[["text"], ["  a\nb  "]]))[0].text == "  a\nb  "


@pytest.mark.parametrize("size", [0, 3, 200])
def test_a_broken_parquet_is_refused(size):
    with pytest.raises(UnreadableError, match=r"in\.parquet"):
        from_parquet(io.BytesIO(parquet({"text": ["a"] * 99}).getvalue()[:size]))


def test_a_parquet_broken_inside_gives_no_wrong_text():
    data = bytearray(parquet({"text": [f"Bakhmut {n}" for n in range(5000)]}, write_page_checksum=True).getvalue())
    data[100:160] = bytes(60)
    with pytest.raises(UnreadableError, match="not a whole Parquet table"):
        from_parquet(io.BytesIO(bytes(data)))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 cut off", "not an Excel workbook"),
        (b"text,id\na,1\n", "not an Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le"), "before 2007"),
    ],
)
def test_what_is_no_workbook_is_refused(data, reason):
    with pytest.raises(UnreadableError, match=reason):
        from_workbook(io.BytesIO(data))


def test_an_entity_bomb_in_a_workbook_is_refused_soon():
    entities = '<!ENTITY e0 "lolololol">' + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    source, file = zipfile.ZipFile(workbook(A=[["text"], ["MARK"]])), io.BytesIO()
    with zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name in ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"):
                data = data.replace(b"MARK", b"&e11;")
                root = data.index(b"<", data.index(b"?>") if data.startswith(b"<?") else 0)
                data = data[:root] + f"<!DOCTYPE x [{entities}]>".encode() + data[root:]
            target.writestr(name, data)
    file.seek(0)
    start = time.monotonic()
    with pytest.raises(UnreadableError, match=r"in\.xlsx"):
        from_workbook(file)
    assert time.monotonic() - start < 5


def test_a_workbook_cut_off_is_refused():
    data = workbook(A=[["text"], *[[f"a{n}"] for n in range(500)]]).getvalue()
    with pytest.raises(UnreadableError, match="not an Excel workbook"):
        from_workbook(io.BytesIO(data[: len(data) // 2]))


def test_both_are_read_by_their_suffix(tmp_path: Path):
    (tmp_path / "a.parquet").write_bytes(parquet({"text": ["a"]}).getvalue())
    (tmp_path / "b.XLSX").write_bytes(workbook(A=[["text"], ["b"]]).getvalue())
    assert [article.text for article in read_paths([str(tmp_path)])] == ["a", "b"]


def test_an_old_workbook_is_refused_with_the_way_out(tmp_path: Path):
    (tmp_path / "a.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    (failure,) = read_paths([str(tmp_path)])
    assert "save it as .xlsx" in failure.reason
