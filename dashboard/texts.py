"""The interface's own words in English and Ukrainian: one table, `texts.csv`, with a key and a column a language.

A new label is a new row and `t("its.key")`. Where a number chooses the form of a noun, the cell lists the forms with
" | " between them: English one and many, Ukrainian one, few and many. Cells are trusted: HTML and Markdown in them are
the project's own; what is filled into `{names}` must have been made safe for where the text goes.
"""

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import streamlit as st

TABLE = Path(__file__).with_name("texts.csv")
LANGUAGES = {"en": "English", "uk": "Українська"}
"""Languages of the interface, each by its own name. The first is the default."""
DEFAULT = "en"
_PARAM = _KEPT = "lang"


@cache
def table() -> dict[str, dict[str, str]]:
    """Key → language → text. Raises `ValueError` when the file has other columns, a key twice or an empty cell."""
    with TABLE.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        if reader.fieldnames != ["key", *LANGUAGES]:
            raise ValueError(f"{TABLE.name}: columns are {reader.fieldnames}, wanted {['key', *LANGUAGES]}")
        rows: dict[str, dict[str, str]] = {}
        for row in reader:
            key = row.pop("key")
            if key in rows or set(row) != set(LANGUAGES) or not all(row.values()):
                raise ValueError(f"{TABLE.name} line {reader.line_num}: {key!r} is there twice or lacks a text")
            rows[key] = row
    return rows


def language() -> str:
    """The language of this visitor: `en` or `uk`."""
    return st.session_state.get(_KEPT, DEFAULT)


def follow_link() -> None:
    """Take the language from the link (`lang=uk`), else keep the session's, and write it into the link; at the start
    of every run."""
    asked = st.query_params.get(_PARAM)
    choose(asked if asked in LANGUAGES else language())


def choose(chosen: str) -> None:
    """Set the language of this visitor and of the link; the default is left out of it."""
    st.session_state[_KEPT] = chosen
    if chosen == DEFAULT:
        st.query_params.pop(_PARAM, None)
    elif st.query_params.get(_PARAM) != chosen:
        st.query_params[_PARAM] = chosen


def t(key: str, **values: object) -> str:
    """The text of `key` in the visitor's language, with `{names}` filled in. Raises `KeyError` on an unknown key."""
    text = table()[key][language()]
    return text.format(**values) if values else text


def noun(key: str, number: int) -> str:
    """The form of a noun that goes with `number`: 1 mention, 2 mentions; 1 згадка, 2 згадки, 5 згадок."""
    chosen = language()
    return table()[key][chosen].split(" | ")[_form(chosen, number)]


def in_every_language(keys: Iterable[str]) -> dict[str, str]:
    """Text → key for the texts of `keys` in all languages."""
    return {text: key for key in keys for text in table()[key].values()}


def _form(chosen: str, number: int) -> int:
    if chosen == "en":
        return int(number != 1)
    if number % 10 == 1 and number % 100 != 11:
        return 0
    return 1 if 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14 else 2
