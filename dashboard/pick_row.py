"""A table of which one row can be chosen, in step with what is chosen elsewhere: the map, the link, another table."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st


def pick_row(
    table: pd.DataFrame,
    ids: Sequence[str],
    *,
    key: str,
    chosen: str | None,
    choose: Callable[[str | None], None],
    **options: Any,
) -> None:
    """Draw `table` with the row of `chosen` selected; `ids` names its rows, and `choose` is called with the id of a
    row that a visitor selects, or None when its selection is taken away. `options` go to `st.dataframe`."""
    rows = [ids.index(chosen)] if chosen in ids else []
    st.session_state[_kept(key)] = (list(ids), rows)
    st.session_state[key] = {"selection": {"rows": rows}}
    on_select = partial(_picked, key, choose)
    st.dataframe(table, key=key, hide_index=True, on_select=on_select, selection_mode="single-row", **options)


def _picked(key: str, choose: Callable[[str | None], None]) -> None:
    rows, (ids, drawn) = st.session_state[key].selection.rows, st.session_state.get(_kept(key), ([], []))
    # The browser may report a selection that it was given: that is nobody's choice.
    if list(rows) == drawn:
        return
    choose(ids[rows[0]] if rows and rows[0] < len(ids) else None)


def _kept(key: str) -> str:
    return f"{key}_ids"
