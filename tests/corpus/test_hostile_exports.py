"""Every payload of `tests.hostile` through every export: each stays a file of its kind; no cell or link runs."""

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from corpus import Corpus, CorpusIndex, MentionFilter
from corpus.exports.write import export
from tests import hostile

EVERYTHING = MentionFilter(roles=(), statuses=())
WEB = re.compile(r"https?://", re.IGNORECASE)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CorpusIndex]:
    folder: Path = hostile.build(tmp_path_factory.mktemp("hostile") / "corpus")
    with CorpusIndex(Corpus(folder)) as opened:
        yield opened


def written(index: CorpusIndex, format: str) -> bytes:
    stream = io.BytesIO()
    assert export(index, EVERYTHING, format, stream) > len(hostile.TEXTS)
    return stream.getvalue()


def test_there_are_at_least_forty_payloads_all_different() -> None:
    assert len(set(hostile.TEXTS)) == len(hostile.PAYLOADS) >= 40


def test_csv_has_no_cell_that_a_spreadsheet_runs(index: CorpusIndex) -> None:
    rows = list(csv.reader(io.StringIO(written(index, "csv").decode("utf-8"), newline="")))
    assert {len(row) for row in rows} == {len(rows[0])}
    running = [cell for row in rows for cell in row if cell[:1] in "=+-@\t\r" and cell and not _is_number(cell)]
    assert running == []


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_xlsx_opens_and_has_no_formula_and_no_link(index: CorpusIndex) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(index, "xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    links = [cell.hyperlink.target for cell in cells if cell.hyperlink]
    assert [link for link in links if not WEB.match(link)] == []


def test_kml_is_well_formed_and_defines_no_entity(index: CorpusIndex) -> None:
    data = written(index, "kml")
    assert b"<!DOCTYPE" not in data
    root = ElementTree.fromstring(data)
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert not names & {"script", "img", "svg", "iframe", "NetworkLink", "href"}


def test_geojson_is_valid_and_safe_inside_a_script(index: CorpusIndex) -> None:
    found = json.loads(written(index, "geojson"))
    assert found["type"] == "FeatureCollection"
    for feature in found["features"]:
        assert feature["type"] == "Feature"
        lon, lat = feature["geometry"]["coordinates"] if feature["geometry"] else (0, 0)
        assert abs(lat) <= 90 >= abs(lon) / 2


class _Elements(HTMLParser):
    """The elements of a page, and the attributes that ask for something or run."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action")]
        self.handlers += [name for name, _ in attrs if name.startswith("on") or name in ("pwn", "style")]


def test_brief_has_no_element_and_no_address_of_theirs(index: CorpusIndex) -> None:
    page = _Elements()
    page.feed(written(index, "html").decode("utf-8"))
    assert not page.tags & {"script", "img", "iframe", "object", "embed", "form", "base", "math", "input", "button"}
    assert [address for address in page.addresses if not (WEB.match(address) or address.startswith("#"))] == []
    assert "pwn" not in page.handlers
    assert [name for name in page.handlers if name.startswith("on")] == []
