"""A filter in words, in the visitor's language."""

from collections.abc import Sequence

from corpus import MentionFilter
from dashboard.names import place_name
from dashboard.texts import t
from dashboard.words import (
    fraction,
    kind_name,
    language_name,
    listed,
    measure_name,
    number,
    role_name,
    source_name,
    status_name,
)

_NAMES_LISTED = 6


def filter_words(asked: MentionFilter) -> str:
    """What is asked, part by part; it may hold words from a visitor or an article: show it as text."""
    parts = [
        _part("describe.statuses", [status_name(status) for status in asked.statuses]),
        _part("describe.roles", [role_name(role) for role in asked.roles]),
        _part("describe.kinds", [kind_name(kind) for kind in asked.kinds]),
        _part("describe.places", _few([place_name(place_id, place_id) for place_id in asked.places])),
        _part("describe.regions", [place_name(region, region) for region in asked.regions]),
        _part("describe.event_kinds", [t(f"event.{kind}") for kind in asked.event_kinds]),
        _part("describe.event_sides", [t(f"side.{side}") for side in asked.event_sides]),
        _part("describe.event_modalities", [t(f"modality.{modality}") for modality in asked.event_modalities]),
        _part("describe.sources", [source_name(source) for source in asked.sources]),
        _part("describe.cites", asked.cites),
        _part("describe.languages", [language_name(code) or code for code in asked.languages]),
        _part("describe.stories", asked.stories),
        _days(asked),
        _part("describe.text", [asked.text] if asked.text else []),
        _part("describe.confidence", [fraction(asked.min_confidence)] if asked.min_confidence else []),
        _part("describe.count_by", [measure_name(asked.count_by)]),
    ]
    return "; ".join(part for part in parts if part)


def _few(names: Sequence[str]) -> list[str]:
    """The first names, and how many more there are: a campaign has hundreds of places."""
    rest = len(names) - _NAMES_LISTED
    return [*names[:_NAMES_LISTED], t("describe.more", number=number(rest))] if rest > 1 else list(names)


def _part(key: str, words: Sequence[str]) -> str:
    return f"{t(key)}: {listed(list(words))}" if words else ""


def _days(asked: MentionFilter) -> str:
    if not (asked.date_from or asked.date_to):
        return ""
    ends = [
        t("describe.from", day=asked.date_from.isoformat()) if asked.date_from else "",
        t("describe.to", day=asked.date_to.isoformat()) if asked.date_to else "",
        t("describe.undated") if asked.include_undated else "",
    ]
    return f"{t('describe.dates')}: {', '.join(end for end in ends if end)}"
