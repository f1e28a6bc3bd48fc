"""Fetching one file over HTTP so that it is there whole or not at all, going on where a broken transfer stopped.

Beside the file lies what the server said of it (`.json`), so that the next time it is fetched only if it has changed.
"""

import http.client
import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from geodata.errors import DownloadError

USER_AGENT = "Dateline/1.0 (gazetteer download at a person's request)"
TIMEOUT_SECONDS = 30.0
MOST_BYTES = 500_000_000
_PIECE = 1 << 16
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)$")


@dataclass(frozen=True, slots=True)
class Remote:
    """What the server says of a file: a mark that changes with it (`ETag`, else `Last-Modified`), its size in bytes;
    empty and 0 when it does not say."""

    url: str
    mark: str = ""
    size: int = 0


def fetch(url: str, target: Path, *, check: Callable[[Path], None], say: Callable[[str], None]) -> None:
    """Bring `target` up to what is at `url`.

    `check` raises `ValueError` when a complete file is damaged. Raises `DownloadError`; then `target` is as it was,
    and what had arrived is kept for the next attempt unless it proved damaged.
    """
    part, note, part_note = (target.with_name(target.name + end) for end in (".part", ".json", ".part.json"))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        begun = _noted(part_note, url) if part.exists() else None
        kept = _noted(note, url) if target.exists() and not begun else None
        headers = _conditions(begun, part, kept)
        with _answer(url, headers) as response:
            if response.status == 304:
                say(f"{target.name}: unchanged since the last download")
                return
            remote = _receive(response, url, part, part_note, say)
        _verify(part, remote, target.name, check)
        # in this order: a new file with an old note is fetched once more, an old file with a new note never again
        part.replace(target)
        part_note.replace(note)
    except DownloadError:
        raise
    except _DamagedError as error:
        part.unlink(missing_ok=True)
        part_note.unlink(missing_ok=True)
        raise DownloadError(
            f"{target.name} arrived damaged ({error}); run the command again to fetch it anew"
        ) from error
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
        raise DownloadError(_unreachable(url, error)) from error
    except OSError as error:
        raise DownloadError(f"{target} cannot be written ({error}); check space and permissions") from error


class _DamagedError(Exception):
    """A complete file is not what was to come."""


def _conditions(begun: Remote | None, part: Path, kept: Remote | None) -> dict[str, str]:
    """Headers to go on with a part, or to fetch only what has changed."""
    headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
    if begun and begun.mark:
        return headers | {"Range": f"bytes={part.stat().st_size}-", "If-Range": begun.mark}
    if kept and kept.mark:
        return headers | {"If-None-Match" if _is_etag(kept.mark) else "If-Modified-Since": kept.mark}
    return headers


def _is_etag(mark: str) -> bool:
    return mark.startswith(('"', 'W/"'))


@contextmanager
def _answer(url: str, headers: dict[str, str]) -> Any:
    """The server's answer; a 304 and a 416 are answers too."""
    try:
        response = urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=TIMEOUT_SECONDS)
    except urllib.error.HTTPError as error:
        if error.code not in (304, 416):
            raise
        response = error
    with response:
        yield response


def _receive(response: Any, url: str, part: Path, part_note: Path, say: Callable[[str], None]) -> Remote:
    """Write the answer's body to the part and return what the whole file is to be."""
    if response.status == 416:
        # nothing is left to send: the part is whole, or is none of this file's
        remote = _noted(part_note, url)
        if remote is None or part.stat().st_size != remote.size:
            raise _DamagedError("the server knows no such rest of it")
        return remote
    start, size = 0, int(response.headers.get("Content-Length") or 0)
    if response.status == 206:
        found = _RANGE.match(response.headers.get("Content-Range", ""))
        if not found or int(found[1]) != part.stat().st_size:
            raise _DamagedError("the server sent another piece than asked for")
        start, size = int(found[1]), int(found[3])
    if size > MOST_BYTES:
        raise DownloadError(f"{url} is {size / 1e6:,.0f} MB, more than any country's dump; nothing was fetched")
    remote = Remote(url, _strong_mark(response.headers), size)
    if start:
        say(f"{part.stem}: going on at {start / 1e6:.1f} of {size / 1e6:.1f} MB")
    else:
        part.unlink(missing_ok=True)
        part_note.write_text(json.dumps(asdict(remote)), encoding="utf-8")
    with part.open("ab") as stream:
        while piece := response.read(_PIECE):
            stream.write(piece)
            if stream.tell() > MOST_BYTES:
                raise _DamagedError("it does not end")
    say(f"{part.stem}: {part.stat().st_size / 1e6:.1f} MB")
    return remote


def _strong_mark(headers: Any) -> str:
    """A mark that stands for the very bytes; a weak ETag does not and cannot be resumed on."""
    etag = headers.get("ETag") or ""
    return etag if etag.startswith('"') else headers.get("Last-Modified") or ""


def _noted(note: Path, url: str) -> Remote | None:
    """What was noted of the file at `url`; None when there is no such note, and it is fetched from the start."""
    with suppress(OSError, ValueError, TypeError):
        remote = Remote(**json.loads(note.read_text(encoding="utf-8")))
        if remote.url == url and isinstance(remote.mark, str) and isinstance(remote.size, int):
            return remote
    return None


def _verify(part: Path, remote: Remote, name: str, check: Callable[[Path], None]) -> None:
    size = part.stat().st_size
    if remote.size and size < remote.size:
        raise DownloadError(
            f"{name} broke off at {size / 1e6:.1f} of {remote.size / 1e6:.1f} MB; run the command again to go on there"
        )
    if remote.size and size > remote.size:
        raise _DamagedError(f"{size:,} bytes instead of {remote.size:,}")
    try:
        check(part)
    except ValueError as error:
        raise _DamagedError(str(error)) from error


def _unreachable(url: str, error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        if error.code == 404:
            return f"{url} does not exist; check the country code"
        return f"{url} answered {error.code}; try again later"
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    what = "it did not answer" if isinstance(reason, TimeoutError) else str(reason) or type(reason).__name__
    return (
        f"{url} cannot be reached ({what}); check the connection and run the command again: what has arrived is kept. "
        "The embedded gazetteer works without it"
    )
