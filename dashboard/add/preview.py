"""Articles that wait to be added: what the preview's table shows of each, and what a person changes in it."""

import dataclasses
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Date
from typing import Any

import pandas as pd

from corpus import Corpus, Decision, decide
from corpus.alike import Standing, standings
from dashboard.dates_told import date_remark
from dashboard.names import place_name
from dashboard.safe import visible
from dashboard.texts import t
from dashboard.words import basis_name
from extract.dates.dating import is_ahead, today
from extract.types import Article, Extraction

LONGEST_TITLE, LONGEST_SOURCE = _LONGEST = 500, 200
_PLACES_SHOWN = 4
_BY_HAND = "set by hand on adding"
WANTED, TITLE, SOURCE, DATE, LANGUAGE, GROUPED = "wanted", "title", "source", "date", "language", "grouped"
EDITABLE = (WANTED, TITLE, SOURCE, DATE, LANGUAGE, GROUPED)
LANGUAGES = ("en", "uk", "ru", "unknown")


@dataclass(frozen=True, slots=True)
class Waiting:
    """An article that waits, and whether it is wanted; `grouped` is False when a person says that it is not of the
    story it is grouped with, `dropped` are ids of places that a person took out."""

    extraction: Extraction
    standing: Standing
    wanted: bool = True
    grouped: bool = True
    dropped: tuple[str, ...] = ()

    @property
    def article(self) -> Article:
        """The article as it would be added."""
        return self.extraction.article


def wait_for(corpus: Corpus, extractions: Sequence[Extraction]) -> list[Waiting]:
    """The extractions with their standing in `corpus`; only those that are new are wanted."""
    found = zip(extractions, standings(corpus, extractions), strict=True)
    return [Waiting(extraction, standing, standing.state == "new") for extraction, standing in found]


def preview_frame(waiting: Sequence[Waiting]) -> pd.DataFrame:
    """The table, one row an article in their order; its columns are named by role, not in words."""
    return pd.DataFrame(
        {
            WANTED: pd.Series([one.wanted for one in waiting], dtype="bool"),
            TITLE: pd.Series([visible(one.article.title) for one in waiting], dtype="str"),
            SOURCE: pd.Series([visible(one.article.source) for one in waiting], dtype="str"),
            # of objects, an all-undated column would be taken for one of text
            DATE: pd.Series([one.article.date for one in waiting], dtype="datetime64[s]"),
            "basis": [_basis(one) for one in waiting],
            "places": [_places(one) for one in waiting],
            "alike": [_alike(one.standing) for one in waiting],
            GROUPED: pd.Series([one.grouped if one.standing.alike else None for one in waiting], dtype="boolean"),
            LANGUAGE: [one.article.language for one in waiting],
            "item": [visible(one.article.origin or one.article.id) for one in waiting],
        }
    )


def _basis(waiting: Waiting) -> str:
    article = waiting.article
    basis = basis_name(article.date_basis) if article.date else t("date.undated")
    remark = date_remark(article, today())
    # in a narrow column what comes second is cut off
    parts = (remark, basis) if is_ahead(article.date, today()) else (basis, remark)
    return " · ".join(part for part in parts if part)


def places_of(extraction: Extraction) -> dict[str, str]:
    """Names of the places found, by id, in the order of the text."""
    names: dict[str, str] = {}
    for mention in extraction.mentions:
        if mention.place_id and mention.status == "placed":
            names.setdefault(mention.place_id, visible(place_name(mention.place_id, mention.name or "")))
    return names


def without_places(waiting: Waiting, places: Iterable[str]) -> Waiting:
    """The article with these places taken out, and no others."""
    return dataclasses.replace(waiting, dropped=tuple(places))


def decisions(waiting: Iterable[Waiting], who: str) -> list[Decision]:
    """What a person decided of the articles beside their own fields, to be kept as corrections once they are added."""
    found = []
    for one in waiting:
        article_id = one.article.article_id
        written = {(m.text, m.place_id) for m in one.extraction.mentions if m.place_id in one.dropped}
        for name, place_id in sorted(written):
            found.append(decide("reject", scope="article", article_id=article_id, name=name, was=place_id, who=who))
        if one.standing.alike and not one.grouped:
            found.append(decide("split", scope="article", article_id=article_id, who=who))
    return found


def settled(waiting: Waiting, extract: Callable[[Article], Extraction]) -> Extraction:
    """What is saved of an article: extracted again where a person changed its language."""
    extraction = waiting.extraction
    if not any(note.startswith(f"{LANGUAGE} {_BY_HAND}") for note in extraction.notes):
        return extraction
    return dataclasses.replace(extract(extraction.article), notes=extraction.notes)


def _places(waiting: Waiting) -> str:
    names = {place: name for place, name in places_of(waiting.extraction).items() if place not in waiting.dropped}
    if not names:
        return t("add.no_places")
    shown = ", ".join(list(names.values())[:_PLACES_SHOWN])
    left = len(names) - _PLACES_SHOWN
    return t("add.more_places", names=shown, number=left) if left > 0 else shown


def _alike(standing: Standing) -> str:
    if standing.state == "there":
        return t("add.there")
    if standing.state == "removed":
        return t("add.removed")
    if not standing.alike:
        return ""
    title = visible(standing.alike_title) or t("article.untitled")
    return f"{title} · {visible(standing.alike_source)}" if standing.alike_source else title


def edited(waiting: Sequence[Waiting], shown: pd.DataFrame, frame: pd.DataFrame) -> list[Waiting]:
    """The articles as a person changed them: `shown` is the table as drawn, `frame` as it came back. Only cells that
    differ count, so that what is merely shown without its unseen characters is not altered."""
    before, after = (zip(*(table[name].tolist() for name in EDITABLE), strict=True) for table in (shown, frame))
    return [_edited(one, *cells) for one, *cells in zip(waiting, before, after, strict=True)]


def _edited(waiting: Waiting, before: tuple, after: tuple) -> Waiting:
    """One article; `before` and `after` are its cells in the order of `EDITABLE`."""
    _, *old_words, old_day, old_language, _ = before
    wanted, *new_words, new_day, new_language, grouped = after
    changes: dict[str, Any] = {}
    for name, longest, old, new in zip((TITLE, SOURCE), _LONGEST, old_words, new_words, strict=True):
        if _words(old) != _words(new):
            changes[name] = " ".join(visible(_words(new)).split())[:longest]
    if _day(old_day) != _day(new_day):
        changes |= _date_changes(waiting.article, _day(new_day))
    if new_language != old_language and new_language in LANGUAGES:
        changes[LANGUAGE] = new_language
    extraction = _with(waiting.extraction, changes) if changes else waiting.extraction
    kept_together = True if grouped is None or pd.isna(grouped) else bool(grouped)
    return dataclasses.replace(waiting, extraction=extraction, wanted=bool(wanted), grouped=kept_together)


def _date_changes(article: Article, day: Date | None) -> dict[str, Any]:
    """A date from a person, as after a correction; what the article itself states stays in its `date_text`."""
    return {"date": day, "date_basis": "corrected", "date_text": article.date_text}


def _with(extraction: Extraction, changes: dict[str, Any]) -> Extraction:
    """The extraction of the changed article. Mentions depend on the text alone, which stays; the notes say what a
    person changed and what was there."""
    article = extraction.article
    notes = [
        f"{name} {_BY_HAND}: {changes[name] or 'none'} (read as: {getattr(article, name) or 'none'})"
        for name in (TITLE, SOURCE, DATE, LANGUAGE)
        if name in changes
    ]
    changed = dataclasses.replace(article, **changes)
    return dataclasses.replace(extraction, article=changed, notes=(*extraction.notes, *notes))


def _words(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _day(value: Any) -> Date | None:
    if value is None or pd.isna(value):
        return None
    return pd.Timestamp(value).date()


def json_lines(articles: Iterable[Article]) -> bytes:
    """Articles as JSON lines that this page and `python -m corpus add` read again, the text exactly as it is."""
    rows = (
        {
            "id": article.id,
            "title": article.title,
            "source": article.source,
            "date": article.date.isoformat() if article.date else None,
            "url": article.url,
            "language": article.language,
            "text": article.text,
        }
        for article in articles
    )
    return "".join(f"{json.dumps(row)}\n" for row in rows).encode()
