"""Tables whose columns are not recognised: the visitor says which column holds what, then they are read."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from dashboard.add.incoming import Unrecognised
from dashboard.safe import safe_markdown, visible
from dashboard.texts import t
from extract.readers import ReadOptions
from extract.readers.fields import STATABLE, columns_for

_LABELS = {"text": "add.field_text", "title": "column.title", "source": "column.source", "date": "column.date"}
_LABELS |= {"url": "add.field_url", "id": "add.field_id"}


def ask(one: Unrecognised, number: int, read: Callable[[Unrecognised, dict[str, str]], None], leave: Callable) -> None:
    """The head of one table with a choice for each field. `read` is called with the fields' columns, `leave` with the
    table that is not wanted."""
    names = list(dict.fromkeys(one.head.columns))
    with st.container(border=True, key=f"add_columns_{number}"):
        st.markdown(f"**{t('add.columns', name=safe_markdown(one.name))}**")
        st.caption(t("add.columns_help"))
        st.dataframe(_shown(one), hide_index=True)
        guessed = columns_for(names, ReadOptions())
        # a row of columns each, so that a phone shows them in order
        places = [*st.columns(3), *st.columns(3)]
        chosen: dict[str, str] = {}
        for field, place in zip(STATABLE, places, strict=True):
            likely = next((name for name in guessed[field] if name in names), None)
            with place:
                name = st.selectbox(
                    t(_LABELS[field]),
                    names,
                    index=names.index(likely) if likely else None,
                    format_func=lambda name: visible(name) or t("add.column_unnamed"),
                    placeholder=t("add.column_choose" if field == "text" else "add.column_none"),
                    key=f"add_column_{number}_{field}",
                )
            if name is not None:
                chosen[field] = name
        go, no = st.columns([1, 1], width=420)
        go.button(
            t("add.columns_go"), type="primary", icon=":material/table_view:", key=f"add_columns_go_{number}",
            disabled="text" not in chosen, on_click=read, args=(one, chosen),
        )  # fmt: skip
        no.button(
            t("add.columns_leave"), icon=":material/block:", key=f"add_columns_no_{number}", on_click=leave, args=(one,)
        )


def _shown(one: Unrecognised) -> pd.DataFrame:
    """The first rows; two columns of one name are told apart by unseen spaces, which a table needs."""
    seen: dict[str, int] = {}
    shown = {}
    for at, name in enumerate(one.head.columns):
        words = visible(name) or t("add.column_unnamed")
        seen[words] = seen.get(words, -1) + 1
        shown[words + "\u00a0" * seen[words]] = [visible(row[at]) for row in one.head.rows]
    return pd.DataFrame(shown)
