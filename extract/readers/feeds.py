"""Feeds: RSS, Atom and JSON Feed from a file or from bytes already fetched. One entry is one article.

Nothing a feed links to is fetched; an entry's text is what the feed carries of it, at best the whole article.
"""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from extract.errors import UnreadableError
from extract.origin.sites import outlet_in_title
from extract.origin.sources import source_from_url
from extract.readers.base import (
    Failure,
    ReadOptions,
    as_words,
    file_name,
    make_article,
    parsing,
    read_bounded,
    refuse_large,
)
from extract.readers.decoding import decode, decode_page, page_labels
from extract.readers.html import fragment_text
from extract.types import Article

MAX_FEED_BYTES = 50_000_000
_ENTITY = re.compile(r"<!ENTITY\s[^<>]*>")
_ADVICE = "save the feed again, or give its articles as .jsonl"


@dataclass(frozen=True, slots=True)
class _About:
    """What a feed says of itself: its title, and when it was made, from which its entries' relative days count."""

    title: str
    made: str


def read_feed(file: BinaryIO, *, item: str, options: ReadOptions) -> Iterator[Article | Failure]:
    """The entries of an RSS or Atom file in their order. Raises `UnreadableError` when the file is no feed."""
    data = read_bounded(file, item, most_bytes=MAX_FEED_BYTES, advice=_ADVICE)
    yield from feed_articles(data, item=item, options=options)


def feed_articles(
    data: bytes, *, item: str, options: ReadOptions, charset: str = "", address: str = ""
) -> Iterator[Article | Failure]:
    """The entries of a feed's bytes. `charset` is what HTTP says of them, `address` where they came from.

    A broken feed gives the entries that can be read, then a `Failure` that says where it breaks off. Raises
    `UnreadableError` when it is no feed or has no entries.
    """
    if not data.strip():
        raise UnreadableError(f"{item} is empty; {_ADVICE}")
    text = decode_page(data, item, labels=[charset, *page_labels(data)] if charset else page_labels(data))
    with parsing(item, "a feed", advice=_ADVICE):
        parsed = _parsed(text, address)
    entries, broken = parsed["entries"], _broken(parsed)
    if not entries:
        if parsed.get("version") and not broken:
            raise UnreadableError(f"{item} is a feed without entries; nothing was read")
        raise UnreadableError(f"{item} is no RSS or Atom feed{f' ({broken})' if broken else ''}; {_ADVICE}")
    feed = parsed["feed"]
    about = _About(
        outlet_in_title(as_words(_plain(feed.get("title_detail") or {}))),
        as_words(feed.get("updated") or feed.get("published")),
    )
    for number, entry in enumerate(entries, 1):
        origin = f"{item}, entry {number}"
        try:
            with parsing(origin, "an entry", advice="correct it or leave it out"):
                yield _entry_article(entry, about, number, item, options)
        except UnreadableError as error:
            yield Failure(origin, str(error))
    if broken:
        yield Failure(item, f"the feed is broken ({broken}): entries after that may be missing; {_ADVICE}")


def _parsed(text: str, address: str) -> Any:
    import feedparser

    # without its declarations no entity can grow or name a file; those of HTML need none
    text = _ENTITY.sub("", text).replace("<!ENTITY", "")
    # always a stream: a bare string would be taken for an address or a file's name and opened
    stream = io.BytesIO(text.encode("utf-8", "replace"))
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": address}
    return feedparser.parse(stream, response_headers=headers)


def _broken(parsed: Any) -> str:
    """Why the feed's markup is malformed; empty when it is well formed."""
    from xml.sax import SAXException

    error = parsed.get("bozo_exception")
    return as_words(str(error)).removeprefix("<unknown>:")[:120] if isinstance(error, SAXException) else ""


def _plain(detail: Any) -> str:
    """A feed's text construct as words; markup only where it says that it is markup."""
    value = str(detail.get("value") or "")
    return value.strip() if detail.get("type") == "text/plain" else fragment_text(value)


def _entry_article(entry: Any, about: _About, number: int, item: str, options: ReadOptions) -> Article:
    title = " ".join(_plain(entry.get("title_detail") or {}).split())
    bodies = [*(entry.get("content") or []), entry.get("summary_detail") or {}]
    # the whole text where the feed carries it, else the summary, else at least what the headline says
    text = max((_plain(body) for body in bodies), key=len) or title
    link = _web_address(entry.get("link"))
    own_source = as_words((entry.get("source") or {}).get("title"))
    return _article(
        text=text,
        title=title,
        source=source_from_url(link) or own_source or about.title,
        retrieved=about.made,
        date=next((as_words(entry.get(key)) for key in ("published", "created", "updated") if entry.get(key)), ""),
        link=link,
        id=as_words(entry.get("id")),
        origin=(item, number),
        options=options,
    )


def _article(
    *,
    text: str,
    title: str,
    source: str,
    date: str,
    link: str,
    id: str,
    origin: tuple[str, int],
    options: ReadOptions,
    retrieved: str = "",
) -> Article:
    item, number = origin
    where = f"{item}, entry {number}"
    if not text.strip():
        raise UnreadableError(f"{where} has neither text nor title; nothing was read")
    refuse_large(text, where, options)
    fields = {"title": title, "source": source, "date": date, "url": link, "retrieved": retrieved}
    own_id = id or link or f"{file_name(item)}:{number}"
    return make_article(id=own_id, text=text, fields=fields, options=options, origin=where)


def _web_address(link: Any) -> str:
    """The link when it is an http or https address, else empty: a feed can state anything."""
    words = as_words(link)
    try:
        return words if urlsplit(words).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def read_json_feed(file: BinaryIO, *, item: str, options: ReadOptions) -> Iterator[Article | Failure]:
    """The items of a JSON Feed (jsonfeed.org, version 1). Raises `UnreadableError` when the file is none."""
    data = read_bounded(file, item, most_bytes=MAX_FEED_BYTES, advice=_ADVICE)
    try:
        found = json.loads(decode(data, item))
    except (ValueError, RecursionError) as error:
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableError(f"{item} is not JSON that can be read; {_ADVICE}") from error
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        raise UnreadableError(f"{item} is JSON but no JSON Feed; give one object a line as .jsonl (`jq -c '.[]'`)")
    if not found["items"]:
        raise UnreadableError(f"{item} is a feed without entries; nothing was read")
    for number, entry in enumerate(found["items"], 1):
        origin = f"{item}, entry {number}"
        if not isinstance(entry, dict):
            yield Failure(origin, "the entry is not an object; correct it or leave it out")
            continue
        try:
            with parsing(origin, "an entry", advice="correct it or leave it out"):
                yield _json_article(entry, outlet_in_title(as_words(found.get("title"))), number, item, options)
        except UnreadableError as error:
            yield Failure(origin, str(error))


def _json_article(entry: dict[str, Any], feed_title: str, number: int, item: str, options: ReadOptions) -> Article:
    strings = {key: value for key, value in entry.items() if isinstance(value, str) and value.strip()}
    title = as_words(strings.get("title"))
    text = strings.get("content_text") or fragment_text(strings.get("content_html", ""))
    link = _web_address(strings.get("external_url") or strings.get("url"))
    return _article(
        text=text or strings.get("summary") or title,
        title=title,
        source=source_from_url(link) or feed_title,
        date=as_words(strings.get("date_published") or strings.get("date_modified")),
        link=link,
        id=as_words(entry.get("id")),
        origin=(item, number),
        options=options,
    )
