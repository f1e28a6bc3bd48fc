"""What a corpus's reviewers added to the gazetteer: new places, and names for places it has."""

import dataclasses
from collections import defaultdict
from pathlib import Path

from corpus.corrections.decisions import OWN, DecidedPlace
from corpus.corrections.file import CorrectionsFile
from corpus.corrections.name_forms import case_forms
from corpus.corrections.standing import State
from geodata import Gazetteer, NameKind, Place, name_key, open_gazetteer
from geodata.names import is_abbreviation
from geodata.own_layer import OwnPlace, with_own

_THEATRE = ("UA", "RU", "BY", "")


def own_places(state: State, gazetteer: Gazetteer) -> tuple[OwnPlace, ...]:
    """The places that decisions for everywhere name, each with its names; picklable, in a stable order.

    A place that `gazetteer` has is given as it has it. A name stands for one place only: the one decided last.
    """
    chosen: dict[str, tuple] = {}
    for _, decision in state.of("place"):
        if decision.scope == "everywhere":
            key = name_key(decision.target.name)
            if key not in chosen or chosen[key][0] < decision.order:
                chosen[key] = (decision.order, decision)
    names: dict[str, dict[str, NameKind]] = defaultdict(dict)
    for _, decision in chosen.values():
        place = decision.place
        if place and decision.action in ("spelling", "new_place"):
            if decision.action == "new_place":
                names[place.id] |= _named(place.name, place.kind, NameKind.MAIN)
            # what the gazetteer shows stays the name's kind where both are the same
            names[place.id] = _named(decision.target.name, place.kind, NameKind.SPELLING) | names[place.id]
    places = {place_id: _place(state.places[place_id], gazetteer) for place_id in names}
    return tuple(OwnPlace(places[place_id], tuple(sorted(names[place_id].items()))) for place_id in sorted(names))


def _named(name: str, kind: str, what: NameKind) -> dict[str, NameKind]:
    forms = dict.fromkeys(case_forms(name, kind), NameKind.INFLECTED)
    return forms | {name: NameKind.ABBREVIATION if is_abbreviation(name) else what}


def _place(decided: DecidedPlace, gazetteer: Gazetteer) -> Place:
    known = None if decided.id.startswith(OWN) else gazetteer.get(decided.id)
    if known:
        return known
    fields = dataclasses.asdict(decided)
    # a place that a reviewer of war reporting adds is as likely to be meant as one of the project's own tables
    return Place(**fields, layer="theatre" if decided.country in _THEATRE else "own")


def corpus_gazetteer(folder: Path, gazetteer: Gazetteer | None = None) -> Gazetteer:
    """`gazetteer`, by default the embedded one, with what the corpus in `folder` adds. Raises `CorpusError` or
    `geodata.GeodataError`."""
    gazetteer = gazetteer or open_gazetteer()
    return with_own(gazetteer, own_places(CorrectionsFile(folder).read().state, gazetteer))
