"""Answers of geocoders kept in one SQLite file, and the turns that all who ask take.

Hits are kept 180 days, misses 30 ("looked, found nothing"); failures are never kept. Threads and processes may share
the file.
"""

import json
import sqlite3
import time
import uuid
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from geodata.names import name_key
from geodata.sqlite_file import Notice, SqliteFile
from geodata.suggestions import Answer, Question, answer_from
from geodata.user_folder import user_folder

FILE_NAME = "geocode_cache.sqlite"
HIT_DAYS, MISS_DAYS = 180, 30
_DAY = 86_400.0
_APPLICATION_ID = 0x446C4E67
_VERSION = 1
_SCHEMA = """
    CREATE TABLE answers (
        provider TEXT NOT NULL, question TEXT NOT NULL, name_key TEXT NOT NULL, asked_at REAL NOT NULL,
        found INTEGER NOT NULL, answer TEXT NOT NULL, PRIMARY KEY (provider, question)
    ) WITHOUT ROWID;
    CREATE TABLE turns (
        asked TEXT PRIMARY KEY, holder TEXT NOT NULL, taken_at REAL NOT NULL, free_at REAL NOT NULL,
        resting INTEGER NOT NULL
    ) WITHOUT ROWID
"""
_KEEP = """
    INSERT INTO answers VALUES (:provider, :question, :name_key, :asked_at, :found, :answer)
    ON CONFLICT DO UPDATE SET name_key = excluded.name_key, asked_at = excluded.asked_at, found = excluded.found,
        answer = excluded.answer
    WHERE excluded.asked_at >= answers.asked_at
"""
Clock = Callable[[], float]


def cache_file(path: Path, notice: Notice | None = None) -> SqliteFile:
    """The cache file at `path`, which need not exist yet."""
    return SqliteFile(path, schema=_SCHEMA, application_id=_APPLICATION_ID, version=_VERSION, notice=notice)


def cache_path(corpus: Path | None = None) -> Path:
    """Where answers are kept: in the corpus' folder, so that they travel with it, else in the user's own."""
    return (corpus or user_folder()) / FILE_NAME


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer in the cache and whether its time is up: then it is asked for again."""

    answer: Answer
    expired: bool


class GeocodeCache:
    """The answers kept in one file. `clock` gives seconds since 1970. Every method may raise `GeocodeCacheError`."""

    def __init__(self, path: Path, *, clock: Clock = time.time, notice: Notice | None = None):
        self.file = cache_file(path, notice)
        self._clock = clock

    def get(self, question: Question) -> Answer | None:
        """The answer kept to `question`, or None when there is none or its time is up."""
        sought = (question.provider, question.key)
        row = self.file.read(lambda db: _one(db, sought), otherwise=None)
        if row is None or self._is_expired(row[0], bool(row[1])):
            return None
        answer = _decoded(row[2])
        return replace(answer, from_cache=True) if answer else None

    def keep(self, answer: Answer) -> None:
        """Keep an answer, hit or miss; an older answer to the same question is replaced, a newer one stays."""
        row = {
            "provider": answer.question.provider,
            "question": answer.question.key,
            "name_key": name_key(answer.question.name),
            "asked_at": answer.asked_at.timestamp(),
            "found": len(answer.suggestions),
            "answer": json.dumps(answer.as_dict(), ensure_ascii=False),
        }
        self.file.write(lambda db: db.execute(_KEEP, row))

    def all(self) -> Iterator[KeptAnswer]:
        """Every answer, by name; those that cannot be read are left out and counted by `unreadable`."""
        for asked_at, found, text in self._rows():
            if answer := _decoded(text):
                yield KeptAnswer(replace(answer, from_cache=True), self._is_expired(asked_at, bool(found)))

    def unreadable(self) -> int:
        """How many rows hold no answer that can be read; they are asked for again."""
        return sum(_decoded(text) is None for _, _, text in self._rows())

    def clear(self, names: Collection[str] = (), *, expired_only: bool = False) -> int:
        """Forget the answers to `names` (all when none is given), or of them only the expired; returns how many."""
        keys = {name_key(name) for name in names}

        def work(db: sqlite3.Connection) -> int:
            rows = db.execute("SELECT provider, question, name_key, asked_at, found FROM answers").fetchall()
            gone = [
                row[:2]
                for row in rows
                if (not keys or row[2] in keys) and (not expired_only or self._is_expired(row[3], bool(row[4])))
            ]
            db.executemany("DELETE FROM answers WHERE provider = ? AND question = ?", gone)
            return len(gone)

        return self.file.read(work, otherwise=0)

    def _rows(self) -> list[tuple[float, int, str]]:
        asked = "SELECT asked_at, found, answer FROM answers ORDER BY name_key, provider, question"
        return self.file.read(lambda db: db.execute(asked).fetchall(), otherwise=[])

    def _is_expired(self, asked_at: float, found: bool) -> bool:
        """An answer of tomorrow was written under a wrong clock and would never expire."""
        age = self._clock() - asked_at
        return not -_DAY <= age < (HIT_DAYS if found else MISS_DAYS) * _DAY


def _one(db: sqlite3.Connection, sought: tuple[str, str]) -> tuple[float, int, str] | None:
    asked = "SELECT asked_at, found, answer FROM answers WHERE provider = ? AND question = ?"
    return db.execute(asked, sought).fetchone()


def _decoded(text: str) -> Answer | None:
    """The answer in a row, or None when the row holds none: as good as not there, it is asked for again."""
    try:
        return answer_from(json.loads(text))
    except (ValueError, KeyError, TypeError, IndexError, OverflowError, RecursionError):
        return None


def moment(seconds: float) -> datetime:
    """Seconds since 1970 as a time in UTC, whole seconds."""
    return datetime.fromtimestamp(int(seconds), UTC)


class Turns:
    """Who may ask next, kept in a cache file so that all threads and processes of this machine wait for one another.

    A turn is held while one asks and gives way to a rest, counted from the *end* of the request: whatever the network
    delays, two requests never reach the provider less than the rest apart. A holder that dies is given up after
    `lease_seconds`.
    """

    def __init__(self, file: SqliteFile, asked: str, *, lease_seconds: float, clock: Clock = time.time):
        self._file = file
        self._asked = asked
        self._lease = lease_seconds
        self._clock = clock
        self._holder = ""

    def take(self) -> tuple[float, bool]:
        """Try to take the turn: (0, False) when it is ours, else the seconds until it may be free and whether that is
        a rest, which nothing shortens, rather than somebody's asking."""

        holder = uuid.uuid4().hex

        def work(db: sqlite3.Connection) -> tuple[float, bool]:
            now = self._clock()
            found = "SELECT taken_at, free_at, resting FROM turns WHERE asked = ?"
            taken_at, free_at, resting = db.execute(found, (self._asked,)).fetchone() or (now, now, 0)
            # taken in the future: the clock was set back, and the row says nothing
            if taken_at <= now < free_at:
                return free_at - now, bool(resting)
            row = (self._asked, holder, now, now + self._lease)
            db.execute("INSERT OR REPLACE INTO turns VALUES (?, ?, ?, ?, 0)", row)
            return 0.0, False

        wait = self._file.write(work)
        self._holder = holder
        return wait

    def release(self, rest_seconds: float) -> None:
        """Give the turn back; the next begins after `rest_seconds`. Of no effect when the turn was given up."""

        def work(db: sqlite3.Connection) -> None:
            now = self._clock()
            db.execute(
                "UPDATE turns SET taken_at = min(taken_at, ?), free_at = ?, resting = 1 WHERE asked = ? AND holder = ?",
                (now, now + rest_seconds, self._asked, self._holder),
            )

        self._file.write(work)
