"""Outlets: which agencies, papers and institutes a text leans on, and whose address a link is.

The table `data/outlets.csv` gives every outlet one name, its other spellings and its domains. A spelling of "the" and
one word ("the Guardian", "The Times") is an ordinary word without its article, and is matched only with it.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from extract.origin.citing import leans_on
from geodata import name_key

TABLE = Path(__file__).parents[1] / "data" / "outlets.csv"
_FIRST_WORD = re.compile(r"(?<!\w)[A-ZÀ-ÖØ-ÞČŠŽА-ЯЁІЇЄҐ\d]\w*")
_ARTICLE = re.compile(r"^[Tt]he (?=\S)")
_HAS_ARTICLE = re.compile(r"\b[Tt]he\s+[“\"«]?\Z|\bTHE\s+\Z")
_SEPARATOR = re.compile(r"[”\"»]?(?:\s*,(?:\s*(?:and|or))?|\s+(?:and|or|та|і|й|и|або|или)|\s*/)\s*(?:the\s+)?[“\"«]?")
_MOST_JUDGED = 200
_SHORT_FORM_GAP = re.compile(r"\s*[(\[]")


@dataclass(frozen=True, slots=True)
class Outlet:
    """One row of the table. `spellings` begin with `name` itself."""

    name: str
    spellings: tuple[str, ...]
    domains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Naming:
    """An outlet named at the code points [start, end) of a text, its article not counted."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class _Spellings:
    """All spellings that open with one word: a pattern, the longest first, and what each means."""

    pattern: re.Pattern[str]
    names: dict[str, str]
    needs_article: frozenset[str]


@cache
def outlets() -> tuple[Outlet, ...]:
    """Every outlet of the table, in its order."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Outlet(row["name"], (row["name"], *_parts(row["aliases"])), tuple(_parts(row["domains"])))
            for row in csv.DictReader(file)
        )


def _parts(cell: str) -> list[str]:
    return [part for part in cell.split(";") if part]


@cache
def outlet_names() -> frozenset[str]:
    """Every spelling of every outlet, folded by `name_key`, with and without its article."""
    keys = {name_key(spelling) for outlet in outlets() for spelling in outlet.spellings}
    return frozenset(keys | {key.removeprefix("the ") for key in keys})


@cache
def _spellings() -> dict[str, _Spellings]:
    """The table by the first word of each spelling."""
    names: dict[str, dict[str, str]] = {}
    with_article: set[str] = set()
    without_article: set[str] = set()
    for outlet in outlets():
        for spelling in outlet.spellings:
            bare = _one_spelling(_ARTICLE.sub("", spelling))
            alone = bare == _one_spelling(spelling) or " " in bare
            (without_article if alone else with_article).add(bare)
            first = re.match(r"\w+", bare)
            if first is None:
                raise ValueError(f"{TABLE.name}: the spelling {spelling!r} of {outlet.name} does not open with a word")
            names.setdefault(first.group(), {}).setdefault(bare, outlet.name)
    needing = frozenset(with_article - without_article)
    return {first: _Spellings(_any_of(known), known, needing & known.keys()) for first, known in names.items()}


def _one_spelling(name: str) -> str:
    return re.sub(r"[\s-]+", " ", name.replace("’", "'"))


def _any_of(names: dict[str, str]) -> re.Pattern[str]:
    alternatives = (
        r"[\s-]+".join(re.escape(word).replace("'", "['’]") for word in name.split(" "))
        for name in sorted(names, key=len, reverse=True)
    )
    return re.compile(rf"(?:{'|'.join(alternatives)})(?!\w)")


def _namings(text: str) -> Iterator[_Naming]:
    """Outlets the text names, in order, never overlapping."""
    table, end, last_times = _spellings(), 0, ""
    for word in _FIRST_WORD.finditer(text):
        known = table.get(word.group())
        if known is None or word.start() < end:
            continue
        match = known.pattern.match(text, word.start())
        if match is None:
            continue
        spelling = _one_spelling(match.group())
        if spelling in known.needs_article and not _HAS_ARTICLE.search(text, max(0, word.start() - 8), word.start()):
            continue
        name, end = known.names[spelling], match.end()
        # after "the New York Times", "the Times" is that paper
        if name == "The Times" and last_times:
            name = last_times
        elif name.endswith(" Times"):
            last_times = name
        yield _Naming(word.start(), end, name)


def _chains(text: str) -> Iterator[list[_Naming]]:
    """Outlets named side by side ("AFP, Reuters and CNN"; "Institute for the Study of War (ISW)") belong together."""
    chain: list[_Naming] = []
    for naming in _namings(text):
        gap = text[chain[-1].end : naming.start] if chain else None
        own_short_form = gap is not None and naming.name == chain[-1].name and _SHORT_FORM_GAP.fullmatch(gap)
        if own_short_form and text[naming.end : naming.end + 1] in (")", "]"):
            chain.append(_Naming(naming.start, naming.end + 1, naming.name))
        elif gap is not None and len(gap) < 16 and _SEPARATOR.fullmatch(gap):
            chain.append(naming)
        else:
            if chain:
                yield chain
            chain = [naming]
    if chain:
        yield chain


def cited_outlets(text: str, language: str = "en") -> tuple[str, ...]:
    """Names of the outlets the text leans on for what it says, in the order in which it first names them.

    An outlet counts when somebody told it something or it reported something, not when it is merely named (a paper's
    building, a reporter's career). `language` ("en", "uk", "ru", "unknown") is a hint: quotations and credits in the
    other languages are understood as well. Empty when the text leans on none. An outlet named 200 times without once
    being leaned on is not looked at again.
    """
    order: dict[str, None] = {}
    leaned: set[str] = set()
    judged: Counter[str] = Counter()
    for chain in _chains(text):
        names = [naming.name for naming in chain]
        order |= dict.fromkeys(names)
        if leaned.issuperset(names) or judged[names[0]] >= _MOST_JUDGED:
            continue
        judged[names[0]] += 1
        if leans_on(text, chain[0].start, chain[-1].end, language=language):
            leaned.update(names)
    return tuple(name for name in order if name in leaned)


@cache
def _domains() -> dict[str, str]:
    return {domain: outlet.name for outlet in outlets() for domain in outlet.domains}


def source_from_url(url: str) -> str:
    """The outlet whose site the address is on (its sub-domains included); empty when it is none of the table's."""
    try:
        host = urlsplit(url.strip() if "//" in url else f"//{url.strip()}").hostname or ""
    except ValueError:
        return ""
    labels = host.lower().rstrip(".").split(".")
    for first in range(len(labels) - 1):
        name = _domains().get(".".join(labels[first:]))
        if name:
            return name
    return ""
