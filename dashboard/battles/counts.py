"""How much each source wrote of every battle: of its places, and those of its parts, in its days."""

from collections.abc import Sequence

import pandas as pd

from corpus.timelines import Span
from dashboard.battles.filter import with_parts
from dashboard.frame import Frame
from dashboard.safe import visible
from dashboard.texts import t
from dashboard.words import number, source_name
from geodata import Battle

MOST_SOURCES = 8


def spans(battles: Sequence[Battle], in_corpus: pd.DataFrame) -> tuple[Span, ...]:
    """Places and days of battles; of an area, every place of the corpus in it. `in_corpus`: see `battle_filter`."""
    inside: dict[str, list[str]] = {}
    for column in ("region", "country"):
        for area, places in in_corpus.groupby(column)["place_id"]:
            inside.setdefault(str(area), []).extend(places)
    made = []
    for battle in battles:
        named = dict.fromkeys(place for part in with_parts(battle) for place in part.places)
        places = dict.fromkeys([*named, *(place for area in named for place in inside.get(area, ()))])
        made.append(Span(battle.id, tuple(places), battle.start, battle.last_day))
    return tuple(made)


def told_of(frame: Frame, battles: Sequence[Battle]) -> dict[str, tuple[int, list[str]]]:
    """Battle id → articles under the filter, and each source with its number of them, most first."""
    rows = frame.desk.told_by_source(frame.asked, spans(battles, frame.desk.all_places()))
    found = {}
    for key, group in rows.groupby("key"):
        words = [
            f"{visible(source_name(source))} {number(int(n))}"
            for source, n in zip(group["source"], group["articles"], strict=True)
        ]
        rest = len(words) - MOST_SOURCES
        shown = [*words[:MOST_SOURCES], t("describe.more", number=number(rest))] if rest > 0 else words
        found[str(key)] = (int(group["articles"].sum()), shown)
    return found
