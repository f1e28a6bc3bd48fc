"""The top layer of the gazetteer: places and names that reviewers of one corpus added, made in memory."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import marisa_trie

from geodata.gazetteer import Gazetteer
from geodata.layers import RECORD, Layer
from geodata.names import NameKind, name_key
from geodata.places import Place

OWN_LAYER = "own"


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A place with the names it has in one corpus, beside those of other layers where they know the place."""

    place: Place
    names: tuple[tuple[str, NameKind], ...]


class OwnLayer(Layer):
    """A layer of places given one by one; ids are told once. A place that another layer has too is the same place:
    this layer only names it."""

    def __init__(self, own: Sequence[OwnPlace]):
        # nothing is opened: what the other layers read from files is given
        self.name = OWN_LAYER
        self.paths = ()
        self._own = tuple(own)
        self._places = [item.place for item in own]
        self._row_of = {place.id: row for row, place in enumerate(self._places)}
        self.trie = marisa_trie.RecordTrie(RECORD, _records(own))

    def __len__(self) -> int:
        return len(self._places)

    def place(self, row: int) -> Place:
        """The place in row `row`."""
        return self._places[row]

    def row_of(self, place_id: str) -> int | None:
        """The row of a place id, or None when the layer has no such place."""
        return self._row_of.get(place_id)

    def learn_rows(self, place_ids: Collection[str]) -> None:
        """Nothing is to be learnt: every row is known."""

    @property
    def supersedes(self) -> frozenset[str]:
        """None: a place of one's own hides no other."""
        return frozenset()

    def contents(self) -> Iterable[bytes]:
        """What the layer is made of, for the gazetteer's version."""
        yield hashlib.sha256(repr(self._own).encode("utf-8", "backslashreplace")).digest()


def _records(own: Sequence[OwnPlace]) -> list[tuple[str, tuple[int, int]]]:
    best: dict[tuple[str, int], NameKind] = {}
    for row, item in enumerate(own):
        for name, kind in item.names:
            if len(key := name_key(name)) > 1:
                best[key, row] = min(kind, best.get((key, row), kind))
    return [(key, (row, int(kind))) for (key, row), kind in sorted(best.items())]


def with_own(gazetteer: Gazetteer, own: Sequence[OwnPlace]) -> Gazetteer:
    """`gazetteer` with these places on top; the same one when there are none."""
    return Gazetteer([OwnLayer(own), *gazetteer.layers]) if own else gazetteer
