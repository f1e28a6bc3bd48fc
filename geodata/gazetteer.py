"""The gazetteer: layers asked from the top, so that the project's own rows win over the world list."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.distance import distance_km
from geodata.downloaded import DOWNLOAD, open_download
from geodata.layers import Layer
from geodata.names import NameKind, name_key
from geodata.places import Place

if TYPE_CHECKING:
    from geodata.front import Front
from geodata.user_folder import user_folder

DATA = Path(__file__).parent / "data"
_CACHED_KEYS = 100_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that bears a given name, and what the name is to it."""

    place: Place
    name_kind: NameKind


class Gazetteer:
    """Read-only look-up by name and by id over a stack of layers (the first listed is asked first).

    A place that an upper layer describes too (`supersedes`) is not answered a second time from a lower one.
    Instances are cheap to share between threads: the tries are memory-mapped, look-ups are pure.
    """

    def __init__(self, layers: Sequence[Layer]):
        self.layers = tuple(layers)
        self._hidden: frozenset[str] = frozenset().union(*(layer.supersedes for layer in self.layers))
        self._found: dict[str, tuple[Candidate, ...]] = {}
        self._openers: dict[str, bool] = {}

    def candidates(self, key: str) -> tuple[Candidate, ...]:
        """Every place called `key` (already folded by `name_key`), upper layers first; empty when there is none."""
        found = self._found.get(key)
        if found is None:
            if len(self._found) >= _CACHED_KEYS:
                self._found.clear()
            found = self._found[key] = tuple(self._search(key))
        return found

    def _search(self, key: str) -> Iterable[Candidate]:
        told: set[str] = set()
        for depth, layer in enumerate(self.layers):
            best: dict[int, NameKind] = {}
            for row, kind in layer.find(key):
                best[row] = min(kind, best.get(row, kind))
            for row, kind in sorted(best.items()):
                place = layer.place(row)
                if layer.name == DOWNLOAD:
                    place = self._above(depth, place)
                if place.id not in self._hidden and place.id not in told:
                    told.add(place.id)
                    yield Candidate(place, kind)

    def _above(self, depth: int, place: Place) -> Place:
        """The place as an upper layer has it: a download names places of the project's own by more names."""
        for layer in self.layers[:depth]:
            row = layer.row_of(place.id)
            if row is not None:
                return layer.place(row)
        return place

    def opens_longer_name(self, key: str) -> bool:
        """Whether a longer name begins with the word or words `key`, whole words only."""
        opens = self._openers.get(key)
        if opens is None:
            if len(self._openers) >= _CACHED_KEYS:
                self._openers.clear()
            start = key + " "
            opens = self._openers[key] = any(next(layer.trie.iterkeys(start), None) for layer in self.layers)
        return opens

    def get(self, place_id: str) -> Place | None:
        """The place with this id, or None when no layer has it."""
        for layer in self.layers:
            row = layer.row_of(place_id)
            if row is not None:
                return layer.place(row)
        return None

    def get_all(self, place_ids: Sequence[str]) -> list[Place | None]:
        """`get` for many ids at once, in their order."""
        for layer in self.layers:
            layer.learn_rows(place_ids)
        return [self.get(place_id) for place_id in place_ids]

    def region_name(self, place: Place) -> str:
        """Name of the first-level region a place lies in; empty when it is not known or is the place itself."""
        region = self.get(place.region) if place.region and place.region != place.id else None
        return region.name if region else ""

    def lookup(
        self, name: str, *, near: tuple[float, float] | None = None, country: str | None = None
    ) -> list[Candidate]:
        """Places called `name`, best first: closest to `near` (lat, lon) when given, else by kind and population."""
        found = [c for c in self.candidates(name_key(name)) if country in (None, c.place.country)]
        if near:
            return sorted(found, key=lambda c: distance_km(*near, c.place.lat, c.place.lon))
        return sorted(found, key=lambda c: (c.name_kind, c.place.layer == "world", -c.place.population))

    @cached_property
    def front(self) -> "Front":
        """Where the line of contact was, month by month, from the control table at this gazetteer's points."""
        from geodata.control import open_control
        from geodata.front import Front

        return Front(open_control(), self)

    @cached_property
    def version(self) -> str:
        """Twelve hex digits that change whenever a built file or a corpus's own place does; stamped on extractions and
        exports."""
        digest = hashlib.sha256()
        for layer in self.layers:
            for part in layer.contents():
                digest.update(part)
        return digest.hexdigest()[:12]


def open_gazetteer(data: Path = DATA) -> Gazetteer:
    """The embedded gazetteer, with what this user has downloaded (`python -m geodata build --geonames`), if anything.

    Raises `GazetteerDataError` when files are missing or broken; the message says what helps. A gazetteer in another
    folder `data` is opened as it is, without the download.
    """
    downloaded = open_download(user_folder()) if data == DATA else None
    return Gazetteer(
        [
            Layer("theatre", data / "theatre_places.arrow", data / "theatre_names.marisa"),
            *([downloaded] if downloaded else []),
            Layer("world", data / "world_places.arrow", data / "world_names.marisa"),
        ]
    )
