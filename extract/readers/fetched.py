"""Articles of an address: what was fetched goes to the reader of its kind."""

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import replace

from extract.errors import UnreadableError
from extract.readers.base import Failure, ReadOptions
from extract.readers.decoding import decode_page, page_labels
from extract.readers.feeds import feed_articles, read_json_feed
from extract.readers.html import page_article
from extract.readers.text import text_article
from extract.readers.url import Fetched, Fetcher
from extract.types import Article

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_CREDENTIALS = re.compile(r"(?<=:)//[^/?#]*@")
_JSON = frozenset(["application/feed+json", "application/json"])
_PAGES = frozenset(["text/html", "application/xhtml+xml"])
# atomic: a prolog of many comments must not be tried in all its divisions
_FEED_START = re.compile(rb"(?>\s+|<\?[^>]*>|<!--.*?-->|<!DOCTYPE[^>]*>)*+<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
_LOOKED_AT = 4_096


def is_address(path: str) -> bool:
    """Whether what a person gave is an address and not a path: it begins with a scheme of two letters or more."""
    return _ADDRESS.match(path) is not None


def without_credentials(url: str) -> str:
    """The address for messages: a name or password in it is left out."""
    return _CREDENTIALS.sub("//…@", url)


def read_address(url: str, *, fetcher: Fetcher, options: ReadOptions) -> Iterator[Article | Failure]:
    """The article of a page, or those of a feed, with where and when they were got. Raises `UnreadableError` and
    `UnreadableInputError` as `Fetcher.fetch` does, and when there is no article."""
    answer = fetcher.fetch(url)
    for found in _articles(answer, options):
        yield replace(found, retrieved_at=answer.retrieved_at) if isinstance(found, Article) else found


def _articles(answer: Fetched, options: ReadOptions) -> Iterator[Article | Failure]:
    data, item = answer.content, answer.url
    if not data.strip():
        raise UnreadableError("the site answered with an empty page; open it in a browser and save it")
    if answer.media_type in _JSON:
        yield from read_json_feed(io.BytesIO(data), item=item, options=options)
        return
    # feeds are often sent as pages, and pages as XML
    start = data[:_LOOKED_AT].removeprefix(codecs.BOM_UTF8)
    is_feed = _FEED_START.match(start) is not None
    if is_feed or (answer.media_type not in _PAGES and answer.media_type != "text/plain" and b"<html" not in start):
        yield from feed_articles(data, item=item, options=options, charset=answer.charset, address=item)
        return
    labels = [answer.charset, *page_labels(data)]
    content = decode_page(data, item, labels=[label for label in labels if label])
    if answer.media_type == "text/plain":
        found = text_article(content, id=item, item=item, options=options)
        yield replace(found, url=found.url or item)
    else:
        yield page_article(content, id=item, item=item, options=options, address=item, retrieved=answer.retrieved_at)
