"""Was a place near the line of contact on a day? Read from the dated changes of control, not from a drawn line."""

from collections import defaultdict
from datetime import date as Date
from datetime import timedelta
from functools import lru_cache

from geodata.control import Control
from geodata.distance import rough_distance_km
from geodata.gazetteer import Gazetteer

INVASION = Date(2022, 2, 24)
NEAR_KM = 25.0
_BEFORE, _AFTER = timedelta(days=120), timedelta(days=60)
_CELL = 0.4
"""Degrees, in both directions at least 25 km wide as far north as the fighting has gone."""


class Front:
    """Places that changed hands around a day: from 120 days before (where fighting had just been) to 60 days after.

    Days are taken by the month, so that the articles of one month share a look-up. Immutable but for its cache.
    """

    def __init__(self, control: Control, gazetteer: Gazetteer):
        self._changes: list[tuple[Date, float, float]] = []
        for place_id in control.places:
            dates = {change.date for change in control.history(place_id) if change.date > INVASION}
            place = gazetteer.get(place_id) if dates else None  # most places never changed hands
            self._changes += [(day, place.lat, place.lon) for day in dates if place]
        self._cells = lru_cache(maxsize=128)(self._cells_of)

    def near(self, lat: float, lon: float, day: Date) -> bool:
        """Whether some place within 25 km of the point (degrees WGS84) changed hands around that day."""
        cells = self._cells(day.replace(day=15))
        row, column = _cell(lat, lon)
        return any(
            rough_distance_km(lat, lon, *spot) <= NEAR_KM
            for up in (-1, 0, 1)
            for right in (-1, 0, 1)
            for spot in cells.get((row + up, column + right), ())
        )

    def _cells_of(self, middle: Date) -> dict[tuple[int, int], set[tuple[float, float]]]:
        cells: dict[tuple[int, int], set[tuple[float, float]]] = defaultdict(set)
        for day, lat, lon in self._changes:
            if middle - _BEFORE <= day <= middle + _AFTER:
                cells[_cell(lat, lon)].add((lat, lon))
        return dict(cells)


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return int(lat / _CELL), int(lon / _CELL)
