"""Battle context in words: who held a place on a day, who says so, which battles went on. All HTML is safe."""

from collections.abc import Iterable
from datetime import date as Date
from pathlib import Path

from dashboard.names import battle_name, name_of
from dashboard.safe import safe_text, visible
from dashboard.texts import t, table
from dashboard.words import format_date, fraction
from geodata import (
    Battle,
    ControlChange,
    ControlStatus,
    Gazetteer,
    Place,
    battles_of,
    context_at,
    control_at,
    history,
    neighbours_at,
)

STYLE = Path(__file__).with_name("context.css")


def swatch_html(status: str) -> str:
    """The sign of a status: a colour of a pair that colour-blind eyes tell apart, and a shape of its own."""
    return f'<i class="dl-held dl-held-{safe_text(status)}" aria-hidden="true"></i>'


def assessor_name(assessor: str) -> str:
    """An assessor in the visitor's language, as far as the table of texts has it."""
    key = f"assessor.{slug(assessor)}"
    return t(key) if key in table() else assessor


def slug(words: str) -> str:
    """Letters and digits in lower case with `_` between words: the last part of a key of the table of texts."""
    return "_".join("".join(c if c.isalnum() else " " for c in words.lower()).split())


def control_html(status: ControlStatus) -> str:
    """The status in words with its sign, the date it is from, who says so, and every claim that stands unsettled."""
    said = f"{swatch_html(status.status)}<b>{t(f'control.{status.status}')}</b>"
    if status.as_of is None:
        return f"<div>{said} {t('control.no_record')}</div>"
    if status.claims:
        told = "".join(f"<li>{_change_html(claim)}</li>" for claim in status.claims)
        before = f"<li>{t('control.before')} {_change_html(status.before)}</li>" if status.before else ""
        return f"<div>{said}<ul>{before}{told}</ul></div>"
    found = [row for row in history(status.place_id) if row.date == status.as_of and row.assessor == status.assessor]
    return f"<div>{said} {_basis_html(found[-1])}</div>" if found else f"<div>{said}</div>"


def change_words(change: ControlChange) -> str:
    """A change with its basis, day and speaker as plain text: `Russia, claimed: Wagner Group, 10 Jan 2023`."""
    day = format_date(change.date)
    day = t("control.about", day=day) if change.date_is_approximate else day
    who = visible(assessor_name(change.assessor))
    if change.denies:
        return t("control.denied", who=who, day=day)
    basis = "estimate" if change.basis == "estimated" else change.basis
    return f"{t(f'control.{change.to}')}, {t(f'control.by_{basis}', who=who, day=day)}"


def _change_html(change: ControlChange) -> str:
    if change.denies:
        return t("control.denied", who=_who(change), day=_day(change))
    return f"{t(f'control.{change.to}')} {_basis_html(change)}"


def _basis_html(change: ControlChange) -> str:
    return f'<span class="dl-said" title="{safe_text(change.source)}">{_basis(change)}</span>'


def _basis(change: ControlChange) -> str:
    if change.basis == "estimated":
        return t("control.by_estimate", day=_day(change))
    return t(f"control.by_{change.basis}", who=_who(change), day=_day(change))


def _who(change: ControlChange) -> str:
    return safe_text(assessor_name(change.assessor))


def _day(change: ControlChange) -> str:
    day = format_date(change.date)
    return safe_text(t("control.about", day=day) if change.date_is_approximate else day)


def held_html(place_id: str, then: Date | None, today: Date) -> str:
    """Who held the place when it was last reported on, and who holds it as far as the table knows now."""
    now = control_at(place_id, today)
    covered = bool(history(place_id))
    ends = safe_text(format_date(now.table_ends)) if now.table_ends else ""
    parts = []
    if then and covered:
        when = safe_text(format_date(then))
        parts.append(f"<dt>{t('context.then', day=when)}</dt><dd>{control_html(control_at(place_id, then))}</dd>")
    if covered:
        parts.append(f"<dt>{t('context.latest', day=ends)}</dt><dd>{control_html(now)}</dd>")
    else:
        parts.append(f"<dt>{t('context.held')}</dt><dd>{control_html(now)}</dd>")
    return f'<dl class="dl-context">{"".join(parts)}</dl>'


def battles_html(battles: Iterable[Battle], day: Date) -> str:
    """What went on there that day, the most local first, each with its days, its summary and its source."""
    items = "".join(
        f"<li><b>{safe_text(battle_name(battle))}</b>, {span_words(battle)}"
        f"<div>{safe_text(battle.summary)} <cite>{safe_text(battle.source)}</cite></div></li>"
        for battle in battles
    )
    when = safe_text(format_date(day))
    if not items:
        return f'<div class="dl-quiet">{t("context.no_battle", day=when)}</div>'
    return f'<details class="dl-context"><summary>{t("context.battles", day=when)}</summary><ul>{items}</ul></details>'


def battles_of_html(place_id: str) -> str:
    """Every battle that names the place, earliest first, whatever the day; empty when none does."""
    items = "".join(
        f"<li>{safe_text(battle_name(battle))}, {span_words(battle)}. {t(f'outcome.{battle.outcome}')}</li>"
        for battle in battles_of(place_id)
    )
    if not items:
        return ""
    return f'<details class="dl-context"><summary>{t("context.all_battles")}</summary><ul>{items}</ul></details>'


def span_words(battle: Battle) -> str:
    """The first and last day of a battle; a month where no more is known."""
    first = _moment(battle.start, battle.start_precision)
    last = _moment(battle.end, battle.end_precision) if battle.end else t("battle.open")
    return first if first == last else t("date.span", first=first, last=last)


def _moment(day: Date, precision: str) -> str:
    if precision == "day":
        return format_date(day)
    return f"{t('date.month_names').split()[day.month - 1]} {day.year}"


def neighbours_html(place_id: str, day: Date, places: Gazetteer) -> str:
    """Settlements within 15 km that the table of control covers, nearest first, with who held them that day."""
    found = neighbours_at(place_id, day, gazetteer=places)
    rows = "".join(
        f"<li>{swatch_html(near.control.status)}{safe_text(name_of(near.place))}, "
        f"{_km(near.km)} {t('context.km')}: {_short(near.control)}</li>"
        for near in found
    )
    if not rows:
        return ""
    title = t("context.neighbours", day=safe_text(format_date(day)))
    return f'<details class="dl-context"><summary>{title}</summary><ul class="dl-near">{rows}</ul></details>'


def _km(km: float) -> str:
    """One decimal: the gazetteer's points are not more exact."""
    return fraction(km)[:-1]


def _short(status: ControlStatus) -> str:
    """Status, date and assessor on one line."""
    word = t(f"control.{status.status}")
    if status.as_of is None:
        return word
    who = safe_text(assessor_name(status.assessor))
    return f'{word} <span class="dl-said">({who}, {safe_text(format_date(status.as_of))})</span>'


def place_context_html(place: Place, then: Date | None, today: Date, places: Gazetteer) -> str:
    """Held then and now; battles and neighbours on the day of the newest report, or today's where none is dated."""
    day = then or today
    found = context_at(place.id, day, gazetteer=places)
    return (
        held_html(place.id, then, today)
        + battles_html(found.battles, day)
        + battles_of_html(place.id)
        + neighbours_html(place.id, day, places)
    )


def article_context_html(place_id: str, day: Date | None, places: Gazetteer) -> str:
    """One line under an article: who held the place that day and the most local battle; empty for an undated one and
    for a place that neither table covers."""
    if day is None:
        return ""
    found = context_at(place_id, day, gazetteer=places)
    local = [battle for battle in found.battles if place_id in battle.places]
    parts = [_short(found.control)] if found.control.as_of else []
    parts += [safe_text(battle_name(battle)) for battle in local[:1]]
    if not parts:
        return ""
    sign = swatch_html(found.control.status) if found.control.as_of else ""
    return f'<div class="dl-that-day">{sign}{t("context.that_day")} {" · ".join(parts)}</div>'
