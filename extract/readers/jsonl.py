"""JSON lines: one object a line is one article. Read as a stream; memory does not grow with the file."""

import io
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from extract.errors import UnreadableError
from extract.readers.base import Failure, ReadOptions, as_words, is_missing, make_article
from extract.readers.decoding import decode, wide_encoding
from extract.readers.fields import columns_for, listed
from extract.types import Article

_SAMPLE = 65_536
_ESCAPED_SIZE = 6  # the most bytes that JSON's \uXXXX takes for a letter of one byte


def read_json_lines(file: BinaryIO, *, item: str, options: ReadOptions) -> Iterator[Article | Failure]:
    """Articles in the order of their lines; a line that is none gives a `Failure` naming `item` and the line.

    `id` is the object's own, else `<file name>:<line number>`; `text` is kept exactly as given. Raises
    `UnreadableError` when the whole input is binary or a JSON array.
    """
    read = 0
    for number, line in _lines(file, item, options.max_bytes * _ESCAPED_SIZE):
        if isinstance(line, Failure):
            yield line
            read += 1
        elif line.strip():
            read += 1
            yield _article(line, number, item, options)
    if not read:
        raise UnreadableError(f"{item} is empty; give it one JSON object a line, each with a text")


def _lines(file: BinaryIO, item: str, most_bytes: int) -> Iterator[tuple[int, str | Failure]]:
    """Numbered lines as text, each decoded on its own so that one broken line spoils no other."""
    stream = file if isinstance(file, io.BufferedReader) else io.BufferedReader(file)  # type: ignore[arg-type]
    sample = stream.peek(_SAMPLE)[:_SAMPLE]
    wide = wide_encoding(sample, item)
    if sample.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        raise UnreadableError(f"{item} is a JSON array, not one object a line; convert it with `jq -c '.[]'`")
    number = 0
    if wide:
        for line in io.TextIOWrapper(stream, encoding=wide, errors="replace", newline="\n"):
            number += 1
            yield number, line.removeprefix("\ufeff")
        return
    while raw := stream.readline(most_bytes + 1):
        number += 1
        if len(raw) > most_bytes:
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(most_bytes)
            yield (
                number,
                Failure(f"{item}:{number}", f"the line is longer than {most_bytes / 1e6:g} MB; split the article"),
            )
            continue
        try:
            yield number, decode(raw, f"line {number}")
        except UnreadableError as error:
            yield number, Failure(f"{item}:{number}", str(error))


def _article(line: str, number: int, item: str, options: ReadOptions) -> Article | Failure:
    origin = f"{item}:{number}"
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        what = f"{error.msg} at column {error.colno}" if isinstance(error, json.JSONDecodeError) else "cannot be read"
        return Failure(origin, f"not a line of JSON ({what}); correct the line")
    if not isinstance(found, dict):
        return Failure(origin, "the line is not a JSON object; give one object with a text a line")
    try:
        fields = _fields(found, options)
    except UnreadableError as error:
        return Failure(origin, str(error))
    text = fields["text"]
    if not isinstance(text, str):
        what = f"its text is {_json_type(text)}, not a string" if text is not None else "it has no text"
        return Failure(origin, f'{what}: found {listed(list(found))}; put the article under "text"')
    if not text.strip():
        return Failure(origin, "its text is empty; give it the text of an article or leave the line out")
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > options.max_bytes:
        return Failure(
            origin, f"its text is {size / 1e6:.1f} MB, the limit is {options.max_bytes / 1e6:g} MB; split it"
        )
    name = item.replace("\\", "/").rsplit("/", 1)[-1]
    own_id = fields["id"]
    article_id = str(own_id) if isinstance(own_id, str | int) and not is_missing(own_id) else f"{name}:{number}"
    return make_article(id=article_id, text=text, fields=fields, options=options, origin=origin)


def _fields(found: dict[str, Any], options: ReadOptions) -> dict[str, Any]:
    """Each field's first value that states something; for the text a present but unusable one, so it can be told."""
    columns = columns_for(list(found), options)
    fields = {
        name: next((found[key] for key in keys if not is_missing(found[key])), None) for name, keys in columns.items()
    }
    if fields["text"] is None:
        fields["text"] = next((found[key] for key in columns["text"] if isinstance(found[key], str | bool)), None)
    strings = [found[key] for key in columns["text"] if isinstance(found[key], str) and found[key].strip()]
    if strings:
        fields["text"] = strings[0]
    fields["source"] = as_words(fields["source"]) or None
    return fields


def _json_type(value: Any) -> str:
    return {bool: "a boolean", int: "a number", float: "a number", list: "a list", dict: "an object"}.get(
        type(value), "no string"
    )
