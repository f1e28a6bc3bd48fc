"""Web pages: the article in a saved or fetched page, without its menus and advertisements.

The text is what trafilatura takes for the article. What the page states of itself (headline, outlet, date, canonical
address) is read from its markup; scripts are never run and nothing is fetched.
"""

import logging
import re
from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from extract.errors import UnreadableError
from extract.origin.sites import is_platform, outlet_in_title, site_source, unarchived
from extract.origin.sources import outlet_names, source_from_url
from extract.readers.base import (
    ReadOptions,
    file_name,
    file_stem,
    make_article,
    parsing,
    read_bounded,
    refuse_large,
)
from extract.readers.decoding import decode_page, page_labels
from extract.types import Article
from geodata import name_key

MAX_PAGE_BYTES = 20_000_000
_ADVICE = "save the article's text as a .txt file"
_BLOCKS = frozenset(
    """address article aside blockquote br center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
    header hr li main nav ol p pre section table tbody td tfoot th thead tr ul""".split()
)
_FEWEST_WORDS = 5  # of the longest line: menus and buttons say less
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_SPACES = re.compile(r"\s+")
_UNSEEN = frozenset("script style template noscript iframe object head title svg math".split())


def read_page(file: BinaryIO, *, item: str, options: ReadOptions) -> Iterator[Article]:
    """The one article of a saved page. Raises `UnreadableError` naming `item` when it holds none."""
    data = read_bounded(file, item, most_bytes=MAX_PAGE_BYTES, advice=_ADVICE)
    if not data.strip():
        raise UnreadableError(f"{item} is empty; save the page again")
    content = decode_page(data, item, labels=page_labels(data))
    yield page_article(content, id=file_name(item), item=item, options=options, name=file_stem(item))


def page_article(
    content: str,
    *,
    id: str,
    item: str,
    options: ReadOptions,
    name: str = "",
    address: str = "",
    retrieved: str = "",
) -> Article:
    """The article in a page's source. `address` is where the page was fetched from and `retrieved` when, empty for a
    file.

    Raises `UnreadableError` when there is no article in it.
    """
    from extract.readers.html_meta import page_statement, words_for_date

    with parsing(item, "a web page", advice=_ADVICE):
        tree = _tree(content)
        if tree is None:
            raise UnreadableError(f"{item} holds no HTML; {_ADVICE}")
        statement = page_statement(tree, content=content, address=address)
        document = _document(tree)
    text = (getattr(document, "text", None) or "") if document is not None else ""
    if max((len(line.split()) for line in text.splitlines()), default=0) < _FEWEST_WORDS:
        raise UnreadableError(f"{item} holds no article that can be told from the rest of the page; {_ADVICE}")
    refuse_large(text, item, options)
    sitename = document.sitename or statement.publisher
    fields = {
        "title": _headline(document.title or "", sitename),
        "source": _outlet(sitename, statement.url, options),
        "date": statement.date or words_for_date(statement, text, retrieved),
        "url": statement.url,
        "visited": retrieved,
    }
    return make_article(id=id, text=text, fields=fields, options=options, origin=item, name=name)


def _tree(content: str) -> Any:
    from trafilatura.utils import load_html

    _quiet("trafilatura", "htmldate", "courlan", "justext")
    tree = load_html(content)
    # it takes a fragment for no HTML at all
    return load_html(f"<html><body>{content}</body></html>") if tree is None else tree


def _document(tree: Any) -> Any:
    from trafilatura import bare_extraction

    # the date is read from the page's own statements; trafilatura's would guess
    return bare_extraction(
        tree,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )


def _quiet(*names: str) -> None:
    """Keep a library's remarks on broken markup off the standard error of whoever set up no logging."""
    for name in names:
        logger = logging.getLogger(name)
        if not any(isinstance(handler, logging.NullHandler) for handler in logger.handlers):
            logger.addHandler(logging.NullHandler())


def _headline(title: str, sitename: str) -> str:
    """The title without the outlet's name after a mark, as in "Town falls | The Paper"."""
    from extract.readers.html_meta import TITLE_MARKS

    for mark in TITLE_MARKS:
        head, found, tail = title.rpartition(mark)
        if found and head.strip() and sitename and name_key(tail.strip()) == name_key(sitename):
            return head.strip()
    return title


def _outlet(sitename: str, url: str, options: ReadOptions) -> str:
    """The outlet by its site's address, else as the page names itself, else the bare host.

    A page that gives itself the name of a known outlet on an address that is not that outlet's (cloned sites do) is
    named by its address.
    """
    url = unarchived(url)[0]
    known = source_from_url(url)
    if known or is_platform(url):
        return known or site_source(url)
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    sitename = " ".join(sitename.split())
    # where the page names no outlet, trafilatura gives the domain of the address that the page claims
    if host and _DOMAIN.fullmatch(sitename) and sitename.casefold().removeprefix("www.") != host:
        sitename = ""
    borrowed = bool(host) and name_key(sitename).removeprefix("the ") in outlet_names()
    if sitename and not borrowed:
        return outlet_in_title(sitename)
    return host if borrowed else options.source or host


def fragment_text(fragment: str) -> str:
    """The words of a piece of HTML, a line for each of its blocks, without scripts and styles."""
    from lxml import html as lxml_html

    if "<" not in fragment and "&" not in fragment:
        return fragment.strip()
    # the leading element keeps lxml from guessing whether it is a document; without comments their tails are text
    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True)
    tree = lxml_html.fromstring(f"<div>{fragment.replace(chr(0), '')}</div>", parser=parser)
    pieces: list[str] = []
    for event, element in _walk(tree):
        words = element.text if event == "start" else element.tail
        pieces.append(("\n" if element.tag in _BLOCKS else "") + _SPACES.sub(" ", words or ""))
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _walk(root: Any) -> Iterator[tuple[str, Any]]:
    """Start and end of every element that is seen, in order; of what is not seen only its end, for the text after."""
    from lxml import etree

    skipped = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        unseen = not isinstance(element.tag, str) or element.tag in _UNSEEN
        if event == "start":
            skipped += unseen
            if not skipped:
                yield event, element
        else:
            skipped -= unseen
            if not skipped:
                yield event, element
