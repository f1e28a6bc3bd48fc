"""What all readers share: options, failures, the names of fields, and how an article is put together."""

import hashlib
import math
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date as Date
from typing import Any, BinaryIO

from extract.dates.dates_in_names import date_from_name, date_from_url
from extract.dates.relative import relative_date, relative_words
from extract.dates.stated import StatedDate, is_time_only, parse_date, stated_date
from extract.errors import UnreadableError
from extract.origin.crediting import stated_source, stated_url
from extract.origin.sites import outlet_named, site_source, unarchived
from extract.origin.sources import source_from_url
from extract.types import Article

MAX_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read. `source` and `date` fill only what an item does not state itself. The `*_column` options name the
    column of a table, or the key of a JSON object, where the usual names do not. `max_bytes` bounds one article."""

    source: str = ""
    date: Date | None = None
    text_column: str | None = None
    title_column: str | None = None
    source_column: str | None = None
    date_column: str | None = None
    url_column: str | None = None
    id_column: str | None = None
    max_bytes: int = MAX_BYTES

    def column(self, name: str) -> str | None:
        """The column stated for the field `name` ("text", "title", ...), or None."""
        return getattr(self, f"{name}_column", None)


@dataclass(frozen=True, slots=True)
class Failure:
    """An item that was not read: `reason` is a sentence that ends with the way out."""

    item: str
    reason: str


Reader = Callable[..., Iterator[Article | Failure]]
"""`reader(file, *, item, options)`: the articles in an open binary file, in order, and a `Failure` for each part that
is none. `item` is the file's name in messages, its last part the name of the file. Raises `UnreadableError` when the
whole file is none."""


def file_name(item: str) -> str:
    """The last part of a path or of a member's path in an archive."""
    return item.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]


def file_stem(item: str) -> str:
    """The file's name without its suffix."""
    name = file_name(item)
    return name.rpartition(".")[0] or name


def read_bounded(file: BinaryIO, item: str, *, most_bytes: int, advice: str) -> bytes:
    """All bytes of the file. Raises `UnreadableError` when there are more than `most_bytes`."""
    data = file.read(most_bytes + 1)
    if len(data) > most_bytes:
        raise UnreadableError(f"{item} is {_size(file)}more than the limit of {most_bytes / 1e6:g} MB; {advice}")
    return data


def _size(file: BinaryIO) -> str:
    """The file's whole size for a message; empty when it is known only by reading on (a member of an archive)."""
    try:
        return f"{os.fstat(file.fileno()).st_size / 1e6:.1f} MB, "
    except OSError:
        return ""


def refuse_large(text: str, item: str, options: ReadOptions) -> None:
    """Raises `UnreadableError` when the text is above the limit for one article."""
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > options.max_bytes:
        limit = f"{options.max_bytes / 1e6:g} MB"
        raise UnreadableError(f"the text of {item} is {size / 1e6:.1f} MB, the limit is {limit}; split it")


@contextmanager
def parsing(item: str, kind: str, *, advice: str) -> Iterator[None]:
    """What a parser of untrusted files raises, whatever its type, as an `UnreadableError` that names the item. An error
    of the disk stays one."""
    try:
        yield
    except (UnreadableError, MemoryError):
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno:
            raise
        what = " ".join(str(error).split())[:200]
        raise UnreadableError(
            f"{item} is not {kind} that can be read ({what or type(error).__name__}); {advice}"
        ) from error


_LANGUAGES = {
    **dict.fromkeys(("en", "eng", "english", "англійська", "английский"), "en"),
    **dict.fromkeys(("uk", "ukr", "ua", "ukrainian", "українська", "украинский"), "uk"),
    **dict.fromkeys(("ru", "rus", "russian", "російська", "русский"), "ru"),
}


def is_missing(value: Any) -> bool:
    """None, NaN, booleans and blank strings state nothing."""
    if isinstance(value, float):
        return math.isnan(value)
    return value is None or isinstance(value, bool) or (isinstance(value, str) and not value.strip())


def as_words(value: Any) -> str:
    """A metadata value as one line of words; empty when it states nothing. `{"name": "X"}` is X."""
    if isinstance(value, Mapping):
        value = next((value[key] for key in ("name", "title", "id") if not is_missing(value.get(key))), None)
    if is_missing(value) or not isinstance(value, str | int | float):
        return ""
    return " ".join(str(value).split())


def language_code(value: Any) -> str:
    """`en`, `uk` or `ru` from a code, a locale or a name; `unknown` for anything else."""
    return _LANGUAGES.get(as_words(value).casefold().replace("_", "-").split("-")[0], "unknown")


def make_article(
    *, id: str, text: str, fields: Mapping[str, Any], options: ReadOptions, origin: str, name: str = ""
) -> Article:
    """An article from its text and whatever the item says of itself under `title`, `source`, `date`, `url`,
    `language`; under `retrieved` when the material was collected, under `visited` when just this page was fetched.

    `name` is the file's name where the file is the article. The source is the stated one, else the address's, else
    the one that the text claims. The date comes from the first of: metadata; the text (left open here: the pipeline
    reads it); the address; the file's name; a day told from that of retrieval; `options.date`. A metadata date that
    cannot be read leaves the article undated, with its words kept in `date_text`.
    """
    url = as_words(fields.get("url")) or stated_url(text)
    address, archived = unarchived(url)
    retrieved = as_words(fields.get("retrieved"))
    source = outlet_named(as_words(fields.get("source"))) or source_from_url(address) or options.source
    article = Article(
        id=id,
        text=text,
        title=as_words(fields.get("title")),
        source=source or site_source(address) or stated_source(text),
        url=url,
        language=language_code(fields.get("language")),
        origin=origin,
        retrieved_at=retrieved or (archived.isoformat() if archived else ""),
    )
    collected = parse_date(retrieved)
    anchor = _Anchor(collected or archived or parse_date(as_words(fields.get("visited"))), collected is not None)
    return _dated(article, as_words(fields.get("date")), address, name, anchor, options)


# what stands in a column of dates where there is none
_NO_DATE = frozenset(
    "n/a na none null nil nan nat unknown undated - -- – — ? невідомо невідома неизвестно неизвестна".split()
) | {"no date", "not known", "без дати", "без даты"}


@dataclass(frozen=True, slots=True)
class _Anchor:
    """The day that relative days count from, if any. Feeds and crawls collect what is new, so that weekdays in their
    prose are recent (`fresh`); a page is fetched whenever somebody wants it."""

    day: Date | None
    fresh: bool


def _dated(article: Article, words: str, address: str, name: str, anchor: _Anchor, options: ReadOptions) -> Article:
    """The article with its date; `words` is what its metadata states."""
    if words:
        known = parse_date(words)
        if known:
            return replace(article, date=known, date_basis="metadata", date_text=words)
        told = relative_words(words, anchor.day) if anchor.day else None
        if told:
            return replace(article, date=told, date_basis="inferred", date_text=words)
        if words.casefold() not in _NO_DATE and not is_time_only(words):
            return replace(article, date_text=words)
    if stated_date(article.text):
        return article
    found: list[tuple[StatedDate | None, str]] = [
        (date_from_url(address), "inferred"),
        (date_from_name(name), "file"),
        (relative_date(article.text, anchor.day, prose=anchor.fresh) if anchor.day else None, "inferred"),
    ]
    for stated, basis in found:
        if stated:
            return replace(article, date=stated.date, date_basis=basis, date_text=stated.text)
    if options.date:
        return replace(article, date=options.date, date_basis="metadata", date_text=options.date.isoformat())
    return article


@dataclass(slots=True)
class Seen:
    """Keeps ids unique within one run. Of each article two numbers of 64 bits are remembered, for its id and its text:
    a million articles take about 150 MB."""

    _texts: dict[int, int] = field(default_factory=dict)

    def admit(self, article: Article) -> Article | Failure:
        """The article; as `ID#2`, `ID#3` ... when another text has its id; a `Failure` when the same one was read."""
        text, name, number = _digest(article.text), article.id, 1
        key = _digest(name)
        while key in self._texts:
            if self._texts[key] == text:
                return Failure(article.origin, f"skipped: already read as {name} in this run; nothing is lost")
            number += 1
            name = f"{article.id}#{number}"
            key = _digest(name)
        self._texts[key] = text
        return article if name == article.id else replace(article, id=name)


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())
