"""The table of the places on the map. Choosing a row selects the same place as a click on the map, and is the way
for those who use a keyboard or a screen reader."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from corpus import COUNT_BY
from dashboard import selection
from dashboard.safe import visible
from dashboard.texts import t
from dashboard.words import kind_name

TABLE_KEY = "places_table"
_ROWS_KEY = "places_table_ids"
_HEIGHT = 380


def places_frame(places: pd.DataFrame, regions: Mapping[str, str], *, with_ambiguous: bool) -> pd.DataFrame:
    """Columns of the table, one row a place in the order of `places`; `regions` are names of regions and countries by
    id."""
    frame = pd.DataFrame(
        {
            t("column.place"): places["name"].map(visible),
            t("column.kind"): places["kind"].map(kind_name),
            t("column.region"): [
                regions.get(region) or regions.get(country, country) for region, country in _regions(places)
            ],
            **{t(f"column.{measure}"): places[measure] for measure in COUNT_BY},
            t("column.sources"): places["sources"],
            t("column.first"): places["first_date"],
            t("column.last"): places["last_date"],
        }
    )
    if with_ambiguous:
        frame.insert(6, t("column.ambiguous"), places["ambiguous"])
    return frame


def _regions(places: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(places["region"].fillna(""), places["country"].fillna(""), strict=True))


def places_table(places: pd.DataFrame, regions: Mapping[str, str], *, with_ambiguous: bool) -> None:
    """Draw the table with the selected place's row chosen."""
    ids = places["place_id"].tolist()
    chosen = selection.selected(selection.PLACE)
    drawn = [ids.index(chosen)] if chosen in ids else []
    st.session_state[_ROWS_KEY] = (ids, drawn)
    st.session_state[TABLE_KEY] = {"selection": {"rows": drawn}}
    date = st.column_config.DateColumn(format="YYYY-MM-DD", width="small")
    pinned = st.column_config.TextColumn(pinned=True)
    st.dataframe(
        places_frame(places, regions, with_ambiguous=with_ambiguous),
        key=TABLE_KEY,
        hide_index=True,
        on_select=_row_chosen,
        selection_mode="single-row",
        height=min(_HEIGHT, 38 + 35 * len(ids)),
        placeholder="",
        column_config={t("column.first"): date, t("column.last"): date, t("column.place"): pinned},
    )


def _row_chosen() -> None:
    rows, (ids, drawn) = st.session_state[TABLE_KEY].selection.rows, st.session_state.get(_ROWS_KEY, ([], []))
    # The browser may report a selection that it was given: that is nobody's choice.
    if list(rows) == drawn:
        return
    selection.select(selection.PLACE, ids[rows[0]] if rows and rows[0] < len(ids) else None)
