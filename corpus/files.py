"""Writing a file so that it is there whole or not at all: beside first, then renamed."""

import os
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows, where a file that is open cannot be deleted in the first place
    fcntl = None

PREFIX = ".writing-"
_ATTEMPTS = 3


def write_beside(target: Path, fill: Callable[[IO[bytes]], None]) -> None:
    """Let `fill` write into a hidden file beside `target`, then rename it over `target`.

    Whatever happens, `target` is as it was or complete, and no hidden file stays unless the process is killed. Raises
    what `fill` raises, and `OSError` when the folder cannot be written to. `fill` may be called again: another
    process's `clean_leftovers` can take the hidden file in the instant before it is locked.
    """
    for attempt in range(_ATTEMPTS):
        hidden = target.with_name(f"{PREFIX}{uuid.uuid4().hex}.tmp")
        try:
            with hidden.open("xb") as stream:
                _lock(stream)
                fill(stream)
                stream.flush()
                os.fsync(stream.fileno())
            hidden.replace(target)
            _sync_folder(target.parent)
            return
        except FileNotFoundError:
            if attempt == _ATTEMPTS - 1 or not target.parent.is_dir():
                raise
        finally:
            hidden.unlink(missing_ok=True)


def clean_leftovers(folder: Path) -> None:
    """Delete the hidden files that killed writers left in `folder`; those of living writers are locked and stay."""
    for hidden in folder.glob(f"{PREFIX}*.tmp"):
        # the writer may have finished, or may be another user: either way the file is not ours to clean
        with suppress(FileNotFoundError, PermissionError):
            if _is_abandoned(hidden):
                hidden.unlink()


def _lock(stream: IO[bytes]) -> None:
    if fcntl:
        # some network folders know no locks: nothing is ever cleaned there, and writing works all the same
        with suppress(OSError):
            fcntl.flock(stream, fcntl.LOCK_EX)


def _is_abandoned(path: Path) -> bool:
    if not fcntl:
        return True
    with path.open("rb") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def _sync_folder(folder: Path) -> None:
    """Make the rename itself last through a power cut, where the system can open folders."""
    with suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
