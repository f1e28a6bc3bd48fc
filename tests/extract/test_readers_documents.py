"""PDF and Word documents."""

import io
import zipfile
from datetime import datetime
from pathlib import Path

import docx
import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from extract.errors import UnreadableError
from extract.readers import Failure, ReadOptions, pdf, read_paths
from extract.readers import docx as docx_reader
from extract.readers.docx import read_docx
from extract.readers.pdf import read_pdf, unwrapped
from extract.types import Article

TITLE = "Town shelled"
BODY = "Shells fell on Bakhmut overnight and two people were hurt there."


def make_pdf(
    *pages: list[str], title: str = "", picture_on: int = 0, key: str | None = None, **encryption
) -> io.BytesIO:
    """A PDF of a page for each list of lines; the page `picture_on` (from 1) also shows a picture."""
    writer = pypdf.PdfWriter()
    name = NameObject
    kind = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
    font = DictionaryObject({name(key): name(value) for key, value in kind.items()})
    for number, lines in enumerate(pages, 1):
        page = writer.add_blank_page(595, 842)
        shown = " ".join(f"({line}) Tj T*" for line in lines)
        content = DecodedStreamObject()
        content.set_data(f"BT /F1 12 Tf 14 TL 50 800 Td {shown} ET".encode("cp1252"))
        resources = DictionaryObject({name("/Font"): DictionaryObject({name("/F1"): font})})
        if number == picture_on:
            picture = DecodedStreamObject()
            picture.set_data(b"\x00")
            picture[name("/Subtype")] = name("/Image")
            resources[name("/XObject")] = DictionaryObject({name("/I1"): writer._add_object(picture)})
        page[name("/Resources")] = resources
        page[name("/Contents")] = writer._add_object(content)
    writer.add_metadata({"/Title": title, "/CreationDate": "D:20240909100000Z"})
    if key is not None:
        writer.encrypt(key, **encryption)
    file = io.BytesIO()
    writer.write(file)
    file.seek(0)
    return file


def from_pdf(file: io.BytesIO, **options) -> list[Article | Failure]:
    return list(read_pdf(file, item="in/2023-01-26 a.pdf", options=ReadOptions(**options)))


def make_docx(*paragraphs: str, title: str = "", heading: str = "", table: list[list[str]] | None = None) -> io.BytesIO:
    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.created = datetime(2024, 9, 9)
    if heading:
        document.add_heading(heading)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    for number, row in enumerate(table or []):
        if not number:
            grid = document.add_table(0, len(row))
        for cell, words in zip(grid.add_row().cells, row, strict=True):
            cell.text = words
    file = io.BytesIO()
    document.save(file)
    file.seek(0)
    return file


def from_docx(file: io.BytesIO, **options) -> list[Article]:
    return list(read_docx(file, item="in/a.docx", options=ReadOptions(**options)))


def test_a_pdf_is_one_article_of_all_its_pages():
    (article,) = from_pdf(make_pdf([TITLE, BODY], ["Second page."]))
    assert article.text == f"{TITLE}\n{BODY}\n\nSecond page."
    assert (article.id, article.title) == ("2023-01-26 a.pdf", TITLE)


def test_the_date_of_a_pdf_is_not_when_it_was_made():
    (article,) = from_pdf(make_pdf([BODY]))
    assert (article.date.isoformat(), article.date_basis) == ("2023-01-26", "file")


@pytest.mark.parametrize(("stated", "title"), [("Its own title", "Its own title"), ("Microsoft Word - a.doc", TITLE),
                                               ("page.indd", TITLE), ("", TITLE)])  # fmt: skip
def test_the_title_of_a_pdf(stated, title):
    assert from_pdf(make_pdf([TITLE, BODY], title=stated))[0].title == title


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("Shells fell on the town of Chasiv\nYar in the night.", "Shells fell on the town of Chasiv Yar in the night."),
        ("The governor said that near Bakh-\nmut shells fell.", "The governor said that near Bakhmut shells fell."),
        ("The shells that fell on Ivano-\nFrankivsk hurt none.", "The shells that fell on Ivano-Frankivsk hurt none."),
        (
            "Town shelled\nShells fell on the town of Bakhmut tonight.",
            "Town shelled\nShells fell on the town of Bakhmut tonight.",
        ),
        ("It ended at night.\nIt began again later.", "It ended at night.\nIt began again later."),
        ("Those hit in the night were\n- Bakhmut\n- Soledar", "Those hit in the night were\n- Bakhmut\n- Soledar"),
        (
            "One paragraph of text here\n\nAnother paragraph of text",
            "One paragraph of text here\n\nAnother paragraph of text",
        ),
        ("", ""),
        ("\x00 \n ", ""),
    ],
)
def test_lines_of_a_page_are_joined_to_paragraphs(page, text):
    assert unwrapped(page) == text


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_pdf_that_needs_a_password_is_refused(algorithm):
    pytest.importorskip("cryptography", reason="writes AES")
    with pytest.raises(UnreadableError, match="protected with a password"):
        from_pdf(make_pdf([BODY], key="secret", algorithm=algorithm))


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_pdf_that_only_forbids_printing_is_read(algorithm):
    pytest.importorskip("cryptography", reason="writes AES")
    assert from_pdf(make_pdf([BODY], key="", owner_password="secret", algorithm=algorithm))[0].text == BODY


def test_a_scan_is_refused_with_the_way_out():
    with pytest.raises(UnreadableError, match=r"only pictures of text \(a scan\).*text recogniser"):
        from_pdf(make_pdf([], [], picture_on=1))


def test_a_page_that_is_a_picture_is_told():
    article, failure = from_pdf(make_pdf([BODY], [], picture_on=2))
    assert article.text == BODY
    assert "page 2" in failure.item


def test_a_picture_beside_text_is_no_failure():
    assert len(from_pdf(make_pdf([BODY], picture_on=1))) == 1


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"not a PDF at all", bytes(3000), b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF"]
)
def test_a_broken_pdf_is_refused(data):
    with pytest.raises(UnreadableError, match=r"2023-01-26 a\.pdf"):
        from_pdf(io.BytesIO(data))


def test_an_empty_pdf_is_refused():
    with pytest.raises(UnreadableError, match="is empty"):
        from_pdf(io.BytesIO(b""))


def test_a_pdf_of_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    with pytest.raises(UnreadableError, match="3 pages, the limit is 2"):
        from_pdf(make_pdf([BODY], [BODY], [BODY]))


def test_a_pdf_above_the_limit_is_refused():
    with pytest.raises(UnreadableError, match="limit"):
        from_pdf(make_pdf([BODY], [BODY]), max_bytes=100)


def test_a_word_document_is_one_article():
    (article,) = from_docx(make_docx(BODY, "", "Він тримається.", heading=TITLE))
    assert article.text == f"{TITLE}\n{BODY}\n\nВін тримається."
    assert (article.id, article.title, article.date) == ("a.docx", TITLE, None)


def test_tables_of_a_document_come_along():
    (article,) = from_docx(make_docx(BODY, table=[["Bakhmut", "5"], ["Soledar", "7"]]))
    assert article.text == f"{BODY}\nBakhmut\t5\nSoledar\t7"


def test_the_title_a_document_states():
    assert from_docx(make_docx("First line", BODY, title="Stated"))[0].title == "Stated"
    assert from_docx(make_docx("First line", BODY))[0].title == "First line"


def test_a_document_without_text_is_refused():
    with pytest.raises(UnreadableError, match="no text"):
        from_docx(make_docx())


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"just text", "not a Word document"),
        (make_docx(BODY).getvalue()[:5000], "not a Word document"),
        (OLD + bytes(2_000_000) + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLD + bytes(600), r"before 2007; open it and save it as \.docx"),
    ],
)
def test_what_is_no_document_is_refused(data, reason):
    with pytest.raises(UnreadableError, match=reason):
        from_docx(io.BytesIO(data))


def test_another_archive_under_the_suffix_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", BODY)
    file.seek(0)
    with pytest.raises(UnreadableError, match="no Word document"):
        from_docx(file)


def test_a_swollen_document_is_refused(monkeypatch):
    monkeypatch.setattr(docx_reader, "MAX_PART_BYTES", 1_000)
    with pytest.raises(UnreadableError, match="unpacks to"):
        from_docx(make_docx(BODY * 100))


def test_an_external_entity_is_not_opened(tmp_path: Path):
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    source, file = zipfile.ZipFile(make_docx("MARK", BODY)), io.BytesIO()
    with zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                head = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]><w:document'.encode()
                data = data.replace(b"<w:document", head, 1).replace(b"MARK", b"&e;")
            target.writestr(name, data)
    file.seek(0)
    assert "SECRET" not in from_docx(file)[0].text


@pytest.mark.parametrize(
    ("suffix", "way_out"),
    [(".doc", ".docx"), (".rtf", ".docx"), (".mhtml", "HTML only"), (".rar", "unpack"), (".jpg", "picture")],
)
def test_kinds_that_are_not_read_come_with_the_way_out(tmp_path, suffix, way_out):
    (tmp_path / f"a{suffix}").write_bytes(b"x")
    (failure,) = read_paths([str(tmp_path)])
    assert way_out in failure.reason


def test_both_are_read_by_their_suffix(tmp_path: Path):
    (tmp_path / "a.pdf").write_bytes(make_pdf([BODY]).getvalue())
    (tmp_path / "b.docx").write_bytes(make_docx(BODY + " Too.").getvalue())
    assert [article.id for article in read_paths([str(tmp_path)])] == ["a.pdf", "b.docx"]
