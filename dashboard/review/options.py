"""What a name under review may mean: the machine's candidates, the gazetteer's, those a reviewer searched for and those
a geocoder suggests, in one numbered list with the distance to what the article names for certain."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.corrections.decisions import DecidedPlace
from corpus.review import SurePlace
from dashboard.names import containers, name_of, place_name
from dashboard.texts import t
from dashboard.words import fraction, number
from extract.types import Choice
from geodata import Candidate, Gazetteer, Place
from geodata.distance import distance_km
from geodata.names import NameKind
from geodata.places import REGION_KINDS
from geodata.suggestions import Answer, Suggestion

MOST_OPTIONS = 15
SUGGESTED = "suggested:"
"""What ids of a geocoder's suggestions begin with; one accepted becomes a place of the corpus's own."""


@dataclass(frozen=True, slots=True)
class Option:
    """A place the name may mean. `id` is the gazetteer's, or begins with `SUGGESTED`. `where` is what it lies in, `why`
    the evidence for it, `near` and `near_km` the closest place the article is sure of (None where there is none, or
    where the option is too wide to measure to). `given` says who gives the point when the gazetteer does not."""

    id: str
    name: str
    kind: str
    lat: float
    lon: float
    where: str
    why: str
    near: str | None = None
    near_km: float | None = None
    country: str = ""
    region: str = ""
    given: str = ""

    @property
    def is_suggestion(self) -> bool:
        """True for a geocoder's answer that nobody has accepted yet."""
        return self.id.startswith(SUGGESTED)

    def decided(self, own_id: str = "") -> DecidedPlace:
        """The place as a decision keeps it, under an id of the corpus's own where one is given. Raises
        `corpus.CorrectionError`."""
        return DecidedPlace(
            id=own_id or self.id,
            name=self.name,
            kind=self.kind,
            lat=self.lat,
            lon=self.lon,
            country=self.country,
            region=self.region,
            source=self.given,
        )


def options(
    stored: Sequence[Choice],
    named: Iterable[Candidate],
    searched: Iterable[Candidate],
    answer: Answer | None,
    sure: Sequence[SurePlace],
    *,
    places: Gazetteer,
    guess: str | None = None,
) -> list[Option]:
    """At most `MOST_OPTIONS`: what was searched for first, then a geocoder's suggestions, then the machine's own
    candidates, its guess leading, then other places the gazetteer has under that name, the closest first."""
    found: dict[str, Option] = {}
    for candidate in searched:
        _keep(found, _from_place(candidate.place, t("review.why_searched"), sure, places))
    for number_, suggestion in enumerate(answer.suggestions if answer else ()):
        _keep(found, _from_suggestion(number_, suggestion, answer, sure))
    for choice in sorted(stored, key=lambda c: (c.place_id != guess, -c.share)):
        _keep(found, _from_choice(choice, sure, places))
    others = [_from_place(c.place, _name_words(c.name_kind), sure, places) for c in named]
    for option in sorted(others, key=lambda o: (o.near_km is None, o.near_km or 0.0)):
        _keep(found, option)
    return list(found.values())[:MOST_OPTIONS]


def _keep(found: dict[str, Option], option: Option) -> None:
    found.setdefault(option.id, option)


def _from_place(place: Place, why: str, sure: Sequence[SurePlace], places: Gazetteer) -> Option:
    parts = [why]
    if place.population:
        parts.append(t("review.population", number=number(place.population)))
    near, near_km = _closest(place.kind, place.lat, place.lon, sure, but=place.id)
    return Option(
        place.id,
        name_of(place),
        place.kind,
        place.lat,
        place.lon,
        ", ".join(dict.fromkeys(containers(place, places))),
        ", ".join(part for part in parts if part),
        near,
        near_km,
        place.country,
        place.region,
    )


def _from_choice(choice: Choice, sure: Sequence[SurePlace], places: Gazetteer) -> Option:
    why = t("review.why_share", share=fraction(choice.share))
    place = places.get(choice.place_id)
    if place:
        return _from_place(place, why, sure, places)
    near, near_km = _closest(choice.kind, choice.lat, choice.lon, sure, but=choice.place_id)
    return Option(choice.place_id, choice.name, choice.kind, choice.lat, choice.lon, "", why, near, near_km)


def _from_suggestion(number_: int, suggestion: Suggestion, answer: Answer, sure: Sequence[SurePlace]) -> Option:
    near, near_km = _closest(suggestion.kind, suggestion.lat, suggestion.lon, sure)
    given = " ".join(part for part in (answer.source, suggestion.reference) if part)
    return Option(
        f"{SUGGESTED}{number_}:{answer.question.key}",
        suggestion.name or suggestion.label,
        suggestion.kind,
        suggestion.lat,
        suggestion.lon,
        suggestion.label,
        t("review.why_suggested", source=answer.source),
        near,
        near_km,
        suggestion.country.upper() if len(suggestion.country) == 2 else "",
        "",
        given[:300],
    )


def _closest(
    kind: str, lat: float, lon: float, sure: Sequence[SurePlace], *, but: str = ""
) -> tuple[str | None, float | None]:
    """The article's closest sure place and how far it is; nothing for what is itself an area as large as a region."""
    measured = [(distance_km(lat, lon, place.lat, place.lon), place) for place in sure if place.place_id != but]
    if not measured or kind in REGION_KINDS:
        return None, None
    km, place = min(measured, key=lambda pair: pair[0])
    return place_name(place.place_id, place.name), km


def _name_words(kind: NameKind) -> str:
    """What the name is to a place of the gazetteer."""
    return t(f"review.named_{kind.name.lower()}")
