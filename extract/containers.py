"""Where the text itself says a place lies: `X, Donetsk Oblast`, `X, Y and Z in the Kharkiv region`."""

import re
from dataclasses import dataclass

from extract import cyrillic
from extract.tokens import Tokens
from extract.toponyms import Toponym


@dataclass(frozen=True, slots=True)
class Container:
    """The region or country a text puts a place in; `firm` when in so many words ("X in Donetsk region"), not
    merely by a comma, which also joins what has nothing to do with each other ("In Kyiv, Russia said")."""

    place_id: str
    firm: bool


@dataclass(frozen=True, slots=True)
class Containment:
    """What a text says of who lies in whom: `inner` by toponym number, and for each toponym that contains another,
    the area it must then be (`Atlanta, Georgia` is not the country)."""

    inner: dict[int, Container]
    outer: dict[int, str]


def stated_containment(toponyms: list[Toponym], tokens: Tokens) -> Containment:
    """Regions and countries that the text itself puts places in.

    `X, Donetsk Oblast`, `X in Donetsk region`, `X (Kharkiv Oblast)`, lists that end so, and headings above them.
    """
    inner: dict[int, Container] = {}
    outer: dict[int, str] = {}
    for number in range(len(toponyms) - 1, 0, -1):
        small, large = toponyms[number - 1], toponyms[number]
        if not _may_lie_in(small):
            continue
        joint = tokens.text[small.end : large.start]
        found = _joined_areas(small, large, joint, cyrillic.kind_after(tokens.keys[large.last - 1]))
        if found:
            inner[number - 1] = found
            outer[number] = found.place_id
        elif number in inner and _LIST_JOINT.fullmatch(joint):
            inner[number - 1] = inner[number]
    return Containment(_under_headings(toponyms, tokens) | inner, outer)


def _joined_areas(small: Toponym, large: Toponym, joint: str, noun: str | None) -> Container | None:
    """The area `large` that the words between put `small` in; a mere comma counts only where the gazetteer agrees.

    `Щербаки Запорізької області` needs no word between; `noun`: what the area's last word names (`області`).
    """
    if _COMMA_JOINT.fullmatch(joint):
        area = containing_area(small, large)
        return Container(area, False) if area else None
    in_genitive = joint == " " and noun in ("region", "district")
    if in_genitive or _IN_JOINT.fullmatch(joint):
        area = containing_area(small, large) or _area_of(large)
        return Container(area, True) if area else None
    return None


def containing_area(small: Toponym, large: Toponym) -> str | None:
    """The region or country named `large` that some place named `small` lies in, by the gazetteer."""
    homes = {
        home for c in small.candidates for home in (c.place.region, c.place.country) if home and c.place.id != home
    }
    areas = [c.place.id for c in large.candidates if c.place.kind in ("region", "country") and c.place.id in homes]
    return areas[0] if areas else None


def _under_headings(toponyms: list[Toponym], tokens: Tokens) -> dict[int, Container]:
    """A region that stands alone on its line, or opens it before a colon, governs the names up to the next one."""
    governed: dict[int, Container] = {}
    heading: Container | None = None
    for number, toponym in enumerate(toponyms):
        opens_line = toponym.first == 0 or "\n" in tokens.gaps[toponym.first - 1]
        area = _area_of(toponym) if opens_line else None
        if area and re.match(r"[ \t]*(?::|[.–—-]?[ \t]*(?:\n|$))", tokens.text[toponym.end : toponym.end + 40]):
            heading = Container(area, False)
        elif heading and _may_lie_in(toponym):
            governed[number] = heading
    return governed


def _may_lie_in(toponym: Toponym) -> bool:
    """Regions and countries are not put inside others; a settlement of the name may be."""
    return toponym.wanted != "region" and any(
        c.place.kind not in ("country", "region", "continent") for c in toponym.candidates
    )


_COMMA_JOINT = re.compile(r"(?: County| Parish| Township)?(?:,? ?\(|, )")
_IN_JOINT = re.compile(
    r"(?:[’']s)?,? (?:city |town |village |region )?(?:in|у|в|на) (?:the )?"
    r"(?:[\w-]*(?:east|west|north|south|ern|central|occupied) )?(?:\w+[’']s )?(?:[\w-]*(?:ern|central) )?"
)
_LIST_JOINT = re.compile(r"(?:, (?:and )?[^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w’'-]+)?)*(?:,| and|, and|,? та| і| и) ")
"""What may stand between two members of a list: commas, conjunctions, and names the gazetteer lacks."""


def _area_of(toponym: Toponym) -> str | None:
    areas = [c.place for c in toponym.candidates if c.place.kind in ("region", "country", "district")]
    settlements = [c.place for c in toponym.candidates if c.place.is_settlement]
    if not areas or (
        settlements
        and toponym.wanted not in ("region", "district")
        and max(s.population for s in settlements) > 300_000
    ):
        return None
    return areas[0].id
