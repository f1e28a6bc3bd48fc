"""Which wordings are alike enough to tell one story: links between articles' fingerprints.

A link is a property of the two wordings, their days and sources alone. Whatever order articles come in, the links
are therefore the same, and those found once stay valid: only what is new is compared.

Every kept hash is a bucket. Banding several hashes of a fixed-length MinHash together would miss rewrites: the seed
pair this was made for has a resemblance of 0.09, and no two of its hashes in a row are likely to agree.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from extract.fingerprint import kept_below, read_fingerprint

LEAST_CONTAINED = 0.15
"""Share of the shorter text's shingles found in the longer. Unrelated war reports share up to 0.07, reports on one
subject up to 0.12, rewrites of one wire story from 0.2, copies from 0.6."""

LEAST_CONTAINED_SAME_SOURCE = 0.5
"""The same between reports of different days from one source, whose phrases recur: a daily digest is a new story."""

LEAST_SHARED = 6
"""Kept hashes two wordings must share unless they are the same: fewer are a quotation or chance."""

WINDOW_DAYS = 3
"""Copies and rewrites appear within days; what is alike weeks apart is boilerplate."""

_DAY_BITS = np.uint64(32)
_LAST_DAY = (1 << 32) - 1
_PROBED_AT_ONCE = 2_000
_ENTRIES_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True)
class Wording:
    """What links are found by: a fingerprint, the day (ordinal; 0 when undated) and the source (may be empty)."""

    fingerprint: bytes
    day: int
    source: str

    @property
    def stamp(self) -> int:
        """A 64-bit number that stands for this wording in every process."""
        key = self.day.to_bytes(4, "little") + self.fingerprint + self.source.encode("utf-8", "surrogatepass")
        length = len(self.fingerprint).to_bytes(4, "little")
        return int.from_bytes(hashlib.blake2b(length + key, digest_size=8).digest(), "little")


@dataclass(frozen=True, slots=True)
class Links:
    """`compared`: stamps of the wordings that have been compared with each other, ascending (uint64). `pairs`: the
    linked ones, an array of shape (n, 2), the smaller stamp first, sorted."""

    compared: np.ndarray
    pairs: np.ndarray

    @classmethod
    def none(cls) -> "Links":
        """Nothing compared yet."""
        return cls(np.empty(0, np.uint64), np.empty((0, 2), np.uint64))

    def among(self, stamps: np.ndarray) -> "Links":
        """What of these links concerns the wordings of `stamps` (ascending, distinct)."""
        return Links(self.compared[_is_in(self.compared, stamps)], self.pairs[_is_in(self.pairs, stamps).all(axis=1)])


def extend_links(known: Links, wordings: Sequence[Wording]) -> Links:
    """The links among `wordings`: the known ones, and those of what has not been compared yet with everything."""
    by_stamp = {wording.stamp: wording for wording in wordings}
    stamps = np.array(sorted(by_stamp), dtype=np.uint64)
    known = known.among(stamps)
    fresh = np.flatnonzero(~_is_in(stamps, known.compared))
    if not len(fresh):
        return known
    found = _Buckets([by_stamp[stamp] for stamp in stamps.tolist()]).linked(fresh)
    pairs = np.unique(np.concatenate([known.pairs, stamps[found]]), axis=0)
    return Links(stamps, pairs)


def _is_in(values: np.ndarray, ascending: np.ndarray) -> np.ndarray:
    if not len(ascending):
        return np.zeros(values.shape, dtype=bool)
    places = np.minimum(np.searchsorted(ascending, values), len(ascending) - 1)
    return ascending[places] == values


class _Buckets:
    """Every kept hash with the wordings (by number) that hold it, by day within each hash."""

    def __init__(self, wordings: Sequence[Wording]):
        sketches = [read_fingerprint(wording.fingerprint) for wording in wordings]
        self.kept = np.array([len(hashes) for _, hashes in sketches], dtype=np.int64)
        self.starts = np.concatenate(([0], np.cumsum(self.kept)))
        self.hashes = np.concatenate([hashes for _, hashes in sketches])
        self.shingles = np.array([number for number, _ in sketches], dtype=np.int64)
        largest = np.array([hashes[-1] if len(hashes) else 0 for _, hashes in sketches], dtype=np.int64)
        self.below = kept_below(self.shingles, self.kept, largest)
        self.days = np.array([wording.day for wording in wordings], dtype=np.int64)
        numbers = {source: number for number, source in enumerate(sorted({w.source for w in wordings} - {""}), 1)}
        self.sources = np.array([numbers.get(wording.source, 0) for wording in wordings], dtype=np.int64)
        owners = np.repeat(np.arange(len(wordings), dtype=np.int32), self.kept)
        self.by_wording = (owners.astype(np.int64) << 33) + self.hashes.astype(np.int64)
        keys = (self.hashes.astype(np.uint64) << _DAY_BITS) | self.days[owners].astype(np.uint64)
        order = np.argsort(keys, kind="stable")
        self.keys, self.owners = keys[order], owners[order]

    def linked(self, fresh: np.ndarray) -> np.ndarray:
        """Pairs (n, 2) of numbers, the smaller first, in which at least one is of `fresh` (ascending)."""
        is_fresh = np.zeros(len(self.kept), dtype=bool)
        is_fresh[fresh] = True
        found = [np.empty((0, 2), np.int64)]
        for first in range(0, len(fresh), _PROBED_AT_ONCE):
            for buckets in _in_pieces(self._meeting(fresh[first : first + _PROBED_AT_ONCE])):
                found.append(self._alike(*self._shared(*buckets, is_fresh)))
        return np.unique(np.sort(np.concatenate(found), axis=1), axis=0)

    def _meeting(self, probed: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Slices of the buckets to look into, as (wording, first entry, number of entries), by wording.

        A dated wording meets those of its window and the undated ones; an undated one meets all.
        """
        wording = np.repeat(probed, self.kept[probed])
        buckets = self.hashes[_ranges(self.starts[probed], self.kept[probed])].astype(np.uint64) << _DAY_BITS
        days = self.days[wording]
        dated = np.flatnonzero(days > 0)
        firsts = np.where(days > 0, np.maximum(days - WINDOW_DAYS, 1), 0)
        lasts = np.where(days > 0, days + WINDOW_DAYS, _LAST_DAY)
        low = self._find(buckets, firsts, "left")
        high = self._find(buckets, lasts, "right")
        undated = np.zeros(len(dated), dtype=np.int64)
        undated_low = self._find(buckets[dated], undated, "left")
        undated_high = self._find(buckets[dated], undated, "right")
        wordings = np.concatenate([wording, wording[dated]])
        lows = np.concatenate([low, undated_low])
        counts = np.concatenate([high - low, undated_high - undated_low])
        order = np.argsort(wordings, kind="stable")
        return wordings[order], lows[order], counts[order]

    def _find(self, buckets: np.ndarray, days: np.ndarray, side: Literal["left", "right"]) -> np.ndarray:
        wanted = buckets | days.astype(np.uint64)
        # in ascending order neighbouring searches touch the same memory, which makes them many times as fast
        order = np.argsort(wanted)
        places = np.empty(len(wanted), dtype=np.int64)
        places[order] = np.searchsorted(self.keys, wanted[order], side=side)
        return places

    def _shared(
        self, wordings: np.ndarray, lows: np.ndarray, counts: np.ndarray, is_fresh: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Pairs that share enough hashes to be looked at: the one, the other, how many they share."""
        one = np.repeat(wordings, counts)
        other = self.owners[_ranges(lows, counts)].astype(np.int64)
        # two fresh ones meet twice
        once = (other > one) | ((other != one) & ~is_fresh[other])
        codes, shared = np.unique(one[once] * len(self.kept) + other[once], return_counts=True)
        one, other = np.divmod(codes, len(self.kept))
        same = (shared == self.shingles[one]) & (shared == self.shingles[other])
        enough = (shared >= LEAST_SHARED) | same
        return one[enough], other[enough], shared[enough]

    def _alike(self, one: np.ndarray, other: np.ndarray, shared: np.ndarray) -> np.ndarray:
        """The pairs (n, 2) whose shorter wording is contained enough in the longer."""
        below = np.minimum(self.below[one], self.below[other])
        shorter = np.minimum(self._held(one, below), self._held(other, below))
        one_source = (self.sources[one] == self.sources[other]) & (self.sources[one] > 0)
        other_day = (self.days[one] != self.days[other]) & (self.days[one] > 0) & (self.days[other] > 0)
        least = np.where(one_source & other_day, LEAST_CONTAINED_SAME_SOURCE, LEAST_CONTAINED)
        alike = shared >= least * shorter
        return np.stack([one[alike], other[alike]], axis=1)

    def _held(self, wording: np.ndarray, below: np.ndarray) -> np.ndarray:
        """How many hashes below the threshold each wording's sketch holds."""
        return np.searchsorted(self.by_wording, (wording << 33) + below) - self.starts[wording]


def _ranges(starts: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """start, start + 1, ... (count of them) for each, one after the other."""
    before = np.cumsum(counts) - counts
    return np.repeat(starts - before, counts) + np.arange(counts.sum())


def _in_pieces(
    meeting: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """The same slices in pieces of bounded memory, all those of a wording in one piece."""
    wordings, _, counts = meeting
    bounds = np.append(np.flatnonzero(np.diff(wordings, prepend=-1)), len(wordings))
    entries = np.concatenate(([0], np.cumsum(counts)))[bounds]
    at = 0
    while at < len(bounds) - 1:
        end = max(int(np.searchsorted(entries, entries[at] + _ENTRIES_AT_ONCE, side="right")) - 1, at + 1)
        yield tuple(part[bounds[at] : bounds[end]] for part in meeting)
        at = end
