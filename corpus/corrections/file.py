"""Decisions at rest: `corrections.jsonl` in the corpus folder, only ever appended to, or a visitor's own in memory.

Both have the same methods, so that pages need not know which they hold.
"""

import hashlib
import io
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from corpus.corrections.decisions import (
    ACTIONS,
    OWN,
    PLACE_ACTIONS,
    SCOPES,
    DecidedPlace,
    Decision,
    Target,
    decide,
    own_place_id,
)
from corpus.corrections.lines import to_line
from corpus.corrections.locking import locked
from corpus.corrections.merging import Conflict, Merged, merge
from corpus.corrections.reader import FILE, Corrections, CorrectionsReader, LineProblem
from corpus.corrections.standing import State, standing
from corpus.errors import CorrectionsReadError, CorrectionsWriteError

__all__ = [
    "ACTIONS",
    "OWN",
    "PLACE_ACTIONS",
    "SCOPES",
    "Conflict",
    "Corrections",
    "CorrectionsFile",
    "CorrectionsStore",
    "DecidedPlace",
    "Decision",
    "HeldCorrections",
    "LineProblem",
    "Merged",
    "Restored",
    "State",
    "Target",
    "decide",
    "merge",
    "own_place_id",
    "read_corrections",
    "standing",
]

_NONE = Corrections()
_APPENDING = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of a file that was brought in: what was merged, and its lines that could not be read."""

    merged: Merged
    problems: tuple[LineProblem, ...]


class CorrectionsStore(Protocol):
    """Where decisions are kept: a `CorrectionsFile` or `HeldCorrections`."""

    @property
    def version(self) -> str: ...
    def read(self) -> Corrections: ...
    def append(self, decisions: Sequence[Decision]) -> None: ...
    def dump(self) -> bytes: ...
    def restore(self, data: bytes, *, later_wins: bool = False) -> Restored: ...


def read_corrections(data: bytes) -> Corrections:
    """The decisions in the bytes of a file, whatever they are."""
    return CorrectionsReader().read(io.BytesIO(data))


class CorrectionsFile:
    """`corrections.jsonl` of the corpus in `folder`; it need not exist yet. Any number of processes may append."""

    def __init__(self, folder: str | Path):
        self._folder = Path(folder)
        self.path = self._folder / FILE
        self._reader = CorrectionsReader()

    @property
    def version(self) -> str:
        """A key for caches that changes with every append; empty while there is no file."""
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return ""
        return hashlib.sha256(f"{found.st_size} {found.st_mtime_ns} {found.st_ino}".encode()).hexdigest()[:12]

    def read(self) -> Corrections:
        """The decisions in the file, and the lines that are none. Raises `CorrectionsReadError`."""
        try:
            with self.path.open("rb") as stream:
                return self._reader.read(stream)
        except FileNotFoundError:
            return Corrections()
        except OSError as error:
            raise CorrectionsReadError(
                f"{self.path} cannot be opened ({error.strerror or error}); mend its permissions: the corpus is not "
                "shown without what was decided"
            ) from error

    def append(self, decisions: Sequence[Decision]) -> None:
        """Write decisions to the end, all or none, and safely to disk. Raises `CorrectionsWriteError`."""
        if not decisions:
            return
        data = b"".join(map(to_line, decisions))
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path, _APPENDING, 0o666)
            try:
                with locked(handle):
                    _append(handle, data)
            finally:
                os.close(handle)
        except OSError as error:
            raise CorrectionsWriteError(
                f"could not write into {self.path} ({error.strerror or error}); nothing of it was kept. Make room or "
                "mend the permissions and decide again"
            ) from error

    def dump(self) -> bytes:
        """The file as it is, for a download; empty when there is none."""
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return b""

    def restore(self, data: bytes, *, later_wins: bool = False) -> Restored:
        """Merge a downloaded file into this one; see `merge`. Raises `CorrectionsWriteError`."""
        return _restore(self, data, later_wins)


def _append(handle: int, data: bytes) -> None:
    size = os.fstat(handle).st_size
    # a writer that was killed may have left half a line: what follows begins a line of its own
    if size and _last_byte(handle, size) != b"\n":
        data = b"\n" + data
    try:
        _write_all(handle, data)
        os.fsync(handle)
    except OSError:
        os.ftruncate(handle, size)
        raise


def _last_byte(handle: int, size: int) -> bytes:
    os.lseek(handle, size - 1, os.SEEK_SET)
    return os.read(handle, 1)


def _write_all(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _restore(store: CorrectionsStore, data: bytes, later_wins: bool) -> Restored:
    theirs = read_corrections(data)
    merged = merge(store.read().decisions, theirs.decisions, later_wins=later_wins)
    store.append(merged.added)
    return Restored(merged, theirs.problems)


class HeldCorrections:
    """Decisions of one visitor, in memory only, on top of those in the file of a corpus where nothing is written.

    Safe to share between threads.
    """

    def __init__(self, base: CorrectionsFile | None = None):
        self._base = base
        self._lock = threading.Lock()
        self._held: dict[str, Decision] = {}
        # the file's, one's own, both together as last put together
        self._read: tuple[Corrections, dict[str, Decision], Corrections] | None = None

    @property
    def version(self) -> str:
        """A key for caches that changes with every append; empty while there is no decision."""
        own = hashlib.sha256("\n".join(self._held).encode()).hexdigest()[:12] if self._held else ""
        return (self._base.version if self._base else "") + own

    @property
    def held(self) -> int:
        """How many decisions are in memory alone and are lost with the session unless downloaded."""
        return len(self._held)

    def read(self) -> Corrections:
        """The decisions, those of the file first. Raises `CorrectionsReadError`."""
        kept, held = self._base.read() if self._base else _NONE, self._held
        with self._lock:
            known = self._read
            if known is None or known[0] is not kept or known[1] is not held:
                decisions = {decision.id: decision for decision in (*kept.decisions, *held.values())}
                known = self._read = (kept, held, Corrections(tuple(decisions.values()), kept.problems))
            return known[2]

    def append(self, decisions: Sequence[Decision]) -> None:
        """Keep more decisions, all of them at once."""
        with self._lock:
            self._held = self._held | {decision.id: decision for decision in decisions}

    def dump(self) -> bytes:
        """The lines that `CorrectionsFile` would hold, for a download."""
        kept = self._base.dump() if self._base else b""
        end = b"\n" if kept and not kept.endswith(b"\n") else b""
        return kept + end + b"".join(map(to_line, self._held.values()))

    def restore(self, data: bytes, *, later_wins: bool = False) -> Restored:
        """Merge a downloaded file into these decisions; see `merge`."""
        return _restore(self, data, later_wins)
