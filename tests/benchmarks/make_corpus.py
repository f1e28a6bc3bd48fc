"""Synthetic corpora of any size: `python -m tests.benchmarks.make_corpus N OUT [--format jsonl|batches] [--seed S]`.

`jsonl` writes articles to be read and extracted; `batches` writes a corpus folder at once, with the mentions an
extraction would find, so that millions of mentions take minutes. Statistically like news: places by Zipf over theatre
and world and by season, sources, four years of dates, copies and rewrites, three languages, about 3,000 characters and
15 to 20 mentions an article. The texts are invented sentences of common words: no report of anything. The same seed,
number and gazetteer give the same corpus; memory does not grow with it.
"""

import argparse
import json
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from corpus.files import write_beside
from corpus.store import BATCHES, ROW_GROUP_ARTICLES
from geodata import open_gazetteer
from tests.benchmarks.synthetic_batches import Rows
from tests.benchmarks.synthetic_text import BLOCK_ARTICLES, SOURCES, Maker
from tests.benchmarks.synthetic_wording import LANGUAGES

_FIRST_ADDED = datetime(2026, 1, 1, tzinfo=UTC)


def write_jsonl(maker: Maker, path: Path) -> None:
    """One JSON object an article: id, title, text, source, date, url, language."""
    with path.open("w", encoding="utf-8") as stream:
        for number in range(maker.blocks):
            block = maker.block(number)
            for at, (title, text) in enumerate(zip(maker.titles(block), maker.texts(block), strict=True)):
                day, source = int(block.days[at]), int(block.sources[at])
                found = {
                    "id": f"synthetic-{block.first + at + 1}",
                    "title": title,
                    "text": text,
                    "source": SOURCES[source] if source >= 0 else "",
                    "date": date.fromordinal(day).isoformat() if day else "",
                    "url": f"https://example.org/synthetic/{block.first + at + 1}",
                    "language": LANGUAGES[block.languages[at]],
                }
                stream.write(json.dumps(found, ensure_ascii=False) + "\n")


def write_batches(maker: Maker, folder: Path, gazetteer_version: str, region_names: list[str]) -> int:
    """A corpus in `folder`, whose batches are named by their number; gives the mentions written."""
    rows = Rows(maker, gazetteer_version=gazetteer_version, region_names=region_names)
    (folder / BATCHES).mkdir(parents=True, exist_ok=True)
    mentions = 0
    for number in range(maker.blocks):
        added_at = _FIRST_ADDED + timedelta(seconds=number)
        table = rows.table(maker.block(number), added_at)
        mentions += int(np.diff(table.column("mentions").combine_chunks().offsets).sum())
        target = folder / BATCHES / f"{added_at:%Y%m%dT%H%M%S%f}Z-{maker.seed:012x}.parquet"
        write_beside(
            target,
            lambda stream, t=table: pq.write_table(t, stream, compression="zstd", row_group_size=ROW_GROUP_ARTICLES),
        )
    return mentions


def main(argv: list[str] | None = None) -> int:
    """Write the corpus; 2 on wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.make_corpus", description=__doc__)
    parser.add_argument("articles", type=int, metavar="N", help=f"articles, written in blocks of {BLOCK_ARTICLES:,}")
    parser.add_argument("out", type=Path, metavar="OUT", help="a file (jsonl) or a new corpus folder (batches)")
    parser.add_argument("--format", choices=("jsonl", "batches"), default="jsonl")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument(
        "--chars", type=int, default=3_000, metavar="C", help="mean length of an article (default 3000)"
    )
    args = parser.parse_args(argv)
    if args.articles < 1 or args.seed < 0 or args.chars < 300:
        parser.error("N must be at least 1, S at least 0, C at least 300")
    if args.out.exists():
        parser.error(f"{args.out} is there already; name another, or take it away first")
    gazetteer = open_gazetteer()
    maker = Maker(gazetteer, total=args.articles, seed=args.seed, chars=args.chars)
    if args.format == "jsonl":
        write_jsonl(maker, args.out)
        print(f"{args.articles:,} articles, {args.out.stat().st_size / 1e6:,.1f} MB", file=sys.stderr)
        return 0
    regions = [gazetteer.region_name(place) for place in maker.places.places]
    mentions = write_batches(maker, args.out, gazetteer.version, regions)
    print(f"{args.articles:,} articles, {mentions:,} mentions", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
