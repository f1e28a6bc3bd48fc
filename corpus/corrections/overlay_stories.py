"""Stories as people decided them: articles taken out of their story, stories joined.

A `split` puts an article in a story of its own; a `merge` makes the stories of two articles one, unless one of the two
was split later. What the wordings say (`corpus.stories`) is kept as it is: later copies join as they would have.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import duckdb
import numpy as np

from corpus.corrections.standing import State
from corpus.tables.layers import lift

_MOVING = ("split", "merge", "date")
_ORDERED = """
SELECT a, group_of FROM (SELECT unnest($members::INTEGER[]) AS a, unnest($groups::INTEGER[]) AS group_of)
JOIN articles USING (a) ORDER BY group_of, date NULLS LAST, chars DESC, article_id
"""
_REGROUP = """
UPDATE copies_changed SET story = n.story, rank = n.rank, size = n.size,
    story_id = (SELECT article_id FROM articles l WHERE l.a = n.story)
FROM (
    SELECT unnest($a::INTEGER[]) AS a, unnest($story::INTEGER[]) AS story, unnest($rank::INTEGER[]) AS rank,
        unnest($size::INTEGER[]) AS size
) n WHERE copies_changed.a = n.a
"""
_MOVED = "b.a IN (SELECT unnest($a::INTEGER[]))"


def regroup(cursor: duckdb.DuckDBPyConnection, before: State, after: State) -> list[int]:
    """Bring `copies` from one state to the other; gives the numbers of the articles whose story is led or told by
    others than before. Dates are already as decided: the earliest copy leads."""
    numbers = _numbers(cursor, before, after)
    seeds = {numbers[article_id] for article_id in _moved(before, after) if article_id in numbers}
    if not seeds:
        return []
    told = cursor.execute("SELECT machine_story, story, rank, size FROM copies ORDER BY a").fetchnumpy()
    machine, shown = (np.asarray(told[name]) for name in ("machine_story", "story"))
    labels = _labels(machine, after, numbers)
    first = np.fromiter(seeds, dtype=np.int64)
    near = np.isin(machine, machine[first]) | np.isin(shown, shown[first])
    members = np.flatnonzero(np.isin(labels, labels[near]))
    ordered = cursor.execute(_ORDERED, {"members": members.tolist(), "groups": labels[members].tolist()}).fetchall()
    groups: dict[int, list[int]] = defaultdict(list)
    for a, label in ordered:
        groups[label].append(a)
    was = list(zip(*(told[name].tolist() for name in ("story", "rank", "size")), strict=True))
    rows = [(a, group[0], rank, len(group)) for group in groups.values() for rank, a in enumerate(group)]
    moved = [row for row in rows if was[row[0]] != row[1:]]
    columns = {name: [row[at] for row in moved] for at, name in enumerate(("a", "story", "rank", "size"))}
    if moved:
        lift(cursor, "copies", _MOVED, {"a": columns["a"]})
        cursor.execute(_REGROUP, columns)
    return columns["a"]


def _moved(before: State, after: State) -> set[str]:
    """Ids of articles that a changed decision on stories or dates names."""
    changed = {slot for slot, _ in before.slots.items() ^ after.slots.items() if slot.aspect in _MOVING}
    return {article_id for slot in changed for article_id in (slot.article_id, slot.other) if article_id}


def _numbers(cursor: duckdb.DuckDBPyConnection, *states: State) -> dict[str, int]:
    """The number of each article that decisions on stories or dates name."""
    named = {
        article_id
        for state in states
        for slot, _ in state.of("split", "merge", "date")
        for article_id in (slot.article_id, slot.other)
    }
    known = "SELECT article_id, a FROM articles WHERE article_id IN (SELECT unnest($ids::VARCHAR[]))"
    return dict(cursor.execute(known, {"ids": sorted(named)}).fetchall()) if named else {}


def _labels(machine: np.ndarray, state: State, numbers: Mapping[str, int]) -> np.ndarray:
    """A number for the story of each article, the same for all its copies."""
    labels = machine.astype(np.int64)
    splits = {slot.article_id: decision for slot, decision in state.of("split") if slot.article_id in numbers}
    alone = len(machine)
    for article_id in splits:
        labels[numbers[article_id]] = alone + numbers[article_id]
    joined = [
        (labels[numbers[slot.article_id]], labels[numbers[slot.other]])
        for slot, decision in state.of("merge")
        if slot.article_id in numbers
        and slot.other in numbers
        and all(splits[i].order < decision.order for i in (slot.article_id, slot.other) if i in splits)
    ]
    for label, other in _joined(joined).items():
        labels[labels == label] = other
    return labels


def _joined(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """For each label of the pairs the smallest of those it is joined with, where that is another."""
    parent: dict[int, int] = {}

    def root(label: int) -> int:
        while parent.setdefault(label, label) != label:
            parent[label] = parent[parent[label]]
            label = parent[label]
        return label

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    return {label: root(label) for label in parent if root(label) != label}
