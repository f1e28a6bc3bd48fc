"""An article as the event rules see it: what is known of each word, and which words name places."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.events.words import RUSSIA, UKRAINE, UNKNOWN, words_of
from extract.tokens import Tokens
from extract.types import Mention
from geodata.places import SETTLEMENT_KINDS

_TOO_WIDE = ("country", "continent")
_TOWNS, _VILLAGES = ("city", "town"), ("village",)
_VILLAGE_WORDS = frozenset("village settlement село селі села селище селища поселок поселке".split())
_ANY_WORDS = frozenset("there там".split())
_OFFICES = frozenset("governor mayor authorities officials administration police prosecutors".split())
_LEADS = frozenset("в у із з зі из с від от до під под по біля возле near from in at".split())
"""After these even a capital is a place: `відійшли від Києва`."""
_WORLD = "gn"  # ids of places that the project's own tables do not describe
_FEWEST_SIDES = 2
_TOPIC_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Spot:
    """A place an event may be at, and the words (token numbers, end exclusive) that name or stand for it."""

    mention: Mention
    first: int
    last: int


class Passage:
    """One article's tokens with their `Word`s, its places by token, and its sentences as token ranges."""

    def __init__(
        self,
        tokens: Tokens,
        mentions: Sequence[Mention],
        sentences: Iterable[tuple[int, int]],
        country_of: Callable[[str], str],
    ):
        self.tokens, self.keys, self.gaps = tokens, tokens.keys, tokens.gaps
        self.words = words_of(tokens.keys)
        self.country_of = country_of
        self.spots: list[Spot] = []
        self.spot_at: dict[int, int] = {}
        self.covered: set[int] = set()
        for mention in mentions:
            self._enter(mention)
        self.sentences = [
            (first, last)
            for start, end in sentences
            if (first := bisect_left(tokens.starts, start)) < (last := bisect_left(tokens.starts, end))
        ]
        self._firsts = [spot.first for spot in self.spots]
        self._resolved: list[tuple[int, Mention]] = []

    def _enter(self, mention: Mention) -> None:
        first = bisect_left(self.tokens.starts, mention.start)
        last = bisect_left(self.tokens.starts, mention.end)
        if last == first + 1 and self.words[first].side and not self.words[first].alone:
            return  # `Українська армія`: an adjective that a town's name happens to share
        meant = mention.role == "location" or mention.kind in _TOWNS and first and self.keys[first - 1] in _LEADS
        located = mention.place_id and mention.status in ("placed", "ambiguous") and meant
        if not located or mention.kind in _TOO_WIDE:
            if located:
                self.covered.update(range(first, last))
            return
        self.covered.update(range(first, last))
        self.spot_at |= dict.fromkeys(range(first, last), len(self.spots))
        self.spots.append(Spot(mention, first, last))

    @property
    def of_the_war(self) -> bool:
        """Whether it names a place of the theatre or speaks of both sides; elsewhere a strike is another matter."""
        for spot in self.spots:
            owner = self.owner(spot)
            if owner == UKRAINE or owner == RUSSIA and not (spot.mention.place_id or "").startswith(_WORLD):
                return True
        return sum(word.side in (RUSSIA, UKRAINE) for word in self.words) >= _FEWEST_SIDES

    def clues(self) -> Iterator[tuple[tuple[int, int, int], list[int], bool]]:
        """Each sentence (first token, end, number) with its triggers and denials, and whether it names a place."""
        telling = [i for i, word in enumerate(self.words) if word.telling]
        placed = sorted({*self.spot_at, *(i for i, word in enumerate(self.words) if word.standing)})
        for number, (first, last) in enumerate(self.sentences):
            told = telling[bisect_left(telling, first) : bisect_left(telling, last)]
            named = bisect_left(placed, first) < bisect_left(placed, last)
            yield (first, last, number), told, named

    def owner(self, spot: Spot) -> str:
        """The side in whose country the place lies; `unknown` elsewhere."""
        country = self.country_of(spot.mention.place_id or "")
        return {"UA": UKRAINE, "RU": RUSSIA}.get(country, UNKNOWN)

    @cached_property
    def _shares(self) -> Counter:
        """How often the article names each settlement."""
        return Counter(s.mention.place_id for s in self.spots if s.mention.kind in SETTLEMENT_KINDS)

    def _towns_of(self, number: int) -> list[Spot]:
        """The settlements that sentence `number` names."""
        first, last = self.sentences[number]
        here = self.spots[bisect_left(self._firsts, first) : bisect_left(self._firsts, last)]
        return [spot for spot in here if spot.mention.kind in SETTLEMENT_KINDS]

    @cached_property
    def _headings(self) -> dict[int, Mention]:
        """Sentences that are nothing but a settlement's name: what follows is about it."""
        whole = {sentence: number for number, sentence in enumerate(self.sentences)}
        return {whole[s.first, s.last]: s.mention for s in self.spots if (s.first, s.last) in whole}

    def _heading_above(self, number: int) -> Mention | None:
        above = [n for n in self._headings if n < number]
        return self._headings[max(above)] if above else None

    def _recent(self, number: int) -> list[Mention]:
        """Settlements of the two sentences before, and those that words there stood for."""
        named = [
            (n, spot.mention)
            for n in range(max(0, number - 2), number)
            for spot in self._towns_of(n)
            if not self._names_an_office(spot)
        ]
        stood_for = [(n, mention) for n, mention in self._resolved if n >= number - 2]
        return [mention for _, mention in sorted(named + stood_for, key=lambda found: found[0])]

    def _names_an_office(self, spot: Spot) -> bool:
        return spot.last < len(self.keys) and self.keys[spot.last] in _OFFICES

    def stands_for(self, i: int, first: int, number: int) -> Spot | None:
        """The settlement that token `i` (`the city`, `there`) of sentence `number`, from `first` on, stands for.

        Looks at the sentence so far, then at the two before it, then takes the article's main settlement if there
        clearly is one. None when nothing fits: then it is not known which is meant.
        """
        key = self.keys[i]
        kinds = SETTLEMENT_KINDS if key in _ANY_WORDS else _VILLAGES if key in _VILLAGE_WORDS else _TOWNS
        here = [self.spots[self.spot_at[k]].mention for k in range(first, i) if k in self.spot_at]
        before = self._recent(number)
        heading = self._heading_above(number)
        if not here and heading and heading.kind in kinds:
            return Spot(heading, i, i + 1)
        for mentions in (here, before):
            fitting = [m for m in mentions if m.kind in kinds]
            if fitting:
                best = max(reversed(fitting), key=lambda m: self._shares[m.place_id])
                self._resolved.append((number, best))
                return Spot(best, i, i + 1)
        return self._main_settlement(i, kinds)

    def _main_settlement(self, i: int, kinds: tuple[str, ...]) -> Spot | None:
        total = sum(self._shares.values())
        for place, count in self._shares.most_common(1):
            spot = next(s for s in self.spots if s.mention.place_id == place)
            if count >= _TOPIC_SHARE * total and spot.last <= i and spot.mention.kind in kinds:
                return Spot(spot.mention, i, i + 1)
        return None

    def tagged(self, i: int, tag: str) -> bool:
        """Whether token `i` bears the tag."""
        return tag in self.words[i].tags
