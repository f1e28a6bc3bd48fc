"""What a web page states of itself in its markup: when it was published and under which address."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from extract.dates.dates_in_names import date_from_url
from extract.dates.relative import relative_words
from extract.dates.stated import parse_date, stated_date
from extract.origin.sites import outlet_in_title, unarchived

# properties and names of `meta`, the most trusted first
_META_DATES = """
    article:published_time og:article:published_time og:published_time datepublished article.published
    parsely-pub-date sailthru.date cxenseparse:recs:publishtime mediator_published_time rnews:datepublished
    originalpublicationdate article_date_original publication_date publish-date publish_date publishdate pubdate
    citation_publication_date dc.date.issued dcterms.issued dateissued dc.date.created dcterms.created dc.date date
""".split()
_ARTICLE_TYPES = re.compile(
    r"(?:News|Reportage|Opinion|Analysis|Background|Satirical|Scholarly)?[A-Za-z]*Article|.*Posting"
)
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d{4}\)(https?://[^\s<>]+?)/? -->")
_ASIDE = "ancestor::aside or ancestor::nav or ancestor::footer or ancestor::*[contains(@class, 'comment')]"
_TIMES = f"//time[not({_ASIDE} or ancestor::*[contains(@class, 'related')])]"
_DATE_CLASSES = ("date", "publish", "time", "дата", "byline", "post-meta", "article-meta", "article-info")
_BARS = re.compile(r"[|•·]")
_LONGEST_DATE, _LONGEST_NAME, _MOST_NAME_WORDS = 80, 100, 5
_A_PARAGRAPH, _SHORTEST_HEADLINE, _MOST_PIECES = 100, 8, 2_000
TITLE_MARKS = (" | ", " - ", " – ", " — ", " :: ", " • ", " / ")
_MOST_SCRIPTS, _DEEPEST = 20, 12


@dataclass(frozen=True, slots=True)
class PageStatement:
    """`date` is the words of the publication date, empty when the page states none; `url` the page's own address,
    absolute http or https, or empty; `publisher` the name that its markup gives the outlet.

    `unsure` is what it states instead of a date: several that differ, an impossible one, or a day told from that of
    the visit ("yesterday"), one to a part.
    """

    date: str
    url: str
    publisher: str = ""
    unsure: tuple[str, ...] = ()


def page_statement(tree: HtmlElement, *, content: str, address: str) -> PageStatement:
    """What the parsed page states; `content` is its source and `address` where it was fetched from, if it was."""
    date, unsure = _date(tree)
    return PageStatement(date, _canonical(tree, content, address), _publisher(tree), unsure)


def words_for_date(statement: PageStatement, text: str, retrieved: str) -> str:
    """Of what a page states instead of a date: the day told from that of the visit, where that is known; else, where
    neither text nor address has a date, its words, so that the reason can be told."""
    address, archived = unarchived(statement.url)
    anchor = parse_date(retrieved) or archived
    told = [words for words in statement.unsure if anchor and relative_words(words, anchor)]
    if told:
        return told[0]
    meant = [words for words in statement.unsure if any(c.isdigit() for c in words)]
    return "" if stated_date(text) or date_from_url(address) else " / ".join(meant[:2])


def _date(tree: HtmlElement) -> tuple[str, tuple[str, ...]]:
    """The words of the publication date, or what is stated instead of one."""
    stated = [list(_json_dates(tree)), list(_meta_dates(tree)), list(_marked_times(tree))]
    shown = [list(_times(tree)), list(_shown_dates(tree)), list(_under_headline(tree))]
    # the first of a list is the most trusted, but dates of JSON that differ belong to several articles
    by_markup = [readable[0] for words in stated if (readable := _agreeing(words, first=words is stated[1]))]
    by_eye = [readable[0] for words in shown if (readable := _agreeing(words, first=False))]
    if by_markup and _far_apart(by_markup):
        told = [words for words in by_markup if by_eye and not _far_apart([words, by_eye[0]])]
        return (told[0], ()) if told else ("", tuple(by_markup))
    for words in (*by_markup, *by_eye):
        return words, ()
    rest = dict.fromkeys(words for several in (*stated, *shown) for words in several)
    return "", tuple(words for words in rest if not parse_date(words))


def _agreeing(words: list[str], *, first: bool) -> list[str]:
    """Those that state a day, when that is the same one; with `first` the days may differ."""
    found = [one for one in words if parse_date(one)]
    return found if first or len({parse_date(one) for one in found}) == 1 else []


def _far_apart(words: list[str]) -> bool:
    """Whether they state days more than one apart; zones left out by one of them make a day's difference."""
    days = sorted(day for one in words if (day := parse_date(one)))
    return (days[-1] - days[0]).days > 1


def _publisher(tree: HtmlElement) -> str:
    """The outlet's name by microdata, JSON-LD, Dublin Core, or what the page's title adds to its headline."""
    marked = tree.xpath(
        "//*[@itemprop='publisher']//*[@itemprop='name'] | //*[@itemprop='publisher' and not(.//*[@itemprop])]"
    )
    names = [element.get("content") or " ".join(element.itertext()) for element in marked]
    for element in tree.iter("meta"):
        name = (element.get("name") or element.get("property") or "").strip().casefold()
        if name in ("dc.publisher", "dcterms.publisher", "publisher", "citation_journal_title"):
            names.append(element.get("content") or "")
    for found in _json(tree):
        names += _publishers(found, _DEEPEST)
    names += _title_tail(tree)
    words = [" ".join(name.split()) for name in names]
    return next((name for name in words if 1 < len(name) <= _LONGEST_NAME and not name.startswith("http")), "")


def _title_tail(tree: HtmlElement) -> Iterator[str]:
    """What stands beside the headline in the page's title, behind it or before it."""
    headlines = {_words(element) for element in tree.xpath("//h1 | //h2 | //b | //strong")[:200]}
    for element in tree.xpath("//head/title"):
        for mark in TITLE_MARKS:
            head, found, tail = _words(element).rpartition(mark)
            for headline, name in ((head, tail), (tail, head)) if found else ():
                name = outlet_in_title(name.strip())
                # "what we know" and "Live updates" go on with the headline
                named = 0 < len(name.split()) <= _MOST_NAME_WORDS and not name[0].islower()
                if named and headline.strip() in headlines:
                    yield name


def _words(element: HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _under_headline(tree: HtmlElement) -> Iterator[str]:
    """Short pieces of text between the headline and the first paragraph: an old page marks its date in no other way."""
    title = " ".join(_words(element) for element in tree.xpath("//head/title"))
    below = False
    for piece in tree.xpath(f"//body//text()[not({_ASIDE} or ancestor::script or ancestor::style)]")[:_MOST_PIECES]:
        words = " ".join(piece.split())
        if len(words) >= _A_PARAGRAPH:
            return
        if below and words and len(words) <= _LONGEST_DATE:
            yield words
        below = below or (len(words) >= _SHORTEST_HEADLINE and words in title)


def _publishers(found: Any, depth: int) -> Iterator[str]:
    if depth and isinstance(found, list):
        for part in found:
            yield from _publishers(part, depth - 1)
    elif depth and isinstance(found, dict):
        publisher = found.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else None
        if isinstance(name, str):
            yield name
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _publishers(found.get(key), depth - 1)


def _json_dates(tree: HtmlElement) -> Iterator[str]:
    for found in _json(tree):
        yield from _published(found, _DEEPEST)


def _json(tree: HtmlElement) -> Iterator[Any]:
    """Every JSON-LD script that is JSON."""
    scripts = tree.xpath("//script[contains(@type, 'ld+json')]/text()")
    for script in scripts[:_MOST_SCRIPTS]:
        try:
            yield json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue


def _published(found: Any, depth: int) -> Iterator[str]:
    """`datePublished` of every article in a JSON-LD graph, not of articles it lists as parts or neighbours."""
    if depth == 0:
        return
    if isinstance(found, list):
        for part in found:
            yield from _published(part, depth - 1)
    elif isinstance(found, dict):
        types = found.get("@type")
        names = [name for name in (types if isinstance(types, list) else [types]) if isinstance(name, str)]
        if any(_ARTICLE_TYPES.fullmatch(name) for name in names) and isinstance(found.get("datePublished"), str):
            yield found["datePublished"]
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _published(found.get(key), depth - 1)


def _meta_dates(tree: HtmlElement) -> Iterator[str]:
    stated: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        stated.setdefault(name.strip().casefold(), (element.get("content") or "").strip())
    yield from (stated[name] for name in _META_DATES if stated.get(name))


def _marked_times(tree: HtmlElement) -> Iterator[str]:
    for element in tree.xpath("//*[@itemprop='datePublished' or @pubdate]"):
        yield _time_words(element)


def _times(tree: HtmlElement) -> Iterator[str]:
    for element in tree.xpath(_TIMES):
        yield _time_words(element)


def _shown_dates(tree: HtmlElement) -> Iterator[str]:
    """Short elements of a class such as "post-date"."""
    named = " or ".join(f"contains(@class, '{name}')" for name in _DATE_CLASSES)
    for element in tree.xpath(f"//*[({named}) and not({_ASIDE})]")[:200]:
        words = _words(element) if len(element) <= 6 else ""
        if len(words) > _LONGEST_DATE:
            continue
        # a byline sets its date off by a bar
        cells = [] if parse_date(words) else [cell.strip() for cell in _BARS.split(words)]
        yield from [cell for cell in cells if parse_date(cell)] or [words]


def _time_words(element: HtmlElement) -> str:
    stated = element.get("datetime") or element.get("content") or ""
    return stated.strip() or _words(element)[:_LONGEST_DATE]


def _canonical(tree: HtmlElement, content: str, address: str) -> str:
    """The address a page states; of a fetched page only one on the site it was fetched from."""
    stated = [
        *tree.xpath("//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href"),
        *tree.xpath("//meta[@property='og:url']/@content"),
        *(match.group(1) for match in _SAVED_FROM.finditer(content[:4_000])),
    ]
    for url in stated:
        try:
            whole = urljoin(address, str(url).strip())
            parts = urlsplit(whole)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.hostname and (not address or _one_site(whole, address)):
            return whole
    return address


def _one_site(one: str, other: str) -> bool:
    hosts = [(urlsplit(url).hostname or "").lower() for url in (one, other)]
    bare = [re.sub(r"^(?:www|m|mobile|amp)\.", "", host) for host in hosts]
    return bare[0] == bare[1]
