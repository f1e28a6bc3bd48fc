"""Blocks of synthetic articles, drawn as arrays: the same seed and number give the same block, whatever came before.

About a third of the articles are copies: word for word, cut short, or rewritten around a part of the original.
"""

from dataclasses import dataclass
from datetime import date as Date

import numpy as np

from geodata import Gazetteer
from tests.benchmarks.synthetic_places import MONTHS, NEIGHBOURS, Places, pick_places
from tests.benchmarks.synthetic_wording import ACTOR, LANGUAGES, NEAR, PLACE, POOL, Wording, read_wording

BLOCK_ARTICLES = 2_000
FIRST_DAY, DAYS = Date(2022, 2, 24).toordinal(), 1_400
SOURCES = tuple(f"Synthetic {word} {n}" for n in range(1, 16) for word in ("Wire", "Gazette", "Desk", "Observer"))
ORIGINAL, SAME, CUT, REWRITTEN = range(4)

_KIND_SHARES = (0.68, 0.12, 0.1, 0.1)
_LANGUAGE_SHARES = (0.55, 0.27, 0.18)
_UNDATED, _UNSOURCED = 0.03, 0.02
_RARER_NAME = 0.07
_PARAGRAPH = 4  # sentences
_SENTENCE_CHARS = 76
_COPIED_WITHIN = 300  # articles


@dataclass(frozen=True, slots=True)
class Block:
    """Articles first, first + 1, ...: per article its `kinds`, `originals` (its own number in the block, or that of the
    article it copies), `languages`, `sources` (-1: not stated), `days` (ordinal, 0: undated), `homes` (place) and
    `bounds` (of its tokens in the arrays below, one more than articles). Per token its `pieces` (numbers into
    `Maker.pieces`), `offsets` (code points in its article) and `places` (-1 for words)."""

    first: int
    kinds: np.ndarray
    originals: np.ndarray
    languages: np.ndarray
    sources: np.ndarray
    days: np.ndarray
    homes: np.ndarray
    bounds: np.ndarray
    pieces: np.ndarray
    offsets: np.ndarray
    places: np.ndarray


class Maker:
    """Draws the blocks of one corpus of `total` articles of about `chars` code points."""

    def __init__(self, gazetteer: Gazetteer, *, total: int, seed: int, chars: int = 3_000):
        self.total, self.seed = total, seed
        self.wording: Wording = read_wording()
        self.places: Places = pick_places(gazetteer, np.random.default_rng([seed, 0]))
        own = (*self.wording.pieces, "", " ", "\n\n")
        self._breaks = np.arange(len(own) - 3, len(own), dtype=np.int32)
        self._first_name = len(own)
        self.pieces = np.array([*own, *self.places.names], dtype=object)
        self._lengths = np.array([len(piece) for piece in self.pieces], dtype=np.int64)
        self._sentences = chars / _SENTENCE_CHARS

    @property
    def blocks(self) -> int:
        """How many blocks make the corpus."""
        return -(-self.total // BLOCK_ARTICLES)

    def block(self, number: int) -> Block:
        """Block `number`, from 0."""
        rng = np.random.default_rng([self.seed, 1, number])
        first = number * BLOCK_ARTICLES
        count = min(BLOCK_ARTICLES, self.total - first)
        kinds = rng.choice(4, count, p=_KIND_SHARES)
        kinds[0] = ORIGINAL
        originals = _originals(kinds, rng)
        languages = rng.choice(3, count, p=_LANGUAGE_SHARES)[originals]
        days, months = self._days(first, originals, rng)
        homes = self._draw(months, rng)[originals]
        sentences, owners, segments = self._plan(kinds, originals, languages, rng)
        tokens, places = self._fill(sentences, owners, homes, languages, months, rng)
        return self._assemble(
            segments,
            (np.cumsum(self.wording.lengths[sentences]), self.wording.lengths[sentences]),
            (tokens, places),
            {
                "first": first,
                "kinds": kinds,
                "originals": originals,
                "languages": languages,
                "sources": self._sources(languages, rng),
                "days": days,
                "homes": homes,
            },
        )

    def _days(self, first: int, originals: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """Days as they are stated, and the months that decide which places are in season."""
        at = (first + originals + rng.normal(0, BLOCK_ARTICLES / 4, len(originals))[originals]) / self.total
        days = np.clip(at, 0, 0.999) * DAYS
        months = (days * MONTHS / DAYS).astype(np.int64)
        later = np.where(originals == np.arange(len(originals)), 0, rng.choice(3, len(originals), p=(0.7, 0.2, 0.1)))
        stated = FIRST_DAY + days.astype(np.int64) + later
        stated[rng.random(len(stated)) < _UNDATED] = 0
        return stated, months

    def _sources(self, languages: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Each language has outlets of its own, a few of which write most."""
        each = len(SOURCES) // len(LANGUAGES)
        ranks = np.minimum(rng.zipf(1.5, len(languages)) - 1, each - 1)
        sources = ranks * len(LANGUAGES) + languages
        sources[rng.random(len(sources)) < _UNSOURCED] = -1
        return sources

    def _draw(self, months: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """A place for each month given, by its share of that month."""
        drawn = np.empty(len(months), dtype=np.int64)
        for month in np.unique(months):
            of_month = np.flatnonzero(months == month)
            drawn[of_month] = np.searchsorted(self.places.edges[month], rng.random(len(of_month)))
        return np.minimum(drawn, len(self.places.places) - 1)

    def _plan(
        self, kinds: np.ndarray, originals: np.ndarray, languages: np.ndarray, rng: np.random.Generator
    ) -> tuple[np.ndarray, np.ndarray, tuple[np.ndarray, np.ndarray]]:
        """Sentences to be written (their forms, the articles they are written for), and the segments of sentences that
        each article is made of: what it takes from its original, what is its own."""
        wanted = np.clip(rng.lognormal(np.log(self._sentences) - 0.1, 0.45, len(kinds)), 3, 400).astype(np.int64)
        own = np.select([kinds == ORIGINAL, kinds == REWRITTEN], [wanted, np.maximum(wanted * 6 // 10, 2)], 0)
        starts = np.cumsum(own) - own
        share = np.select([kinds == SAME, kinds == CUT, kinds == REWRITTEN], [1.0, 0.0, 0.0], 0.0)
        share += (kinds == CUT) * rng.uniform(0.5, 0.95, len(kinds))
        share += (kinds == REWRITTEN) * rng.uniform(0.3, 0.6, len(kinds))
        taken = np.ceil(own[originals] * share).astype(np.int64)
        owners = np.repeat(np.arange(len(kinds)), own)
        of_language = self.wording.sentences[languages[owners]]
        sentences = of_language[:, 0] + (rng.random(len(owners)) * of_language[:, 1]).astype(np.int64)
        firsts = np.stack([starts[originals], starts], axis=1).ravel()
        return sentences, owners, (firsts, np.stack([taken, own], axis=1).ravel())

    def _fill(
        self,
        sentences: np.ndarray,
        owners: np.ndarray,
        homes: np.ndarray,
        languages: np.ndarray,
        months: np.ndarray,
        rng: np.random.Generator,
    ) -> tuple[np.ndarray, np.ndarray]:
        """Pieces and places of the tokens of all sentences."""
        lengths = self.wording.lengths[sentences]
        classes = self.wording.classes[ranges(self.wording.starts[sentences], lengths)]
        pieces = self.wording.pools[np.maximum(classes, 0), rng.integers(0, POOL, len(classes))]
        places = np.full(len(classes), -1, dtype=np.int64)
        token_owners = np.repeat(owners, lengths)
        named = np.flatnonzero((classes == PLACE) | (classes == NEAR) | (classes == ACTOR))
        of_named = token_owners[named]
        home, kind, luck = homes[of_named], classes[named], rng.random(len(named))
        near = self.places.near[home, rng.integers(0, NEIGHBOURS, len(named))]
        actor = np.minimum(
            np.searchsorted(self.places.actors, rng.random(len(named))), len(self.places.actor_places) - 1
        )
        elsewhere = self._draw(months[of_named], rng)
        local = np.where(luck < 0.45, home, np.where(luck < 0.8, near, elsewhere))
        places[named] = np.select([kind == NEAR, kind == ACTOR], [near, self.places.actor_places[actor]], local)
        rarer = (rng.random(len(named)) < _RARER_NAME).astype(np.int64)
        names = self.places.name_of[places[named], languages[of_named], rarer]
        pieces[named] = self._first_name + names
        return pieces, places

    def _assemble(
        self,
        segments: tuple[np.ndarray, np.ndarray],
        extents: tuple[np.ndarray, np.ndarray],
        filled: tuple[np.ndarray, np.ndarray],
        articles: dict[str, np.ndarray],
    ) -> Block:
        """Articles of the sentences: what each takes over and its own, with breaks between them."""
        firsts, counts = segments
        ends, lengths = extents
        held = ranges(firsts, counts)
        per_article = counts.reshape(-1, 2).sum(axis=1)
        position = ranges(np.zeros(len(per_article), dtype=np.int64), per_article)
        tokens = ranges((ends - lengths)[held], lengths[held])
        pieces, places = filled[0][tokens], filled[1][tokens]
        opening = np.cumsum(lengths[held]) - lengths[held]
        pieces[opening] = self._breaks[np.where(position == 0, 0, np.where(position % _PARAGRAPH, 1, 2))]
        tokens_of = np.add.reduceat(lengths[held], np.cumsum(per_article) - per_article)
        bounds = np.concatenate(([0], np.cumsum(tokens_of)))
        after = np.cumsum(self._lengths[pieces])
        offsets = after - self._lengths[pieces]
        offsets -= np.repeat(offsets[bounds[:-1]], tokens_of)
        return Block(**articles, bounds=bounds, pieces=pieces, offsets=offsets, places=places)

    def texts(self, block: Block) -> list[str]:
        """The articles' texts."""
        strings = self.pieces[block.pieces].tolist()
        bounds = block.bounds.tolist()
        return ["".join(strings[a:b]) for a, b in zip(bounds, bounds[1:], strict=False)]

    def titles(self, block: Block) -> list[str]:
        """One for each article, no two alike."""
        names = self.places.name_of[block.homes, block.languages, 0]
        about = self.pieces[self._first_name + names]
        words = {"en": "report", "uk": "повідомлення", "ru": "сообщение"}
        return [
            f"{name}: {words[LANGUAGES[language]]} {block.first + at + 1}"
            for at, (name, language) in enumerate(zip(about, block.languages, strict=True))
        ]


def _originals(kinds: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The article each is or copies: an earlier one, not too far back."""
    numbers = np.arange(len(kinds))
    own = np.flatnonzero(kinds == ORIGINAL)
    before = np.searchsorted(own, numbers) - 1
    back = (rng.random(len(kinds)) ** 2 * np.minimum(before + 1, _COPIED_WITHIN)).astype(np.int64)
    return np.where(kinds == ORIGINAL, numbers, own[np.maximum(before - back, 0)])


def ranges(starts: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """start, start + 1, ... (count of them) for each, one after the other."""
    before = np.cumsum(counts) - counts
    return np.repeat(starts - before, counts) + np.arange(int(counts.sum()))
