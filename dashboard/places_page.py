"""The Places page: every place under the filter as one table, and the chosen one's card with its history beneath."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import altair as alt
import pandas as pd
import streamlit as st

from corpus import COUNT_BY, profiles
from corpus.profiles import Histories
from dashboard import find, selection
from dashboard.card import place_card
from dashboard.frame import Frame
from dashboard.names import with_names
from dashboard.pick_row import pick_row
from dashboard.places_view import area_names
from dashboard.safe import visible
from dashboard.sources.spelling import forms_words, spelled, written_as
from dashboard.texts import t
from dashboard.words import count_of, format_date, kind_name, measure_name, number, source_name

TABLE_KEY = "all_places_table"
_HEIGHT = 460
_CHART_PX, _BAR = 190, "#b5700f"
# A chart of months is read at a glance up to a few years, of days up to a few weeks.
_DAYS_A_UNIT = {"day": 62, "week": 430}


@st.fragment
def show(frame: Frame) -> None:
    """The page below its figures; choosing a row runs only this part again."""
    places = with_names(frame.desk.places(frame.asked))
    with st.container(width=460):
        find.find_place(frame.desk)
    _table(frame, places)
    chosen = selection.selected(selection.PLACE)
    if not chosen:
        st.info(t("places.choose"), icon=":material/arrow_upward:")
        return
    left, right = st.columns([3, 2], gap="large")
    with left, st.container(key="place_card_whole"):
        st.button(t("card.close"), icon=":material/close:", type="tertiary", key="close_place", on_click=_close)
        place_card(frame.desk, frame.asked, chosen, frame.pages["articles"])
    with right:
        _history(frame, chosen)
        _spellings(frame, chosen)
        _sources(frame, chosen)


def places_frame(
    places: pd.DataFrame,
    regions: Mapping[str, str],
    *,
    history: Histories,
    written: Mapping[str, str],
    sources: int,
) -> pd.DataFrame:
    """Columns of the table, one row a place in the order of `places` (see `CorpusIndex.places`).

    `regions` are names of regions and countries by id, `written` the forms of each place in words, `sources` how many
    named sources the filter has.
    """
    none = [0] * len(history.starts())
    within = zip(places["region"].fillna(""), places["country"].fillna(""), strict=True)
    return pd.DataFrame(
        {
            t("column.place"): places["name"].map(visible),
            t("column.kind"): places["kind"].map(kind_name),
            t("column.region"): [regions.get(region) or regions.get(country, country) for region, country in within],
            **{t(f"column.{measure}"): places[measure] for measure in COUNT_BY},
            t("places.over_time"): [history.counts.get(place_id, none) for place_id in places["place_id"]],
            t("column.first"): places["first_date"],
            t("column.last"): places["last_date"],
            t("places.written"): [written.get(place_id, "") for place_id in places["place_id"]],
            t("column.sources"): places["sources"],
            t("places.share"): places["sources"] / max(sources, 1),
        }
    )


def bars_words(history: Histories) -> str:
    """What the bars of a small chart stand for: `From 26 Feb 2022, 56 days a bar`."""
    if history.first is None:
        return t("places.no_bars")
    return t("places.bars", first=format_date(history.first), days=count_of(history.days, "days"))


def _table(frame: Frame, places: pd.DataFrame) -> None:
    asked, desk = frame.asked, frame.desk
    history = desk.profile(profiles.histories, asked)
    sources = desk.profile(profiles.sources, asked)
    named = int(((sources["source"] != "") & (sources["articles"] > 0)).sum())
    written = {place_id: forms_words(forms) for place_id, forms in desk.profile(written_as, asked).items()}
    measure = measure_name(asked.count_by)
    st.caption(t("places.how", number=number(len(places)), measure=measure, bars=bars_words(history)))
    pick_row(
        places_frame(places, area_names(frame), history=history, written=written, sources=named),
        places["place_id"].tolist(),
        key=TABLE_KEY,
        chosen=selection.selected(selection.PLACE),
        choose=partial(selection.select, selection.PLACE),
        height=min(_HEIGHT, 38 + 35 * len(places)),
        column_config=_columns(bars_words(history), named),
    )


def _columns(bars: str, sources: int) -> dict[str, object]:
    day = st.column_config.DateColumn(format="YYYY-MM-DD", width=90)
    counted = st.column_config.NumberColumn(width=76)
    return {
        t("column.place"): st.column_config.TextColumn(pinned=True, width=150),
        t("column.kind"): st.column_config.TextColumn(width=72),
        t("column.region"): st.column_config.TextColumn(width=124),
        **{t(f"column.{measure}"): counted for measure in COUNT_BY},
        t("places.over_time"): st.column_config.BarChartColumn(width=140, help=bars, color="orange"),
        t("column.first"): day,
        t("column.last"): day,
        t("places.written"): st.column_config.TextColumn(width=150, help=t("places.written_help")),
        t("column.sources"): st.column_config.NumberColumn(width=76),
        t("places.share"): st.column_config.NumberColumn(
            width=84, format="percent", help=t("places.share_help", number=count_of(sources, "sources"))
        ),
    }


def _close() -> None:
    selection.select(selection.PLACE, None)
    st.session_state[find.KEY] = ""


def _history(frame: Frame, place_id: str) -> None:
    asked = replace(frame.asked, places=(place_id,))
    st.subheader(t("places.history"), anchor=False)
    days = frame.desk.timeline(asked, "day")
    if days.empty:
        st.html(f'<p class="dl-quiet">{t("places.no_day")}</p>')
        return
    span = (days["day"].iloc[-1] - days["day"].iloc[0]).days + 1
    unit = next((unit for unit, most in _DAYS_A_UNIT.items() if span <= most), "month")
    counted = frame.desk.timeline(asked, unit)
    st.altair_chart(_bars(counted, asked.count_by, unit), height=_CHART_PX, alt=t("places.history"))
    st.caption(t("places.history_how", measure=measure_name(asked.count_by), unit=t(f"unit.{unit}")))


def _bars(counted: pd.DataFrame, measure: str, unit: str) -> alt.Chart:
    """Bars on days in UTC, so that no visitor's time zone moves one; days in figures, which every language reads."""
    title = t(f"column.{measure}")
    days = pd.DataFrame({"day": counted["day"].dt.tz_localize("UTC"), "count": counted[measure]})
    form = "%Y-%m" if unit == "month" else "%Y-%m-%d"
    when = alt.X("day:T", title=None, scale=alt.Scale(type="utc"), axis=alt.Axis(format=form, labelOverlap=True))
    many = alt.Y("count:Q", title=title, axis=alt.Axis(tickMinStep=1, format="d"))
    words = [alt.Tooltip("day:T", format=form, title=t("column.date")), alt.Tooltip("count:Q", title=title)]
    return alt.Chart(days).mark_bar(color=_BAR, width=5).encode(x=when, y=many, tooltip=words)


def _spellings(frame: Frame, place_id: str) -> None:
    asked = replace(frame.asked, places=(place_id,))
    forms = frame.desk.profile(spelled, asked, with_articles=True)
    if forms.empty:
        return
    st.subheader(t("places.spellings"), anchor=False)
    table = pd.DataFrame(
        {
            t("places.form"): forms["form"].map(visible),
            t("places.system"): [t(f"system.{system}") for system in forms["system"]],
            t("column.mentions"): forms["mentions"],
            t("column.articles"): forms["articles"],
        }
    )
    st.dataframe(table, hide_index=True, height=min(300, 38 + 35 * len(table)), key="place_spellings")
    st.caption(t("places.spellings_how"))


def _sources(frame: Frame, place_id: str) -> None:
    asked = replace(frame.asked, places=(place_id,))
    rows = frame.desk.profile(profiles.sources, asked)
    rows = rows[rows["mentions"] > 0]
    if rows.empty:
        return
    st.subheader(t("places.by_source"), anchor=False)
    table = pd.DataFrame(
        {
            t("column.source"): rows["source"].map(lambda name: visible(source_name(name))),
            **{t(f"column.{measure}"): rows[measure] for measure in COUNT_BY},
            t("places.of_its"): rows["articles"] / rows["searched"],
        }
    )
    share = st.column_config.NumberColumn(format="percent", help=t("places.of_its_help"))
    shown = {"height": min(300, 38 + 35 * len(table)), "column_config": {t("places.of_its"): share}}
    st.dataframe(table, hide_index=True, key="place_sources", **shown)
