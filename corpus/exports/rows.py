"""What every export writes: one row a mention with the same columns, and where the whole comes from."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from corpus.clauses import Statement
from corpus.filter import MentionFilter
from corpus.index import CorpusIndex
from corpus.questions import export_rows

COLUMNS = (
    "place_id",
    "name",
    "kind",
    "country",
    "region",
    "matched_text",
    "sentence",
    "title",
    "url",
    "source",
    "date",
    "date_basis",
    "role",
    "status",
    "confidence",
    "reason",
    "lat",
    "lon",
    "article_id",
    "story_id",
    "start",
    "end",
    "in_scrap",
    "reviewed_by",
    "correction_id",
    "gazetteer_version",
    "extractor_version",
)
"""`lat`, `lon` in degrees WGS84; `start`, `end` code points into the article's text; `date` a day or None;
`story_id` the article id of the story's leading copy; `reviewed_by` and `correction_id` empty where no one has
decided on the mention or its article, several parted by "; "."""

NOTE = "Mentions in reporting, not events on the ground."
ATTRIBUTION = (
    "Places: GeoNames (CC BY 4.0) and Dateline's own tables (ODbL 1.0, in part corrected after OpenStreetMap, "
    "© OpenStreetMap contributors)."
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What an export says of the question beside the filter itself: `filter_words` in the reader's own language (the
    filter's plain English where empty), the `link` that reopens the view (an http or https address, or empty), the
    `corpus` by name, and the `language` ("en" or "uk") of formats made for reading."""

    filter_words: str = ""
    link: str = ""
    corpus: str = ""
    language: str = "en"


@dataclass(slots=True)
class Tally:
    """What has been written so far: rows, and the distinct versions and corrections in them."""

    rows: int = 0
    versions: dict[str, set[str]] = field(
        default_factory=lambda: {"gazetteer_version": set(), "extractor_version": set(), "correction_id": set()}
    )

    def take(self, row: dict[str, Any]) -> None:
        """Count a row of `mention_rows`."""
        self.rows += 1
        for name, seen in self.versions.items():
            seen.update(_several(row[name]))


def mention_rows(index: CorpusIndex, f: MentionFilter, tally: Tally, *, by_place: bool = False) -> Iterator[dict]:
    """The rows of an export, keys in the order of `COLUMNS`; a few thousand in memory at a time."""
    for row in index.mention_rows(f, by_place=by_place):
        row["confidence"] = round(row["confidence"], 3)
        told = {column: row[column] for column in COLUMNS}
        tally.take(told)
        yield told


def tally_of(index: CorpusIndex, f: MentionFilter) -> Tally:
    """The same figures without reading the rows."""
    asked = export_rows(f)
    names = list(Tally().versions)
    found = ", ".join(f"list(DISTINCT {name}) FILTER ({name} <> '')" for name in names)
    rows, *versions = index.ask(Statement(f"SELECT count(*), {found} FROM ({asked.text})", asked.values)).fetchone()
    single = ({one for value in seen or () for one in _several(value)} for seen in versions)
    return Tally(rows, dict(zip(names, single, strict=True)))


def _several(value: str | None) -> list[str]:
    """A mention and its article may have a correction each, which one cell names."""
    return value.split("; ") if value else []


def provenance(index: CorpusIndex, f: MentionFilter, tally: Tally, heading: Heading) -> dict[str, Any]:
    """Where an export comes from; known in full once its rows are written."""
    found = {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "filter": f.to_params(),
        "filter_in_words": heading.filter_words or f.describe(),
        "rows": tally.rows,
        "corpus_version": index.version,
        "gazetteer_versions": sorted(tally.versions["gazetteer_version"]),
        "extractor_versions": sorted(tally.versions["extractor_version"]),
        "corrections_applied": len(tally.versions["correction_id"]),
        "batches_not_read": [problem.path.name for problem in index.problems],
        "note": NOTE,
        "attribution": ATTRIBUTION,
    }
    if heading.corpus:
        found["corpus"] = heading.corpus
    if heading.link:
        found["link"] = heading.link
    return found
