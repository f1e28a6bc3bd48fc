"""Which of the places that bear a name does a text mean? All of an article are decided together, sure ones first."""

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import date as Date

from extract.containers import Container, stated_containment
from extract.geometry import Relation, agreement, stated_relations
from extract.groups import lists_of
from extract.scoring import (
    Context,
    Scored,
    Spot,
    lies_in,
    prior,
    readings,
    score_container,
    score_context,
    score_kind,
    score_neighbours,
    score_relation,
)
from extract.tokens import Tokens
from extract.toponyms import Toponym
from geodata import Gazetteer, Place
from geodata.distance import rough_distance_km

MOST_CANDIDATES = 40
SURE_SHARE = 0.75
SETTLED = 0.98
"""Share at which the rest of the article is not asked again."""
PLACED_SHARE = 0.55
SAME_SPOT_KM = 5.0
MOST_NEIGHBOURS = 4
SHARPNESS = 1.6
"""How decisive a lead in score is: one point ahead of a single rival gives a share of 0.83."""
CROWD = 0.25
"""Weight of all rivals after the first: thirteen hamlets called Geneva do not make the city doubtful."""
HOPELESS = 7.5
"""Lead in prior that the observations of a text without a word on where the place lies cannot make up."""
_ROUNDS = 2


@dataclass(slots=True)
class Resolution:
    """The ranked candidates of one toponym with their shares of the evidence (sum 1)."""

    ranked: list[tuple[Scored, float]]
    sure: bool
    outside: str = ""
    """Where the text puts the place ("in Donetsk Oblast", "6 km west of Bakhmut"), when no candidate lies there."""

    @property
    def best(self) -> Place:
        """The leading place."""
        return self.ranked[0][0].candidate.place


@dataclass(frozen=True, slots=True)
class _Group:
    """Mentions that are decided as one: the same name, asked for in the same way."""

    key: str
    wanted: str | None
    container: Container | None
    relation: Relation | None
    area: str | None
    """Id of the region or country that the mention must be, since it contains another place of the text."""

    @property
    def explicit(self) -> bool:
        """Whether the text itself says where the place lies."""
        return self.container is not None or self.relation is not None


def resolve_all(
    toponyms: list[Toponym], tokens: Tokens, gazetteer: Gazetteer, war_day: Date | None = None
) -> dict[int, Resolution]:
    """A resolution for each toponym, by its position in the list; `war_day` is the day of an article about the war."""
    containment = stated_containment(toponyms, tokens)
    relations = {relation.number: relation for relation in stated_relations(toponyms, tokens.text)}
    groups: dict[_Group, list[int]] = defaultdict(list)
    for number, toponym in enumerate(toponyms):
        container, area = containment.inner.get(number), containment.outer.get(number)
        groups[_Group(toponym.key, toponym.wanted, container, relations.get(number), area)].append(number)
    group_of = {number: group for group, members in groups.items() for number in members}
    beside = _list_neighbours(toponyms, tokens)
    spots = {number: readings(toponyms[number]) for number in beside}
    context, decided = Context(front=gazetteer.front if war_day else None, day=war_day), {}
    for turn in range(_ROUNDS):
        for group, members in groups.items():
            if turn and decided[group].ranked[0][1] >= SETTLED and not group.relation:
                continue
            anchor = decided.get(group_of[group.relation.anchor]) if group.relation else None
            other = group.relation.other if group.relation else None
            second = decided.get(group_of[other]) if other is not None else None
            neighbours = [spots[n] for member in members for n in beside.get(member, ())][:MOST_NEIGHBOURS]
            clues = _Clues(context, anchor, second, neighbours)
            resolution = decided[group] = _decide(toponyms[members[0]], group, clues, gazetteer)
            if resolution.sure and not turn:
                context.learn(resolution.best)
    _same_sense(decided)
    return {number: decided[group] for number, group in group_of.items()}


@dataclass(frozen=True, slots=True)
class _Clues:
    """What bears on a group besides its own words."""

    context: Context
    anchor: Resolution | None
    second: Resolution | None
    neighbours: list[list[Spot]]


def _list_neighbours(toponyms: list[Toponym], tokens: Tokens) -> dict[int, list[int]]:
    """For each settlement named in a list, the other members, nearest in the list first."""
    number_of = {id(toponym): number for number, toponym in enumerate(toponyms)}
    beside: dict[int, list[int]] = {}
    for members in lists_of(toponyms, tokens):
        numbers = [number_of[id(t)] for t in members if any(c.place.is_settlement for c in t.candidates)]
        if len(numbers) > 1:
            for at, number in enumerate(numbers):
                around = numbers[max(0, at - MOST_NEIGHBOURS) : at + MOST_NEIGHBOURS + 1]
                others = sorted((n for n in around if n != number), key=lambda n: abs(n - number))
                beside[number] = others[:MOST_NEIGHBOURS]
    return beside


def _decide(toponym: Toponym, group: _Group, clues: _Clues, gazetteer: Gazetteer) -> Resolution:
    """Score and rank the candidates of one group."""
    if len(toponym.candidates) == 1 and not group.explicit:
        return Resolution([(Scored(toponym.candidates[0], 0.0), 1.0)], True)
    items = [Scored(candidate, prior(candidate)) for candidate in toponym.candidates]
    if len(items) > 1:
        items = _worth_weighing(items, group)
    inside = gazetteer.get(group.container.place_id) if group.container else None
    nowhere = inside is not None and not any(lies_in(item.candidate.place, inside) for item in items)
    if nowhere and not group.container.firm:
        inside = None
    for item in items if len(items) > 1 else ():
        score_kind(item, group.wanted)
        if item.candidate.place.id == group.area:
            item.add("container", 6.0, "the text puts another place in it")
        if inside:
            score_container(item, inside)
        if group.relation and clues.anchor and clues.anchor.sure:
            score_relation(item, group.relation, clues.anchor.best, clues.second.best if clues.second else None)
        score_context(item, clues.context)
        if clues.neighbours:
            score_neighbours(item, clues.neighbours)
    outside = f"in {inside.name}" if inside and nowhere else _off_the_mark(group, clues, items)
    resolution = Resolution([(item, 0.0) for item in items], False, outside)
    _rank(resolution)
    return resolution


def _worth_weighing(items: list[Scored], group: _Group) -> list[Scored]:
    """The likeliest candidates, without those that no context could lift over the first (a hamlet called Ukraine)."""
    items.sort(key=lambda item: -item.score)
    if group.explicit or group.wanted or group.area:
        return items[:MOST_CANDIDATES]
    least = items[0].score - HOPELESS
    return [item for item in items[:MOST_CANDIDATES] if item.score >= least]


def _off_the_mark(group: _Group, clues: _Clues, items: list[Scored]) -> str:
    """The stated distance, when every candidate contradicts it; empty when one fits or none is stated."""
    relation, anchor = group.relation, clues.anchor
    if not relation or relation.km is None or not anchor or not anchor.sure:
        return ""
    if any(agreement(relation, item.candidate.place, anchor.best) > 0 for item in items):
        return ""
    return f"{relation.text} {anchor.best.name}"


def _same_sense(decided: dict[_Group, Resolution]) -> None:
    """A bare repetition means what the explicit mention (`X, Donetsk Oblast`) meant, if that was the same kind."""
    explicit: dict[str, Place] = {}
    for group, resolution in decided.items():
        if group.explicit and group.wanted != "region" and resolution.sure:
            explicit.setdefault(group.key, resolution.best)
    for group, resolution in decided.items():
        meant = explicit.get(group.key)
        if meant and not group.explicit and group.wanted != "region":
            for scored, _ in resolution.ranked:
                if scored.candidate.place.id == meant.id:
                    scored.add("sense", 4.0, "the text says elsewhere where it lies")
            _rank(resolution)


def _rank(resolution: Resolution) -> None:
    """Shares of the evidence by a softmax; places on the same spot do not compete with each other."""
    items = sorted((item for item, _ in resolution.ranked), key=lambda s: (-s.score, s.candidate.place.id))
    top = items[0].score
    weights = [math.exp((item.score - top) * SHARPNESS) for item in items]
    best = items[0].candidate.place
    for i, item in enumerate(items[1:], start=1):
        place = item.candidate.place
        both = place.is_settlement and best.is_settlement
        if both and rough_distance_km(place.lat, place.lon, best.lat, best.lon) <= SAME_SPOT_KM:
            weights[i] = 0.0
    weights[2:] = [CROWD * weight for weight in weights[2:]]
    total = sum(weights)
    resolution.ranked = [(item, weight / total) for item, weight in zip(items, weights, strict=True)]
    resolution.sure = weights[0] / total >= SURE_SHARE and not resolution.outside
