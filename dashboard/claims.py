"""Claims and confirmations of who holds a place as one line of time: the table's rows, and what reports say beside
them. The stretch between a claim and what settled it is dashed. All HTML is safe."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date

import pandas as pd

from corpus import MentionFilter, events
from dashboard.context import assessor_name
from dashboard.resources import Desk
from dashboard.safe import safe_text
from dashboard.texts import t
from dashboard.words import count_of, format_date
from geodata import ControlChange, control_at, history

MOST_ROWS = 14
_NEAR_DAYS = 200


@dataclass(frozen=True, slots=True)
class _Row:
    """One line: its day, its sign (confirmed, claimed, estimated, denied, reported), whose sign it is, its words."""

    day: Date
    sign: str
    side: str
    words: str
    source: str = ""
    about: bool = False


def claims_html(desk: Desk, asked: MentionFilter, place_id: str, day: Date | None) -> str:
    """The line for a place, the rows near `day` (all without one) in sight and the others folded away; empty when
    neither the table nor a dated report says anything."""
    rows = _table_rows(history(place_id)) + _report_rows(events.spoken(desk.index, asked, place_id))
    rows.sort(key=lambda row: (row.day, row.sign == "reported"))
    if not rows:
        return ""
    near = [row for row in rows if day is None or abs((row.day - day).days) <= _NEAR_DAYS] or rows
    near = near[-MOST_ROWS:]
    others = [row for row in rows if row not in near]
    folded = ""
    if others:
        title = t("claimline.others", number=len(others))
        folded = f"<details><summary>{title}</summary>{_list_html(place_id, others)}</details>"
    head = f'<h3>{t("claimline.title")}</h3><div class="dl-quiet">{t("claimline.how")}</div>'
    return f'<div class="dl-claims">{head}{_list_html(place_id, near)}{folded}</div>'


def _table_rows(changes: Sequence[ControlChange]) -> list[_Row]:
    rows = []
    for change in changes:
        sign = "denied" if change.denies else change.basis
        who, side = assessor_name(change.assessor), t(f"control.{change.to}")
        words = t(f"claimline.{sign}", side=side, who=who) + _after(changes, change)
        rows.append(_Row(change.date, sign, change.to, words, change.source, about=change.date_is_approximate))
    return rows


def _after(changes: Sequence[ControlChange], change: ControlChange) -> str:
    """How long the last claim of the same had stood when this row settled it; empty for all other rows."""
    if change.basis == "claimed" or change.denies:
        return ""
    before = [row for row in changes if row.date <= change.date and row is not change]
    claims: list[ControlChange] = []
    for row in before:
        if row.basis == "claimed" and not row.denies:
            claims.append(row)
        elif row.basis == "confirmed":
            claims = []
    same = [claim for claim in claims if claim.to == change.to]
    days = (change.date - same[0].date).days if same else 0
    return f" ({t('claimline.after', days=count_of(days, 'days'))})" if days > 0 else ""


def _report_rows(spoken: pd.DataFrame) -> list[_Row]:
    rows = []
    for row in spoken.itertuples(index=False):
        what = f"{t(f'event.{row.kind}')}, {t(f'side.{row.side}')}, {t(f'modality.{row.modality}')}"
        who = f": {row.speaker}" if row.speaker else ""
        words = t("claimline.reported", what=f"{what}{who}", stories=count_of(int(row.stories), "stories"))
        rows.append(_Row(row.date.date(), "reported", "", words))
    return rows


def _list_html(place_id: str, rows: Sequence[_Row]) -> str:
    return f"<ol>{''.join(_row_html(place_id, row) for row in rows)}</ol>"


def _row_html(place_id: str, row: _Row) -> str:
    status = control_at(place_id, row.day).status
    day = format_date(row.day)
    day = t("control.about", day=day) if row.about else day
    source = f' title="{safe_text(row.source)}"' if row.source else ""
    return (
        f'<li class="dl-after-{status}"><i class="dl-sign dl-sign-{row.sign} dl-side-{row.side or "none"}" '
        f'aria-hidden="true"></i><time datetime="{row.day.isoformat()}">{safe_text(day)}</time> '
        f"<span{source}>{safe_text(row.words)}</span></li>"
    )
