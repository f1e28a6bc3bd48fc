"""An XLSX workbook written as a stream, straight into its archive.

openpyxl, which reads workbooks here, writes each sheet uncompressed into a temporary file first: some 250 MB for
100,000 mentions, and on a server that must write nothing to disk.
"""

import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date as Date
from typing import IO, Any, NamedTuple

from corpus.exports.markup import xml_text

MOST_ROWS = 1_048_576
"""Of a sheet, its header included."""
MOST_CHARS = 32_767
"""Of a cell."""

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_BOLD, _DAY, _QUOTED, _WRAPPED = 1, 2, 3, 4
# Excel reads _x0041_ in a cell as a character's number
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA_STARTS = ("=", "+", "-", "@", "'")
_FIRST_DAY = Date(1899, 12, 30)
_ROWS_AT_ONCE = 500

_STYLES = f"""{_XML}<styleSheet {_MAIN}>
<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>
<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="5"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/>
<xf xfId="0" numFmtId="164" applyNumberFormat="1"/><xf xfId="0" quotePrefix="1"/>
<xf xfId="0" applyAlignment="1"><alignment wrapText="1" vertical="top"/></xf></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


class Column(NamedTuple):
    """A column's heading and its width in characters."""

    title: str
    width: int = 14


class Workbook:
    """Sheets one after another into a binary stream, which need not be seekable; `close` completes it."""

    def __init__(self, stream: IO[bytes]):
        self._archive = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=5)
        self._names: list[str] = []

    def add(self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, wrap: bool = False) -> int:
        """Write a sheet with a header row that stays in sight; gives the rows written under it.

        Texts (never formulas; cut at `MOST_CHARS`), numbers, booleans, days and None are told apart. With `wrap` long
        texts break into lines. Raises `ValueError` when there are more rows than a sheet holds.
        """
        letters = [_letters(number) for number in range(len(columns))]
        self._names.append(name)
        with self._archive.open(f"xl/worksheets/sheet{len(self._names)}.xml", "w", force_zip64=True) as sheet:
            sheet.write(_sheet_head(columns).encode())
            sheet.write(_row(1, letters, [column.title for column in columns], _BOLD).encode("utf-8", "replace"))
            written, waiting = 0, []
            for values in rows:
                written += 1
                if written >= MOST_ROWS:
                    raise ValueError(f"a sheet holds at most {MOST_ROWS - 1:,} rows")
                waiting.append(_row(written + 1, letters, values, _WRAPPED if wrap else 0))
                if len(waiting) == _ROWS_AT_ONCE:
                    sheet.write("".join(waiting).encode("utf-8", "replace"))
                    waiting.clear()
            sheet.write("".join(waiting).encode("utf-8", "replace"))
            sheet.write(f'</sheetData><autoFilter ref="A1:{letters[-1]}{written + 1}"/></worksheet>'.encode())
        return written

    def close(self) -> None:
        """Write what holds the sheets together."""
        numbered = list(enumerate(self._names, start=1))
        sheets = "".join(f'<sheet name="{xml_text(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in numbered)
        relations = "".join(
            f'<Relationship Id="rId{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n, _ in numbered
        )
        overrides = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
            for n, _ in numbered
        )
        styles = f'<Relationship Id="rId0" Type="{_RELATIONS}/styles" Target="styles.xml"/>'
        parts = {
            "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_RELATIONS}"><sheets>{sheets}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}{styles}'
            "</Relationships>",
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{overrides}</Types>',
        }
        for path, content in parts.items():
            self._archive.writestr(path, f"{_XML}{content}")
        self._archive.writestr("xl/styles.xml", _STYLES)
        self._archive.close()


def _sheet_head(columns: Sequence[Column]) -> str:
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{column.width}" customWidth="1"/>' for n, column in enumerate(columns, 1)
    )
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    return (
        f'{_XML}<worksheet {_MAIN}><sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        f"<cols>{widths}</cols><sheetData>"
    )


def _letters(number: int) -> str:
    """Column 0 is A, 26 is AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _row(number: int, letters: Sequence[str], values: Sequence[Any], style: int) -> str:
    cells = [
        _cell(f"{letter}{number}", value, style)
        for letter, value in zip(letters, values, strict=True)
        if value is not None and value != ""
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, value: Any, style: int) -> str:
    if isinstance(value, bool):
        return f'<c r="{place}" t="b" s="{style}"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}" s="{style}"><v>{value!r}</v></c>'
    if isinstance(value, Date):
        days = (value - _FIRST_DAY).days
        # days before March 1900 are counted differently by different programs
        if days > 60:
            return f'<c r="{place}" s="{_DAY}"><v>{days}</v></c>'
        value = value.isoformat()
    text = value if len(value) <= MOST_CHARS else value[: MOST_CHARS - 1] + "…"
    # as if typed after an apostrophe: text it stays, even after someone has edited the cell
    style = _QUOTED if text.startswith(_FORMULA_STARTS) else style
    return f'<c r="{place}" t="inlineStr" s="{style}"><is><t xml:space="preserve">{_escaped(text)}</t></is></c>'


def _escaped(text: str) -> str:
    return xml_text(_ESCAPED.sub("_x005F_", text))
