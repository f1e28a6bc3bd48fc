"""Decisions and what they change, in the visitor's words."""

from collections.abc import Callable
from datetime import date as Date
from datetime import datetime

from corpus import Effect
from corpus.corrections.file import Decision
from dashboard.names import place_name
from dashboard.safe import safe_markdown, visible
from dashboard.texts import t
from dashboard.words import count_of, format_date, kind_name, role_name, source_name
from extract.types import ROLES

LONGEST_SHOWN = 80


def decision_words(decision: Decision, *, shown: Callable[[str], str] = safe_markdown) -> str:
    """What was decided, in one sentence: `“Artemivsk” is Bakhmut, city (everywhere)`. `shown` makes a stranger's words
    safe for where the sentence goes, by default Markdown."""
    values = {"name": shown(_cut(decision.target.name)), "scope": t(f"review.extent_{decision.scope}")}
    if place := decision.place:
        values["place"] = f"{shown(_cut(place_name(place.id, place.name)))}, {shown(kind_name(place.kind))}"
        values["point"] = f"{place.lat:.4f}, {place.lon:.4f}"
    elif isinstance(decision.value, Date):
        values["value"] = shown(format_date(decision.value))
    elif decision.action == "date":
        values["value"] = t("date.undated")
    elif decision.action == "source":
        values["value"] = shown(_cut(source_name(str(decision.value))))
    elif decision.action == "role" and decision.value in ROLES:
        values["value"] = role_name(str(decision.value))
    else:
        values["value"] = shown(str(decision.value or ""))
    return t(f"review.said_{decision.action}", **values, article=shown(decision.target.article_id))


def plain_words(decision: Decision) -> str:
    """The same as plain text, for tables."""
    return decision_words(decision, shown=visible)


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SHOWN else f"{line[:LONGEST_SHOWN]}…"


def effect_words(effect: Effect, scope: str) -> str:
    """`Changes 41 mentions in 12 articles.`"""
    if not effect.mentions:
        return t("review.changes_nothing" if scope == "everywhere" else "review.confirms")
    mentions, articles = count_of(effect.mentions, "mentions"), count_of(effect.articles, "articles")
    return t("review.changes", mentions=mentions, articles=articles)


def moment_words(time: datetime) -> str:
    """Day and minute in UTC."""
    return f"{format_date(time.date())}, {time:%H:%M} UTC"
