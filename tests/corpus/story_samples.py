"""Articles for the tests of stories: texts put together from numbered blocks of words no two of which are alike."""

import dataclasses
from datetime import date as Date

import pyarrow as pa

from extract.fingerprint import fingerprint
from extract.tokens import Tokens
from tests.corpus.corpus_samples import plain

LETTERS = "abcdefghijklmnopqrstuvwxyz"
DAY = Date(2023, 1, 20)


def block(number, words=60):
    """Words that only this block has."""
    first = number * words
    return " ".join(
        LETTERS[n // 676 % 26] + LETTERS[n // 26 % 26] + LETTERS[n % 26] + "o" for n in range(first, first + words)
    )


def text_of(*blocks):
    return ". ".join(block(number) for number in blocks)


def sketch_of(*blocks):
    return fingerprint(Tokens(text_of(*blocks)))


def article(name, *blocks, day=DAY, source="", chars=None):
    """A row to group: `name` is its id."""
    text = text_of(*blocks)
    return {
        "article_id": name,
        "fingerprint": sketch_of(*blocks),
        "date": day,
        "source": source,
        "chars": len(text) if chars is None else chars,
    }


SCHEMA = pa.schema(
    [
        ("article_id", pa.string()),
        ("fingerprint", pa.binary()),
        ("date", pa.date32()),
        ("source", pa.string()),
        ("chars", pa.int64()),
    ]
)


def table(articles):
    return pa.Table.from_pylist(list(articles), schema=SCHEMA)


def reports(*numbers_and_blocks):
    """Extractions of dated articles that mention Bakhmut and tell the blocks."""
    return [
        dataclasses.replace(
            plain(number, f"Shells fell on Bakhmut. {text_of(*blocks)}", date=DAY),
            fingerprint=fingerprint(Tokens(text_of(*blocks))),
        )
        for number, blocks in numbers_and_blocks
    ]
