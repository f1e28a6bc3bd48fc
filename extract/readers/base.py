"""What all readers share: options, failures, the names of fields, and how an article is put together."""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date as Date
from typing import Any

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
    """Keeps ids unique within one run. Remembers a short digest per id, so memory grows by the id only."""

    _digests: dict[str, tuple[bytes, str]] = field(default_factory=dict)

    def admit(self, article: Article) -> Article | Failure:
        """The article; as `ID#2`, `ID#3` ... when another text has its id; a `Failure` when the same one was read."""
        digest = hashlib.blake2b(article.text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        name, number = article.id, 1
        while name in self._digests:
            known, origin = self._digests[name]
            if known == digest:
                return Failure(article.origin, f"skipped: already read as {name} from {origin}; nothing is lost")
            number += 1
            name = f"{article.id}#{number}"
        self._digests[name] = (digest, article.origin)
        return article if name == article.id else replace(article, id=name)
