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

from extract.fingerprint import KEPT_BELOW, kept_below, read_fingerprint

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
_LEFT_OUT, _MOST_MEETINGS = 3, 8
_PROBED_AT_ONCE = 2_000
_ENTRIES_AT_ONCE = 4_000_000
_INDEXED_AT_ONCE = 30_000


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
    fresh = ~_is_in(stamps, known.compared)
    if not fresh.any():
        return known
    ordered = [by_stamp[stamp] for stamp in stamps.tolist()]
    found = [known.pairs]
    for members, compared in _by_days(np.array([wording.day for wording in ordered]), fresh):
        buckets = _Buckets([ordered[number] for number in members.tolist()])
        found.append(stamps[members[buckets.linked(np.flatnonzero(compared[members]), fresh[members])]])
    return Links(stamps, np.unique(np.concatenate(found), axis=0))


def _is_in(values: np.ndarray, ascending: np.ndarray) -> np.ndarray:
    if not len(ascending):
        return np.zeros(values.shape, dtype=bool)
    places = np.minimum(np.searchsorted(ascending, values), len(ascending) - 1)
    return ascending[places] == values


def _by_days(days: np.ndarray, fresh: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Wordings to be compared together, so that memory is bounded however many there are: the numbers (ascending) of
    those of some days, of the days around them and of no day; and which of all are to be compared with these."""
    undated = days == 0
    sorted_days = np.sort(days[~undated])
    first = 1
    while first <= _LAST_DAY:
        rest = sorted_days[np.searchsorted(sorted_days, first) :]
        # whole days only, however many wordings one has
        last = max(int(rest[_INDEXED_AT_ONCE]) - 1, first) if len(rest) > _INDEXED_AT_ONCE else _LAST_DAY
        compared = fresh & (undated | ((days >= first) & (days <= last)))
        if compared.any():
            around = (days >= first - WINDOW_DAYS) & (days <= last + WINDOW_DAYS)
            yield np.flatnonzero(undated | around), compared
        first = last + 1


class _Buckets:
    """Every kept hash with the wordings (by number) that hold it, by day within each hash.

    Hashes that most wordings hold make for most of the meetings and decide nothing, so some are left out without
    missing a pair. Let every wording leave out its `k` commonest hashes, in one order for all: of `n` hashes that two
    wordings share, at most `k` are then left out by either. A pair shares `least` of the shorter of the two: the index
    leaves out a few, and a wording that looks for longer ones so many that `meetings` of its `least` remain.
    """

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
        order = np.argsort(keys)
        holders = self._holders(order)
        # what one wording alone holds is never looked for
        self.rank = np.where(holders > 1, self._commonest_first(owners, holders), -1)
        # below the threshold of any pair but of very long texts, which count as the shorter of every pair
        sure = np.add.reduceat(np.append(self.hashes < KEPT_BELOW, False), self.starts[:-1]) * (self.kept > 0)
        self.length = np.where(self.below < KEPT_BELOW, 0, sure)
        self.least = np.maximum(np.ceil(LEAST_CONTAINED * self.length - 1e-9).astype(np.int64), LEAST_SHARED)
        self.least[self.kept < LEAST_SHARED] = 1  # the same few words and no others
        self.left_out = np.minimum(self.least - 1, _LEFT_OUT)
        self.meetings = np.clip(self.least // 2, self.least - self.left_out, _MOST_MEETINGS)
        order = order[(self.rank >= self.left_out[owners])[order] & (holders > 1)[order]]
        self.keys, self.owners = keys[order], owners[order]

    def _holders(self, order: np.ndarray) -> np.ndarray:
        """How many wordings hold each hash; `order` is that of the hashes."""
        firsts = np.flatnonzero(np.diff(self.hashes[order].astype(np.int64), prepend=-1))
        counts = np.diff(np.append(firsts, len(order)))
        holders = np.empty(len(order), dtype=np.int32)
        holders[order] = np.repeat(counts, counts)
        return holders

    def _commonest_first(self, owners: np.ndarray, holders: np.ndarray) -> np.ndarray:
        """The place of each hash among those of its wording, the one that most wordings hold first."""
        place = np.arange(len(owners)) - self.starts[owners]
        rarity = (np.int64(1 << 26) - holders) << 11
        wanted = np.argsort((owners.astype(np.int64) << 38) | rarity | place)
        rank = np.empty(len(owners), dtype=np.int32)
        rank[wanted] = place
        return rank

    def linked(self, probed: np.ndarray, is_fresh: np.ndarray) -> np.ndarray:
        """Pairs (n, 2) of numbers, the smaller first: of those in `probed` (ascending) with longer ones, and with
        shorter ones that are not fresh. A fresh one looks for longer ones itself, here or among the days around."""
        found = [np.empty((0, 2), np.int64)]
        for first in range(0, len(probed), _PROBED_AT_ONCE):
            some = probed[first : first + _PROBED_AT_ONCE]
            for buckets in _in_pieces(self._meeting(some, self.least - self.meetings)):
                found.append(self._alike(*self._shared(*self._longer(*buckets))))
            if not is_fresh.all():
                for buckets in _in_pieces(self._meeting(some, self.left_out)):
                    found.append(self._alike(*self._shared(*self._shorter(*buckets, is_fresh))))
        return np.unique(np.sort(np.concatenate(found), axis=1), axis=0)

    def _meeting(self, probed: np.ndarray, left_out: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Slices of the buckets to look into, as (wording, first entry, number of entries), by wording.

        A dated wording meets those of its window and the undated ones; an undated one meets all.
        """
        entries = _ranges(self.starts[probed], self.kept[probed])
        wording = np.repeat(probed, self.kept[probed])
        used = self.rank[entries] >= left_out[wording]
        wording = wording[used]
        buckets = self.hashes[entries[used]].astype(np.uint64) << _DAY_BITS
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

    def _met(self, wordings: np.ndarray, lows: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return np.repeat(wordings, counts), self.owners[_ranges(lows, counts)].astype(np.int64)

    def _is_longer(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        """Whether the other is the longer; of two alike in length, the later number."""
        return (self.length[other] > self.length[one]) | ((self.length[other] == self.length[one]) & (other > one))

    def _longer(
        self, wordings: np.ndarray, lows: np.ndarray, counts: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Meetings with longer ones, and for each wording how many of them a pair needs."""
        one, other = self._met(wordings, lows, counts)
        wanted = self._is_longer(one, other)
        return one[wanted], other[wanted], self.meetings

    def _shorter(
        self, wordings: np.ndarray, lows: np.ndarray, counts: np.ndarray, is_fresh: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Meetings with shorter ones that are not fresh, the shorter first, and how many of them a pair needs."""
        one, other = self._met(wordings, lows, counts)
        wanted = ~is_fresh[other] & self._is_longer(other, one)
        return other[wanted], one[wanted], self.least - _LEFT_OUT

    def _shared(
        self, one: np.ndarray, other: np.ndarray, needed: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Of the pairs that met, once a meeting, those that share enough hashes to be looked at, with how many;
        `needed` is how often each `one` must have met the other."""
        codes, met = np.unique(one * len(self.kept) + other, return_counts=True)
        one, other = np.divmod(codes, len(self.kept))
        often = met >= needed[one]
        one, other = one[often], other[often]
        shared = self._in_common(one, other)
        same = (shared == self.shingles[one]) & (shared == self.shingles[other])
        enough = (shared >= LEAST_SHARED) | same
        return one[enough], other[enough], shared[enough]

    def _in_common(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        """How many hashes the wordings of each pair share."""
        counts = self.kept[one]
        hashes = self.hashes[_ranges(self.starts[one], counts)].astype(np.int64)
        wanted = (np.repeat(other, counts) << 33) + hashes
        places = np.minimum(np.searchsorted(self.by_wording, wanted), len(self.by_wording) - 1)
        pairs = np.repeat(np.arange(len(one)), counts)
        return np.bincount(pairs[self.by_wording[places] == wanted], minlength=len(one))

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
