"""The HTML brief: one file with map, table, sentences and method that needs no server, no network and no script.

Nothing in it can run: its policy allows its own style sheet and nothing else, and every word of an article, a source
or a link passes `html_text` or `web_address`.
"""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlencode

import pandas as pd

from corpus.exports.brief_evidence import MOST_PLACES, evidence_html
from corpus.exports.brief_map import Dot, draw, legend, radius
from corpus.exports.brief_words import Words, words_in
from corpus.exports.markup import html_text, web_address
from corpus.exports.rows import Heading, Tally, tally_of
from corpus.filter import MentionFilter
from corpus.index import CorpusIndex
from geodata.places import SETTLEMENT_KINDS

STYLE = Path(__file__).with_name("brief.css")
MOST_ROWS = 1_000
MOST_OUTSIDE = 20
_COLUMNS = ("place", "kind", "region", "stories", "articles", "mentions", "sources", "first", "last")
_FIGURES = {
    "places": "table",
    "mentions": "column_mentions",
    "articles": "column_articles",
    "stories": "column_stories",
}
_NUMBERS = ("stories", "articles", "mentions", "sources")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a brief is made of."""

    index: CorpusIndex
    f: MentionFilter
    heading: Heading
    words: Words


def write_brief(index: CorpusIndex, f: MentionFilter, stream: IO[bytes], heading: Heading) -> int:
    """Gives the number of mentions the brief counts; sentences are shown for the most written about places only."""
    asked = Asked(index, f, heading, words_in(heading.language))
    places = index.places(f)
    names = [
        asked.words.place(place_id, name) for place_id, name in zip(places["place_id"], places["name"], strict=True)
    ]
    places = places.assign(name=names)
    tally = tally_of(index, f)
    for part in _parts(asked, places, tally):
        stream.write(part.encode("utf-8", "replace"))
    return tally.rows


def _parts(asked: Asked, places: pd.DataFrame, tally: Tally) -> Iterator[str]:
    words, style = asked.words, STYLE.read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    yield (
        f'<!doctype html>\n<html lang="{words.language}"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>Dateline: {words('title')}</title>\n<style>{style}</style></head>\n<body>"
    )
    yield _head(asked)
    if len(places):
        yield _map(asked, places)
        yield _table(asked, places)
        yield from evidence_html(asked.index, asked.f, words, places)
    else:
        yield f"<p>{words('empty')}</p>"
    yield _method(asked, tally)
    yield "</body></html>\n"


def _head(asked: Asked) -> str:
    words, counts = asked.words, asked.index.counts(asked.f)
    made = words("made", time=f"{datetime.now(UTC):%Y-%m-%d %H:%M}")
    figures = "".join(
        f"<li>{words(key)} <b>{words.number(getattr(counts, name))}</b></li>" for name, key in _FIGURES.items()
    )
    left = {name: words.number(getattr(counts, name)) for name in ("ambiguous", "unplaced", "rejected")}
    sources = {source for source, _ in asked.index.facets().sources}
    sample = f'<p class="sample">{words("sample")}</p>' if any(s.startswith("Sample:") for s in sources) else ""
    return (
        f'<header><div class="masthead">Dateline<span>{made}</span></div><h1>{words("title")}</h1>'
        f'<p>{words("lead")}</p>{sample}<ul class="figures">{figures}</ul>'
        f'<p class="quiet">{words("not_placed", **left)}</p>'
        f'<p class="asked"><b>{words("shown")}:</b> {html_text(asked.heading.filter_words or asked.f.describe())}</p>'
        f"{_link(asked)}</header>"
    )


def _link(asked: Asked) -> str:
    words, address = asked.words, web_address(asked.heading.link)
    if address:
        return f'<p class="asked"><a href="{html_text(address)}" rel="noopener noreferrer">{words("reopen")}</a></p>'
    parameters = urlencode(asked.f.to_params(), doseq=True)
    return (
        f'<p class="asked quiet">{words("parameters")}: <code>?{html_text(parameters)}</code></p>' if parameters else ""
    )


def _map(asked: Asked, places: pd.DataFrame) -> str:
    words, measure = asked.words, asked.f.count_by
    with_ambiguous = not asked.f.statuses or "ambiguous" in asked.f.statuses
    dots = [
        Dot(
            name=row.name,
            lat=row.lat,
            lon=row.lon,
            count=int(getattr(row, measure)),
            area=row.kind not in SETTLEMENT_KINDS,
            unsure=with_ambiguous and 2 * int(row.ambiguous) >= int(row.mentions),
            anchor=f"row{number}" if number < MOST_ROWS else "",
        )
        for number, row in enumerate(places.itertuples(index=False))
    ]
    size = words(f"size_{measure}")
    drawn = draw(dots, words("map_label", measure=size), names=words.countries())
    outside = [f"{html_text(dot.name)} ({words.number(dot.count)})" for dot in drawn.outside[:MOST_OUTSIDE]]
    if len(drawn.outside) > MOST_OUTSIDE:
        outside.append(words("and_more", number=words.number(len(drawn.outside) - MOST_OUTSIDE)))
    beyond = f'<p class="quiet">{words("outside")} {", ".join(outside)}.</p>' if outside else ""
    detail = f'<h3>{words("detail")}</h3><div class="wide">{drawn.detail}</div>' if drawn.detail else ""
    return (
        f'<h2>{words("map")}</h2><div class="wide">{drawn.svg}{legend(_legend(words, dots))}</div>'
        f"<p>{words('grows', measure=size)}</p>{beyond}{detail}"
    )


def _legend(words: Words, dots: list[Dot]) -> list[tuple[float, str, str]]:
    """Size samples for real counts, then the shapes that are on the map: radius, look and words of each."""
    largest = max(dot.count for dot in dots)
    sizes = sorted({1, round(largest / 4), largest} - {0})
    shown = [(radius(count, largest), "point", words.number(count)) for count in sizes]
    shapes = {"ring": any(dot.area for dot in dots), "point unsure": any(dot.unsure for dot in dots)}
    told = {"ring": words("area"), "point unsure": words("uncertain")}
    return shown + [(7.0, look, told[look]) for look, there in shapes.items() if there]


def _table(asked: Asked, places: pd.DataFrame) -> str:
    words = asked.words
    shown = places.head(MOST_ROWS)
    head = "".join(
        f'<th class="n">{words("column_" + name)}</th>' if name in _NUMBERS else f"<th>{words(name)}</th>"
        for name in _COLUMNS
    )
    regions = _region_names(words, shown)
    rows = "".join(_table_row(words, number, row, regions) for number, row in enumerate(shown.itertuples(index=False)))
    cut = (
        f'<p class="quiet">{words("table_cut", shown=words.number(len(shown)), number=words.number(len(places)))}</p>'
        if len(places) > len(shown)
        else ""
    )
    return (
        f"<h2>{words('table')}</h2>{cut}"
        f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _region_names(words: Words, places: pd.DataFrame) -> dict[str, str]:
    ids = {*places["region"].dropna(), *places["country"].dropna()} - {""}
    return {key: name for key in ids if (name := words.area(key))}


def _table_row(words: Words, number: int, row: Any, regions: dict[str, str]) -> str:
    region = regions.get(row.region) or regions.get(row.country) or ""
    cells = [
        f'<td><a href="#place{number}">{html_text(row.name)}</a></td>'
        if number < MOST_PLACES
        else f"<td>{html_text(row.name)}</td>",
        f"<td>{html_text(words.kind(row.kind))}</td><td>{html_text(region)}</td>",
        *(f'<td class="n">{words.number(int(getattr(row, name)))}</td>' for name in _NUMBERS),
        *(f'<td class="day">{words.day(day)}</td>' for day in (row.first_date, row.last_date)),
    ]
    return f'<tr id="row{number}">{"".join(cells)}</tr>'


def _method(asked: Asked, tally: Tally) -> str:
    words, index = asked.words, asked.index
    rows = [
        ("corpus", asked.heading.corpus),
        ("corpus_version", index.version),
        ("gazetteer", ", ".join(sorted(tally.versions["gazetteer_version"]))),
        ("extractor", ", ".join(sorted(tally.versions["extractor_version"]))),
        ("corrections", words.number(len(tally.versions["correction_id"]))),
        ("rows", words.number(tally.rows)),
        ("not_read", ", ".join(problem.path.name for problem in index.problems)),
    ]
    cells = "".join(
        f"<tr><th>{words(name)}</th><td>{html_text(value) or words('none')}</td></tr>"
        for name, value in rows
        if value or name != "corpus"
    )
    return (
        f'<h2>{words("method")}</h2><p>{words("method_text")}</p><table class="stamp"><tbody>{cells}</tbody></table>'
        f'<p class="quiet">{words("attribution")}</p>'
    )
