"""XLSX: read back with openpyxl."""

import io
from datetime import date, datetime

import openpyxl
import pytest

from corpus import Corpus, CorpusIndex, FilterError, MentionFilter, export
from corpus.exports import xlsx as export_xlsx
from corpus.exports.workbook import MOST_CHARS, Column, Workbook
from corpus.exports.write import COLUMNS
from tests.small_corpus import build, hostile_articles, three_articles

EVERYTHING = MentionFilter(roles=(), statuses=())


def exported(index, asked=EVERYTHING):
    stream = io.BytesIO()
    export(index, asked, "xlsx", stream)
    return openpyxl.load_workbook(io.BytesIO(stream.getvalue()))


def records(sheet):
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def one_sheet(rows, columns=("a",)):
    stream = io.BytesIO()
    book = Workbook(stream)
    book.add("Sheet", [Column(name) for name in columns], rows)
    book.close()
    return openpyxl.load_workbook(io.BytesIO(stream.getvalue()))["Sheet"]


@pytest.fixture(scope="module")
def three(tmp_path_factory, gazetteer):
    with CorpusIndex(Corpus(build(tmp_path_factory.mktemp("x"), three_articles())), gazetteer=gazetteer) as index:
        yield index


def test_three_sheets(three):
    assert exported(three).sheetnames == ["Mentions", "Places", "About"]


def test_columns_are_those_of_every_format(three):
    assert tuple(cell.value for cell in exported(three)["Mentions"][1]) == COLUMNS


def test_a_row_a_mention(three):
    assert len(records(exported(three)["Mentions"])) == 9


def test_types_are_right(three):
    row = next(row for row in records(exported(three)["Mentions"]) if row["matched_text"] == "Artyomovsk")
    assert row["date"] == datetime(2023, 3, 2)
    assert (row["lat"], row["in_scrap"], row["start"]) == (48.5944, False, 0)


def test_places_carry_their_counts(three):
    places = {row["name"]: row for row in records(exported(three)["Places"])}
    assert (places["Bakhmut"]["articles"], places["Bakhmut"]["sources"]) == (2, 2)
    assert places["Bakhmut"]["last_date"] == datetime(2023, 3, 2)


def test_about_names_filter_and_versions(three):
    about = {row["what"]: row["value"] for row in records(exported(three, MentionFilter(text="Bakhmut"))["About"])}
    assert about["filter: text"] == "Bakhmut"
    assert about["corpus_version"] == three.version
    assert about["rows"] == 2


def test_hostile_text_is_never_a_formula(tmp_path, gazetteer):
    with CorpusIndex(Corpus(build(tmp_path, hostile_articles())), gazetteer=gazetteer) as index:
        cells = [cell for sheet in exported(index) for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n", "d", "b"}


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+1", "-1+2", "@SUM(A1)", "'=1"])
def test_text_that_looks_like_a_formula_is_quoted(text):
    cell = one_sheet([[text]])["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_text_keeps_its_line_ends_and_spaces():
    assert one_sheet([["  a\nb\tc  "]])["A2"].value == "  a\nb\tc  "


def test_what_xml_cannot_hold_is_replaced():
    assert one_sheet([["a\x00b\x0bc\ud800"]])["A2"].value == "a\ufffdb\ufffdc\ufffd"


def test_text_that_looks_like_an_escape_stays():
    # a reader of the format decodes _x005F_ to an underscore; openpyxl leaves cells of this sort as they are
    assert one_sheet([["_x0041_"]])["A2"].value in ("_x0041_", "_x005F_x0041_")


def test_too_long_a_text_is_cut_and_says_so():
    value = one_sheet([["x" * (MOST_CHARS + 1)]])["A2"].value
    assert (len(value), value[-1]) == (MOST_CHARS, "…")


def test_a_day_before_1900_is_text():
    assert one_sheet([[date(1854, 3, 28)]])["A2"].value == "1854-03-28"


def test_numbers_and_booleans_stay_what_they_are():
    assert [cell.value for cell in one_sheet([[-1.5, 3, True, None]], "abcd")[2]] == [-1.5, 3, True, None]


def test_more_rows_than_a_sheet_holds_are_refused(three, monkeypatch):
    monkeypatch.setattr(export_xlsx, "MOST_ROWS", 3)
    with pytest.raises(FilterError, match="CSV"):
        exported(three)


def test_twenty_seventh_column_has_two_letters():
    assert one_sheet([list(range(28))], [f"c{n}" for n in range(28)])["AB2"].value == 27


def test_reviewed_mentions_say_by_whom(three, monkeypatch):
    row = dict.fromkeys(COLUMNS) | {"confidence": 1.0, "reviewed_by": "Olena", "correction_id": "c1"}
    monkeypatch.setattr(type(three), "mention_rows", lambda self, f, **_: iter([dict(row)]))
    book = exported(three)
    assert records(book["Mentions"])[0]["reviewed_by"] == "Olena"
    assert {row["what"]: row["value"] for row in records(book["About"])}["corrections_applied"] == 1


def test_a_stream_that_cannot_seek_will_do():
    """The archive is written front to back, so that a pipe can take it."""

    class Pipe(io.RawIOBase):
        data = b""

        def writable(self):
            return True

        def write(self, chunk):
            self.data += bytes(chunk)
            return len(chunk)

    pipe = Pipe()
    book = Workbook(pipe)
    book.add("One", [Column("a")], [[1]])
    book.close()
    assert openpyxl.load_workbook(io.BytesIO(pipe.data))["One"]["A2"].value == 1
