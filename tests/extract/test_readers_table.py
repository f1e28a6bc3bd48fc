"""CSV and TSV: columns, delimiters, broken rows."""

import io
from datetime import date

import pytest

from extract.errors import UnreadableError
from extract.readers import Failure, ReadOptions
from extract.readers.table import read_table
from extract.types import Article


def read(content: str | bytes, item: str = "in.csv", **options) -> list[Article | Failure]:
    data = content if isinstance(content, bytes) else content.encode()
    return list(read_table(io.BytesIO(data), item=item, options=ReadOptions(**options)))


@pytest.mark.parametrize(
    "header",
    ["text,title,source,date,url,id", "Full Text,Headline,Outlet,Published At,Link,Article ID",
     "текст,заголовок,джерело,дата,посилання,id", "статья,название,источник,дата,ссылка,id"],
)  # fmt: skip
def test_columns_are_recognised_by_usual_names(header):
    (article,) = read(header + "\nBakhmut,T,BBC,26.01.2023,https://x.test,7\n")
    assert (article.text, article.title, article.source, article.url, article.id) == (
        "Bakhmut", "T", "BBC", "https://x.test", "7",
    )  # fmt: skip
    assert (article.date, article.date_basis) == (date(2023, 1, 26), "metadata")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_recognised(delimiter):
    row = '"Bakhmut, the town; it | fell\tnow"'
    (article,) = read(delimiter.join(["id", "text", "title"]) + "\n" + delimiter.join(["1", row, "T"]) + "\n")
    assert article.text == "Bakhmut, the town; it | fell\tnow"


def test_one_column_needs_no_delimiter():
    assert [article.text for article in read("text\nBakhmut\nSoledar\n")] == ["Bakhmut", "Soledar"]


def test_line_breaks_inside_a_cell_are_kept():
    assert read('text,id\n"a\r\nb\n",1\n')[0].text == "a\r\nb\n"


def test_no_text_column_says_which_were_found():
    with pytest.raises(
        UnreadableError, match=r"no text column in in\.csv: found columns a, b; say which with --text-column"
    ):
        read("a,b\n1,2\n")


def test_a_stated_text_column():
    assert read("a,text\nwhole,short\n", text_column="A")[0].text == "whole"


def test_a_stated_column_that_is_missing_is_refused():
    with pytest.raises(UnreadableError, match="--text-column"):
        read("a,b\n1,2\n", text_column="c")


@pytest.mark.parametrize("row", ["only one", "1,2,3"])
def test_a_ragged_row_is_told_with_its_number_and_the_rest_is_read(row):
    first, failure, last = read(f"text,id\na,1\n{row}\nb,2\n")
    assert "row 3" in failure.item
    assert "cells" in failure.reason
    assert (first.text, last.text) == ("a", "b")


def test_an_empty_text_is_told_and_a_blank_row_is_not():
    found = read("text,id\n ,1\n\n,\nb,2\n")
    assert [isinstance(item, Failure) for item in found] == [True, False]


def test_an_unclosed_quotation_is_told():
    first, failure = read('text,id\na,1\n"b,2\nc,3\n')
    assert first.text == "a"
    assert "never closed" in failure.reason


def test_a_missing_id_is_file_and_row():
    assert read("text,title\na,b\n")[0].id == "in.csv:2"


def test_long_cells_are_read():
    assert len(read("text,id\n" + "x" * 400_000 + ",1\n")[0].text) == 400_000


def test_a_cell_above_the_limit_is_told():
    (failure,) = read("text,id\n" + "x" * 1_000 + ",1\n", max_bytes=999)
    assert "limit" in failure.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_encodings(encoding):
    text = "Війська обстріляли Бахмут, Часів Яр і Соледар"
    (article,) = read(f'текст;дата\n"{text}";26.01.2023\n'.encode(encoding))
    assert article.text == text


def test_a_row_of_another_encoding_is_told_and_the_rest_is_read():
    content = "text,id\nБахмут у вогні,1\n".encode() + b"\xc1\xe0\xf5,2\n" + "Соледар тримається,3\n".encode()
    found = read(content)
    assert [isinstance(item, Failure) for item in found] == [False, True, False]
    assert "row 3" in found[1].item


@pytest.mark.parametrize(
    ("content", "reason"), [(b"", "empty"), (b"PK\x03\x04rest", "ZIP"), (b"a\x00b,c\x01\n", "NUL")]
)
def test_what_is_no_table_is_refused(content, reason):
    with pytest.raises(UnreadableError, match=reason):
        read(content)


def test_a_header_without_rows_gives_nothing():
    assert read("text,id\n") == []
