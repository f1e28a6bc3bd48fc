"""Tables of measurements, and how they are written as Markdown."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` under `columns`; `notes` say how it was measured."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: str = ""

    def markdown(self) -> str:
        """The table, figures right-aligned."""
        lines = [f"## {self.title}", "", _row(self.columns), _row(["---"] + ["---:"] * (len(self.columns) - 1))]
        lines += [_row(row) for row in self.rows]
        return "\n".join([*lines, *(["", self.notes] if self.notes else []), ""])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the clock, and of this process's processor time."""

    wall: float
    cpu: float


def spent(run: Callable[[], object], *, times: int = 1) -> Spent:
    """The best of several runs."""
    best = Spent(float("inf"), float("inf"))
    for _ in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        run()
        best = min(best, Spent(time.perf_counter() - wall, time.process_time() - cpu), key=lambda one: one.wall)
    return best


def per_second(count: int, seconds: float) -> str:
    """A rate, for a cell."""
    return f"{count / seconds:,.0f}"
