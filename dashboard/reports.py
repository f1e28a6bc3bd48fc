"""What reports say happens at a place: kinds of event by side, claims beside denials, each with its sentences."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlencode

import pandas as pd

from corpus import ArticleGoneError
from corpus.events import EventIndex, open_events
from dashboard import selection
from dashboard.resources import Desk
from dashboard.safe import safe_text
from dashboard.texts import t
from dashboard.words import dated, number, source_name
from extract.tokens import sentence_at

MODALITIES = ("asserted", "claimed", "denied", "planned", "advised")
SENTENCES_A_ROW = 3
MOST_ROWS = 12
MOST_SPEAKERS = 4
_LONGEST_SENTENCE = 500


def reports_html(desk: Desk, articles: pd.DataFrame, place_id: str) -> str:
    """The events that `articles` (rows of `CorpusIndex.article_rows`, newest first) tell of a place, most told first.

    Raises `corpus.CorpusError` when the corpus cannot be read any more.
    """
    events = open_events(Path(desk.corpus.folder), desk.version)
    ids, stories = articles["article_id"].tolist(), articles["story_id"].tolist()
    found = events.summary(place_id, ids, stories)
    title = f'<h4>{t("reports.title")}</h4><div class="dl-quiet">{t("map.not_events")}. {t("reports.counted")}</div>'
    if found.empty:
        return f'<div class="dl-reports">{title}<div class="dl-quiet">{t("reports.none")}</div></div>'
    groups = sorted(found.groupby(["kind", "side"]), key=lambda item: (-int(item[1]["stories"].sum()), item[0]))
    chosen = _Articles(desk, articles)
    rows = [
        _row_html(group, _sentences(events, chosen, place_id, (kind, side), (ids, stories)))
        for (kind, side), group in groups[:MOST_ROWS]
    ]
    more = len(groups) - len(rows)
    rest = f'<div class="dl-quiet">{t("reports.more", number=number(more))}</div>' if more else ""
    return f'<div class="dl-reports">{title}{"".join(rows)}{rest}</div>'


def modality_name(modality: str) -> str:
    """Whether a thing is said to have happened, claimed, denied, planned or advised."""
    return t(f"modality.{modality}")


class _Articles:
    """Articles under the filter, each read once."""

    def __init__(self, desk: Desk, rows: pd.DataFrame):
        self._index = desk.index
        self._rows: Mapping[str, dict[str, object]] = rows.set_index("article_id").to_dict("index")
        self._texts: dict[str, str | None] = {}

    def row(self, article_id: str) -> dict[str, object]:
        return self._rows[article_id]

    def text(self, article_id: str) -> str | None:
        """The article's text; None when its batch has left the corpus since, of which the reader's page tells."""
        if article_id not in self._texts:
            try:
                stored = self._index.article(article_id)
            except ArticleGoneError:
                stored = None
            self._texts[article_id] = stored.article.text if stored else None
        return self._texts[article_id]


def _sentences(
    events: EventIndex,
    articles: _Articles,
    place_id: str,
    what: tuple[str, str],
    chosen: tuple[list[str], list[str]],
) -> str:
    kind, side = what
    told = events.told(place_id, *chosen, kind=kind, side=side, limit=SENTENCES_A_ROW)
    return "".join(_sentence_html(row, articles) for row in told.to_dict("records"))


def _sentence_html(event: Mapping[str, object], articles: _Articles) -> str:
    article_id = str(event["article_id"])
    text, row = articles.text(article_id), articles.row(article_id)
    meta = [source_name(row["source"]), dated(row["date"], row["date_basis"], always=False)]
    meta += [modality_name(str(event["modality"]))]
    address = "articles?" + urlencode(selection.link(article=article_id))
    link = f'<a href="{safe_text(address)}">{t("card.read")}</a>'
    line = f'<div class="dl-quiet">{" · ".join([*map(safe_text, meta), link])}</div>'
    if text is None:
        return f"{line}<blockquote>{t('reports.gone')}</blockquote>"
    return f"{line}<blockquote>{_marked(text, int(event['start']), int(event['end']))}</blockquote>"


def _marked(text: str, start: int, end: int) -> str:
    """The event's sentence with the event's own words marked; of a very long one what is around them."""
    first, last = sentence_at(text, start, end)
    first, last = max(first, start - _LONGEST_SENTENCE // 2), min(last, max(end, start) + _LONGEST_SENTENCE // 2)
    return f"{safe_text(text[first:start])}<em>{safe_text(text[start:end])}</em>{safe_text(text[end:last])}"


def _row_html(group: pd.DataFrame, sentences: str) -> str:
    first = group.iloc[0]
    by_modality = {row["modality"]: row for row in group.to_dict("records")}
    told = "".join(_modality_html(by_modality[name]) for name in MODALITIES if name in by_modality)
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
