"""Time limits that hold against a server that drips: every wait is bounded, and so is their sum."""

import io
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class OverdueError(Exception):
    """The time for all steps together is over. Internal to fetching, which tells it to the caller in its own words."""


class Clock:
    """The time left: at most `step_seconds` for a step and `overall_seconds` for all, counted from its making."""

    def __init__(self, step_seconds: float, overall_seconds: float):
        self._step = step_seconds
        self._end = time.monotonic() + overall_seconds
        self.on_last_step = False
        """Whether the step last granted is cut short by the limit for all: to time out in it is to be overdue."""

    def left(self) -> float:
        """Seconds the next step may take. Raises `OverdueError` when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise OverdueError
        self.on_last_step = left < self._step
        return min(self._step, left)


class _TimedReader(io.RawIOBase):
    """Reads from a connected socket, each time for no longer than the clock has left."""

    def __init__(self, connected: Any, clock: Clock):
        self._connected, self._clock = connected, clock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._connected.settimeout(self._clock.left())
        return self._connected.recv_into(buffer)


class TimedSocket:
    """The little of a connected socket that `http.client` asks for. Whoever opened the socket closes it."""

    def __init__(self, connected: Any, clock: Clock):
        self._connected, self._clock = connected, clock

    def sendall(self, data: bytes) -> None:
        """Send everything before the clock's next limit."""
        self._connected.settimeout(self._clock.left())
        self._connected.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        """What arrives, as a stream; reading raises `TimeoutError` or `OverdueError`."""
        return io.BufferedReader(_TimedReader(self._connected, self._clock))

    def close(self) -> None:
        """Nothing: the answer is still to be read."""


def within(seconds: float, ask: Callable[[], T]) -> T:
    """The answer of a call that knows no time limit of its own. Raises what it raises, and `TimeoutError`."""
    answers: list[T] = []
    errors: list[Exception] = []

    def run() -> None:
        try:
            answers.append(ask())
        except Exception as error:
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not answers:
        raise TimeoutError("there was no answer in time")
    return answers[0]
