"""What reports say happens at a place: kinds of event by side, claims beside denials, each with its sentences."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

import pandas as pd

from corpus import MentionFilter, events
from dashboard import selection
from dashboard.resources import Desk
from dashboard.safe import safe_text
from dashboard.texts import t
from dashboard.words import dated, number, source_name
from extract.types import EVENT_MODALITIES

SENTENCES_A_ROW = 3
MOST_ROWS = 12
MOST_SPEAKERS = 4
_LONGEST_SENTENCE = 500
_KIND_SIDE = ["kind", "side"]


def reports_html(desk: Desk, asked: MentionFilter, place_id: str) -> str:
    """The events that the articles under a filter tell of a place, most told first."""
    found = events.summary(desk.index, asked, place_id)
    title = f'<h3>{t("reports.title")}</h3><div class="dl-quiet">{t("map.not_events")}. {t("reports.counted")}</div>'
    if found.empty:
        return f'<div class="dl-reports">{title}<div class="dl-quiet">{t("reports.none")}</div></div>'
    groups = sorted(found.groupby(_KIND_SIDE), key=lambda item: (-int(item[1]["stories"].sum()), item[0]))
    told = events.told(desk.index, asked, place_id, each=SENTENCES_A_ROW)
    quotes = {what: "".join(map(_sentence_html, rows.to_dict("records"))) for what, rows in told.groupby(_KIND_SIDE)}
    rows = [_row_html(group, quotes.get(what, "")) for what, group in groups[:MOST_ROWS]]
    more = len(groups) - len(rows)
    rest = f'<div class="dl-quiet">{t("reports.more", number=number(more))}</div>' if more else ""
    return f'<div class="dl-reports">{title}{"".join(rows)}{rest}</div>'


def modality_name(modality: str) -> str:
    """Whether a thing is said to have happened, claimed, denied, planned or advised."""
    return t(f"modality.{modality}")


def _sentence_html(event: Mapping[str, object]) -> str:
    meta = [source_name(event["source"]), dated(event["date"], event["date_basis"], always=False)]
    meta += [modality_name(str(event["modality"]))]
    address = "articles?" + urlencode(selection.link(article=str(event["article_id"])))
    link = f'<a href="{safe_text(address)}">{t("card.read")}</a>'
    line = f'<div class="dl-quiet">{" · ".join([*map(safe_text, meta), link])}</div>'
    first = int(event["sentence_start"])
    return f"{line}<blockquote>{_marked(event['sentence'], event['start'] - first, event['end'] - first)}</blockquote>"


def _marked(sentence: str, start: int, end: int) -> str:
    """The event's sentence with the event's own words marked; of a very long one what is around them."""
    first, last = max(0, start - _LONGEST_SENTENCE // 2), max(end, start) + _LONGEST_SENTENCE // 2
    return f"{safe_text(sentence[first:start])}<em>{safe_text(sentence[start:end])}</em>{safe_text(sentence[end:last])}"


def _row_html(group: pd.DataFrame, sentences: str) -> str:
    first = group.iloc[0]
    by_modality = {row["modality"]: row for row in group.to_dict("records")}
    told = "".join(_modality_html(by_modality[name]) for name in EVENT_MODALITIES if name in by_modality)
    kind, side = first["kind"], first["side"]
    what = f"<b>{t(f'event.{kind}')}</b> · {t(f'side.{side}')}"
    return f'<details><summary>{what}<div class="dl-told">{told}</div></summary>{sentences}</details>'


def _modality_html(row: Mapping[str, object]) -> str:
    speakers = _speakers(row["speakers"])
    who = f": {speakers}" if speakers else ""
    modality, stories = row["modality"], number(int(row["stories"]))
    return f'<span class="dl-told-{modality}"><b>{stories}</b> {modality_name(modality)}{who}</span>'


def _speakers(names: Iterable[str]) -> str:
    given = [safe_text(name) for name in names]
    rest = len(given) - MOST_SPEAKERS
    return ", ".join(given[:MOST_SPEAKERS]) + (t("card.more_forms", number=number(rest)) if rest > 0 else "")
