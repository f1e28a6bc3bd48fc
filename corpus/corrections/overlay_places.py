"""The places that decisions name, among those of an index."""

from collections.abc import Callable

import duckdb

from corpus.corrections.decisions import OWN, DecidedPlace
from corpus.corrections.standing import State
from geodata import Place

_COLUMNS = {
    "place_id": "VARCHAR",
    "name": "VARCHAR",
    "kind": "VARCHAR",
    "lat": "DOUBLE",
    "lon": "DOUBLE",
    "country": "VARCHAR",
    "region": "VARCHAR",
}
_WANTED = f"""
CREATE OR REPLACE TEMP TABLE wanted AS
SELECT {", ".join(f"unnest(${name}::{type}[]) AS {name}" for name, type in _COLUMNS.items())},
    unnest($own::BOOLEAN[]) AS own
"""
_TOLD = ", ".join(f"{name} = w.{name}" for name in _COLUMNS)
_KEEP_AND_TELL = f"""
INSERT INTO machine_places
SELECT places.* FROM places JOIN wanted USING (place_id)
WHERE own AND p NOT IN (SELECT p FROM decided_places) AND p NOT IN (SELECT p FROM machine_places);
UPDATE places SET {_TOLD} FROM wanted w
WHERE places.place_id = w.place_id AND (w.own OR p IN (SELECT p FROM decided_places));
"""
_ADD = f"""
INSERT INTO decided_places
SELECT ((SELECT coalesce(max(p), -1) FROM places) + row_number() OVER (ORDER BY place_id))::INTEGER
FROM wanted WHERE place_id NOT IN (SELECT place_id FROM places);
INSERT INTO places (p, {", ".join(_COLUMNS)})
SELECT ((SELECT coalesce(max(p), -1) FROM places) + row_number() OVER (ORDER BY place_id))::INTEGER,
    {", ".join(_COLUMNS)}
FROM wanted WHERE place_id NOT IN (SELECT place_id FROM places);
"""
_RESTORE = f"""
UPDATE places SET {_TOLD} FROM machine_places w
WHERE w.p = places.p AND places.place_id IN (SELECT unnest($ids::VARCHAR[]))
"""


def know_places(
    cursor: duckdb.DuckDBPyConnection,
    before: State,
    after: State,
    known: Callable[[DecidedPlace], Place | None],
) -> None:
    """Have every place that the decisions of `after` name in `places`, one's own as they were last defined, others as
    the gazetteer (`known`) has them, else as they were when decided. Places of the batches stay as they are."""
    ids = [place_id for place_id, _ in before.places.items() ^ after.places.items()]
    wanted = [after.places[place_id] for place_id in dict.fromkeys(ids) if place_id in after.places]
    gone = [place_id for place_id in ids if place_id not in after.places]
    if wanted:
        rows = [(place.id, known(place) or place) for place in wanted]
        values = {name: [getattr(told_by, name) for _, told_by in rows] for name in _COLUMNS if name != "place_id"}
        values |= {"place_id": [place_id for place_id, _ in rows]}
        cursor.execute(_WANTED, values | {"own": [place.id.startswith(OWN) for place in wanted]})
        cursor.execute(_KEEP_AND_TELL)
        cursor.execute(_ADD)
    if gone:
        cursor.execute(_RESTORE, {"ids": gone})
