"""Where the text itself says a place lies: `X, Donetsk Oblast`, `X, Y and Z in the Kharkiv region`."""

import re
from dataclasses import dataclass

from extract.tokens import Tokens
from extract.toponyms import Toponym


@dataclass(frozen=True, slots=True)
class Container:
    """The region or country a text puts a place in; `firm` when in so many words ("X in Donetsk region"), not
    merely by a comma, which also joins what has nothing to do with each other ("In Kyiv, Russia said")."""

    place_id: str
    firm: bool


def explicit_containers(toponyms: list[Toponym], tokens: Tokens) -> dict[int, Container]:
    """Toponym number -> the region or country that the text itself puts it in.

    `X, Donetsk Oblast`, `X in Donetsk region`, `X (Kharkiv Oblast)`, and lists that end so.
    """
    found: dict[int, Container] = {}
    for number in range(len(toponyms) - 1, 0, -1):
        inner, outer = toponyms[number - 1], toponyms[number]
        if not _may_lie_in(inner):
            continue
        joint = tokens.text[inner.end : outer.start]
        area = _area_of(outer)
        if area and _COMMA_JOINT.fullmatch(joint):
            found[number - 1] = Container(area, False)
        elif area and _IN_JOINT.fullmatch(joint):
            found[number - 1] = Container(area, True)
        elif number in found and _LIST_JOINT.fullmatch(joint):
            found[number - 1] = found[number]
    return _under_headings(toponyms, tokens) | found


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


_COMMA_JOINT = re.compile(r",? ?\(|, ")
_IN_JOINT = re.compile(
    r"(?:[’']s)?,? (?:city |town |village |region )?(?:in|у|в) (?:the )?"
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
