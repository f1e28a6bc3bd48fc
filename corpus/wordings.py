"""What articles are compared by: their fingerprints, days and sources, many of them as columns."""

import hashlib
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from extract.fingerprint import STORED

COLUMNS = ("fingerprint", "date", "source")
"""The columns of a batch that make a wording."""

FIRST_ORDINAL = 719_163
"""date32 counts days from 1970-01-01, a wording's day counts as `date.toordinal`."""

_IN_MEMORY_BYTES = 64_000_000
_NUMBER_BYTES = STORED.itemsize


@dataclass(frozen=True, slots=True)
class Wordings:
    """Wordings as columns of one length: `stamps` (uint64) stand for a wording in every process; `days` are ordinals,
    0 for undated ones; `sources` stand for a name (uint64, 0 for none); a fingerprint (see `extract.fingerprint`) is
    the `lengths` numbers (uint32) from `starts` on in `numbers`, which several `Wordings` may share."""

    stamps: np.ndarray
    days: np.ndarray
    sources: np.ndarray
    starts: np.ndarray
    lengths: np.ndarray
    numbers: np.ndarray

    def __len__(self) -> int:
        return len(self.stamps)

    def take(self, which: np.ndarray) -> "Wordings":
        """Some of them, by number."""
        columns = (self.stamps, self.days, self.sources, self.starts, self.lengths)
        return Wordings(*(column[which] for column in columns), self.numbers)

    def packed(self) -> "Wordings":
        """The same with the numbers of these alone, one wording after the other."""
        starts = np.cumsum(self.lengths) - self.lengths
        numbers = np.asarray(self.numbers[ranges(self.starts, self.lengths)])
        return Wordings(self.stamps, self.days, self.sources, starts, self.lengths, numbers)


def wordings_of(articles: pa.Table) -> tuple[Wordings, np.ndarray]:
    """The wordings of articles (columns `COLUMNS`), and which of the articles (bool) have one: those without a
    fingerprint tell a story of their own."""
    dates = articles.column("date").cast(pa.int32()).fill_null(-FIRST_ORDINAL).to_numpy()
    days = dates.astype(np.int64) + FIRST_ORDINAL
    fingerprints = articles.column("fingerprint").to_pylist()
    names = articles.column("source").to_pylist()
    # a count and at least one hash; what is cut off is none
    has = [bool(one) and len(one) >= 2 * _NUMBER_BYTES and len(one) % _NUMBER_BYTES == 0 for one in fingerprints]
    which = np.array(has, dtype=bool)
    numbers = np.flatnonzero(which).tolist()
    kept = [fingerprints[number] for number in numbers]
    its_days = days[which]
    sources = [(names[number] or "").encode("utf-8", "surrogatepass") for number in numbers]
    stamps = map(_stamp, its_days.tolist(), kept, sources)
    codes = {source: _number_of(source) if source else 0 for source in set(sources)}
    lengths = np.array([len(one) // _NUMBER_BYTES for one in kept], dtype=np.int64)
    wordings = Wordings(
        stamps=np.fromiter(stamps, np.uint64, len(kept)),
        days=its_days,
        sources=np.fromiter(map(codes.__getitem__, sources), np.uint64, len(kept)),
        starts=np.cumsum(lengths) - lengths,
        lengths=lengths,
        numbers=np.frombuffer(b"".join(kept), dtype=STORED),
    )
    return wordings, which


def _stamp(day: int, fingerprint: bytes, source: bytes) -> int:
    return _number_of(len(fingerprint).to_bytes(4, "little") + day.to_bytes(4, "little") + fingerprint + source)


def _number_of(key: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(key, digest_size=8).digest(), "little")


def gathered(parts: Iterable[Wordings]) -> Wordings:
    """All of them as one. Fingerprints that take more than some tens of megabytes lie in a temporary file that has no
    name, and are mapped: memory is then a few dozen bytes a wording."""
    columns: list[tuple[np.ndarray, ...]] = [(np.empty(0, np.uint64), *_NO_DAYS, *_NO_PLACES)]
    spool = _Spool()
    for part in parts:
        part = part.packed()
        columns.append((part.stamps, part.days, part.sources, part.starts + spool.count, part.lengths))
        spool.add(part.numbers)
    return Wordings(*(np.concatenate(column) for column in zip(*columns, strict=True)), spool.numbers())


_NO_DAYS = np.empty(0, np.int64), np.empty(0, np.uint64)
_NO_PLACES = np.empty(0, np.int64), np.empty(0, np.int64)


class _Spool:
    """Numbers one after the other, in memory while they are few."""

    def __init__(self) -> None:
        self.count = 0
        self._held: list[np.ndarray] = []
        self._file = None

    def add(self, numbers: np.ndarray) -> None:
        self.count += len(numbers)
        self._held.append(numbers)
        if self.count * _NUMBER_BYTES > _IN_MEMORY_BYTES:
            # closed once it is mapped
            self._file = self._file or tempfile.TemporaryFile()  # noqa: SIM115
            for part in self._held:
                self._file.write(part.tobytes())
            self._held = []

    def numbers(self) -> np.ndarray:
        if self._file is None:
            return np.concatenate([np.empty(0, STORED), *self._held])
        with self._file:
            self._file.flush()
            return np.memmap(self._file, dtype=STORED, mode="r", shape=(self.count,))


def ranges(starts: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """start, start + 1, ... (count of them) for each, one after the other."""
    before = np.cumsum(counts) - counts
    return np.repeat(starts - before, counts) + np.arange(counts.sum())
