"""Words and sentences of synthetic articles, read from `wording/*.txt` into arrays that whole blocks are drawn from.

A sentence is a row of *classes*; a class is a pool of *pieces* (strings with the space before them), drawn with the
frequencies of natural language: the second word half as often as the first, and so on.
"""

import functools
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from extract.tokens import Tokens

FOLDER = Path(__file__).parent / "wording"
LANGUAGES = ("en", "uk", "ru")
POOL = 4096
"""Entries of a class's pool: a uniform draw from it is a Zipf draw from its words."""

PLACE, NEAR, ACTOR, BREAK = -1, -2, -3, -4
"""Classes that are filled by the article, not from a pool: three kinds of place names, and what opens a sentence."""

_PLACES = {"$P": PLACE, "$Q": NEAR, "$C": ACTOR}
_WORD_EXPONENT = 0.6
_OPEN = {f"${name}" for name in "A N NS VT S V O G".split()}
_RARE = POOL // 4
_CLOSING, _OPENING = {",", ".", "”", "»", ":"}, {"“", "«"}


@dataclass(frozen=True, slots=True)
class Wording:
    """`pieces`: every string; `pools`: (classes, POOL) numbers of pieces; `classes`: those of all sentences, one after
    the other; `starts`, `lengths`: each sentence's part of it; `sentences`: first sentence and their number, by
    language."""

    pieces: tuple[str, ...]
    pools: np.ndarray
    classes: np.ndarray
    starts: np.ndarray
    lengths: np.ndarray
    sentences: np.ndarray


class _Builder:
    """Numbers pieces and classes as sentences are read."""

    def __init__(self) -> None:
        self.pieces: dict[str, int] = {}
        self.classes: dict[tuple[str, ...], int] = {}
        self.pools: list[np.ndarray] = []

    def of(self, words: tuple[str, ...], *, spaced: bool, capital: bool, rare: Sequence[str] = ()) -> int:
        """The class of these words in this position; `rare` ones are each an entry of the pool."""
        shown = tuple((" " if spaced else "") + (w[:1].upper() + w[1:] if capital else w) for w in words)
        if shown not in self.classes:
            self.classes[shown] = len(self.pools)
            ids = np.array([self.pieces.setdefault(piece, len(self.pieces)) for piece in shown], dtype=np.int32)
            weights = np.arange(1, len(ids) + 1) ** -_WORD_EXPONENT
            edges = np.cumsum(weights) / weights.sum()
            pool = ids[np.searchsorted(edges, (np.arange(POOL) + 0.5) / POOL)]
            for place, word in zip(range(0, POOL, POOL // max(len(rare), 1)), rare, strict=False):
                pool[place] = self.pieces.setdefault(f" {word}", len(self.pieces))
            self.pools.append(pool)
        return self.classes[shown]


def read_wording() -> Wording:
    """The wording of all `LANGUAGES`."""
    builder, rows, sentences = _Builder(), [], []
    for language in LANGUAGES:
        words: dict[str, tuple[str, ...]] = {"$NUM": tuple(str(n) for n in range(2, 400))}
        first = len(rows)
        for line in (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines():
            if line.startswith("$"):
                name, _, listed = line.partition(":")
                words[name] = tuple(word.replace("-", " ") for word in listed.split())
            elif line.startswith("= "):
                rows.append(list(_sentence(line[2:].split(), words, builder)))
        sentences.append((first, len(rows) - first))
    lengths = np.array([len(row) for row in rows])
    return Wording(
        pieces=tuple(builder.pieces),
        pools=np.stack(builder.pools),
        classes=np.array([number for row in rows for number in row], dtype=np.int32),
        starts=np.cumsum(lengths) - lengths,
        lengths=lengths,
        sentences=np.array(sentences),
    )


def _sentence(tokens: list[str], words: dict[str, tuple[str, ...]], builder: _Builder) -> Iterator[int]:
    """Classes of one sentence: what opens it, its words, and a space of its own before each place name."""
    yield BREAK
    spaced, capital = False, True
    for token in " ".join(tokens).replace("$PERSON", "$GIVEN $SURNAME").split():
        if token in _PLACES:
            if spaced:
                yield builder.of(("",), spaced=True, capital=False)
            yield _PLACES[token]
        else:
            spaced = spaced and token not in _CLOSING
            rare = _rare_words(token, words["$A"][0]) if token in _OPEN and spaced and not capital else ()
            yield builder.of(words.get(token, (token,)), spaced=spaced, capital=capital, rare=rare)
        spaced = token not in _OPENING
        capital = capital and not spaced


@functools.cache
def _rare_words(name: str, alphabet_of: str) -> tuple[str, ...]:
    """Words that a language has by the thousand and a corpus a few times each, made up of its commonest letters."""
    rng = np.random.default_rng(zlib.crc32(name.encode() + alphabet_of.encode()))
    vowels, consonants = ("aeiou", "bdfgklmnprstv") if alphabet_of.isascii() else ("аеиоу", "бвгдклмнпрст")
    parts = [consonants, vowels] * 3
    return tuple("".join(rng.choice(list(letters)) for letters in parts) for _ in range(_RARE))


def word_hashes(pieces: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
    """What `extract.fingerprint` makes of the pieces' words: hashes of all, and how many each piece has."""
    keys = [Tokens(piece).keys for piece in pieces]
    hashes = [zlib.crc32(key.encode()) for found in keys for key in found]
    return np.array(hashes, dtype=np.uint64), np.array([len(found) for found in keys])
