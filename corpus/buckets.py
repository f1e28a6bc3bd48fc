"""One comparison of wordings with each other: which of them are alike.

Every kept hash is a bucket of those that hold it. Banding several hashes of a fixed-length MinHash together would miss
rewrites: the seed pair this was made for has a resemblance of 0.09, and no two of its hashes in a row are likely to
agree.

Hashes that most wordings hold make for most of the meetings and decide nothing, so some are left out without missing a
pair. Let every wording leave out its `k` commonest hashes, in one order for all: of `n` hashes that two wordings share,
at most the greater `k` are then left out by either. A pair shares `least` of the shorter of the two: who is looked for
as the longer leaves out a few, and the shorter so many that `meetings` of its `least` remain.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from corpus.wordings import Wordings, ranges
from extract.fingerprint import KEPT_BELOW, kept_below

LEAST_CONTAINED = 0.15
"""Share of the shorter text's shingles found in the longer. Unrelated war reports share up to 0.07, reports on one
subject up to 0.12, rewrites of one wire story from 0.2, copies from 0.6."""

LEAST_CONTAINED_SAME_SOURCE = 0.5
"""The same between reports of different days from one source, whose phrases recur: a daily digest is a new story."""

LEAST_CONTAINED_ONE_UNDATED = 0.3
"""The same between a report without a day and one with: it meets the reports of all years, among which boilerplate and
recurring phrases reach what only a rewrite reaches within days."""

LEAST_SHARED = 6
"""Kept hashes two wordings must share unless they are the same: fewer are a quotation or chance."""

WINDOW_DAYS = 3
"""Copies and rewrites appear within days; what is alike weeks apart is boilerplate."""

_BITS = np.uint64(32)
_LAST_DAY = (1 << 32) - 1
_LEFT_OUT, _MOST_MEETINGS = 3, 8
_ENTRIES_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True)
class Comparison:
    """Some `wordings`, all distinct and in the order of their days, and three roles of each (bool): those `probing`
    look for longer ones among those `probed`, and for shorter ones among those that are `shorter_too`. They meet within
    `WINDOW_DAYS`, or on `any_day`; `least` is the least share contained that any of the pairs needs."""

    wordings: Wordings
    probing: np.ndarray
    probed: np.ndarray
    shorter_too: np.ndarray
    least: float
    any_day: bool


def alike_in(asked: Comparison) -> np.ndarray:
    """Pairs (n, 2) of stamps, the smaller first."""
    buckets = _Buckets(asked)
    found = [np.empty((0, 2), np.int64)]
    for one, other in buckets.met(asked.probed, buckets.left_out, buckets.least - buckets.meetings, by_probing=True):
        found.append(buckets.alike(*_where(buckets.is_longer(one, other), one, other)))
    if asked.shorter_too.any():
        nothing = np.zeros_like(buckets.least)
        for one, other in buckets.met(asked.shorter_too, buckets.least - buckets.meetings, nothing, by_probing=False):
            found.append(buckets.alike(*_where(buckets.is_longer(other, one), other, one)))
    return np.sort(asked.wordings.stamps[np.concatenate(found)], axis=1)


class _Buckets:
    """Every kept hash of the wordings, which have numbers from 0 on and are in the order of their days."""

    def __init__(self, asked: Comparison):
        wordings, self._any_day, self._probing = asked.wordings, asked.any_day, asked.probing
        self.days, self.sources = wordings.days, wordings.sources
        is_count = np.zeros(len(wordings.numbers), dtype=bool)
        is_count[wordings.starts] = True
        self.shingles = wordings.numbers[is_count].astype(np.int64)
        self.hashes = wordings.numbers[~is_count]
        self.kept = wordings.lengths - 1
        self.starts = np.concatenate(([0], np.cumsum(self.kept)))
        self.below = kept_below(self.shingles, self.kept, self.hashes[self.starts[1:] - 1])
        self._owners = np.repeat(np.arange(len(wordings)), self.kept)
        self.by_wording = (self._owners << 33) + self.hashes.astype(np.int64)
        # entries by hash, those of one by day, as their wordings are; whole numbers are sorted many times as fast as
        # their places are found
        places = np.arange(len(self.hashes), dtype=np.uint64)
        self._by_hash = np.sort(self.hashes.astype(np.uint64) << _BITS | places).astype(np.uint32).astype(np.int64)
        holders = self._holders()
        # what one wording alone holds is never looked for
        self._rank = np.where(holders > 1, self._commonest_first(holders), -1)
        # below the threshold of any pair but of very long texts, which count as the shorter of every pair
        sure = np.add.reduceat(self.hashes < KEPT_BELOW, self.starts[:-1], dtype=np.int64)
        self.length = np.where(self.below < KEPT_BELOW, 0, sure)
        self.least = np.maximum(np.ceil(asked.least * self.length - 1e-9).astype(np.int64), LEAST_SHARED)
        self.least[self.kept < LEAST_SHARED] = 1  # the same few words and no others
        self.left_out = np.minimum(self.least - 1, _LEFT_OUT)
        self.meetings = np.clip(self.least // 2, self.least - self.left_out, _MOST_MEETINGS)

    def _holders(self) -> np.ndarray:
        """How many wordings hold each hash."""
        firsts = np.flatnonzero(np.diff(self.hashes[self._by_hash].astype(np.int64), prepend=-1))
        counts = np.diff(np.append(firsts, len(self._by_hash)))
        holders = np.empty(len(self._by_hash), dtype=np.int64)
        holders[self._by_hash] = np.repeat(counts, counts)
        return holders

    def _commonest_first(self, holders: np.ndarray) -> np.ndarray:
        """The place of each hash among those of its wording, the one that most wordings hold first."""
        firsts = self.starts[self._owners]
        place = np.arange(len(self._owners)) - firsts
        wanted = np.sort((self._owners << 38) | ((1 << 26) - holders << 11) | place) & ((1 << 11) - 1)
        rank = np.empty(len(self._owners), dtype=np.int32)
        rank[firsts + wanted] = place
        return rank

    def met(
        self, others: np.ndarray, left_out: np.ndarray, probing_left_out: np.ndarray, *, by_probing: bool
    ) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Who of those probing met whom of the `others` (bool) often enough: as often as the one that probed, or else
        the other, needs. Each leaves out that many of its commonest hashes."""
        keys, owners = self._keys(self._used(others, left_out))
        entries = self._used(self._probing, probing_left_out)
        low, high = (np.searchsorted(keys, wanted, side) for wanted, side in self._windows(entries))
        lows, counts = (np.zeros(len(self._owners), dtype=np.int64) for _ in range(2))
        lows[entries], counts[entries] = low, high - low
        looked = np.flatnonzero(counts)
        for some in _in_pieces(self._owners[looked], counts[looked]):
            some = looked[some]
            codes = np.repeat(self._owners[some] * len(self.kept), counts[some])
            codes, met = np.unique(codes + owners[ranges(lows[some], counts[some])], return_counts=True)
            often = met >= self.meetings.min()
            one, other = np.divmod(codes[often], len(self.kept))
            yield _where(met[often] >= self.meetings[one if by_probing else other], one, other)

    def _used(self, which: np.ndarray, left_out: np.ndarray) -> np.ndarray:
        """Entries of some wordings by hash and day, but those that each leaves out and what one wording alone holds."""
        used = which[self._owners] & (self._rank >= left_out[self._owners]) & (self._rank >= 0)
        return self._by_hash[used[self._by_hash]]

    def _keys(self, entries: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Hash and day of the entries as one number, ascending; and their owners."""
        owners = self._owners[entries]
        return self._hash_keys(entries) | self.days[owners].astype(np.uint64), owners

    def _hash_keys(self, entries: np.ndarray) -> np.ndarray:
        return self.hashes[entries].astype(np.uint64) << _BITS

    def _windows(self, entries: np.ndarray) -> tuple[tuple[np.ndarray, Literal["left", "right"]], ...]:
        """The least and the greatest key that each entry meets, ascending."""
        keys, days = self._hash_keys(entries), self.days[self._owners[entries]]
        first, last = (0, _LAST_DAY) if self._any_day else (np.maximum(days - WINDOW_DAYS, 0), days + WINDOW_DAYS)
        return (keys | np.asarray(first, np.uint64), "left"), (keys | np.asarray(last, np.uint64), "right")

    def is_longer(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        """Whether the other is the longer; of two alike in length, the later number."""
        return (self.length[other] > self.length[one]) | ((self.length[other] == self.length[one]) & (other > one))

    def alike(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        """The pairs (n, 2) whose shorter wording is contained enough in the longer."""
        shared = self._in_common(one, other)
        same = (shared == self.shingles[one]) & (shared == self.shingles[other])
        below = np.minimum(self.below[one], self.below[other])
        shorter = np.minimum(self._held(one, below), self._held(other, below))
        alike = ((shared >= LEAST_SHARED) | same) & (shared >= self._least_contained(one, other) * shorter)
        return np.stack([one[alike], other[alike]], axis=1)

    def _least_contained(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        dated = self.days > 0
        one_source = (self.sources[one] == self.sources[other]) & (self.sources[one] > 0)
        other_day = (self.days[one] != self.days[other]) & dated[one] & dated[other]
        least = np.where(dated[one] == dated[other], LEAST_CONTAINED, LEAST_CONTAINED_ONE_UNDATED)
        return np.where(one_source & other_day, LEAST_CONTAINED_SAME_SOURCE, least)

    def _in_common(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        """How many hashes the wordings of each pair share."""
        both = np.concatenate([self._of_pairs(one), self._of_pairs(other)])
        both.sort()
        return np.bincount(both[1:][both[1:] == both[:-1]] >> 32, minlength=len(one))

    def _of_pairs(self, wordings: np.ndarray) -> np.ndarray:
        """The hashes of the wordings, each with the number of its pair."""
        pairs = np.repeat(np.arange(len(wordings)), self.kept[wordings])
        return pairs << 32 | self.hashes[ranges(self.starts[wordings], self.kept[wordings])]

    def _held(self, wording: np.ndarray, below: np.ndarray) -> np.ndarray:
        """How many hashes below the threshold each wording's sketch holds."""
        return np.searchsorted(self.by_wording, (wording << 33) + below) - self.starts[wording]


def _where(wanted: np.ndarray, one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return one[wanted], other[wanted]


def _in_pieces(wordings: np.ndarray, counts: np.ndarray) -> Iterator[slice]:
    """Pieces of slices that hold `counts` entries, of bounded size, all those of a wording in one."""
    bounds = np.append(np.flatnonzero(np.diff(wordings, prepend=-1)), len(wordings))
    entries = np.concatenate(([0], np.cumsum(counts)))[bounds]
    at = 0
    while at < len(bounds) - 1:
        end = max(int(np.searchsorted(entries, entries[at] + _ENTRIES_AT_ONCE, side="right")) - 1, at + 1)
        yield slice(bounds[at], bounds[end])
        at = end
