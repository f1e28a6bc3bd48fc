"""A `MentionFilter` as conditions on the index's tables, with the values they bind.

Aliases are the same in every question: `a` for `articles`, `m` for `mentions` or what is counted of them. Names of
columns, statuses and roles are the project's own; whatever a visitor can choose is bound, never written into SQL text.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from corpus.filter import EVENT_FIELDS, UNKNOWN_SOURCE, MentionFilter
from corpus.tables import definitions as sql
from extract.types import ROLES, STATUSES

_CONFIDENCE = "$min_confidence"
# the first day of the first whole month among the days asked for, and the day after the last one
_FIRST_MONTH = "(last_day($date_from::DATE - 1) + 1)"
_AFTER_MONTHS = "date_trunc('month', $date_to::DATE + 1)::DATE"
_WORD = "word"
_WORD_KNOWN = f"a.a IN (SELECT x.a FROM searched x WHERE x.pattern = ${_WORD}{{number}})"
_WORD_READ = f"(regexp_matches(a.text, ${_WORD}{{number}}) OR regexp_matches(a.title, ${_WORD}{{number}}))"
_WORD_NAME = re.compile(rf"{_WORD}(\d+)")
SEARCH = """
INSERT INTO searched
SELECT $pattern, a FROM base.articles WHERE regexp_matches(text, $pattern) OR regexp_matches(title, $pattern)
"""
"""Reads every text; what it finds stays true, since nobody corrects words."""

_TERM = re.compile(r'"([^"]+)"|(\S+)')


class Statement(NamedTuple):
    """SQL with the values it binds by name."""

    text: str
    values: dict[str, Any]


def patterns_of(statement: Statement) -> dict[str, str]:
    """The patterns that a statement looks up in the table `searched`, by the name it binds them to."""
    return {name: value for name, value in statement.values.items() if _WORD_NAME.fullmatch(name)}


def reading(statement: Statement, name: str) -> Statement:
    """The same, reading the texts for the pattern bound to `name`."""
    found = _WORD_NAME.fullmatch(name)
    assert found
    known, read = (words.format(number=found[1]) for words in (_WORD_KNOWN, _WORD_READ))
    return statement._replace(text=statement.text.replace(known, read))


@dataclass(slots=True)
class Clauses:
    """The parts of a filter as conditions, and the values each binds.

    `article` chooses articles; `located` is met only by mentions with a place. `sure` holds for the confidence asked
    for and for all that has no place, of which confidence says nothing.
    """

    asked: MentionFilter
    article: str = "true"
    located: str = "true"
    sure: str = "true"
    article_values: dict[str, Any] = field(default_factory=dict)
    mention_values: dict[str, Any] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, Any]:
        return self.article_values | self.mention_values

    @property
    def in_articles(self) -> str:
        """`article` as a condition on `m`; true when every article is asked for, which spares a join."""
        return "true" if self.article == "true" else f"m.a IN (SELECT a.a FROM articles a WHERE {self.article})"

    @property
    def in_tallied(self) -> str:
        """`in_articles` for rows `m` of a tally: they hold their article's date, so that dates alone spare a join."""
        dates = _date_clause(self.asked, "m")[0]
        others = _article_clause(replace(self.asked, date_from=None, date_to=None))[0] if dates else ""
        return dates if others == "true" else self.in_articles

    @property
    def tallies(self) -> str:
        """Where tallies come from: counted beforehand, unless a confidence is asked for."""
        return "tallies" if self.sure == "true" else f"({sql.tallies_of(_CONFIDENCE)})"

    @property
    def per_article(self) -> str:
        """Tallies to be summed over an article's places: already so, unless places or a confidence are asked for."""
        return "by_article" if self.located == "true" and self.sure == "true" else self.tallies

    @property
    def is_of_sources(self) -> bool:
        """True where nothing but sources choose articles, and neither events nor a confidence are asked for."""
        return self._asks_only("sources")

    def _asks_only(self, *names: str) -> bool:
        """Whether none but these fields choose articles, and neither events nor a confidence are asked for."""
        by_event = any(getattr(self.asked, name) for name in EVENT_FIELDS)
        alone = MentionFilter(**{name: getattr(self.asked, name) for name in names})
        return self.sure == "true" and not by_event and self.article == _article_clause(alone)[0]

    @property
    def by_source(self) -> str:
        """The tallies of the chosen articles that have a place, summed over each source's articles as far as that was
        done beforehand. A row's articles have mentions in the same columns, so that what is asked of a row is true of
        each of them."""
        one_by_one = f"""
            SELECT m.*, 1 AS articles, (m.story IS NULL)::INTEGER AS alone, m.date AS first_date, m.date AS last_date
            FROM {self.tallies} m WHERE m.p IS NOT NULL AND {self.in_tallied}
        """
        if self.is_of_sources:
            summed = "by_source"
        elif self._asks_only("sources", "date_from", "date_to", "include_undated"):
            summed = f"(SELECT * FROM by_month m WHERE {_months(self.asked)})"
        else:
            return f"({one_by_one})"
        if self.asked.sources:
            summed = f"""(
                SELECT m.* FROM {summed} m LEFT JOIN sources USING (s)
                WHERE list_contains($sources, coalesce(source, '{UNKNOWN_SOURCE}'))
            )"""
        if self.is_of_sources:
            return summed
        # of the months that the days begin and end in, each article is looked at
        return f"(FROM {summed} UNION ALL BY NAME {one_by_one} AND NOT {_in_months(self.asked)})"

    def tallied(self, *, statuses: tuple[str, ...] | None = None, roles: tuple[str, ...] | None = None) -> str:
        """How many mentions of a tally have these statuses and roles; by default those the filter asks for."""
        chosen_statuses = (self.asked.statuses if statuses is None else statuses) or STATUSES
        chosen_roles = (self.asked.roles if roles is None else roles) or ROLES
        columns = [f"m.{sql.tally_column(status, role)}" for status in chosen_statuses for role in chosen_roles]
        return f"({' + '.join(columns)})"

    @property
    def counted(self) -> str:
        """What a single mention must meet to count, its article's part apart."""
        conditions = [self.located, self.sure]
        conditions += ["list_contains($roles, m.role)"] if self.asked.roles else []
        conditions += ["list_contains($statuses, m.status)"] if self.asked.statuses else []
        return " AND ".join(conditions)

    @property
    def counted_values(self) -> dict[str, Any]:
        """Values of `article` and `counted` together."""
        chosen = {name: list(getattr(self.asked, name)) for name in ("roles", "statuses") if getattr(self.asked, name)}
        return self.values | chosen


def clauses(asked: MentionFilter) -> Clauses:
    """The conditions of a filter, for questions of this and other modules."""
    found = Clauses(asked)
    found.article, found.article_values = _article_clause(asked)
    conditions = []
    for name, column in (("places", "place_id"), ("regions", "region"), ("kinds", "kind")):
        if chosen := getattr(asked, name):
            conditions.append(f"{column} IN (SELECT unnest(${name}))")
            found.mention_values[name] = list(chosen)
    located = [f"m.p IN (SELECT p FROM places WHERE {' AND '.join(conditions)})"] if conditions else []
    if events := _event_clause(asked, found.mention_values):
        located.append(f"(m.p, m.a) IN (SELECT (e.p, e.a) FROM events e WHERE {events})")
    if located:
        found.located = f"coalesce({' AND '.join(located)}, false)"
    if asked.min_confidence:
        found.sure = f"(m.p IS NULL OR m.confidence >= {_CONFIDENCE})"
        found.mention_values["min_confidence"] = asked.min_confidence
    return found


def _event_clause(asked: MentionFilter, values: dict[str, Any]) -> str:
    """What an event `e` must meet, its values added to `values`; empty when the filter asks for none."""
    conditions = []
    for name, column in zip(EVENT_FIELDS, ("kind", "side", "modality"), strict=True):
        if chosen := getattr(asked, name):
            conditions.append(f"list_contains(${name}, e.{column}::VARCHAR)")
            values[name] = list(chosen)
    return " AND ".join(conditions)


def _article_clause(asked: MentionFilter) -> tuple[str, dict[str, Any]]:
    conditions, values = [], {}
    for name, column in (("sources", "a.source"), ("languages", "a.language")):
        if chosen := getattr(asked, name):
            conditions.append(f"list_contains(${name}, {column})")
            values[name] = list(chosen)
    if asked.cites:
        conditions.append("list_has_any(a.cites, $cites)")
        values["cites"] = list(asked.cites)
    dates, days = _date_clause(asked, "a")
    conditions += [dates] if dates else []
    values |= days
    if asked.stories:
        story = "SELECT story FROM copies JOIN articles USING (a) WHERE list_contains($stories, article_id)"
        conditions.append(f"a.a IN (SELECT a FROM copies WHERE story IN ({story}))")
        values["stories"] = list(asked.stories)
    for number, pattern in enumerate(search_patterns(asked.text)):
        conditions.append(_WORD_KNOWN.format(number=number))
        values[f"{_WORD}{number}"] = pattern
    return " AND ".join(conditions) or "true", values


def _date_clause(asked: MentionFilter, alias: str) -> tuple[str, dict[str, Any]]:
    """What the date of `alias` must meet; empty when every date is asked for."""
    days = {name: day for name in ("date_from", "date_to") if (day := getattr(asked, name))}
    signs = {"date_from": ">=", "date_to": "<="}
    inside = " AND ".join(f"{alias}.date {signs[name]} ${name}" for name in days)
    undated = f" OR {alias}.date IS NULL" if asked.include_undated else ""
    return f"(({inside}){undated})" if inside else "", days


def _months(asked: MentionFilter) -> str:
    """What the month of a row must meet for all its days to be asked for."""
    months = [f"m.month >= {_FIRST_MONTH}"] if asked.date_from else []
    months += [f"m.month < {_AFTER_MONTHS}"] if asked.date_to else []
    undated = " OR m.month IS NULL" if asked.include_undated else ""
    return f"({' AND '.join(months)}{undated})"


def _in_months(asked: MentionFilter) -> str:
    """Whether a date is in one of these months."""
    days = [f"m.date >= {_FIRST_MONTH}"] if asked.date_from else []
    days += [f"m.date < {_AFTER_MONTHS}"] if asked.date_to else []
    return f"({' AND '.join(days)})"


def search_patterns(text: str) -> list[str]:
    """A pattern for each word of a search, all of which an article must contain; words in double quotes stay together,
    over line ends too. Case is not regarded: RE2's matching is five times as fast as lowering every text."""
    terms = dict.fromkeys(quoted or word for quoted, word in _TERM.findall(text))
    words = [r"\s+".join(re.escape(word) for word in term.split()) for term in terms]
    return [f"(?i){pattern}" for pattern in words if pattern]
