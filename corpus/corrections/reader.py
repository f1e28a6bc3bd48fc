"""Reading `corrections.jsonl`, whatever it holds: the decisions in it, and the lines that are none."""

import hashlib
import threading
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import IO

from corpus.corrections.decisions import Decision
from corpus.corrections.lines import MOST_LINE_BYTES, from_line
from corpus.corrections.standing import State, standing
from corpus.errors import CorrectionError

FILE = "corrections.jsonl"
_TORN = "it has no end (a crash while writing, or a cut copy)"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class LineProblem:
    """A line that is no valid decision. It stays in the file and counts for nothing; the other lines count."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"{FILE} line {self.line}: {self.reason}; the line is kept and left out, the others count"


@dataclass(frozen=True)
class Corrections:
    """What a file holds: the decisions in its order, one an id, and the lines that are none."""

    decisions: tuple[Decision, ...] = ()
    problems: tuple[LineProblem, ...] = ()

    @cached_property
    def state(self) -> State:
        """What the decisions come to."""
        return standing(self.decisions)

    @property
    def latest(self) -> datetime | None:
        """The time of the newest decision: a new one is to be later (`decide(after=...)`)."""
        return max((decision.time for decision in self.decisions), default=None)


class CorrectionsReader:
    """Reads one file again and again; lines that were there before are not parsed a second time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._forget()

    def _forget(self) -> None:
        self._decisions: dict[str, Decision] = {}
        self._problems: list[LineProblem] = []
        self._lines, self._bytes, self._digest = 0, 0, hashlib.blake2b()
        self._found = Corrections()

    def read(self, stream: IO[bytes]) -> Corrections:
        """The decisions of a stream that stands at its start and can be sought in."""
        with self._lock:
            if not self._begins_as_before(stream):
                self._forget()
                stream.seek(0)
            decisions, problems = self._decisions, self._problems
            known = self._lines
            while True:
                digest = self._digest.copy()
                line, size, ended = _next_line(stream, digest)
                if not ended:
                    break
                self._lines, self._bytes, self._digest = self._lines + 1, self._bytes + size, digest
                _take(line, self._lines, decisions, problems, ended=True)
            if self._lines != known:
                # the same object for the same file: what is worked out from it is worked out once
                self._found = Corrections(tuple(decisions.values()), tuple(problems))
            if not line:
                return self._found
            # the rest of a torn line may be written yet: it is read again the next time
            decisions, problems = dict(decisions), list(problems)
            _take(line, self._lines + 1, decisions, problems, ended=False)
            return Corrections(tuple(decisions.values()), tuple(problems))

    def _begins_as_before(self, stream: IO[bytes]) -> bool:
        digest, left = hashlib.blake2b(), self._bytes
        while left and (part := stream.read(min(left, _CHUNK))):
            digest.update(part)
            left -= len(part)
        return not left and digest.digest() == self._digest.digest()


def _next_line(stream: IO[bytes], digest: "hashlib.blake2b") -> tuple[bytes, int, bool]:
    """A line without its end (of one that is too long only the beginning), its size in bytes, whether it has an end."""
    piece = line = stream.readline(MOST_LINE_BYTES + 2)
    digest.update(piece)
    size = len(piece)
    while piece and not piece.endswith(b"\n"):
        piece = stream.readline(_CHUNK)
        digest.update(piece)
        size += len(piece)
    return line.rstrip(b"\r\n"), size, piece.endswith(b"\n")


def _take(
    line: bytes, number: int, decisions: dict[str, Decision], problems: list[LineProblem], *, ended: bool
) -> None:
    """Add the decision of a line, or what is wrong with it. One that lacks but its end is whole."""
    if not line.strip():
        return
    try:
        decision = from_line(line)
        if decisions.setdefault(decision.id, decision) != decision:
            raise CorrectionError(f"its id {decision.id} is another decision's already")
    except CorrectionError as error:
        problems.append(LineProblem(number, str(error) if ended else f"{_TORN}: {error}"))
