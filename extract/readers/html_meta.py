"""What a web page states of itself in its markup: when it was published and under which address."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from extract.dates import parse_date

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
_DATE_CLASSES = ("date", "publish", "time", "дата")
_LONGEST_DATE = 80
_MOST_SCRIPTS, _DEEPEST = 20, 12


@dataclass(frozen=True, slots=True)
class PageStatement:
    """`date` is the words of the publication date, empty when the page states none or several that differ; `url` the
    page's own address, absolute http or https, or empty."""

    date: str
    url: str


def page_statement(tree: HtmlElement, *, content: str, address: str) -> PageStatement:
    """What the parsed page states; `content` is its source and `address` where it was fetched from, if it was."""
    return PageStatement(date=_date(tree), url=_canonical(tree, content, address))


def _date(tree: HtmlElement) -> str:
    finders = (_json_dates, _meta_dates, _marked_times, _times, _shown_dates)
    for number, finder in enumerate(finders):
        found = [words for words in finder(tree) if parse_date(words)]
        # a list of `meta` is in order of trust; elsewhere dates that differ belong to other articles on the page
        if found and (number == 1 or len({parse_date(words) for words in found}) == 1):
            return found[0]
    return ""


def _json_dates(tree: HtmlElement) -> Iterator[str]:
    scripts = tree.xpath("//script[contains(@type, 'ld+json')]/text()")
    for script in scripts[:_MOST_SCRIPTS]:
        try:
            found = json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _published(found, _DEEPEST)


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
        words = " ".join(" ".join(element.itertext()).split()) if len(element) <= 6 else ""
        if len(words) <= _LONGEST_DATE:
            yield words


def _time_words(element: HtmlElement) -> str:
    stated = element.get("datetime") or element.get("content") or ""
    return stated.strip() or " ".join(" ".join(element.itertext()).split())[:_LONGEST_DATE]


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
