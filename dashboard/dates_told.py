"""What there is to say of an article's date beside it: that it lies ahead, why there is none, what was moved."""

from datetime import date as Date

from dashboard.safe import visible
from dashboard.texts import t
from dashboard.words import format_date
from extract.dates.dating import is_ahead, is_moved
from extract.dates.stated import no_date_reason, parse_date, written_date
from extract.types import Article

_LONGEST = 60


def date_remark(article: Article, known_on: Date) -> str:
    """A few plain words, not yet made safe for HTML; empty for a plain date. `known_on` is the day on which the article
    was at hand: a later one is the future."""
    if is_ahead(article.date, known_on):
        return t("date.ahead")
    if article.date_basis == "corrected":
        return ""
    words = visible(article.date_text)[:_LONGEST]
    if article.date is None:
        return t(f"date.no_{no_date_reason(article.date_text)}", words=words) if words else ""
    if is_moved(article):
        return t("date.moved", words=words)
    anchor = parse_date(article.retrieved_at) if article.retrieved_at else None
    if article.date_basis == "inferred" and anchor and written_date(article.date_text) is None:
        return t("date.counted", words=words, day=format_date(anchor))
    return ""
