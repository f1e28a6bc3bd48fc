"""What a set of decisions comes to: which stand, and which of those that contradict each other counts.

Everything here depends on the set alone, not on the order or number of files it was read from. Decisions are ordered
by time, then id; an undo is the exception: it takes its decision back whatever the clocks said.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any, NamedTuple

from corpus.corrections.decisions import OWN, PLACE_ACTIONS, DecidedPlace, Decision
from geodata import name_key


class Slot(NamedTuple):
    """What can be decided in one way only: an `aspect` ("place", "role", "date", "source", "split", "merge") of a
    target. `other` is the second article of a merge."""

    aspect: str
    article_id: str = ""
    start: int = -1
    end: int = -1
    key: str = ""
    was: str | None = None
    other: str = ""


@dataclass(frozen=True)
class State:
    """The decisions that count: for each slot the latest that stands. Equal states change a corpus equally."""

    slots: Mapping[Slot, Decision] = field(default_factory=dict)

    @cached_property
    def version(self) -> str:
        """Twelve hex digits that stand for these decisions, empty when there are none."""
        if not self.slots:
            return ""
        ids = sorted(decision.id for decision in self.slots.values())
        return sha256("\n".join(ids).encode()).hexdigest()[:12]

    @cached_property
    def places(self) -> dict[str, DecidedPlace]:
        """Each place that a decision which counts chose, by id, as the latest has it; one's own as last defined."""
        found: dict[str, tuple[Any, DecidedPlace]] = {}
        for decision in self.slots.values():
            if place := decision.place:
                rank = (place.id.startswith(OWN) and decision.action == "new_place", decision.order)
                if place.id not in found or found[place.id][0] < rank:
                    found[place.id] = (rank, place)
        return {place_id: place for place_id, (_, place) in found.items()}

    def of(self, *aspects: str) -> list[tuple[Slot, Decision]]:
        """The slots of these aspects with their decisions."""
        return [(slot, decision) for slot, decision in self.slots.items() if slot.aspect in aspects]


NOTHING = State()


def slot_of(decision: Decision) -> Slot:
    """What the decision decides. Raises `ValueError` for an undo, which decides nothing itself."""
    target, action = decision.target, decision.action
    if action in ("date", "source", "split"):
        return Slot(action, target.article_id)
    if action == "merge":
        one, other = sorted((target.article_id, str(decision.value)))
        return Slot(action, one, other=other)
    if action not in (*PLACE_ACTIONS, "role"):
        raise ValueError(f"{action} has no slot")
    aspect = "role" if action == "role" else "place"
    if decision.scope == "mention":
        return Slot(aspect, target.article_id, target.start or 0, target.end or 0)
    return Slot(aspect, target.article_id, key=name_key(target.name), was=target.was)


def by_id(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """One decision an id. Where two differ under one id, which no Dateline writes, the same is always chosen."""
    found: dict[str, Decision] = {}
    for decision in decisions:
        known = found.setdefault(decision.id, decision)
        if known is not decision and known != decision:
            found[decision.id] = min(known, decision, key=repr)
    return found


def not_undone(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """The decisions, undos left out, that no standing undo takes back, by id.

    An undo stands unless an undo that stands takes it back; undos that take back each other in a ring (no Dateline
    writes them) take back nothing.
    """
    known = by_id(decisions)
    undos_of: dict[str, list[str]] = defaultdict(list)
    for decision in known.values():
        if decision.action == "undo":
            undos_of[str(decision.value)].append(decision.id)
    waiting = {undo: len(undos_of.get(undo, ())) for undos in undos_of.values() for undo in undos}
    ready = [undo for undo, unknown in waiting.items() if not unknown]
    undone: set[str] = set()
    while ready:
        undo = ready.pop()
        target = str(known[undo].value)
        if undo not in undone:
            undone.add(target)
        if target in waiting:
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return {key: decision for key, decision in known.items() if decision.action != "undo" and key not in undone}


def standing(decisions: Iterable[Decision]) -> State:
    """What the decisions, in whatever order, come to."""
    slots: dict[Slot, Decision] = {}
    for decision in not_undone(decisions).values():
        slot = slot_of(decision)
        known = slots.get(slot)
        if known is None or known.order < decision.order:
            slots[slot] = decision
    return State(slots)
