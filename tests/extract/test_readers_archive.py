"""ZIP archives: members as files of a folder, and every way an archive can be hostile."""

import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from extract.readers import Failure, ReadOptions, archive, read_paths
from extract.types import Article

BODY = "Shells fell on Bakhmut overnight.\n"


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "in.zip"


def pack(path: Path, members: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as target:
        for name, data in members.items():
            target.writestr(name, data)
    return path


def read(path: Path, **options) -> list[Article | Failure]:
    return list(read_paths([str(path)], options=ReadOptions(**options)))


def failed(path: Path) -> Failure:
    (failure,) = read(path)
    assert isinstance(failure, Failure)
    return failure


def test_members_are_read_as_files_of_a_folder(path):
    book, sheet = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["text"])
    book.active.append(["From a sheet"])
    book.save(sheet)
    line = json.dumps({"id": "j", "text": "From a line"})
    pack(path, {"b/c.csv": "text,id\nFrom a row,r\n", "a.txt": BODY, "b/d.jsonl": line, "e.xlsx": sheet.getvalue()})
    found = read(path)
    assert [item.text for item in found] == [BODY, "From a row", "From a line", "From a sheet"]
    assert (found[0].id, found[0].origin) == ("a.txt", f"{path}/a.txt")


def test_hidden_members_and_folders_are_left_out(path):
    pack(path, {"a.txt": BODY, "__MACOSX/._a.txt": b"\x00", ".DS_Store": b"\x00", "x/": b"", "x/.git/a.txt": "no"})
    assert [item.id for item in read(path)] == ["a.txt"]


@pytest.mark.parametrize("name", ["../a.txt", "x/../../a.txt", "/etc/a.txt", "..\\a.txt", "C:\\a.txt", "a\n.txt"])
def test_a_name_that_leads_out_is_refused_and_the_rest_is_read(path, name):
    pack(path, {name: "outside", "ok.txt": BODY})
    found = read(path)
    assert [item.text for item in found if isinstance(item, Article)] == [BODY]
    (failure,) = [item for item in found if isinstance(item, Failure)]
    assert "leads out" in failure.reason


def test_an_archive_within_an_archive_is_refused(path, tmp_path):
    inner = pack(tmp_path / "inner.zip", {"a.txt": BODY}).read_bytes()
    assert "within an archive" in failed(pack(path, {"inner.zip": inner})).reason


def test_unknown_kinds_within_are_told(path):
    assert ".exe" in failed(pack(path, {"a.exe": b"MZ"})).reason


def test_a_member_above_its_limit_is_refused_unread(path, monkeypatch):
    monkeypatch.setattr(archive, "MAX_MEMBER_BYTES", 100)
    failure, article = read(pack(path, {"a.txt": "x" * 101, "b.txt": BODY}))
    assert "the limit is" in failure.reason
    assert article.text == BODY


def test_an_archive_above_its_limit_is_read_up_to_it(path, monkeypatch):
    monkeypatch.setattr(archive, "MAX_TOTAL_BYTES", 100)
    article, failure = read(pack(path, {"a.txt": "a" * 60, "b.txt": "b" * 60, "c.txt": "c" * 60}))
    assert article.id == "a.txt"
    assert "2 members from b.txt on" in failure.reason


def test_an_archive_of_too_many_members_is_refused(path, monkeypatch):
    monkeypatch.setattr(archive, "MAX_MEMBERS", 2)
    assert "3 members" in failed(pack(path, {f"{n}.txt": BODY for n in range(3)})).reason


def test_a_text_above_the_limit_for_articles_is_not_unpacked_whole(path):
    (failure,) = read(pack(path, {"a.txt": "x" * 30_000_000}), max_bytes=1_000_000)
    assert "more than the limit of 1 MB" in failure.reason


def test_a_size_that_lies_is_told(path):
    """A member that holds more than it states is cut at what it states, and found out by its checksum."""
    pack(path, {"a.txt": BODY * 100})
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.index(mark) + offset
        data[start : start + 4] = (50).to_bytes(4, "little")
    path.write_bytes(data)
    assert "damaged" in failed(path).reason


@pytest.mark.parametrize("keep", [0, 10, 0.5, 0.9])
def test_a_truncated_archive_is_refused(path, keep):
    data = pack(path, {f"{n}.txt": BODY * 20 for n in range(9)}).read_bytes()
    path.write_bytes(data[: keep if isinstance(keep, int) else int(len(data) * keep)])
    assert "not a whole ZIP archive" in failed(path).reason


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.jsonl", "a.xlsx"])
def test_a_damaged_member_is_told_and_the_rest_is_read(path, name):
    pack(path, {name: json.dumps({"text": BODY * 2_000}), "b.txt": BODY}, zipfile.ZIP_STORED)
    data = path.read_bytes()
    path.write_bytes(data.replace(b"Bakhmut", b"Bakhmat", 1))
    found = read(path)
    assert "damaged" in [item for item in found if isinstance(item, Failure)][-1].reason
    assert isinstance(found[-1], Article)


def test_a_member_with_a_password_is_refused(path):
    data = bytearray(pack(path, {"a.txt": BODY}).read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    path.write_bytes(data)
    assert "password" in failed(path).reason


def test_methods_that_may_take_any_memory_are_refused(path):
    assert "method" in failed(pack(path, {"a.txt": BODY}, zipfile.ZIP_LZMA)).reason


def test_an_archive_without_files_is_refused(path):
    assert "holds no file" in failed(pack(path, {})).reason


@pytest.mark.parametrize("encoding", ["cp866", "utf-8"])
def test_names_that_windows_writes_are_read(path, encoding):
    raw = "Бахмут.txt".encode(encoding)
    pack(path, {"B" * (len(raw) - 4) + ".txt": BODY})
    path.write_bytes(path.read_bytes().replace(b"B" * (len(raw) - 4) + b".txt", raw))
    assert read(path)[0].id == "Бахмут.txt"


def test_many_small_members(path):
    pack(path, {f"{n:04}.txt": f"{BODY}{n}" for n in range(2_000)})
    assert sum(isinstance(item, Article) for item in read(path)) == 2_000
