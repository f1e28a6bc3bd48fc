"""The arrivals whose formats are not text, made of words that can be read here."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import docx
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from tests.extract.test_readers_documents import make_pdf

EN = "Shells fell on the outskirts of Kupiansk overnight and two people were hurt there."
UK = "Уночі снаряди впали на околиці Куп’янська, двоє людей дістали поранення."


def make(folder: Path) -> None:
    """Write the documents and tables of `expected.csv` that stand under `made/` into `folder`."""
    _document(folder / "brief 26 січня 2023.docx", "Зведення", UK)
    _document(folder / "dated.docx", "Зведення", "26 січня 2023, 14:20", UK)
    lines = [f"KYIV, Jan 26, 2023 \\(Reuters\\) - {EN[:60]}", EN[60:] + " More was expected."]
    (folder / "wire.pdf").write_bytes(make_pdf(lines).getvalue())
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Дані"
    sheet.append(["Назва", "Дата", "Видання", "Текст"])
    sheet.append(["Обстріл", datetime(2023, 1, 26, 14, 20), "Суспільне Одеса", UK])
    book.save(folder / "sheet.xlsx")
    when = datetime(2023, 1, 27, 0, 35, tzinfo=ZoneInfo("Europe/Kyiv")).astimezone(UTC)
    stamps = pa.array([when], pa.timestamp("us", tz="Europe/Kyiv"))
    table = pa.table({"body": [EN], "published_at": stamps, "publisher": ["Border Gazette"]})
    pq.write_table(table, folder / "table.parquet")


def _document(path: Path, *paragraphs: str) -> None:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(path))
