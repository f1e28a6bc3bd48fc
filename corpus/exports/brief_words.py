"""The HTML brief's own words in English and Ukrainian: `brief_words.csv`, a key and a column a language."""

import csv
from dataclasses import dataclass
from datetime import date as Date
from functools import cache
from pathlib import Path

from corpus.filter import day_words
from geodata import Gazetteer, open_gazetteer
from geodata.outlines import read_outlines

TABLE = Path(__file__).with_name("brief_words.csv")
LANGUAGES = ("en", "uk")


@cache
def _table() -> dict[str, dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return {row["key"]: row for row in csv.DictReader(stream)}


@dataclass(frozen=True, slots=True)
class Words:
    """Words, numbers, days and names of places in one language; `gazetteer` is asked for names other than English."""

    language: str
    gazetteer: Gazetteer

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key` with `{names}` filled in. Raises `KeyError` on an unknown key."""
        text = _table()[key][self.language]
        return text.format(**values) if values else text

    def kind(self, kind: str) -> str:
        """A place's kind in words."""
        key = f"kind_{kind}"
        return self(key) if key in _table() else kind

    def number(self, value: int) -> str:
        """`2,345` in English, `2 345` in Ukrainian."""
        return f"{value:,}" if self.language == "en" else f"{value:,}".replace(",", "\u00a0")

    def day(self, day: Date | None) -> str:
        """`26 Jan 2023` in English, `26.01.2023` in Ukrainian; "undated" for None."""
        if day is None or day != day:
            return self("undated")
        return day_words(day) if self.language == "en" else f"{day:%d.%m.%Y}"

    def area(self, place_id: str) -> str:
        """The name of a region or a country by its id; empty where the gazetteer does not have it."""
        place = self.gazetteer.get(place_id)
        return self.place(place_id, place.name) if place else ""

    def countries(self) -> dict[str, str]:
        """Names of the countries on the outline map, by id, where they differ from its own."""
        if self.language == "en":
            return {}
        ids = [feature["properties"]["id"] for feature in read_outlines()["countries"]["features"]]
        found = ((place_id, self.gazetteer.get(place_id)) for place_id in ids)
        return {place_id: place.uk for place_id, place in found if place and place.uk}

    def place(self, place_id: str | None, name: str) -> str:
        """A place's name; `name` where the gazetteer does not have it in this language."""
        place = self.gazetteer.get(place_id) if place_id else None
        if place is None:
            return name
        return (place.uk or name) if self.language == "uk" else name


def words_in(language: str) -> Words:
    """The words of a language; English for one there are none of."""
    return Words(language if language in LANGUAGES else "en", open_gazetteer())
