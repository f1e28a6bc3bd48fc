"""Which wordings are alike enough to tell one story: links between articles' fingerprints.

A link is a property of the two wordings, their days and sources alone. Whatever order articles come in, the links
are therefore the same, and those found once stay valid: only what is new is compared.

All that is to be compared is cut into comparisons of bounded size, each of some days (or of some reports without a
day), so that memory is bounded however many wordings there are and the comparisons may be made one after the other or
on many machines. `corpus.buckets` makes one.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from corpus.buckets import LEAST_CONTAINED, LEAST_CONTAINED_ONE_UNDATED, WINDOW_DAYS, Comparison, alike_in
from corpus.wordings import Wordings

_AT_ONCE = 30_000

Make = Callable[[Comparison], np.ndarray]
Run = Callable[[Make, Iterator[Comparison]], Iterable[np.ndarray]]
"""Makes comparisons and gives what they find, in any order; `map` does."""


@dataclass(frozen=True, slots=True)
class Links:
    """`compared`: stamps of the wordings that have been compared with each other, ascending (uint64). `pairs`: the
    linked ones, an array of shape (n, 2), the smaller stamp first, sorted."""

    compared: np.ndarray
    pairs: np.ndarray

    @classmethod
    def none(cls) -> "Links":
        """Nothing compared yet."""
        return cls(np.empty(0, np.uint64), np.empty((0, 2), np.uint64))

    def among(self, stamps: np.ndarray) -> "Links":
        """What of these links concerns the wordings of `stamps` (ascending, distinct)."""
        return Links(self.compared[_is_in(self.compared, stamps)], self.pairs[_is_in(self.pairs, stamps).all(axis=1)])


def extend_links(known: Links, wordings: Wordings, run: Run = map) -> Links:
    """The links among `wordings`: the known ones, and those of what has not been compared yet with everything."""
    stamps, first = np.unique(wordings.stamps, return_index=True)
    known = known.among(stamps)
    fresh = ~_is_in(stamps, known.compared)
    if not fresh.any():
        return known
    # in the order of their days, as a comparison wants them
    order = np.lexsort((stamps, wordings.days[first]))
    found = run(alike_in, comparisons(wordings.take(first[order]), fresh[order]))
    return Links(stamps, _distinct(np.concatenate([known.pairs, *found])))


def comparisons(wordings: Wordings, fresh: np.ndarray) -> Iterator[Comparison]:
    """What finds every link that a fresh wording has; `wordings` are distinct and in the order of their days, `fresh`
    says which of them are."""
    undated = np.arange(np.searchsorted(wordings.days, 0, side="right"))
    for compared, around in _by_days(wordings.days):
        yield from _within(wordings, compared, around, fresh)
        for others in _pieces(undated):
            yield from _between(wordings, compared, others, fresh)
    for some in _pieces(undated):
        for others in _pieces(undated):
            yield from _within(wordings, some, others, fresh)


def _by_days(days: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Numbers of the wordings of some days, and of those of these days and the ones around them."""
    at = int(np.searchsorted(days, 0, side="right"))
    while at < len(days):
        # whole days only, however many wordings one has
        end = len(days) if at + _AT_ONCE >= len(days) else int(np.searchsorted(days, days[at + _AT_ONCE]))
        end = max(end, int(np.searchsorted(days, days[at], side="right")))
        low, high = days[at] - WINDOW_DAYS, days[end - 1] + WINDOW_DAYS
        # an undated one has no day around
        low = max(low, 1)
        yield np.arange(at, end), np.arange(*np.searchsorted(days, [low, high + 1]))
        at = end


def _pieces(numbers: np.ndarray) -> Iterator[np.ndarray]:
    for first in range(0, len(numbers), _AT_ONCE):
        yield numbers[first : first + _AT_ONCE]


def _within(wordings: Wordings, compared: np.ndarray, others: np.ndarray, fresh: np.ndarray) -> Iterator[Comparison]:
    """Fresh ones look for longer ones, the fresh among which look for longer ones too, and for shorter ones that are
    not fresh."""
    yield from _comparison(
        wordings, compared[fresh[compared]], others, others[~fresh[others]], LEAST_CONTAINED, any_day=False
    )


def _between(wordings: Wordings, dated: np.ndarray, undated: np.ndarray, fresh: np.ndarray) -> Iterator[Comparison]:
    old = dated[~fresh[dated]]
    for probing, probed in ((dated[fresh[dated]], undated), (undated[fresh[undated]], old)):
        yield from _comparison(wordings, probing, probed, probed, LEAST_CONTAINED_ONE_UNDATED, any_day=True)


def _comparison(
    wordings: Wordings,
    probing: np.ndarray,
    probed: np.ndarray,
    shorter_too: np.ndarray,
    least: float,
    *,
    any_day: bool,
) -> Iterator[Comparison]:
    if len(probing) and len(probed):
        members = np.union1d(probing, probed)
        roles = (np.isin(members, some, assume_unique=True) for some in (probing, probed, shorter_too))
        yield Comparison(wordings.take(members).packed(), *roles, least, any_day)


def _is_in(values: np.ndarray, ascending: np.ndarray) -> np.ndarray:
    if not len(ascending):
        return np.zeros(values.shape, dtype=bool)
    places = np.minimum(np.searchsorted(ascending, values), len(ascending) - 1)
    return ascending[places] == values


def _distinct(pairs: np.ndarray) -> np.ndarray:
    """The pairs (n, 2) sorted, each once."""
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    is_new = np.ones(len(pairs), dtype=bool)
    is_new[1:] = (pairs[1:] != pairs[:-1]).any(axis=1)
    return pairs[is_new]
