"""Decisions applied to an index's tables, in place: only what changed is worked out again, in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from corpus.corrections import overlay_sql as sql
from corpus.corrections.decisions import OWN, SCOPES, DecidedPlace, Decision
from corpus.corrections.name_forms import decided_keys
from corpus.corrections.overlay_places import know_places
from corpus.corrections.overlay_stories import regroup
from corpus.corrections.overlay_words import told
from corpus.corrections.standing import NOTHING, Slot, State
from corpus.tables.layers import lift
from geodata import Gazetteer, Place, open_gazetteer

_NAMED = ("place", "role")


@dataclass(frozen=True, slots=True)
class Effect:
    """What decisions would change: mentions that would be shown otherwise, their articles and stories, and articles
    with another source, date or story."""

    mentions: int
    articles: int
    stories: int
    other_articles: int


class Overlay:
    """The decisions laid over one index. The caller sees to it that one thread applies at a time; readers of the
    database see the tables before or after, nothing in between."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, gazetteer: Gazetteer | None):
        self._gazetteer = gazetteer
        self.state = NOTHING
        connection.execute(sql.TABLES)

    def apply(self, cursor: duckdb.DuckDBPyConnection, state: State) -> None:
        """Show what `state` comes to, whatever was shown before."""
        if state.slots == self.state.slots:
            self.state = state
            return
        cursor.execute("BEGIN")
        try:
            self._work_out(cursor, state)
            self._show(cursor, state)
            cursor.execute("COMMIT")
        except BaseException:
            cursor.execute("ROLLBACK")
            raise
        self.state = state

    def preview(self, cursor: duckdb.DuckDBPyConnection, state: State) -> Effect:
        """What `apply` would change, changing nothing."""
        cursor.execute("BEGIN")
        try:
            self._work_out(cursor, state)
            row = cursor.execute(sql.EFFECT_SIZE).fetchone()
            _show_articles(cursor)
            regrouped = regroup(cursor, self.state, state)
            others = len({a for (a,) in cursor.execute("SELECT a FROM dated").fetchall()} | set(regrouped))
        finally:
            cursor.execute("ROLLBACK")
        assert row is not None  # an aggregate without GROUP BY always gives a row
        return Effect(*row, others)

    def _work_out(self, cursor: duckdb.DuckDBPyConnection, state: State) -> None:
        """Fill the temporary tables `effect` and `dated` with what is to be shown."""
        changed = {slot for slot, _ in self.state.slots.items() ^ state.slots.items()}
        know_places(cursor, self.state, state, self._known)
        named = [slot for slot in changed if slot.aspect in _NAMED]
        gone = [self.state.slots[slot].id for slot in named if slot in self.state.slots]
        fresh = [(slot, state.slots[slot]) for slot in named if slot in state.slots]
        rows = [row for slot, decision in fresh for row in self._rows(slot, decision)]
        cursor.execute(sql.LEARN, _by_column(rows, sql.DECIDED_COLUMNS))
        cursor.execute(sql.TOUCH, {"ids": [*gone, *(decision.id for _, decision in fresh)]})
        cursor.execute(sql.FORGET, {"ids": gone})
        cursor.execute(sql.MACHINE)
        cursor.execute(sql.EFFECT)
        articles = {slot.article_id for slot in changed if slot.aspect in ("date", "source")}
        rows = [_dated_row(state, article_id) for article_id in sorted(articles)]
        cursor.execute(sql.DATED, _by_column(rows, sql.DATED_COLUMNS))

    def _show(self, cursor: duckdb.DuckDBPyConnection, state: State) -> None:
        if cursor.execute(sql.ANY_TOUCHED).fetchone():
            lift(cursor, "mentions", sql.LIFT_MENTIONS)
            cursor.execute(sql.SHOW)
            cursor.execute(sql.RENAMED)
            lift(cursor, "events", sql.LIFT_EVENTS)
            cursor.execute(sql.FOLLOW)
        _show_articles(cursor)
        regrouped = regroup(cursor, self.state, state)
        cursor.execute(sql.RECOUNTED, {"regrouped": regrouped})
        if cursor.execute(sql.ANY_RECOUNTED).fetchone():
            for name, which, anew in sql.COUNTED_ANEW:
                lift(cursor, name, which)
                cursor.execute(f"DELETE FROM {name}_changed WHERE {which}; INSERT INTO {name}_changed {anew}")

    def _rows(self, slot: Slot, decision: Decision) -> Iterable[dict[str, Any]]:
        """The rows of `decided` that stand for a decision on a name: one a key, or one for a mention's span."""
        target, place = decision.target, decision.place
        of_mention = decision.scope == "mention"
        # a place chosen for one mention is chosen whatever the machine says of it, now or later; its guess is accepted
        # only while it is the same guess
        was = target.was if not of_mention or decision.action == "accept" else None
        row = {
            "id": decision.id,
            "aspect": slot.aspect,
            "level": len(SCOPES) - 1 - SCOPES.index(decision.scope),
            "article_id": target.article_id,
            "start_at": target.start,
            "end_at": target.end,
            "key": None,
            "was": was,
            "decided_at": decision.time,
            "action": decision.action,
            "place_id": place.id if place else None,
            "role": decision.value if decision.action == "role" else None,
            "who": decision.who,
            "told": told(decision),
        }
        if of_mention:
            return [row]
        return [row | {"key": key} for key in sorted(decided_keys(decision, self._cyrillic_names(place)))]

    def _cyrillic_names(self, place: DecidedPlace | None) -> tuple[str, ...]:
        """The chosen place's Ukrainian and Russian names, where the gazetteer has them."""
        known = self._known(place) if place else None
        return tuple(name for name in (known.uk, known.ru) if name) if known else ()

    def _known(self, place: DecidedPlace) -> Place | None:
        self._gazetteer = self._gazetteer or open_gazetteer()
        return None if place.id.startswith(OWN) else self._gazetteer.get(place.id)


def _show_articles(cursor: duckdb.DuckDBPyConnection) -> None:
    if cursor.execute(sql.ANY_DATED).fetchone():
        lift(cursor, "articles", sql.LIFT_ARTICLES)
        cursor.execute(sql.SHOW_ARTICLES)


def _by_column(rows: Sequence[Mapping[str, Any]], columns: Iterable[str]) -> dict[str, list[Any]]:
    return {name: [row[name] for row in rows] for name in columns}


def _dated_row(state: State, article_id: str) -> dict[str, Any]:
    source, date = (state.slots.get(Slot(aspect, article_id)) for aspect in ("source", "date"))
    return {
        "article_id": article_id,
        "source_id": source.id if source else "",
        "source": source.value if source else "",
        "source_who": source.who if source else "",
        "date_id": date.id if date else "",
        "date": date.value if date else None,
        "date_who": date.who if date else "",
    }
