"""What there is to say of an article's date beside the date itself: why there is none, or why to look twice."""

from datetime import UTC, datetime, timedelta
from datetime import date as Date

from extract.dates.stated import NO_DATE_REASONS, no_date_reason, parse_date, written_date
from extract.types import Article

# somewhere it is tomorrow already
_AHEAD = timedelta(days=1)


def today() -> Date:
    """The day in UTC."""
    return datetime.now(UTC).date()


def is_ahead(day: Date | None, known_on: Date) -> bool:
    """Whether a date lies in the future of the day on which the article was at hand."""
    return day is not None and day > known_on + _AHEAD


def is_moved(article: Article) -> bool:
    """Whether the date in UTC is another day than the one that was written."""
    if article.date is None or article.date_basis not in ("metadata", "stated"):
        return False
    return written_date(article.date_text) not in (None, article.date)


def date_notes(article: Article, known_on: Date | None) -> tuple[str, ...]:
    """Sentences for whoever looks at the date; none for a plain one. `known_on` is the day on which the article was at
    hand; without it no date is told to lie ahead."""
    words = article.date_text
    if article.date is None:
        return (f"No date taken: “{words[:100]}” {NO_DATE_REASONS[no_date_reason(words)]}.",) if words else ()
    notes = []
    written = written_date(words)
    if is_moved(article):
        notes.append(f"“{words[:100]}” is {article.date.isoformat()} in UTC.")
    if article.date_basis == "inferred" and article.retrieved_at and not written:
        anchor = parse_date(article.retrieved_at)
        if anchor:
            notes.append(f"“{words[:100]}” was counted from {anchor.isoformat()}, when the article was collected.")
    if known_on and is_ahead(article.date, known_on):
        notes.append(f"The date lies in the future: the article was read on {known_on.isoformat()}.")
    return tuple(notes)
