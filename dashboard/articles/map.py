"""The small map beside the reader: where the open article's places are."""

from collections import defaultdict
from collections.abc import Collection, Iterable

import pandas as pd
import streamlit as st

from dashboard import notices, selection
from dashboard.map import base_map, clicked_place, configured_tiles, places_geojson, places_group, render_map
from dashboard.names import place_name
from dashboard.resources import static_urls
from dashboard.texts import t
from extract.types import Mention
from geodata import GeodataError

KEY = "article_map"
_CLICKS = "article_map_clicks"
_HEIGHT = 300
_DRAWN = ("placed", "ambiguous")


def places_of_article(mentions: Iterable[Mention], roles: Collection[str]) -> pd.DataFrame:
    """Columns place_id, name, kind, lat, lon, mentions, ambiguous: an article's places that stand in one of `roles`
    (any without one), most mentioned first."""
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        drawn = mention.place_id and mention.status in _DRAWN and mention.lat is not None
        if drawn and (not roles or mention.role in roles):
            groups[mention.place_id].append(mention)
    columns = ["place_id", "name", "kind", "lat", "lon", "mentions", "ambiguous"]
    rows = [
        (
            place_id,
            place_name(place_id, group[0].name or group[0].text),
            group[0].kind or "",
            group[0].lat,
            group[0].lon,
            len(group),
            sum(mention.status == "ambiguous" for mention in group),
        )
        for place_id, group in groups.items()
    ]
    return pd.DataFrame(rows, columns=columns).sort_values("mentions", ascending=False, kind="stable")


def article_map(mentions: Iterable[Mention], roles: Collection[str]) -> None:
    """Draw the map of the places in these roles, moved to them; a click selects a place and marks it in the text."""
    places = places_of_article(mentions, roles)
    if places.empty:
        return
    try:
        urls, tiles = static_urls(), configured_tiles()
    except (OSError, GeodataError, ValueError) as error:
        notices.failure(error, t("articles.map_not_drawn"))
        return
    chosen = selection.selected(selection.PLACE)
    geojson = places_geojson(places, measure="mentions", with_ambiguous=True, selected=chosen)
    group = places_group(geojson, st.context.theme.type or "light", fit=True)
    render_map(base_map(urls, tiles), group, on_change=_clicked, height=_HEIGHT, key=KEY)
    st.caption(t("articles.map_how"))


def _clicked() -> None:
    clicks, place_id = clicked_place(st.session_state.get(KEY))
    if clicks and clicks != st.session_state.get(_CLICKS) and place_id:
        selection.select(selection.PLACE, place_id)
    st.session_state[_CLICKS] = clicks
