"""Articles that tell one story: exact copies, syndicated copies and rewrites, whoever published them.

`corpus.links` finds which wordings are alike; here they become groups, each led by its earliest copy. Both depend on
the articles alone, not on the order they came in. What a person decides by hand (these are one story, this is another)
is laid over the groups found here, in `corpus.corrections.file.overlay_stories`.
"""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpus import buckets as _buckets
from corpus.buckets import WINDOW_DAYS
from corpus.errors import BatchGoneError, CorpusWriteError, DamagedBatchError
from corpus.files import clean_leftovers, write_beside
from corpus.links import Links, Run, extend_links
from corpus.newest import newest_rows, read_rows
from corpus.store import Corpus, undisturbed
from corpus.wordings import COLUMNS, FIRST_ORDINAL, Wordings, gathered, wordings_of

LINKS_FILE = "story_links.parquet"
"""In the corpus folder: links found so far, so that opening a corpus compares nothing twice. Derived, never needed:
without it the same links are found again."""

MOST_STEPS = 2
"""Links from the leading copy to the farthest: a rewrite of a copy belongs, a rewrite of that rewrite no longer."""

_VERSION_KEY = b"dateline_story_links"
_RULES = (
    _buckets.LEAST_CONTAINED,
    _buckets.LEAST_CONTAINED_SAME_SOURCE,
    _buckets.LEAST_CONTAINED_ONE_UNDATED,
    _buckets.LEAST_SHARED,
    WINDOW_DAYS,
)
VERSION = " ".join(map(str, ("1", *_RULES)))
"""Stands for what is a story: links and tables made by other rules are made again."""
_LINK_SCHEMA = pa.schema([("stamp", pa.uint64()), ("linked", pa.uint64())], metadata={_VERSION_KEY: VERSION.encode()})


@dataclass(frozen=True, slots=True)
class Stories:
    """The story of each article, in the order the articles were given.

    `leaders`: the number of the article that leads its story (its own where it stands alone); `ranks`: its place among
    the copies, 0 for the leading one; `sizes`: how many copies the story has.
    """

    leaders: np.ndarray
    ranks: np.ndarray
    sizes: np.ndarray


def group_stories(articles: pa.Table, known: Links | None = None) -> Stories:
    """The stories among `articles`: columns `article_id`, `fingerprint`, `date`, `source`, `chars` (of the text).

    The leading copy is the earliest dated, then the longest. A story holds what links to its leading copy in at most
    `MOST_STEPS` and is dated within `WINDOW_DAYS` after it, or undated. `known` links are not looked for again.
    """
    wordings, is_worded = wordings_of(articles)
    stamps = np.zeros(len(articles), dtype=np.uint64)
    stamps[is_worded] = wordings.stamps
    return arrange(articles, stamps, is_worded, extend_links(known or Links.none(), wordings))


def arrange(articles: pa.Table, stamps: np.ndarray, is_worded: np.ndarray, linked: Links) -> Stories:
    """`group_stories` by links that are known: `stamps` are those of the articles (columns `article_id`, `date`,
    `chars`), and count where `is_worded`; all links among them are in `linked`."""
    count = len(articles)
    leaders, ranks = np.arange(count), np.zeros(count, dtype=np.int64)
    # most articles have no copy: only the others are gone through one by one
    worded = np.flatnonzero(is_worded)
    distinct, which, copies = np.unique(stamps[worded], return_inverse=True, return_counts=True)
    shared = (copies > 1) | np.isin(distinct, linked.pairs)
    members = worded[shared[which]]
    some = articles.select(["article_id", "date", "chars"]).take(pa.array(members))
    days = (some.column("date").cast(pa.int32()).fill_null(-FIRST_ORDINAL).to_numpy() + FIRST_ORDINAL).tolist()
    for story in _grouped(stamps[members].tolist(), days, _leading_first(some), linked):
        numbers = members[story]
        leaders[numbers] = numbers[0]
        ranks[numbers] = np.arange(len(numbers))
    return Stories(leaders, ranks, np.bincount(leaders, minlength=count)[leaders])


def _leading_first(articles: pa.Table) -> list[int]:
    """Numbers of the articles, earliest dated first, then longest; ids decide what is left."""
    keys = articles.select(["date", "chars", "article_id"])
    order = [("date", "ascending"), ("chars", "descending"), ("article_id", "ascending")]
    numbered = keys.append_column("number", pa.array(np.arange(len(articles))))
    return numbered.sort_by(order).column("number").to_pylist()


def _grouped(stamps: Sequence[int], days: Sequence[int], order: Sequence[int], linked: Links) -> Iterator[list[int]]:
    """The stories of several articles, each as their numbers, the leading one first."""
    neighbours: dict[int, list[int]] = defaultdict(list)
    for one, other in linked.pairs.tolist():
        neighbours[one].append(other)
        neighbours[other].append(one)
    of_stamp: dict[int, list[int]] = defaultdict(list)
    for number in order:
        of_stamp[stamps[number]].append(number)
    day_of = {stamp: days[numbers[0]] for stamp, numbers in of_stamp.items()}
    taken: set[int] = set()
    place = {number: at for at, number in enumerate(order)}
    for number in order:
        stamp = stamps[number]
        if stamp in taken:
            continue
        reached = _reached(stamp, neighbours, day_of, taken) if stamp in neighbours else [stamp]
        taken.update(reached)
        members = [member for stamp in reached for member in of_stamp[stamp]]
        if len(members) > 1:
            yield sorted(members, key=place.__getitem__)


def _reached(leading: int, neighbours: dict[int, list[int]], day_of: dict[int, int], taken: set[int]) -> list[int]:
    """The stamps of the story that `leading` leads."""
    last_day = day_of[leading] + WINDOW_DAYS
    steps = {leading: 0}
    waiting = deque([leading])
    while waiting:
        stamp = waiting.popleft()
        if steps[stamp] == MOST_STEPS:
            continue
        for other in neighbours[stamp]:
            day = day_of.get(other)
            if day is not None and other not in steps and other not in taken and (not day or day <= last_day):
                steps[other] = steps[stamp] + 1
                waiting.append(other)
    return list(steps)


def read_links(folder: Path) -> Links:
    """The links kept in a corpus folder; none where there are none, or other ones than this Dateline would find."""
    try:
        with (folder / LINKS_FILE).open("rb") as stream, pq.ParquetFile(stream) as file:
            if (file.schema_arrow.metadata or {}).get(_VERSION_KEY) != VERSION.encode():
                return Links.none()
            table = file.read(columns=_LINK_SCHEMA.names).cast(_LINK_SCHEMA)
    except (OSError, pa.ArrowException, ValueError):
        # whatever is wrong with it, the links can be found again from the batches
        return Links.none()
    stamps, linked = (table.column(name) for name in _LINK_SCHEMA.names)
    is_pair = linked.is_valid().to_numpy()
    numbers, others = stamps.to_numpy(), linked.fill_null(0).to_numpy()
    pairs = np.stack([numbers[is_pair], others[is_pair]], axis=1)
    return Links(np.unique(numbers[~is_pair]), pairs)


def keep_links(corpus: Corpus, run: Run = map) -> int:
    """Compare what was added to `corpus` since the last time with all that is there, and keep the links found; gives
    the number of links. Raises `CorpusWriteError`; the articles themselves are safe."""
    known = read_links(corpus.folder)
    linked = extend_links(known, undisturbed(lambda: _wordings_in(corpus)), run)
    if not np.array_equal(linked.compared, known.compared):
        try:
            _write_links(corpus.folder, linked)
        except OSError as error:
            raise CorpusWriteError(
                f"could not keep the story links in {corpus.folder} ({error.strerror or error}); the articles are "
                "safe, and the links are found again on opening"
            ) from error
    return len(linked.pairs)


def _wordings_in(corpus: Corpus) -> Wordings:
    keys = read_rows(corpus, corpus.batches())
    rows = newest_rows(keys.tables)
    rows = rows.filter(pc.invert(rows.column("removed"))).sort_by([("batch", "ascending"), ("batch_row", "ascending")])
    numbers, rows_of = rows.column("batch").to_numpy(), rows.column("batch_row").to_numpy()
    bounds = np.searchsorted(numbers, np.arange(len(keys.batches) + 1)).tolist()
    wanted = {path: rows_of[low:high] for path, low, high in zip(keys.batches, bounds, bounds[1:], strict=False)}
    return gathered(read_wordings(corpus, wanted))


def read_wordings(corpus: Corpus, wanted: Mapping[Path, np.ndarray]) -> Iterator[Wordings]:
    """The wordings of some rows of batches, batch by batch. Raises `BatchGoneError`."""
    for path, rows in wanted.items():
        if not len(rows):
            continue
        try:
            table = corpus.read(path, list(COLUMNS))
        except BatchGoneError:
            raise
        except DamagedBatchError:
            continue  # it went bad since its keys were read, and opening the corpus tells so
        yield wordings_of(table.take(pa.array(rows)))[0]


def _write_links(folder: Path, linked: Links) -> None:
    single = pa.array(linked.compared), pa.nulls(len(linked.compared), pa.uint64())
    pairs = pa.array(linked.pairs[:, 0]), pa.array(linked.pairs[:, 1])
    columns = [pa.chunked_array([one, other]) for one, other in zip(single, pairs, strict=True)]
    table = pa.Table.from_arrays(columns, schema=_LINK_SCHEMA)

    def fill(stream: IO[bytes]) -> None:
        pq.write_table(table, stream, compression="zstd")

    clean_leftovers(folder)
    write_beside(folder / LINKS_FILE, fill)
