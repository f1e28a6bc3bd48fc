"""A small sketch of an article's wording, by which copies and rewrites of one story are found.

The sketch keeps the smallest hashes of the text's word 3-shingles (Broder's sketch for *containment*): all of a short
text, 128 of an ordinary article, a quarter of a long one. Two sketches are compared below the threshold of the coarser
one, where both hold every shingle, so that the share of a short text found in a long one is estimated without bias. A
MinHash of fixed length estimates resemblance instead, which a rewrite in a longer article hardly has.
"""

import zlib
from collections.abc import Sequence

import numpy as np

from extract.tokens import Tokens

FEWEST_KEPT, MOST_KEPT = 128, 1024
KEPT_BELOW = 1 << 30
"""Hashes are 32 bits: of a long text, a quarter of the shingles is kept."""

STORED = np.dtype("<u4")
"""How the numbers of a fingerprint are stored."""
_MULTIPLIERS = tuple(np.uint64(odd) for odd in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9))
_MIX = np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)
_MOST_REMEMBERED = 200_000


def fingerprint(tokens: Tokens, scraps: Sequence[tuple[int, int]] = ()) -> bytes:
    """The sketch of a text: the number of its distinct shingles, then the kept hashes in ascending order, all as
    little-endian 32-bit integers. Empty for a text of fewer than three words.

    `scraps` (spans of navigation) are left out: they are the site's words, not the story's.
    """
    keys = tokens.keys
    if scraps:
        kept = _outside(np.array(tokens.starts), scraps)
        keys = [key for key, stays in zip(keys, kept.tolist(), strict=True) if stays]
    if len(keys) < 3:
        return b""
    words = np.fromiter(map(_WORDS.__getitem__, keys), dtype=np.uint64, count=len(keys))
    first, second, third = _MULTIPLIERS
    mixed = words[:-2] * first + words[1:-1] * second + words[2:] * third
    mixed = (mixed ^ (mixed >> _HALF)) * _MIX
    shingles = np.unique((mixed >> _HALF).astype(np.uint32))
    below = int(np.searchsorted(shingles, KEPT_BELOW))
    kept = shingles[: min(max(below, FEWEST_KEPT), MOST_KEPT)]
    return np.concatenate(([len(shingles)], kept)).astype(STORED).tobytes()


def read_fingerprint(stored: bytes) -> tuple[int, np.ndarray]:
    """The number of distinct shingles and the kept hashes (ascending, uint32) of what `fingerprint` gave."""
    numbers = np.frombuffer(stored, dtype=STORED)
    return (int(numbers[0]), numbers[1:]) if len(numbers) else (0, numbers)


def kept_below(shingles: np.ndarray, kept: np.ndarray, largest: np.ndarray) -> np.ndarray:
    """The threshold of sketches (arrays of equal length): below it, a sketch holds every hash of its text.

    `shingles`: distinct shingles of the text; `kept`: how many of them the sketch holds; `largest`: the last it holds.
    """
    by_count = (kept == FEWEST_KEPT) | (kept == MOST_KEPT)
    sampled = np.where(by_count, largest.astype(np.int64) + 1, KEPT_BELOW)
    return np.where(kept == shingles, 1 << 32, sampled)


def _outside(starts: np.ndarray, scraps: Sequence[tuple[int, int]]) -> np.ndarray:
    outside = np.ones(len(starts), dtype=bool)
    for first, last in scraps:
        outside[np.searchsorted(starts, first) : np.searchsorted(starts, last)] = False
    return outside


class _WordHashes(dict):
    """Folded word -> 32-bit hash, the same in every process; remembers them."""

    def __missing__(self, word: str) -> int:
        if len(self) > _MOST_REMEMBERED:
            self.clear()
        self[word] = number = zlib.crc32(word.encode("utf-8", "surrogatepass"))
        return number


_WORDS = _WordHashes()
