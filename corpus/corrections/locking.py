"""A lock on an open file that other processes and threads respect."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt

_RETRY_SECONDS = 0.01
# Windows locks bytes, not files: one far behind the end, which nobody reads or writes
_FAR_BYTE = 1 << 40


@contextmanager
def locked(handle: int) -> Iterator[None]:
    """Hold the open file `handle` alone; waits for others that do. Raises `OSError` where there are no locks."""
    _take(handle)
    try:
        yield
    finally:
        _release(handle)


def _take(handle: int) -> None:
    if fcntl:
        fcntl.flock(handle, fcntl.LOCK_EX)
        return
    while True:
        try:
            os.lseek(handle, _FAR_BYTE, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            return
        except OSError:
            time.sleep(_RETRY_SECONDS)


def _release(handle: int) -> None:
    if fcntl:
        fcntl.flock(handle, fcntl.LOCK_UN)
    else:
        os.lseek(handle, _FAR_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
