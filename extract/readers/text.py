"""Plain text and Markdown: one file is one article, with or without front matter."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from extract.dates.stated import is_date_line
from extract.errors import UnreadableError
from extract.readers.base import ReadOptions, file_name, file_stem, make_article, read_bounded
from extract.readers.decoding import decode
from extract.readers.fields import columns_for
from extract.scraps import is_scrap
from extract.types import Article

_FIELDS = ("title", "source", "date", "url", "language", "retrieved")
_LONGEST_TITLE = 200
_MOST_FRONT_LINES = 60
_FENCE = re.compile(r"---[ \t]*(?:\r\n|\r|\n|\Z)")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_FIELD = re.compile(r"(?P<key>[^\W\d_][\w-]*)[ \t]*:(?:[ \t]+(?P<value>.*))?")


def read_text_file(file: BinaryIO, *, item: str, options: ReadOptions) -> Iterator[Article]:
    """The one article in a file. Raises `UnreadableError` naming `item` when it holds none."""
    advice = "split it into one file an article, or give many articles as .jsonl"
    data = read_bounded(file, item, most_bytes=options.max_bytes, advice=advice)
    yield text_article(decode(data, item), id=file_name(item), item=item, options=options)


def text_article(content: str, *, id: str, item: str, options: ReadOptions) -> Article:
    """The article in a file's whole content. Raises `UnreadableError` when there is no text in it."""
    fields, text = split_front_matter(content)
    if not text.strip():
        what = "has front matter but no text" if fields else "is empty"
        raise UnreadableError(f"{item} {what}; give it the text of an article or leave it out")
    if not fields.get("title"):
        fields = {**fields, "title": find_title(text)}
    return make_article(id=id, text=text, fields=fields, options=options, origin=item, name=file_stem(id))


def split_front_matter(content: str) -> tuple[dict[str, str], str]:
    """The fields between a pair of `---` lines that open the content, and the text after them without its leading line
    breaks. Content without such a block, or with a malformed one, is all text and comes back as it is.

    A block is well formed when it closes, every line is `key: value` (or a comment, blank, or an indented or listed
    continuation, which is not read), and at least one key is known.
    """
    opening = _FENCE.match(content)
    if opening is None:
        return {}, content
    fields: dict[str, str] = {}
    position = opening.end()
    for _ in range(_MOST_FRONT_LINES):
        if position >= len(content):
            break
        closing = _FENCE.match(content, position)
        if closing:
            known = _known(fields)
            return (known, content[closing.end() :].lstrip("\r\n")) if known else ({}, content)
        line = _LINE.match(content, position)
        assert line is not None
        position = line.end()
        stripped = line.group().strip()
        if not stripped or stripped[0] == "#" or line.group()[0] in " \t" or stripped.startswith("- "):
            continue
        parts = _FIELD.fullmatch(stripped)
        if parts is None:
            break
        fields.setdefault(parts["key"].lower(), _unquoted((parts["value"] or "").strip()))
    return {}, content


def _known(fields: dict[str, str]) -> dict[str, str]:
    """The fields by their usual names, under the names of `_FIELDS`: `published: ...` is a date."""
    columns = columns_for(list(fields), ReadOptions())
    found = {name: next((fields[key] for key in columns[name] if fields[key]), None) for name in _FIELDS}
    return {name: value for name, value in found.items() if value is not None}


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def find_title(text: str) -> str:
    """The first line that says something (not a scrap of navigation, not a date), when it is short and text follows;
    else empty. The line stays in the text."""
    for match in re.finditer(r"[^\r\n]+", text):
        line = match.group().strip()
        if not line or is_scrap(line) or is_date_line(line):
            continue
        line = re.sub(r"^#{1,6}\s+|\s+#+$", "", line)
        return line if len(line) <= _LONGEST_TITLE and text[match.end() :].strip() else ""
    return ""
