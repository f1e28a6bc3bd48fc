"""What a visitor gives to be added - files, pasted text, addresses - read into articles, within limits.

Everything is untrusted: a file's kind is told from its content, its name is only shown, and reading stops at limits
that hold for all of it together. Nothing is written.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.texts import t
from extract.errors import NoTextColumnError, UnreadableError, UnreadableInputError
from extract.readers import Failure, FetchPolicy, ReadOptions, read_paths
from extract.readers.archive import read_archive
from extract.readers.decoding import decode
from extract.readers.fetched import is_address, without_credentials
from extract.readers.fields import columns_for
from extract.readers.heads import TableHead, table_head
from extract.readers.kinds import ARCHIVE_SUFFIX, READERS, SUFFIXES, suffix_of, unknown_kind
from extract.readers.text import text_article
from extract.types import Article

MB = 1_000_000
MOST_FILES = 50
MOST_FILE_MB = 10
MOST_TOTAL_MB = 50
MOST_UNPACKED_MB = 50
MOST_ARTICLES = 1_000
MOST_CHARS = 20_000_000
MOST_LINKS = 10
MOST_PASTED = 200_000
_OPTIONS = ReadOptions(max_bytes=MOST_FILE_MB * MB)
_BINARY = frozenset([".pdf", ".docx", ".xlsx", ".parquet", ARCHIVE_SUFFIX])
_PAGE = re.compile(rb"\s*(?:<!--[^>]{0,500}-->\s*)?<(?:!doctype html|html)\b", re.IGNORECASE)
# atomic: a prolog of many comments must not be tried in all its divisions
_FEED = re.compile(rb"(?>\s+|<\?[^>]*>|<!--.*?-->|<!DOCTYPE[^>]*>)*+<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
_LOOKED_AT = 4_096
_LONGEST_NAME = 120
_OBJECTS = frozenset([".jsonl", ".ndjson"])


@dataclass(frozen=True, slots=True)
class Unrecognised:
    """A table of which no column is known to hold the text: its name, its bytes, and its head to choose from."""

    name: str
    data: bytes
    head: TableHead


Found = Article | Failure | Unrecognised


@dataclass(frozen=True, slots=True)
class Given:
    """One thing to read: its name for messages, and what reads it."""

    name: str
    read: Callable[[], Iterator[Found]]


def given_files(files: Sequence[tuple[str, bytes]]) -> tuple[list[Given], list[Failure]]:
    """Files (name, content) within the limits on number and size, and those beyond them."""
    given, failures, total = [], [], 0
    for number, (name, data) in enumerate(files):
        shown = name[-_LONGEST_NAME:] or "?"
        if number >= MOST_FILES:
            failures.append(Failure(shown, t("add.too_many_files", most=MOST_FILES)))
        elif len(data) > MOST_FILE_MB * MB:
            failures.append(Failure(shown, t("add.file_too_large", most=MOST_FILE_MB)))
        elif total + len(data) > MOST_TOTAL_MB * MB:
            failures.append(Failure(shown, t("add.too_much", most=MOST_TOTAL_MB)))
        else:
            total += len(data)
            given.append(Given(shown, _file_reader(shown, data)))
    return given, failures


def given_text(text: str, number: int) -> Given:
    """Pasted text as one article; `number` tells several pastes of a session apart."""
    name = t("add.pasted_name", number=number)
    return Given(name, lambda: iter([text_article(text, id=name, item=name, options=_OPTIONS)]))


def given_links(lines: str) -> tuple[list[Given], list[Failure]]:
    """The addresses among `lines`, one a line, and what is none."""
    given, failures = [], []
    for line in dict.fromkeys(line.strip() for line in lines.splitlines() if line.strip()):
        # a path would be opened on the machine that runs the dashboard
        if not is_address(line):
            failures.append(Failure(line[:_LONGEST_NAME], t("add.no_address")))
        elif len(given) >= MOST_LINKS:
            failures.append(Failure(without_credentials(line), t("add.too_many_links", most=MOST_LINKS)))
        else:
            given.append(Given(without_credentials(line), _link_reader(line)))
    return given, failures


def read_all(given: Iterable[Given], *, tell: Callable[[int, str, int], None], room: int) -> Iterator[Found]:
    """Articles and failures of everything given, in order. `tell(number, name, articles)` is called before each thing
    and article. After `room` articles or `MOST_CHARS` of text the rest is told as not read."""
    articles = chars = 0
    waiting = list(given)
    for number, one in enumerate(waiting):
        tell(number, one.name, articles)
        for found in _guarded(one):
            if not isinstance(found, Article):
                yield found
                continue
            if articles >= room or chars + len(found.text) > MOST_CHARS:
                for left in waiting[number:]:
                    yield Failure(left.name, t("add.no_room", most=MOST_ARTICLES))
                return
            articles, chars = articles + 1, chars + len(found.text)
            tell(number, one.name, articles)
            yield found


def _guarded(given: Given) -> Iterator[Found]:
    try:
        yield from given.read()
    except (UnreadableError, UnreadableInputError) as error:
        yield Failure(given.name, str(error))
    except OSError as error:
        yield Failure(given.name, t("add.unreadable", reason=error.strerror or error))


def _link_reader(url: str) -> Callable[[], Iterator[Found]]:
    return lambda: read_paths([url], options=_OPTIONS, fetch=FetchPolicy())


def given_table(table: Unrecognised, columns: Mapping[str, str]) -> Given:
    """A table with the columns that a person chose for its fields ("text", "title", ...)."""
    chosen = {f"{field}_column": name for field, name in columns.items()}
    return Given(table.name, _file_reader(table.name, table.data, replace(_OPTIONS, **chosen)))


def _file_reader(name: str, data: bytes, options: ReadOptions = _OPTIONS) -> Callable[[], Iterator[Found]]:
    def read() -> Iterator[Found]:
        kind = kind_of(name, data)
        if kind in _OBJECTS and options.text_column is None and not _has_text(name, data):
            yield Unrecognised(name, data, table_head(io.BytesIO(data), item=f"table{kind}"))
            return
        try:
            yield from _read(kind)
        except NoTextColumnError:
            yield Unrecognised(name, data, table_head(io.BytesIO(data), item=f"table{kind}"))

    def _read(kind: str) -> Iterator[Found]:
        if not kind:
            yield unknown_kind(name)
        elif kind == ARCHIVE_SUFFIX:
            _refuse_bomb(data)
            yield from read_archive(io.BytesIO(data), item=name, options=options)
        else:
            yield from READERS[kind](io.BytesIO(data), item=name, options=options)

    return read


def _has_text(name: str, data: bytes) -> bool:
    """Whether the objects of JSON lines have a key for the text; True where that cannot be told, so that the reader
    says what is wrong."""
    try:
        head = table_head(io.BytesIO(data), item=name if suffix_of(name) in _OBJECTS else "table.jsonl")
    except UnreadableError:
        return True
    return not any(head.columns) or bool(columns_for(list(head.columns), _OPTIONS)["text"])


def kind_of(name: str, data: bytes) -> str:
    """The suffix whose reader the content asks for; of text, the name's own suffix decides between the kinds of text.
    Empty when the content is neither known nor text."""
    suffix, start = suffix_of(name), data[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")
    if b"%PDF-" in data[:1024]:
        return ".pdf"
    if data.startswith(b"PAR1"):
        return ".parquet"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed_kind(suffix, data)
    if _PAGE.match(start):
        return ".html"
    if _FEED.match(start):
        return ".xml"
    if suffix in SUFFIXES - _BINARY:
        return suffix
    if _is_text(data, name):
        return ".txt"
    return suffix if suffix in _BINARY else ""


def _is_text(data: bytes, name: str) -> bool:
    try:
        return not data.startswith(b"{\\rtf") and bool(decode(data, name).strip())
    except UnreadableError:
        return False


def _members(data: bytes) -> list[zipfile.ZipInfo]:
    """What an archive says it holds; nothing of a damaged one, which its reader tells with its name."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return []


def _packed_kind(suffix: str, data: bytes) -> str:
    """A ZIP archive may be a document or a workbook, whatever it is called."""
    names = {member.filename for member in _members(data)}
    if not names:
        return suffix if suffix in _BINARY else ARCHIVE_SUFFIX
    if "word/document.xml" in names:
        return ".docx"
    return ".xlsx" if "xl/workbook.xml" in names else ARCHIVE_SUFFIX


def _refuse_bomb(data: bytes) -> None:
    """Raises `UnreadableError` when the archive states more unpacked bytes than are read here; `zipfile` gives none
    beyond those stated."""
    unpacked = sum(member.file_size for member in _members(data))
    if unpacked > MOST_UNPACKED_MB * MB:
        raise UnreadableError(t("add.unpacks_to_much", most=MOST_UNPACKED_MB))
