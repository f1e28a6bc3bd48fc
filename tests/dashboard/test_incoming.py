"""Reading what visitors give: kinds told from content, limits, and what is refused."""

import io
import zipfile
from pathlib import Path

import pytest

from dashboard.add import incoming
from dashboard.add.incoming import MB, given_files, given_links, given_text, kind_of, read_all
from dashboard.deployment import is_shared
from extract.readers import Failure
from extract.types import Article

TEXT = b"A convoy passed through the town of Kramatorsk."
PAGE = b"<!DOCTYPE html><html><head><title>T</title></head><body><p>A convoy passed.</p></body></html>"


def packed(**members: bytes) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return raw.getvalue()


def read(*files: tuple[str, bytes], room: int = 100) -> list[Article | Failure]:
    given, failures = given_files(files)
    return [*failures, *read_all(given, tell=lambda *_: None, room=room)]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", TEXT, ".txt"),
        ("a", TEXT, ".txt"),
        ("a.exe", TEXT, ".txt"),
        ("a.pdf", TEXT, ".txt"),
        ("a.txt", b"%PDF-1.7\n", ".pdf"),
        ("a.txt", PAGE, ".html"),
        ("a.json", b"\xef\xbb\xbf\n <html>", ".html"),
        ("a.html", b'<?xml version="1.0"?><!-- x --><rss version="2.0"/>', ".xml"),
        ("a.csv", b"title,text\n", ".csv"),
        ("a.html", packed(word__document_xml=b"x"), ".docx"),
        ("a.zip", packed(xl__workbook_xml=b"x"), ".xlsx"),
        ("a.docx", packed(a_txt=TEXT), ".zip"),
        ("a.csv", b"PAR1\x00", ".parquet"),
        ("a.exe", b"MZ\x00\x01\x02", ""),
        ("a.rtf", b"{\\rtf1 x}", ""),
    ],
)
def test_the_content_says_what_a_file_is(name: str, data: bytes, kind: str) -> None:
    assert kind_of(name, data) == kind


def test_a_program_is_refused_with_what_is_read() -> None:
    (failure,) = read(("a.exe", b"MZ\x00\x01\x02"))
    assert isinstance(failure, Failure)
    assert "Dateline reads" in failure.reason


def test_limits_on_size_number_and_total(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming, "MOST_FILES", 3)
    monkeypatch.setattr(incoming, "MOST_FILE_MB", 2)
    monkeypatch.setattr(incoming, "MOST_TOTAL_MB", 3)
    files = [("a", bytes(2 * MB)), ("b", bytes(2 * MB)), ("c", bytes(2 * MB + 1)), ("d", b"x")]
    given, failures = given_files(files)
    assert [one.name for one in given] == ["a"]
    assert [failure.item for failure in failures] == ["b", "c", "d"]


def test_an_archive_that_unpacks_to_too_much_is_not_unpacked() -> None:
    found = read(("bomb.zip", packed(a_txt=bytes(51 * MB))), ("b.txt", TEXT))
    assert [type(one) for one in found] == [Failure, Article]
    assert "50 MB" in found[0].reason


def test_a_member_that_leads_out_of_its_archive_is_refused() -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("../../escaped.txt", TEXT)
        archive.writestr("good.txt", TEXT)
    found = read(("a.zip", raw.getvalue()))
    assert [type(one) for one in found] == [Failure, Article]


def test_a_truncated_archive_is_a_failure_with_its_name() -> None:
    (failure,) = read(("cut.zip", packed(a_txt=TEXT)[:40]))
    assert isinstance(failure, Failure)
    assert "cut.zip" in f"{failure.item} {failure.reason}"


def test_beyond_the_room_everything_left_is_told() -> None:
    found = read(("a.txt", TEXT), ("b.txt", TEXT + b" Two."), ("c.txt", TEXT + b" Three."), room=1)
    assert [type(one) for one in found] == [Article, Failure, Failure]
    assert [one.item for one in found[1:]] == ["b.txt", "c.txt"]


def test_text_beyond_the_limit_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming, "MOST_CHARS", len(TEXT))
    assert [type(one) for one in read(("a.txt", TEXT), ("b.txt", TEXT))] == [Article, Failure]


def test_names_are_never_opened_as_paths(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("never read this")
    (article,) = read((str(secret), TEXT))
    assert article.text == TEXT.decode()
    given, failures = given_links(f"{secret}\nfile\n../x")
    assert given == []
    assert len(failures) == 3


@pytest.mark.parametrize("link", ["file:///etc/passwd", "ftp://example.org/a", "http://127.0.0.1/a"])
def test_links_that_are_not_public_pages_are_refused(link: str) -> None:
    given, _ = given_links(link)
    (failure,) = read_all(given, tell=lambda *_: None, room=10)
    assert isinstance(failure, Failure)


def test_links_are_taken_once_and_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming, "MOST_LINKS", 2)
    lines = "https://a.example/\nhttps://a.example/\n\nhttps://u:p@b.example/\nhttps://c.example/"
    given, failures = given_links(lines)
    assert len(given) == 2
    assert [failure.item for failure in failures] == ["https://c.example/"]
    assert "u:p" not in given[1].name


def test_blank_pasted_text_is_a_failure() -> None:
    (failure,) = read_all([given_text("  \n", 1)], tell=lambda *_: None, room=10)
    assert isinstance(failure, Failure)


@pytest.mark.parametrize(
    ("value", "shared"), [("1", True), ("true", True), ("yes", True), ("0", False), ("off", False), ("", False)]
)
def test_shared_by_the_environment(value: str, shared: bool) -> None:
    assert is_shared({"DATELINE_SHARED": value}) is shared
