"""The reason a mention was placed, left open or refused: one plain sentence from the evidence that decided."""

from extract.resolve import Resolution
from extract.toponyms import Toponym
from geodata import Gazetteer, NameKind, Place

_CERTAIN = 0.97
"""Share of the evidence above which the other places of a name are not worth a word."""


def describe(place: Place, gazetteer: Gazetteer) -> str:
    """`Bakhmut (city, Donetsk Oblast)`: the name, the kind, the region or country it lies in."""
    where = gazetteer.region_name(place)
    if not where and place.country and place.kind != "country":
        country = gazetteer.get(place.country)
        where = country.name if country else ""
    return f"{place.name} ({place.kind}{', ' + where if where else ''})"


def _name_phrase(toponym: Toponym, place: Place, kind: NameKind, gazetteer: Gazetteer) -> str:
    said = {
        NameKind.SPELLING: "another spelling of",
        NameKind.ALIAS: "another name of",
        NameKind.FORMER: "a former name of",
        NameKind.ABBREVIATION: "short for",
        NameKind.INFLECTED: "a case form of",
        NameKind.ADJECTIVE: "the adjective of",
        NameKind.LISTED: "listed by GeoNames as a name of",
    }.get(kind, "")
    same = toponym.text.casefold() == place.name.casefold()
    return f"“{toponym.text}” is {said + ' ' if said and not same else ''}{describe(place, gazetteer)}"


def placed_reason(toponym: Toponym, resolution: Resolution, gazetteer: Gazetteer) -> str:
    """Why this place: the name, then what singled it out among places of the name, then why it is a place at all."""
    scored, share = resolution.ranked[0]
    place, count = scored.candidate.place, len(toponym.candidates)
    first = _name_phrase(toponym, place, scored.candidate.name_kind, gazetteer)
    because = scored.advantage(resolution.ranked[1][0]) if len(resolution.ranked) > 1 else ""
    if count == 1:
        chosen = "the only place of that name in the gazetteer"
    elif because and place.kind not in ("country", "continent"):
        chosen = f"chosen among {count} of that name because {because}"
    else:
        chosen = f"{'by far ' if share >= _CERTAIN else ''}the best known of {count} of that name"
    cue = _cue(toponym)
    return f"{first}, {chosen}{'; ' + cue if cue else ''}."


def _cue(toponym: Toponym) -> str:
    """The strongest word of the context that made the span a place, beyond its being in the gazetteer."""
    cues = [item for item in toponym.evidence[1:] if item.weight >= 1.0]
    return max(cues, key=lambda item: item.weight).text if cues else ""


def ambiguous_reason(toponym: Toponym, resolution: Resolution, gazetteer: Gazetteer) -> str:
    """What it may be, and that the text does not decide."""
    first, second = (describe(scored.candidate.place, gazetteer) for scored, _ in resolution.ranked[:2])
    more = len(resolution.ranked) - 2
    rest = f" or {more} more" if more > 0 else ""
    return (
        f"“{toponym.text}” may be {first}, {second}{rest}; the text does not say which, so the first is only a guess."
    )


def rejected_reason(toponym: Toponym) -> str:
    """Why a gazetteer name is no place here: the heaviest observation against it."""
    against = min(toponym.evidence, key=lambda item: item.weight)
    return f"“{toponym.text}” is not taken for a place: {against.text}."
