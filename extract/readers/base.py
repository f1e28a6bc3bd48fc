"""What all readers share: options, failures, the names of fields, and how an article is put together."""

import hashlib
import math
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date as Date
from typing import Any, BinaryIO

from extract.dates import date_from_name, date_from_url, parse_date, stated_date
from extract.errors import UnreadableError
from extract.sources import source_from_url
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


# Names of columns and keys in the order of trust, written by `field_key`.
FIELD_NAMES: dict[str, tuple[str, ...]] = {
    "text": tuple(
        """text fulltext articletext articlebody bodytext body maintext content contenttext article story message
        текст тіло тело стаття статья зміст содержание контент повнийтекст полныйтекст""".split()
    ),
    "title": tuple("title headline heading header subject заголовок назва название тема".split()),
    "source": tuple(
        """source outlet publisher publication sourcename newspaper sitename site media agency feed
        джерело видання источник издание змі сми""".split()
    ),
    "date": tuple(
        """date published publishedat publisheddate publishdate publicationdate datepublished pubdate
        dateofpublication datetime timestamp created createdat time дата датапублікації датапубликации
        опубліковано опубликовано""".split()
    ),
    "url": tuple("url link href weburl canonicalurl permalink sourceurl articleurl посилання ссылка адреса".split()),
    "id": tuple("id articleid docid documentid guid uuid".split()),
    "language": tuple("language lang мова язык".split()),
}
_LANGUAGES = {
    **dict.fromkeys(("en", "eng", "english", "англійська", "английский"), "en"),
    **dict.fromkeys(("uk", "ukr", "ua", "ukrainian", "українська", "украинский"), "uk"),
    **dict.fromkeys(("ru", "rus", "russian", "російська", "русский"), "ru"),
}


def field_key(name: str) -> str:
    """A column's name without case, spaces, hyphens and underscores: "Full Text" and "full_text" are one."""
    return "".join(c for c in name.casefold() if c not in " \t\u00a0_-.:\ufeff")


def columns_for(names: list[str], options: ReadOptions) -> dict[str, list[str]]:
    """For each field the names among `names` that may hold it, best first; a stated column is the only one.

    Raises `UnreadableError` when a stated column is not there.
    """
    by_key: dict[str, str] = {}
    for name in names:
        by_key.setdefault(field_key(name), name)
    chosen: dict[str, list[str]] = {}
    for field_name, known in FIELD_NAMES.items():
        stated = options.column(field_name)
        if stated is None:
            chosen[field_name] = [by_key[key] for key in known if key in by_key]
        elif stated in names or field_key(stated) in by_key:
            chosen[field_name] = [stated if stated in names else by_key[field_key(stated)]]
        else:
            raise UnreadableError(f"no column {stated!r}: found {listed(names)}; correct --{field_name}-column")
    return chosen


def listed(names: list[str]) -> str:
    """Column names for a message, the first twenty, each cut to forty characters."""
    shown = ["columns " + ", ".join(name[:40] or '""' for name in names[:20])] if names else ["no columns"]
    return "".join(shown) + (f" and {len(names) - 20} more" if len(names) > 20 else "")


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
    """An article from its text and whatever the item says of itself under `title`, `source`, `date`, `url`, `language`.

    `name` is the file's name where the file is the article. The date comes from the first of: metadata; the text (left
    open here: the pipeline reads it); the address; the file's name; `options.date`. A metadata date that cannot be
    read leaves the article undated, with its words kept in `date_text`.
    """
    url = as_words(fields.get("url"))
    article = Article(
        id=id,
        text=text,
        title=as_words(fields.get("title")),
        source=as_words(fields.get("source")) or source_from_url(url) or options.source,
        url=url,
        language=language_code(fields.get("language")),
        origin=origin,
    )
    words = as_words(fields.get("date"))
    if words:
        known = parse_date(words)
        return replace(article, date=known, date_basis="metadata" if known else "unknown", date_text=words)
    if stated_date(text):
        return article
    for found, basis in ((date_from_url(url), "inferred"), (date_from_name(name), "file")):
        if found:
            return replace(article, date=found.date, date_basis=basis, date_text=found.text)
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
