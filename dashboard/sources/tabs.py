"""The Sources page's tables of one source or two: places, spellings, claims, shared stories."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from corpus import profiles
from dashboard import selection
from dashboard.card import open_article
from dashboard.frame import Frame
from dashboard.names import place_name, with_names
from dashboard.pick_row import pick_row
from dashboard.safe import safe_markdown, visible
from dashboard.sources.map import both
from dashboard.sources.spelling import CHOSEN_SYSTEMS, choices, spelled
from dashboard.texts import t
from dashboard.words import count_of, kind_name, measure_name, number, source_name

_HEIGHT = 420
_PLACES_NAMED = 4
_STORIES_KEY = "shared_stories_table"


def tabs(frame: Frame, compared: list[str]) -> None:
    """The four tabs; tables of two sources stand beside each other where they cannot be one."""
    labels = [t(f"sources.tab_{name}") for name in ("places", "spelling", "claims", "stories")]
    places, spelling, claims, stories = st.tabs(labels)
    with places:
        _places(frame, compared)
    with spelling:
        st.caption(t("spelling.how"))
        _beside(compared, lambda source: _spelling(frame, source))
    with claims:
        st.caption(t("relayed.how"))
        _beside(compared, lambda source: _claims(frame, source))
    with stories:
        _stories(frame, compared)


def _beside(compared: list[str], draw: Callable[[str], None]) -> None:
    for column, source in zip(st.columns(len(compared), gap="medium"), compared, strict=True):
        with column:
            if len(compared) > 1:
                st.markdown(f"**{safe_markdown(source_name(source))}**")
            draw(source)


def _sheet(table: pd.DataFrame, key: str, **options: Any) -> Any:
    return st.dataframe(table, key=key, hide_index=True, height=min(_HEIGHT, 38 + 35 * len(table)), **options)


def _place_sheet(table: pd.DataFrame, ids: list[str], key: str, **options: Any) -> None:
    """Choosing a row selects the place, as a click on the map does."""
    chosen, choose = selection.selected(selection.PLACE), partial(selection.select, selection.PLACE)
    pick_row(table, ids, key=key, chosen=chosen, choose=choose, height=min(_HEIGHT, 38 + 35 * len(table)), **options)


def _quiet(key: str) -> None:
    st.html(f'<p class="dl-quiet">{t(key)}</p>')


def _places(frame: Frame, compared: list[str]) -> None:
    measure = frame.asked.count_by
    answers = [frame.desk.places(replace(frame.asked, sources=(name,))) for name in compared]
    if len(answers) == 1:
        table = emphasis(with_names(answers[0]), frame.desk.places(replace(frame.asked, sources=())))
        st.caption(t("sources.places_how"))
        times = st.column_config.NumberColumn(format="%.1f ×", help=t("sources.times_help"))
        day = st.column_config.DateColumn(format="YYYY-MM-DD")
        config = {t("sources.times"): times, t("column.first"): day, t("column.last"): day}
        _place_sheet(table, answers[0]["place_id"].tolist(), "source_places", column_config=config)
        return
    merged = both(with_names(answers[0]), with_names(answers[1]), measure)
    counts = [int((merged["first"] > 0).sum()), int((merged["second"] > 0).sum())]
    shared = int(((merged["first"] > 0) & (merged["second"] > 0)).sum())
    told = {"first": count_of(counts[0], "places"), "second": count_of(counts[1], "places"), "both": number(shared)}
    st.caption(t("compare.how", measure=measure_name(measure), **told))
    heads = _heads(compared)
    table = pd.DataFrame(
        {
            t("column.place"): merged["name"].map(visible),
            t("column.kind"): merged["kind"].map(kind_name),
            heads[0]: merged["first"],
            heads[1]: merged["second"],
        }
    )
    _place_sheet(table, merged["place_id"].tolist(), "compared_places")


def _heads(compared: list[str]) -> list[str]:
    """Column headings of two sources, told apart even when they look alike."""
    names = [visible(source_name(name)) for name in compared]
    return names if names[0] != names[1] else [f"{names[0]} (1)", f"{names[1]} (2)"]


def emphasis(places: pd.DataFrame, everywhere: pd.DataFrame) -> pd.DataFrame:
    """A source's places with how much more room it gives each than all sources together: the place's share of its
    counted articles over the share of all counted articles. Both are answers of `CorpusIndex.places`."""
    overall = everywhere.set_index("place_id")["articles"].reindex(places["place_id"]).to_numpy()
    its_sum, all_sum = max(int(places["articles"].sum()), 1), max(int(everywhere["articles"].sum()), 1)
    return pd.DataFrame(
        {
            t("column.place"): places["name"].map(visible),
            t("column.kind"): places["kind"].map(kind_name),
            t("column.stories"): places["stories"],
            t("column.articles"): places["articles"],
            t("column.mentions"): places["mentions"],
            t("sources.times"): (places["articles"] / its_sum) / (overall / all_sum),
            t("column.first"): places["first_date"],
            t("column.last"): places["last_date"],
        }
    )


def _spelling(frame: Frame, source: str) -> None:
    forms = frame.desk.profile(spelled, replace(frame.asked, sources=(source,)))
    found = choices(forms)
    if found.empty:
        _quiet("spelling.none")
        return
    st.write(_sums(forms))
    names = _names(frame)
    rows = {t("column.place"): [names(place) for place in found["place_id"]]} | _by_system(found)
    _sheet(pd.DataFrame(rows), f"spelling_{source}")


def _names(frame: Frame) -> Callable[[str], str]:
    """Names of places by id, as text to show."""
    named = {row.place_id: row.name for row in frame.desk.places(frame.asked).itertuples(index=False)}
    return lambda place: visible(place_name(place, named.get(place, place)))


def _sums(forms: pd.DataFrame) -> str:
    sums = forms.groupby("system")["mentions"].sum()
    told = {system: count_of(int(sums.get(system, 0)), "mentions") for system in CHOSEN_SYSTEMS}
    return t("spelling.sums", **told)


def spelling_of_all(frame: Frame) -> None:
    """Every source's choices between names, where it has any."""
    st.header(t("sources.tab_spelling"), anchor=False)
    st.caption(t("spelling.how"))
    found = choices(frame.desk.profile(spelled, frame.asked, by_source=True), by="source")
    if found.empty:
        _quiet("spelling.none")
        return
    rows = {t("column.source"): [visible(source_name(name)) for name in found["source"]]} | _by_system(found)
    _sheet(pd.DataFrame(rows), "spelling_all")


def _by_system(found: pd.DataFrame) -> dict[str, list[str]]:
    """Columns with the mentions of each system and their forms."""
    return {
        t(f"spelling.{system}"): [
            f"{number(int(mentions))}: {words}" if mentions else ""
            for mentions, words in zip(found[system], found[f"{system}_forms"], strict=True)
        ]
        for system in CHOSEN_SYSTEMS
    }


def _claims(frame: Frame, source: str) -> None:
    found = frame.desk.profile(profiles.claims, frame.asked, source=source)
    if found.empty:
        _quiet("relayed.none")
        return
    names = _names(frame)
    places = [
        ", ".join(names(place) for place in ids[:_PLACES_NAMED])
        + (t("card.more_forms", number=number(len(ids) - _PLACES_NAMED)) if len(ids) > _PLACES_NAMED else "")
        for ids in found["place_ids"]
    ]
    table = pd.DataFrame(
        {
            t("relayed.claimant"): [visible(name) or t("relayed.not_named") for name in found["claimant"]],
            t("relayed.claimed"): found["claimed"],
            t("relayed.denied"): found["denied"],
            t("column.articles"): found["articles"],
            t("relayed.of"): [", ".join(t(f"event.{kind}") for kind in kinds) for kinds in found["kinds"]],
            t("sources.tab_places"): places,
            t("column.first"): found["first_date"],
            t("column.last"): found["last_date"],
        }
    )
    day = st.column_config.DateColumn(format="YYYY-MM-DD")
    _sheet(table, f"claims_{source}", column_config={t("column.first"): day, t("column.last"): day})


def _stories(frame: Frame, compared: list[str]) -> None:
    if len(compared) == 2:
        _told_by_both(frame, *compared)
        return
    found = frame.desk.profile(profiles.shared_stories, frame.asked, source=compared[0])
    if found.empty:
        _quiet("shared.none")
        return
    st.caption(t("shared.how"))
    same = found["stories"] - found["first_here"] - found["first_there"]
    table = pd.DataFrame(
        {
            t("column.source"): [visible(source_name(name)) for name in found["source"]],
            t("sources.shared"): found["stories"],
            t("shared.first_here"): found["first_here"],
            t("shared.first_there"): found["first_there"],
            t("shared.same_day"): same,
        }
    )
    _sheet(table, "shared_sources")


def _told_by_both(frame: Frame, first: str, second: str) -> None:
    rows = frame.desk.articles(replace(frame.asked, sources=(first, second)), limit=None)
    told = pd.merge(*(rows[rows["source"] == name] for name in (first, second)), on="story_id", suffixes=("", "_other"))
    told = told.drop_duplicates("story_id").reset_index(drop=True)
    if told.empty:
        _quiet("shared.none_of_both")
        return
    st.caption(t("shared.open"))
    heads = _heads([first, second])
    table = pd.DataFrame(
        {
            t("column.title"): told["title"].map(visible).replace("", t("article.untitled")),
            **{
                head: told[day].dt.strftime("%Y-%m-%d").fillna(t("date.undated"))
                for head, day in zip(heads, ("date", "date_other"), strict=True)
            },
        }
    )
    chosen = _sheet(table, _STORIES_KEY, on_select="rerun", selection_mode="single-row")
    if chosen.selection.rows:
        selection.select(selection.ARTICLE, None)
        open_article(frame.pages["articles"], told.iloc[chosen.selection.rows[0]]["article_id"])
