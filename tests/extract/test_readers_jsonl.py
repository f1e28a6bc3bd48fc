"""JSON lines: fields, ids, broken lines."""

import io
import json
from datetime import date
from typing import Any

import pytest

from extract.errors import UnreadableError
from extract.readers import Failure, ReadOptions, read_paths
from extract.readers.jsonl import read_json_lines
from extract.types import Article


def read(*lines: Any, **options) -> list[Article | Failure]:
    rows = [line if isinstance(line, str | bytes) else json.dumps(line) for line in lines]
    data = b"\n".join(row if isinstance(row, bytes) else row.encode("utf-8", "surrogatepass") for row in rows)
    return list(read_json_lines(io.BytesIO(data), item="in.jsonl", options=ReadOptions(**options)))


def test_fields_are_read_under_their_usual_names():
    (article,) = read(
        {"id": 7, "headline": "T", "publisher": "BBC", "pubDate": "Thu, 26 Jan 2023 10:13:00 GMT",
         "link": "https://x.test", "lang": "uk-UA", "body": "Бахмут"}
    )  # fmt: skip
    assert (article.id, article.title, article.source, article.url) == ("7", "T", "BBC", "https://x.test")
    assert (article.date, article.date_basis, article.language) == (date(2023, 1, 26), "metadata", "uk")


@pytest.mark.parametrize(
    "text", ["  a\r\nb \u2028c\n", "---\ntitle: x\n---\ny", "\ufeffBakhmut", "\ud800 lone", "é e\u0301"]
)
def test_text_is_kept_exactly_as_given(text):
    (article,) = read({"text": text})
    assert article.text == text


def test_a_missing_id_is_file_and_line():
    assert [article.id for article in read({"text": "a"}, "", {"text": "b"})] == ["in.jsonl:1", "in.jsonl:3"]


def test_the_origin_is_file_and_line():
    assert read({"text": "a"})[0].origin == "in.jsonl:1"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "a"', "JSON"),
        ("[1]", "object"),
        ('"text"', "object"),
        ({"title": "T"}, "no text"),
        ({"text": None}, "no text"),
        ({"text": 5}, "a number"),
        ({"text": ["a"]}, "a list"),
        ({"text": "  "}, "empty"),
        ('{"text": ' + "[" * 100_000, "JSON"),
        (b'{"text": "\xff\xfe\xfd\x81\x8d"}', "UTF-8"),
    ],
)
def test_a_line_that_is_no_article_is_told_with_its_number_and_the_rest_is_read(line, reason):
    first, failure, last = read({"text": "a"}, line, {"text": "b"})
    assert failure.item == "in.jsonl:2"
    assert reason in failure.reason
    assert (first.text, last.text) == ("a", "b")


def test_missing_columns_are_named():
    (failure,) = read({"title": "T", "words": "w"})
    assert "title, words" in failure.reason


def test_nan_and_null_state_nothing():
    (article,) = read('{"text": "a", "title": NaN, "source": null, "date": NaN, "id": null, "url": true}')
    assert (article.title, article.source, article.date, article.url, article.id) == ("", "", None, "", "in.jsonl:1")


def test_an_empty_text_falls_back_to_the_next_name():
    assert read({"text": None, "content": "Bakhmut"})[0].text == "Bakhmut"


def test_a_source_given_as_an_object_is_its_name():
    assert read({"text": "a", "source": {"id": None, "name": "Meduza"}})[0].source == "Meduza"


@pytest.mark.parametrize("value", [1674727980, 1674727980000, 1674727980.5, "1674727980", "26 січня 2023"])
def test_dates_in_other_notations(value):
    assert read({"text": "a", "date": value})[0].date == date(2023, 1, 26)


def test_an_impossible_date_is_kept_as_words():
    article = read({"text": "a", "date": "2023-02-30"})[0]
    assert (article.date, article.date_text, article.date_basis) == (None, "2023-02-30", "unknown")


def test_stated_keys_win():
    (article,) = read({"text": "summary", "raw": "whole"}, text_column="raw")
    assert article.text == "whole"


def test_a_stated_key_that_is_missing_is_told():
    (failure,) = read({"text": "a"}, text_column="raw")
    assert "'raw'" in failure.reason


def test_line_separators_inside_a_text_do_not_break_lines():
    assert len(read('{"text": "a\u2028b\u0085c"}', {"text": "d"})) == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_marked_encodings(encoding):
    data = '{"text": "Бахмут"}\n{"text": "Соледар"}'.encode(encoding)
    found = list(read_json_lines(io.BytesIO(data), item="in.jsonl", options=ReadOptions()))
    assert [article.text for article in found] == ["Бахмут", "Соледар"]


def test_lines_of_a_code_page_are_read():
    line = json.dumps({"text": "Войска обстреляли Бахмут и Часов Яр"}, ensure_ascii=False).encode("cp1251")
    assert read(line)[0].text == "Войска обстреляли Бахмут и Часов Яр"


def test_a_json_array_is_refused_as_a_whole():
    with pytest.raises(UnreadableError, match="array"):
        read('[{"text": "a"},', '{"text": "b"}]')


def test_an_empty_input_is_refused():
    with pytest.raises(UnreadableError, match="empty"):
        read("\n", " ")


def test_a_text_above_the_limit_is_told():
    failure, article = read({"text": "x" * 101}, {"text": "x" * 100}, max_bytes=100)
    assert "limit" in failure.reason
    assert len(article.text) == 100


def test_a_line_above_the_limit_is_told_and_the_next_is_read():
    failure, article = read({"junk": "y" * 5000, "text": "a"}, {"text": "b"}, max_bytes=100)
    assert "longer" in failure.reason
    assert article.id == "in.jsonl:2"


@pytest.fixture
def duplicates(tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps({"id": "x", "text": text}) + "\n" for text in ("a", "a", "b", "b")))
    return list(read_paths([str(path)]))


def test_a_duplicate_is_skipped_and_told(duplicates):
    assert [isinstance(found, Failure) for found in duplicates] == [False, True, False, True]
    assert "already read as x" in duplicates[1].reason


def test_another_text_under_a_known_id_gets_an_id_of_its_own(duplicates):
    assert (duplicates[2].id, duplicates[2].text) == ("x#2", "b")
