"""Plain text and Markdown files: front matter, titles, encodings, refusals."""

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import UnreadableError
from extract.readers import Failure, ReadOptions, read_paths
from extract.readers.decoding import decode
from extract.readers.text import find_title, split_front_matter
from extract.types import Article

BODY = "Shells fell on Bakhmut overnight.\nTwo people were hurt.\n"
UKRAINIAN = "Російські війська обстріляли Бахмут і Часів Яр.\nДвоє людей поранені.\n"
RUSSIAN = "Войска обстреляли Бахмут и Часов Яр.\nДва человека ранены, объявил губернатор.\n"
FRENCH = "Des obus sont tombés près de Bakhmout, où l'armée était déployée.\nDeux blessés.\n"


def read(path: Path, **options) -> list[Article | Failure]:
    return list(read_paths([str(path)], options=ReadOptions(**options)))


def read_one(path: Path, content: bytes | str, **options) -> Article:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (found,) = read(path, **options)
    assert isinstance(found, Article), found
    return found


def refused(path: Path, content: bytes, **options) -> str:
    path.write_bytes(content)
    (found,) = read(path, **options)
    assert isinstance(found, Failure)
    assert path.name in found.item
    return found.reason


def test_text_without_front_matter_is_the_whole_file(tmp_path):
    content = "\r\n  Title \r\n\r\nBody.\n\n"
    assert read_one(tmp_path / "a.txt", content).text == content


def test_id_is_the_base_name(tmp_path):
    assert read_one(tmp_path / "a.txt", BODY).id == "a.txt"


def test_front_matter_fills_the_fields(tmp_path):
    article = read_one(
        tmp_path / "a.md",
        "---\ntitle: \"Shelling: day two\"\nsource: 'Kyiv Post'\ndate: 2023-01-26\n"
        "url: https://x.test/a\nlanguage: EN\n"
        "author: somebody\ntags:\n  - war\n---\n\n" + BODY,
    )
    assert (article.title, article.source, article.url) == ("Shelling: day two", "Kyiv Post", "https://x.test/a")
    assert (article.date, article.date_basis, article.language) == (date(2023, 1, 26), "metadata", "en")


def test_text_after_front_matter_has_no_leading_line_breaks(tmp_path):
    assert read_one(tmp_path / "a.md", "---\r\ntitle: T\r\n---\r\n\r\n  Body.\r\n").text == "  Body.\r\n"


@pytest.mark.parametrize(
    "content",
    [
        "---\ntitle: never closed\n\nBody of the article.\n",
        "---\nNot a field at all\n---\nBody.\n",
        "---\nauthor: nobody known\n---\nBody.\n",
        "---\n\nA rule, then text.\n---\n",
        "----\ntitle: four hyphens\n----\nBody.\n",
    ],
)
def test_malformed_front_matter_stays_in_the_text(content):
    assert split_front_matter(content) == ({}, content)


def test_front_matter_without_text_is_refused(tmp_path):
    assert "no text" in refused(tmp_path / "a.md", b"---\ntitle: T\n---\n\n")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Town falls\n\nThe town fell.\n", "Town falls"),
        ("News\n\nTown falls\n\nThe town fell.\n", "Town falls"),
        ("January 26, 2023 - 10:13am\n\nTown falls\n\nIt fell.\n", "Town falls"),
        ("# Town falls\n\nIt fell.\n", "Town falls"),
        ("Only one line.", ""),
        ("Only one line.\n\n  \n", ""),
        ("x" * 201 + "\nmore", ""),
        ("", ""),
    ],
)
def test_title_is_the_first_short_line_that_says_something(text, title):
    assert find_title(text) == title


def test_title_line_stays_in_the_text(tmp_path):
    article = read_one(tmp_path / "a.txt", "Town falls\n\nThe town fell.\n")
    assert article.text.startswith(article.title)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (UKRAINIAN, "utf-8"),
        (UKRAINIAN, "utf-8-sig"),
        (UKRAINIAN, "utf-16"),
        (UKRAINIAN, "utf-16-le"),
        (UKRAINIAN, "utf-16-be"),
        (BODY, "utf-16-le"),
        (BODY, "utf-32"),
        (UKRAINIAN, "cp1251"),
        (RUSSIAN, "cp1251"),
        (FRENCH, "cp1252"),
        ("“Bakhmut holds,” he said – it’s the café’s 5 £ question.\n", "cp1252"),
        ("Größere Angriffe auf Bachmut, südlich der Straße.\n", "cp1252"),
    ],
)
def test_encoding_is_recognised(text, encoding):
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize("text", [RUSSIAN, UKRAINIAN])
def test_text_in_koi8_is_read(tmp_path, text):
    assert read_one(tmp_path / "a.txt", text.encode("koi8-u")).text == text


def test_broken_utf8_is_refused_rather_than_read_as_another_encoding(tmp_path):
    assert "broken" in refused(tmp_path / "a.txt", UKRAINIAN.encode()[:-30] + b"\xff" + UKRAINIAN.encode())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (bytes(range(256)) * 8, "binary"),
        (b"%PDF-1.7 abc", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"abc\x01\x02\x03\x04\x05\x06def", "binary"),
        (b"good text\x00with one NUL", "binary"),
    ],
)
def test_a_file_without_text_is_refused_with_its_name_and_the_way_out(tmp_path, content, reason):
    told = refused(tmp_path / "odd.txt", content)
    assert reason in told
    assert "odd.txt" in told
    assert ";" in told


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused_by_name(data):
    try:
        text = decode(data, "odd.txt")
    except UnreadableError as error:
        text = str(error).replace("odd.txt", "")
        named = text != str(error)
    else:
        named = True
    assert named
    assert "\x00" not in text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_text_comes_back_as_it_was(text):
    assert decode(text.encode(), "a.txt") == text.removeprefix("\ufeff")


def test_a_file_above_the_limit_is_refused_with_size_and_limit(tmp_path):
    told = refused(tmp_path / "long.txt", b"word " * 500_000, max_bytes=2_000_000)
    assert "2.5 MB" in told
    assert "2 MB" in told
    assert "split" in told


def test_a_file_at_the_limit_is_read(tmp_path):
    assert len(read_one(tmp_path / "long.txt", b"word " * 400_000, max_bytes=2_000_000).text) == 2_000_000


def test_options_fill_what_the_file_does_not_state(tmp_path):
    article = read_one(tmp_path / "a.txt", BODY, source="Field notes", date=date(2023, 2, 1))
    assert (article.source, article.date, article.date_basis) == ("Field notes", date(2023, 2, 1), "metadata")


def test_options_do_not_override_what_the_file_states(tmp_path):
    content = "---\nsource: Kyiv Post\ndate: 26.01.2023\n---\n" + BODY
    article = read_one(tmp_path / "a.txt", content, source="Field notes", date=date(2023, 2, 1))
    assert (article.source, article.date) == ("Kyiv Post", date(2023, 1, 26))


def test_a_date_stated_in_the_text_is_left_to_the_pipeline(tmp_path):
    article = read_one(tmp_path / "2023-03-03.txt", "January 26, 2023 - 10:13am\n\n" + BODY, date=date(2023, 2, 1))
    assert article.date is None
    assert article.date_text == ""


def test_an_unreadable_metadata_date_leaves_the_article_undated_with_its_words(tmp_path):
    article = read_one(tmp_path / "a.md", "---\ntitle: T\ndate: last Tuesday\n---\n" + BODY, date=date(2023, 2, 1))
    assert (article.date, article.date_basis, article.date_text) == (None, "unknown", "last Tuesday")


@pytest.mark.parametrize("words", ["n/a", "unknown", "7:58 AM ET", "10:13", "-"])
def test_metadata_that_names_no_day_leaves_the_others_to_speak(tmp_path, words):
    article = read_one(tmp_path / "2023-01-26-report.md", f"---\ntitle: T\ndate: {words}\n---\n" + BODY)
    assert (article.date, article.date_basis) == (date(2023, 1, 26), "file")


def test_a_date_in_the_file_name_has_the_basis_file(tmp_path):
    article = read_one(tmp_path / "2023-01-26-report.txt", BODY)
    assert (article.date, article.date_basis, article.date_text) == (date(2023, 1, 26), "file", "2023-01-26")


def test_the_source_comes_from_the_address_when_nothing_states_it(tmp_path):
    article = read_one(tmp_path / "a.md", "---\nurl: https://www.bbc.com/news/1\n---\n" + BODY)
    assert article.source == "BBC"


def test_a_folder_is_read_in_name_order_without_hidden_files(tmp_path):
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.txt", ".hidden.txt", "sub/c.md"):
        (tmp_path / name).write_text(BODY + name)
    assert [found.id for found in read(tmp_path)] == ["a.txt", "b.txt", "c.md"]


def test_files_of_an_unknown_kind_are_reported_and_the_rest_is_read(tmp_path):
    (tmp_path / "a.exe").write_bytes(b"x")
    (tmp_path / "b.txt").write_text(BODY)
    failure, article = read(tmp_path)
    assert ".exe" in failure.reason
    assert article.id == "b.txt"


def test_a_missing_path_is_a_failure(tmp_path):
    (found,) = read(tmp_path / "nowhere.txt")
    assert "no such file" in found.reason


def test_a_folder_without_files_is_a_failure(tmp_path):
    (found,) = read(tmp_path)
    assert "holds no file" in found.reason


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not bind the superuser")
def test_a_folder_without_permission_is_a_failure(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    (found,) = read(closed)
    closed.chmod(0o700)
    assert "cannot be opened" in found.reason


def test_the_same_file_twice_is_read_once_and_told(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(BODY)
    first, second = read_paths([str(path), str(path)])
    assert isinstance(first, Article)
    assert "already read as a.txt" in second.reason


def test_two_files_of_one_name_keep_both_texts(tmp_path):
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(BODY + folder)
    assert [found.id for found in read(tmp_path)] == ["a.txt", "a.txt#2"]
