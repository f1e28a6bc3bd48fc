"""Article in, extraction out: the one function that batch, command line and dashboard all run."""

import dataclasses
import math
from collections import Counter
from datetime import date as Date
from typing import Any

from extract import lexicon
from extract.dates.dating import date_notes, today
from extract.dates.relative import relative_date
from extract.dates.stated import parse_date, stated_date, unsure_date_line
from extract.events.find import find_events
from extract.evidence import prior, spread, weigh
from extract.fingerprint import fingerprint
from extract.groups import link_lists
from extract.language import detect_language
from extract.origin.sources import cited_outlets
from extract.people import find_people
from extract.reasons import ambiguous_reason, placed_reason, rejected_reason
from extract.resolve import PLACED_SHARE, Resolution, resolve_all
from extract.roles import LOCATION, role_of
from extract.scraps import find_scraps
from extract.tokens import LOWER, Tokens, sentence_spans
from extract.toponyms import Toponym, find_toponyms
from extract.types import Article, Choice, Event, Extraction, Mention
from extract.unplaced import find_unplaced
from geodata import Candidate, Gazetteer, Place

EXTRACTOR_VERSION = "2"
"""Raised when the same article would give different mentions; stored with each extraction."""

_SHOWN_CHOICES = 5
_WAR_WORDS = frozenset(
    """
    ukraine ukrainian ukrainians russia russian russians kyiv kiev moscow kremlin putin zelensky zelenskyy
    zelenskiy donbas donbass україна україни україні украина украины украине росія росії россия россии зсу всу рф
    ворог окупанти противник
""".split()
)
_FEWEST_CAPITALS = 4


class Extractor:
    """Runs `extract_article` with one opened gazetteer. Holds no other state, so threads may share it."""

    def __init__(self, gazetteer: Gazetteer):
        self.gazetteer = gazetteer

    def extract(self, article: Article) -> Extraction:
        """See `extract_article`; dates are held against today's."""
        return extract_article(article, self.gazetteer, known_on=today())


def extract_article(article: Article, gazetteer: Gazetteer, *, known_on: Date | None = None) -> Extraction:
    """Everything found in one article. Pure: the same article, gazetteer and day give the same extraction.

    Fills what the reader left open (language, a date stated in the text, cited outlets) and never alters the text.
    `known_on` is the day on which the article is at hand: a later date is noted as one of the future.
    """
    article = complete(article)
    tokens = Tokens(article.text)
    mentions = find_mentions(tokens, gazetteer, article.date)
    scraps = find_scraps(article.text)
    return Extraction(
        article=article,
        mentions=tuple(mentions),
        events=tuple(_events(tokens, mentions, scraps, article.language, gazetteer)),
        scraps=scraps,
        extractor_version=EXTRACTOR_VERSION,
        gazetteer_version=gazetteer.version,
        notes=date_notes(article, known_on),
        fingerprint=fingerprint(tokens, scraps),
    )


def _events(
    tokens: Tokens, mentions: list[Mention], scraps: tuple[tuple[int, int], ...], language: str, gazetteer: Gazetteer
) -> list[Event]:
    """Events of the article's own sentences; navigation scraps tell of other articles."""
    own = [span for span in sentence_spans(tokens.text) if not any(a <= span[0] < b for a, b in scraps)]

    def country_of(place_id: str) -> str:
        place = gazetteer.get(place_id)
        return place.country if place else ""

    return find_events(tokens, mentions, own, language, country_of=country_of)


def complete(article: Article) -> Article:
    """The article with language, stated date and cited outlets filled in where the reader knew none."""
    changes: dict = {}
    if article.language == "unknown":
        changes["language"] = detect_language(article.text)
    # a person who says that there is no date is not contradicted
    if article.date is None and not article.date_text and article.date_basis != "corrected":
        changes |= _dated_by_text(article)
    if not article.cites:
        changes["cites"] = cited_outlets(article.text, changes.get("language", article.language))
    return dataclasses.replace(article, **changes)


def _dated_by_text(article: Article) -> dict[str, Any]:
    """What the text states of its date; of a fetched article also a day told from that of fetching."""
    stated = stated_date(article.text)
    if stated:
        return {"date": stated.date, "date_basis": "stated", "date_text": stated.text}
    anchor = parse_date(article.retrieved_at) if article.retrieved_at else None
    told = relative_date(article.text, anchor, prose=False) if anchor else None
    if told:
        return {"date": told.date, "date_basis": "inferred", "date_text": told.text}
    return {"date_text": unsure_date_line(article.text)}


def find_mentions(tokens: Tokens, gazetteer: Gazetteer, day: Date | None = None) -> list[Mention]:
    """Mentions in the order of the text; `day` is the article's, when it is known."""
    toponyms = find_toponyms(tokens, gazetteer)
    war = is_about_the_war(tokens, toponyms)
    several = frozenset(t.first for t in toponyms if t.last - t.first > 1)
    people = find_people(tokens, several)
    headlines = title_lines(tokens)
    for toponym in toponyms:
        weigh(toponym, tokens, people, headlines, war)
    link_lists(toponyms, tokens, gazetteer)
    spread(toponyms)
    accepted = [t for t in toponyms if not t.rejected_by and t.score > 0]
    resolutions = resolve_all(accepted, tokens, gazetteer, day if war else None)
    mentions = [
        _outside(toponym, resolutions[number].outside)
        if resolutions[number].outside
        else _placed(toponym, resolutions[number], _next_is_place(number, accepted, tokens), tokens, gazetteer)
        for number, toponym in enumerate(accepted)
    ]
    mentions = share_roles(mentions, tokens.text)
    mentions += [_rejected(t) for t in toponyms if t.score <= 0 and _worth_telling(t, war)]
    mentions += find_unplaced(tokens, toponyms, people, accepted)
    return sorted(mentions, key=lambda m: (m.start, m.end))


def share_roles(mentions: list[Mention], text: str) -> list[Mention]:
    """`in Uganda, Ethiopia and Congo`: the members of a list have the role that the words before its first give it."""
    shared: list[Mention] = []
    for mention in mentions:
        first = shared[-1] if shared else None
        if first and first.role == LOCATION != mention.role and first.kind == mention.kind:
            joint, rest = text[first.end : mention.start], text[mention.end : mention.end + 5]
            listed = joint in (" and ", ", and ", " or ") or (joint == ", " and rest.startswith((", ", " and ")))
            if listed and not rest.startswith(("'s", "’s")):
                mention = dataclasses.replace(mention, role=LOCATION)
        shared.append(mention)
    return shared


def is_about_the_war(tokens: Tokens, toponyms: list[Toponym]) -> bool:
    """Two words or names that only reporting on this war is full of; village names are then likelier to be meant."""
    words = sum(map(_WAR_WORDS.__contains__, tokens.keys))
    return words >= 2 or words + sum(_of_the_theatre(toponym) for toponym in toponyms) >= 3


def _of_the_theatre(toponym: Toponym) -> bool:
    return len(toponym.candidates) == 1 and toponym.candidates[0].place.layer == "theatre"


def title_lines(tokens: Tokens) -> set[int]:
    """Numbers of the lines written In Title Case, where a capital says nothing."""
    small, titled = lexicon.FUNCTION_WORDS, set()
    for line, capitals in Counter(map(tokens.line, tokens.capitals)).items():
        stretch = tokens.on_line(line)
        if capitals < _FEWEST_CAPITALS or capitals < 0.3 * len(stretch):
            continue
        plain = sum(
            tokens.cases[k] == LOWER and tokens.keys[k] not in small and not tokens.keys[k].isdigit() for k in stretch
        )
        if capitals >= 3 * plain:
            titled.add(line)
    return titled


def _next_is_place(number: int, accepted: list[Toponym], tokens: Tokens) -> bool:
    """Whether the next toponym follows within the noun phrase: `Ukraine's eastern Donetsk region`."""
    if number + 1 >= len(accepted):
        return False
    between = tokens.keys[accepted[number].last : accepted[number + 1].first]
    return len(between) <= 3 and all(key in _BEFORE_A_PLACE for key in between)


_BEFORE_A_PLACE = lexicon.DIRECTIONS | lexicon.words(
    "city town village port region the besieged embattled southern border"
)


def _worth_telling(toponym: Toponym, war: bool) -> bool:
    """Rejections a reader could miss: people's and organisations' names, sizeable places; not every hamlet's word."""
    best = max(prior(c.place, c.name_kind, war) for c in toponym.candidates)
    if toponym.rejected_by:
        return best >= 0
    return best >= 0.9 and toponym.key not in lexicon.common_words() and toponym.key not in lexicon.DEMONYMS


def _certainty(score: float) -> float:
    return 1 / (1 + math.exp(-score))


def _choice(candidate: Candidate, share: float) -> Choice:
    place = candidate.place
    return Choice(place.id, place.name, place.kind, place.lat, place.lon, round(share, 3))


def _placed(
    toponym: Toponym, resolution: Resolution, next_is_place: bool, tokens: Tokens, gazetteer: Gazetteer
) -> Mention:
    scored, share = resolution.ranked[0]
    place: Place = scored.candidate.place
    placed = share >= PLACED_SHARE
    reason = placed_reason if placed else ambiguous_reason
    return Mention(
        start=toponym.start,
        end=toponym.end,
        text=toponym.text,
        status="placed" if placed else "ambiguous",
        role=role_of(toponym, place, tokens, next_is_place),
        confidence=round(share * _certainty(toponym.score), 3),
        reason=reason(toponym, resolution, gazetteer),
        place_id=place.id,
        name=place.name,
        kind=place.kind,
        lat=place.lat,
        lon=place.lon,
        candidates=tuple(_choice(s.candidate, part) for s, part in resolution.ranked[:_SHOWN_CHOICES] if part >= 0.005),
    )


def _outside(toponym: Toponym, region: str) -> Mention:
    """A name the gazetteer has, but not where the text puts it: better no point than a wrong one."""
    return Mention(
        start=toponym.start,
        end=toponym.end,
        text=toponym.text,
        status="unplaced",
        role=LOCATION,
        confidence=round(_certainty(toponym.score), 3),
        reason=f"The text puts “{toponym.text}” {region}, where the gazetteer has no place of that name.",
        candidates=tuple(_choice(candidate, 0.0) for candidate in toponym.candidates[:_SHOWN_CHOICES]),
    )


def _rejected(toponym: Toponym) -> Mention:
    return Mention(
        start=toponym.start,
        end=toponym.end,
        text=toponym.text,
        status="rejected",
        role=LOCATION,
        confidence=round(1 - _certainty(toponym.score), 3),
        reason=rejected_reason(toponym),
    )
