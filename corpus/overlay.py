"""Decisions applied to an index's tables, in place: only what changed is worked out again, in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from corpus import overlay_sql as sql
from corpus.decisions import OWN, SCOPES, DecidedPlace, Decision
from corpus.name_forms import decided_keys
from corpus.overlay_stories import regroup
from corpus.overlay_words import told
from corpus.standing import NOTHING, Slot, State
from geodata import Gazetteer, name_key, open_gazetteer

_NAMED = ("place", "role")
_PLACE_COLUMNS = "place_id, name, kind, lat, lon, country, region"


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
        texts = [text for (text,) in connection.execute(sql.WRITTEN).fetchall()]
        written = "INSERT INTO written SELECT unnest($texts::VARCHAR[]), unnest($keys::VARCHAR[])"
        connection.execute(written, {"texts": texts, "keys": list(map(name_key, texts))})

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
            cursor.execute(sql.SHOW_ARTICLES)
            regrouped = regroup(cursor, self.state, state)
            others = len({a for (a,) in cursor.execute("SELECT a FROM dated").fetchall()} | set(regrouped))
        finally:
            cursor.execute("ROLLBACK")
        assert row is not None  # an aggregate without GROUP BY always gives a row
        return Effect(*row, others)

    def _work_out(self, cursor: duckdb.DuckDBPyConnection, state: State) -> None:
        """Fill the temporary tables `effect` and `dated` with what is to be shown."""
        changed = {slot for slot, _ in self.state.slots.items() ^ state.slots.items()}
        self._know_places(cursor, state)
        named = [slot for slot in changed if slot.aspect in _NAMED]
        gone = [self.state.slots[slot].id for slot in named if slot in self.state.slots]
        fresh = [(slot, state.slots[slot]) for slot in named if slot in state.slots]
        rows = [row for slot, decision in fresh for row in _rows(slot, decision)]
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
            cursor.execute(sql.SHOW)
            cursor.execute(sql.RENAMED)
            cursor.execute(sql.FOLLOW)
        if cursor.execute(sql.ANY_DATED).fetchone():
            cursor.execute(sql.SHOW_ARTICLES)
        regrouped = regroup(cursor, self.state, state)
        cursor.execute(sql.CHANGED, {"regrouped": regrouped})
        cursor.execute(sql.COUNT_ANEW)

    def _know_places(self, cursor: duckdb.DuckDBPyConnection, state: State) -> None:
        """Have every place that decisions name in `places`, and one's own as they were last defined."""
        before, after = self.state.places, state.places
        ids = [place_id for place_id in before.keys() | after.keys() if before.get(place_id) != after.get(place_id)]
        there = {place_id: (p, added) for place_id, p, added in cursor.execute(sql.PLACES, {"ids": ids}).fetchall()}
        for place_id in sorted(ids):
            p, added = there.get(place_id, (None, True))
            place = after.get(place_id)
            if p is None and place:
                self._add(cursor, place)
            elif place and (added or place_id.startswith(OWN)):
                if not added:
                    cursor.execute(sql.KEEP_PLACE, {"p": p})
                self._tell(cursor, place, p)
            elif not place and not added:
                _restore_place(cursor, p)

    def _add(self, cursor: duckdb.DuckDBPyConnection, place: DecidedPlace) -> None:
        row = cursor.execute("SELECT coalesce(max(p), -1) + 1 FROM places").fetchone()
        assert row is not None  # an aggregate without GROUP BY always gives a row
        cursor.execute("INSERT INTO decided_places VALUES ($p)", {"p": row[0]})
        names = ", ".join(f"${name}" for name in _PLACE_COLUMNS.split(", "))
        values = self._described(place) | {"p": row[0]}
        cursor.execute(f"INSERT INTO places (p, {_PLACE_COLUMNS}) VALUES ($p, {names})", values)

    def _tell(self, cursor: duckdb.DuckDBPyConnection, place: DecidedPlace, p: int) -> None:
        columns = _PLACE_COLUMNS.split(", ")
        assignments = ", ".join(f"{name} = ${name}" for name in columns)
        cursor.execute(f"UPDATE places SET {assignments} WHERE p = $p", self._described(place) | {"p": p})

    def _described(self, place: DecidedPlace) -> dict[str, Any]:
        """The row of `places`: as the gazetteer has it where it knows the id, else as it was when decided."""
        self._gazetteer = self._gazetteer or open_gazetteer()
        known = None if place.id.startswith(OWN) else self._gazetteer.get(place.id)
        told_by = known or place
        names = ("name", "kind", "lat", "lon", "country", "region")
        return {"place_id": place.id} | {name: getattr(told_by, name) for name in names}


def _by_column(rows: Sequence[Mapping[str, Any]], columns: Iterable[str]) -> dict[str, list[Any]]:
    return {name: [row[name] for row in rows] for name in columns}


def _restore_place(cursor: duckdb.DuckDBPyConnection, p: int) -> None:
    columns = ", ".join(f"{name} = k.{name}" for name in _PLACE_COLUMNS.split(", "))
    cursor.execute(f"UPDATE places SET {columns} FROM machine_places k WHERE k.p = places.p AND k.p = $p", {"p": p})


def _rows(slot: Slot, decision: Decision) -> Iterable[dict[str, Any]]:
    """The rows of `decided` that stand for a decision on a name: one a key, or one for a mention's span."""
    target, place = decision.target, decision.place
    of_mention = decision.scope == "mention"
    # a place chosen for one mention is chosen whatever the machine says of it, now or later; its guess is accepted only
    # while it is the same guess
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
    return [row] if of_mention else [row | {"key": key} for key in sorted(decided_keys(decision))]


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
