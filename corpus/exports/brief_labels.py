"""Where names go on the map of the brief: beside their circles, none over another. Units as in `brief_map`."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self

SIZE = 12.0
"""Height of the letters."""

_GAP = 2.5
_NARROW, _WIDE = frozenset("iljtfrI.,'’()іїІЇ -"), frozenset("mwMWшщжюфмШЩЖЮФМ—")


class Box(NamedTuple):
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, x: float, y: float, half_width: float, half_height: float) -> Self:
        """The rectangle with its middle at (x, y)."""
        return cls(x - half_width, y - half_height, x + half_width, y + half_height)

    def meets(self, other: "Box") -> bool:
        """True when the two have area in common."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def within(self, other: "Box") -> bool:
        """True when no part of this one is outside `other`."""
        across = other.left <= self.left and self.right <= other.right
        return across and other.top <= self.top and self.bottom <= other.bottom


class Named(NamedTuple):
    """A circle around (x, y) that wants a name; `look` is how the name is drawn."""

    text: str
    x: float
    y: float
    radius: float
    look: str


class Label(NamedTuple):
    """A text whose letters start at (x, y), the left end of their base line, and the room it takes."""

    text: str
    look: str
    x: float
    y: float
    box: Box


def text_width(text: str, size: float = SIZE) -> float:
    """About how wide `text` is; rather too much than too little, as fonts differ."""
    ems = sum(0.34 if char in _NARROW else 0.92 if char in _WIDE else 0.66 if char.isupper() else 0.58 for char in text)
    return ems * size


def place_labels(named: Iterable[Named], circles: Sequence[Box], frame: Box, *, most: int) -> list[Label]:
    """Labels of at most `most` of `named`, the most important first; one that finds no room is left out.

    A label keeps clear of every label before it and of all `circles` other than its own.
    """
    placed: list[Label] = []
    for one in named:
        if len(placed) == most:
            break
        own = Box.around(one.x, one.y, one.radius, one.radius)
        others = [box for box in circles if box != own]
        for label in _choices(one):
            if not label.box.within(frame) or any(label.box.meets(other.box) for other in placed):
                continue
            if not any(label.box.meets(other) for other in others):
                placed.append(label)
                break
    return placed


def _choices(named: Named) -> Iterable[Label]:
    """The places a label may take, the best first: right, left, above, below, then at a slant."""
    text, x, y, size, look = named
    wide, far, slant = text_width(text), size + _GAP, 0.75 * size + _GAP
    for left, base in (
        (x + far, y + 0.35 * SIZE),
        (x - far - wide, y + 0.35 * SIZE),
        (x - wide / 2, y - far - 1),
        (x - wide / 2, y + far + 0.75 * SIZE),
        (x + slant, y - slant),
        (x + slant, y + slant + 0.6 * SIZE),
        (x - slant - wide, y - slant),
        (x - slant - wide, y + slant + 0.6 * SIZE),
    ):
        yield Label(text, look, left, base, Box(left, base - 0.8 * SIZE, left + wide, base + 0.22 * SIZE))
