"""An article as a page: its text with every mention marked, and the places found in it. All output is safe HTML."""

from collections.abc import Iterable, Sequence
from datetime import date as Date

from corpus import StoredArticle
from dashboard.dates_told import date_remark
from dashboard.names import place_name
from dashboard.safe import safe_text, safe_url
from dashboard.texts import t
from dashboard.words import dated, kind_name, language_name, listed, number, source_name, status_name
from extract.types import ROLES, STATUSES, Article, Mention

# A browser shows this much at once without stumbling; the rest of a longer text is named, not lost.
MOST_CHARACTERS = 120_000
_LEGEND = ("location", "actor", "ambiguous", "unplaced", "rejected")


def mark_classes(status: str, role: str) -> str:
    """CSS classes of a mention: shape by status, colour by role."""
    return f"dl-m dl-{status} dl-{role}"


def marked(text: str, mentions: Iterable[Mention], *, offset: int = 0, this_place: str | None = None) -> str:
    """Safe HTML of `text` with mentions marked; `offset` is where `text` begins in the article's text.

    Mentions outside the text, or overlapping one already marked, are left unmarked. Those of `this_place` stand out.
    """
    pieces, done = [], 0
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        start, end = mention.start - offset, mention.end - offset
        if start < done or end > len(text) or start >= end:
            continue
        here = " dl-this" if this_place and mention.place_id == this_place else ""
        hint = f"{_shown_name(mention) or status_name(mention.status)}: {mention.reason}"
        pieces.append(safe_text(text[done:start]))
        pieces.append(f'<mark class="{mark_classes(mention.status, mention.role)}{here}" title="{safe_text(hint)}">')
        pieces.append(f"{safe_text(text[start:end])}</mark>")
        done = end
    return "".join([*pieces, safe_text(text[done:])])


def article_html(stored: StoredArticle, *, this_place: str | None = None) -> str:
    """Title, meta line, legend and marked text."""
    article = stored.article
    text = article.text[:MOST_CHARACTERS]
    rest = len(article.text) - len(text)
    body = _with_scraps(text, stored.scraps, stored.mentions, this_place)
    told = t("reader.cut", shown=number(len(text)), rest=number(rest))
    cut = f'<p class="dl-quiet">{told}</p>' if rest else ""
    return (
        f'<div class="dl-reader"><h2>{safe_text(article.title) or t("article.untitled")}</h2>'
        f'<div class="dl-quiet">{meta_html(article, stored.added_at.date())}</div>{legend_html()}'
        f'<div class="dl-text">{body}</div>{cut}</div>'
    )


def meta_html(article: Article, known_on: Date) -> str:
    """Source, date with its basis and what is odd of it, language, cited outlets, link. `known_on` is the day on which
    the article was added."""
    parts = [f"<b>{safe_text(source_name(article.source))}</b>", safe_text(dated(article.date, article.date_basis))]
    remark = date_remark(article, known_on)
    parts.append(f'<span class="dl-remark">{safe_text(remark)}</span>' if remark else "")
    parts.append(language_name(article.language))
    if article.cites:
        parts.append(f"{t('reader.cites')} {safe_text(listed(article.cites))}")
    parts.append(link_html(article.url))
    return " · ".join(part for part in parts if part)


def link_html(url: str | None) -> str:
    """A link to the original in a new tab; empty unless it is http or https."""
    address = safe_url(url)
    if not address:
        return ""
    rel = "noopener noreferrer nofollow"
    return f'<a href="{safe_text(address)}" target="_blank" rel="{rel}">{t("reader.original")}</a>'


def legend_html() -> str:
    """What the marks mean."""
    name = t("mark.name")
    items = "".join(
        f'<span><mark class="dl-m{" dl-placed" * (what in ROLES)} dl-{what}">{name}</mark> {t(f"mark.{what}")}</span>'
        for what in _LEGEND
    )
    return f'<div class="dl-marks">{items}</div>'


def places_html(mentions: Sequence[Mention]) -> str:
    """A table of what was found, most frequent first; what is not on the map says why."""
    groups: dict[tuple[str, str], list[Mention]] = {}
    for mention in mentions:
        groups.setdefault((mention.status, mention.place_id or mention.text), []).append(mention)
    if not groups:
        return f'<p class="dl-quiet">{t("reader.no_place")}</p>'
    order = list(STATUSES)
    rows = sorted(groups.items(), key=lambda item: (order.index(item[0][0]), -len(item[1])))
    cells = "".join(_places_row(status, group) for (status, _), group in rows)
    return (
        f'<table class="dl-places"><thead><tr><th>{t("column.place")}</th><th>{t("column.what")}</th>'
        f'<th class="dl-n">{t("column.mentions")}</th></tr></thead>'
        f"<tbody>{cells}</tbody></table>"
    )


def _places_row(status: str, group: list[Mention]) -> str:
    first = group[0]
    name = _shown_name(first) or first.text
    spelled = sorted({mention.text for mention in group} - {name})
    what = kind_name(first.kind) if status == "placed" else status_name(status)
    also = f'<div class="dl-quiet">{t("place.written")} {safe_text(listed(spelled))}</div>' if spelled else ""
    reason = f"<details><summary>{t('reader.why')}</summary>{safe_text(first.reason)}</details>"
    return (
        f"<tr><td>{safe_text(name)}{also}</td><td>{safe_text(what)}{reason}</td>"
        f'<td class="dl-n">{number(len(group))}</td></tr>'
    )


def _shown_name(mention: Mention) -> str:
    return place_name(mention.place_id, mention.name or "")


def _with_scraps(
    text: str, scraps: Iterable[tuple[int, int]], mentions: Sequence[Mention], this_place: str | None
) -> str:
    """The marked text with its link scraps ("Read next: ...") set back."""
    pieces, done = [], 0
    for start, end in sorted(scraps):
        start, end = max(start, done), min(end, len(text))
        if start >= end:
            continue
        pieces.append(marked(text[done:start], mentions, offset=done, this_place=this_place))
        scrap = marked(text[start:end], mentions, offset=start, this_place=this_place)
        pieces.append(f'<span class="dl-scrap">{scrap}</span>')
        done = end
    return "".join([*pieces, marked(text[done:], mentions, offset=done, this_place=this_place)])
