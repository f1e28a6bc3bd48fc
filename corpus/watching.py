"""Looking at a folder or an address again and again, and giving what is new since the last look."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from extract.readers import Failure

REST_SECONDS = 2.0
"""A file changed more recently may still be being copied: it waits for the next look."""

_PAGES = (".html", ".htm", ".xhtml")
_COMPANIONS = ("_files", ".files")

Stamp = tuple[int, int]
"""A file's size in bytes and time of change in ns."""


class FolderWatch:
    """Files in `folder` that are new, or changed, and at rest. Hidden ones, the folders browsers save beside a page,
    and what is under `apart` (the corpus itself) are none of its business."""

    def __init__(self, folder: Path, *, apart: Path, now: Callable[[], float] = time.time):
        self._folder, self._apart, self._now = folder, apart.resolve(), now
        self._before: dict[Path, Stamp] = {}
        self._given: dict[Path, Stamp] = {}
        self._told: set[Failure] = set()

    def look(self) -> tuple[list[Path], list[Failure]]:
        """Files to read now, in the order of their names; what could not be looked into and was not told before."""
        failures: set[Failure] = set()
        found = dict(self._files(self._folder, failures))
        settled = [path for path, stamp in found.items() if self._given.get(path) != stamp and self._rests(path, stamp)]
        self._given = {path: stamp for path, stamp in self._given.items() if path in found}
        self._given |= {path: found[path] for path in settled}
        self._before = found
        fresh, self._told = sorted(failures - self._told, key=lambda failure: failure.item), failures
        return sorted(settled), fresh

    def _rests(self, path: Path, stamp: Stamp) -> bool:
        return self._before.get(path) == stamp or self._now() - stamp[1] / 1e9 >= REST_SECONDS

    def _files(self, folder: Path, failures: set[Failure]) -> Iterator[tuple[Path, Stamp]]:
        try:
            with os.scandir(folder) as entries:
                listed = list(entries)
        except OSError as error:
            reason = f"the folder cannot be looked into ({error.strerror or error}); mend it, watching goes on"
            failures.add(Failure(str(folder), reason))
            return
        pages = {Path(entry.name).stem for entry in listed if entry.name.lower().endswith(_PAGES)}
        for entry in listed:
            path = Path(entry.path)
            beside_page = entry.name.endswith(_COMPANIONS) and entry.name[: -len(_COMPANIONS[0])] in pages
            if entry.name.startswith("."):
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    if not beside_page and path.resolve() != self._apart:
                        yield from self._files(path, failures)
                else:
                    status = entry.stat()
                    yield path, (status.st_size, status.st_mtime_ns)
            except FileNotFoundError:
                continue  # it was taken away while we looked
            except OSError as error:
                failures.add(Failure(entry.path, f"it cannot be looked at ({error.strerror or error})"))


@contextmanager
def stopping() -> Iterator[threading.Event]:
    """An event that Ctrl-C (or the system's request to end) sets, so that what is under way is finished first; the
    second Ctrl-C interrupts at once. Only in the main thread do signals arrive at all."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def handle(number: int, frame: FrameType | None) -> None:
        signal.signal(number, signal.default_int_handler)
        stop.set()

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def keep_looking(once: Callable[[], None], *, every_seconds: float, stop: threading.Event) -> None:
    """Call `once` now and then every so many seconds after it has ended, until `stop` is set."""
    while not stop.is_set():
        once()
        until = time.monotonic() + every_seconds
        # in short waits: not every system lets a signal through a long one
        while not stop.is_set() and (left := until - time.monotonic()) > 0:
            stop.wait(min(left, 0.5))
