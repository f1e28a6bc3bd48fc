"""Two reviewers' decisions into one file: the same once, what contradicts listed and not taken in silence."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus.corrections.decisions import Decision
from corpus.corrections.standing import Slot, by_id, not_undone, slot_of


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two standing decisions on one thing with different values, neither of which was known to who made the other; or
    two that claim one id, of which mine stays whatever is asked."""

    mine: Decision
    theirs: Decision


@dataclass(frozen=True, slots=True)
class Merged:
    """`added`: decisions of theirs to append to mine; `same`: how many of theirs say nothing new; `conflicts`: pairs
    that contradict each other, in the order of time. Their side of a conflict is in `added` only where the later was
    to win."""

    added: tuple[Decision, ...]
    same: int
    conflicts: tuple[Conflict, ...]


def merge(mine: Iterable[Decision], theirs: Iterable[Decision], *, later_wins: bool = False) -> Merged:
    """What of `theirs` joins `mine`. Where nothing conflicts, merging either way comes to the same state.

    A decision is the same when its id is, or when mine holds a standing one of the same content that is not earlier:
    it would change nothing. With `later_wins` both sides of a conflict are kept, and the later of them counts.
    """
    ours, others = by_id(mine), by_id(theirs)
    standing_ours, standing_others = not_undone(ours.values()), not_undone(others.values())
    conflicts = _conflicts(_new(standing_ours, others), _new(standing_others, ours))
    # one id, two decisions: somebody wrote by hand what Dateline never would
    forged = [Conflict(ours[key], other) for key, other in others.items() if key in ours and ours[key] != other]
    refused = set() if later_wins else _refused(conflicts, standing_others, ours)
    newest: dict[tuple, Decision] = {}
    for decision in standing_ours.values():
        known = newest.setdefault(decision.content, decision)
        newest[decision.content] = max(known, decision, key=lambda d: d.order)
    added, same = [], 0
    for decision in sorted(others.values(), key=lambda d: d.order):
        equal = newest.get(decision.content) if decision.id in standing_others else None
        if decision.id in ours or (equal and equal.order >= decision.order):
            same += 1
        elif decision.id not in refused:
            added.append(decision)
    return Merged(tuple(added), same - len(forged), (*conflicts, *forged))


def _new(standing: Mapping[str, Decision], known: Mapping[str, Decision]) -> list[Decision]:
    """The latest decision of each slot, unless the other side knows it and decided with it in sight."""
    latest: dict[Slot, Decision] = {}
    for decision in standing.values():
        slot = slot_of(decision)
        if slot not in latest or latest[slot].order < decision.order:
            latest[slot] = decision
    return [decision for decision in latest.values() if decision.id not in known]


def _conflicts(mine: list[Decision], theirs: list[Decision]) -> list[Conflict]:
    contested: dict[tuple, list[Decision]] = defaultdict(list)
    for decision in mine:
        for key in _contested(decision):
            contested[key].append(decision)
    found = {
        (one.id, other.id): Conflict(one, other)
        for other in theirs
        for key in _contested(other)
        for one in contested.get(key, ())
        if _contradict(one, other)
    }
    return sorted(found.values(), key=lambda conflict: (conflict.theirs.order, conflict.mine.order))


def _contested(decision: Decision) -> list[tuple]:
    """What a decision could be contradicted on: its slot; for stories, either article of it."""
    if decision.action == "split":
        return [("story", decision.target.article_id)]
    if decision.action == "merge":
        return [("story", decision.target.article_id), ("story", decision.value)]
    return [slot_of(decision)]


def _contradict(one: Decision, other: Decision) -> bool:
    if slot_of(one).aspect in ("split", "merge"):
        return one.action != other.action
    return (one.action, one.value) != (other.action, other.value)


def _refused(conflicts: list[Conflict], theirs: Mapping[str, Decision], ours: Mapping[str, Decision]) -> set[str]:
    """Ids of what of theirs is not taken: all that stands on the contested things, lest an earlier one count."""
    contested = {key for pair in conflicts for key in {*_contested(pair.mine)} & {*_contested(pair.theirs)}}
    return {
        decision.id
        for decision in theirs.values()
        if decision.id not in ours and not contested.isdisjoint(_contested(decision))
    }
