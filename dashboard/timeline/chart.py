"""The Timeline page's charts. They share one time axis: same days, same room for the labels at the left.

Days travel as UTC midnights and the axes are in UTC, so that no visitor's time zone moves a bar.
"""

import calendar
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta

import altair as alt
import pandas as pd

from dashboard.battles.map import BLUE, VERMILION
from dashboard.texts import t
from dashboard.words import format_date

CHOSEN = "chosen"
"""Name of the bars' selection: `{"chosen": [{"key": "2023-01-01"}]}`."""

_LABELS_PX = 96
_BARS_PX, _LANE_PX, _BAND_PX = 190, 46, 34
# Streamlit fits the axis into the height.
_AXIS_PX = 46
_DAYS_WRITTEN_OUT = 120
_SIDES = ["ukraine", "russia", "contested"]
_CROSS = "M-0.45,-0.45L0.45,0.45M0.45,-0.45L-0.45,0.45"


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of a theme, those of .streamlit/config.toml and the map."""

    mention: str
    faded: str
    context: str
    ink: str
    paper: str


LIGHT = Look("#c07a12", "#e3c594", "#44688a", "#4d473d", "#faf7f0")
DARK = Look("#d99a3d", "#6d5225", "#9fbdd6", "#cfc8ba", "#1a1b1c")


def look_of(theme: str | None) -> Look:
    """The colours for "light" or "dark"."""
    return DARK if theme == "dark" else LIGHT


@dataclass(frozen=True, slots=True)
class Axis:
    """The days that every chart shows, both included."""

    first: Date
    last: Date

    def x(self, field: str, *, leads: bool = False, labelled: bool = True) -> alt.X:
        """The shared axis on `field`. In a chart its first layer `leads`, which alone gives the days."""
        ends = [_moment(self.first), _moment(self.last + timedelta(days=1))]
        form = "%Y-%m-%d" if (self.last - self.first).days <= _DAYS_WRITTEN_OUT else "%Y-%m"
        axis = alt.Axis(format=form, labels=labelled, ticks=labelled, title=None, labelOverlap=True, labelFlush=True)
        scale = alt.Scale(type="utc", nice=False, **({"domain": ends} if leads else {}))
        return alt.X(f"{field}:T", axis=axis, scale=scale)


def bars(counts: pd.DataFrame, axis: Axis, look: Look, measure: str) -> alt.Chart:
    """Counts by period, a click on a bar chooses it. Columns: key, label, start, end (the day after), count, shown."""
    # a title beside the axis would take room that the other charts do not have
    y = alt.Y("count:Q", title=None, axis=alt.Axis(tickMinStep=1, format=",d", **_room()))
    title = alt.TitleParams(measure, anchor="start", fontSize=12, fontWeight="normal", color=look.ink, dx=_LABELS_PX)
    chosen = alt.selection_point(name=CHOSEN, fields=["key"], on="click")
    return (
        alt.Chart(_timed(counts, "start", "end"), height=_BARS_PX, title=title)
        .mark_rect(stroke=look.paper, strokeWidth=0.7, cursor="pointer")
        .encode(
            x=axis.x("start", leads=True),
            x2="end:T",
            y=y,
            y2=alt.datum(0),
            color=alt.condition("datum.shown", alt.value(look.mention), alt.value(look.faded)),
            tooltip=[alt.Tooltip("label:N", title=t("timeline.period")), alt.Tooltip("count:Q", title=measure)],
        )
        .add_params(chosen)
    )


def lanes(
    cells: pd.DataFrame, held: pd.DataFrame, marks: pd.DataFrame, order: list[str], axis: Axis, look: Look, measure: str
) -> alt.LayerChart:
    """A row a place: how much was written of it, who held it, and the changes of control.

    `cells` has the columns of `bars` and lane; `held` and `marks` are those of `timeline_lanes`.
    """
    y = alt.Y("lane:N", sort=order, scale=alt.Scale(domain=order), title=None, axis=alt.Axis(**_room(), ticks=False))
    said = [alt.Tooltip("lane:N", title=t("column.place"))]
    counted = (
        alt.Chart(_timed(cells, "start", "end"))
        .mark_rect(color=look.mention, height=alt.RelativeBandSize(0.42), yOffset=-8)
        .encode(
            x=axis.x("start", leads=True),
            x2="end:T",
            y=y,
            opacity=alt.Opacity("count:Q", scale=alt.Scale(type="sqrt", range=[0.25, 1]), legend=None),
            tooltip=[*said, alt.Tooltip("label:N", title=t("timeline.period")), alt.Tooltip("count:Q", title=measure)],
        )
    )
    layers = [counted, *([] if held.empty else [_line(held, axis, y, said)]), *_signs(marks, axis, y, said, look)]
    return alt.layer(*layers).properties(height=_LANE_PX * len(order) + _AXIS_PX).resolve_scale(color="shared")


def _line(held: pd.DataFrame, axis: Axis, y: alt.Y, said: list[alt.Tooltip]) -> alt.Chart:
    dashes = alt.StrokeDash("settled:N", scale=alt.Scale(domain=["yes", "no"], range=[[1, 0], [5, 4]]), legend=None)
    settled = held.assign(settled=["no" if status == "contested" else "yes" for status in held["status"]])
    return (
        alt.Chart(_timed(settled, "start", "end"))
        .mark_rule(strokeWidth=4, yOffset=11)
        .encode(
            x=axis.x("start"),
            x2="end:T",
            y=y,
            color=_side_colour("to"),
            strokeDash=dashes,
            tooltip=[*said, alt.Tooltip("words:N", title=t("timeline.held"))],
        )
    )


def _signs(marks: pd.DataFrame, axis: Axis, y: alt.Y, said: list[alt.Tooltip], look: Look) -> list[alt.Chart]:
    """Confirmed solid, claimed hollow, the project's estimate small, a denial a cross; a shape for each side."""
    told = marks.assign(when=[format_date(day) for day in marks["day"]])
    looks = {
        "estimated": {"filled": True, "size": 45, "opacity": 0.65},
        "confirmed": {"filled": True, "size": 120, "opacity": 1},
        "claimed": {"filled": False, "size": 120, "opacity": 1, "fill": look.paper, "strokeWidth": 2.2},
        "denied": {"filled": False, "size": 110, "opacity": 1, "shape": _CROSS, "strokeWidth": 2.5},
    }
    tooltip = [
        *said,
        alt.Tooltip("when:N", title=t("column.date")),
        alt.Tooltip("words:N", title=t("timeline.change")),
        alt.Tooltip("by:N", title=t("timeline.by")),
        alt.Tooltip("source:N", title=t("battle.source")),
    ]
    made = []
    for sign, drawn in looks.items():
        encoded = {"x": axis.x("day"), "y": y, "color": _side_colour("to"), "tooltip": tooltip}
        if sign != "denied":
            shapes = alt.Scale(domain=_SIDES, range=["circle", "square", "diamond"])
            encoded["shape"] = alt.Shape("to:N", scale=shapes, legend=None)
        rows = told[told["sign"] == sign]
        if rows.empty:
            continue
        made.append(alt.Chart(_timed(rows, "day")).mark_point(yOffset=11, **drawn).encode(**encoded))
    return made


def bands(battles: pd.DataFrame, axis: Axis, look: Look) -> alt.LayerChart:
    """A row a battle: its days as a band, its name above it. `battles` are those of `timeline_lanes.bands`."""
    order = battles["battle"].tolist()
    middle = axis.first + (axis.last - axis.first) / 2
    timed = _timed(battles.assign(late=[start > middle for start in battles["start"]]), "start", "end")
    y = alt.Y("battle:N", sort=order, title=None, axis=alt.Axis(**_room(), labels=False, ticks=False, domain=False))
    tooltip = [
        alt.Tooltip("battle:N", title=t("battle.name")),
        alt.Tooltip("days:N", title=t("battle.days")),
        alt.Tooltip("outcome:N", title=t("battle.outcome")),
        alt.Tooltip("campaign:N", title=t("battle.part_of")),
    ]
    band = (
        alt.Chart(timed)
        .mark_rect(color=look.context, opacity=0.75, height=alt.RelativeBandSize(0.28), yOffset=9)
        .encode(x=axis.x("start", leads=True, labelled=False), x2="end:T", y=y, tooltip=tooltip)
    )
    name = {"baseline": "middle", "yOffset": -4, "fontSize": 12, "color": look.ink, "limit": 420}
    named = [
        alt.Chart(rows)
        .mark_text(align=align, **name)
        .encode(x=axis.x(at, labelled=False), y=y, text="battle:N", tooltip=tooltip)
        for rows, align, at in ((timed[~timed["late"]], "left", "start"), (timed[timed["late"]], "right", "end"))
        if len(rows)
    ]
    return alt.layer(band, *named).properties(height=_BAND_PX * len(order))


def _side_colour(field: str) -> alt.Color:
    return alt.Color(f"{field}:N", scale=alt.Scale(domain=_SIDES, range=[BLUE, VERMILION, "#8a8a8a"]), legend=None)


def _room() -> dict[str, int]:
    return {"minExtent": _LABELS_PX, "maxExtent": _LABELS_PX, "labelLimit": _LABELS_PX - 8}


def _timed(rows: pd.DataFrame, *columns: str) -> pd.DataFrame:
    return rows.assign(**{column: [_instant(day) for day in rows[column]] for column in columns})


def _moment(day: Date) -> int:
    """Milliseconds since 1970 of the day's midnight in UTC."""
    return calendar.timegm(day.timetuple()) * 1000


def _instant(day: Date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
