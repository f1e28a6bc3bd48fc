"""KML 2.2: a folder a place, in it a placemark a mention with every column as extended data.

Written as a stream by hand: simplekml holds the whole document in memory, keeps the document being written in state
that threads share, and neither escapes extended data nor text that holds `<![CDATA[`.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import IO, Any

from corpus.exports.markup import html_text, web_address, xml_text
from corpus.exports.rows import COLUMNS, Heading, Tally, mention_rows, provenance
from corpus.filter import MentionFilter, day_words
from corpus.index import CorpusIndex
from geodata.places import SETTLEMENT_KINDS

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document>
<name>Dateline</name>
<Style id="settlement"><IconStyle><color>ff127ac0</color><scale>0.7</scale></IconStyle></Style>
<Style id="area"><IconStyle><color>ff8a6844</color><scale>0.7</scale></IconStyle></Style>
<Style id="uncertain"><IconStyle><color>8012c0ff</color><scale>0.6</scale></IconStyle></Style>
"""
_UNPLACED = "Without a place"
# Google Earth replaces $[name] in a balloon by the placemark's own data; a reader's text must not ask for it
_ENTITY = ("$[", "$&#8203;[")


def write_kml(index: CorpusIndex, f: MentionFilter, stream: IO[bytes], heading: Heading) -> int:
    """Gives the rows written. A mention without a place is a placemark without a point, in the last folder.

    The document's description comes last, because versions and row count are known only then.
    """
    tally = Tally()
    stream.write(_HEAD.encode())
    for (_, name), rows in groupby(
        mention_rows(index, f, tally, by_place=True), key=lambda row: (row["place_id"], row["name"])
    ):
        _write_folder(stream, name or _UNPLACED, rows)
    told = provenance(index, f, tally, heading)
    stream.write(_folder_of_origin(told).encode("utf-8", "replace"))
    stream.write(b"</Document></kml>\n")
    return tally.rows


def _write_folder(stream: IO[bytes], name: str, rows: Iterable[dict[str, Any]]) -> None:
    stream.write(f"<Folder><name>{xml_text(name)}</name>\n".encode())
    for row in rows:
        stream.write(_placemark(row).encode("utf-8", "replace"))
    stream.write(b"</Folder>\n")


def _placemark(row: dict[str, Any]) -> str:
    sure_style = "settlement" if row["kind"] in SETTLEMENT_KINDS else "area"
    style = "uncertain" if row["status"] == "ambiguous" else sure_style
    parts = [f"<Placemark><name>{xml_text(_title(row))}</name>", f"<description>{_description(row)}</description>"]
    if row["date"]:
        parts.append(f"<TimeStamp><when>{row['date'].isoformat()}</when></TimeStamp>")
    parts += [f"<styleUrl>#{style}</styleUrl>", _data((column, row[column]) for column in COLUMNS)]
    if row["lat"] is not None and row["lon"] is not None:
        parts.append(f"<Point><coordinates>{row['lon']:.5f},{row['lat']:.5f}</coordinates></Point>")
    return "".join([*parts, "</Placemark>\n"])


def _title(row: dict[str, Any]) -> str:
    when = day_words(row["date"]) or "undated"
    return f"{row['matched_text']}: {row['source'] or 'unknown source'}, {when}"


def _description(row: dict[str, Any]) -> str:
    """What the balloon shows: HTML, which KML holds as escaped text."""
    address = web_address(row["url"])
    title = html_text(row["title"])
    linked = f'<a href="{html_text(address)}">{title or html_text(address)}</a>' if address else title
    shown = f"<p>{html_text(row['sentence'])}</p><p>{linked}</p><p>{html_text(row['reason'])}</p>"
    return xml_text(shown.replace(*_ENTITY))


def _data(pairs: Iterable[tuple[str, Any]]) -> str:
    """What is not known is left out."""
    cells = (
        f'<Data name="{name}"><value>{xml_text(_text(value))}</value></Data>'
        for name, value in pairs
        if value is not None and value != ""
    )
    return f"<ExtendedData>{''.join(cells)}</ExtendedData>"


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _folder_of_origin(told: dict[str, Any]) -> str:
    flat = {name: "; ".join(map(str, value)) if isinstance(value, list) else value for name, value in told.items()}
    flat["filter"] = "; ".join(f"{name}={value}" for name, value in told["filter"].items())
    about = f"{told['note']} {told['attribution']}"
    return (
        f"<Folder><name>About this export</name><description>{xml_text(html_text(about))}</description>"
        f"{_data(flat.items())}</Folder>\n"
    )
