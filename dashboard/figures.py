"""The line of figures, and the legend under the map: what is counted, what was not placed, what size and shape mean."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from corpus import Counts
from dashboard import selection
from dashboard.map import radius_px
from dashboard.review.state import BELOW_KEY, QUEUE
from dashboard.safe import safe_text
from dashboard.texts import t
from dashboard.words import count_of, noun_of, number, status_help, status_name
from extract.types import STATUSES


def figures_line(counts: Counts, pages: Mapping[str, Any]) -> None:
    """Places, mentions and articles under the filter; then its mentions by status, each a link to their list on the
    Review page that keeps the filter."""
    with st.container(horizontal=True, vertical_alignment="center", key="figures", gap="small"):
        st.html(figures_html(counts))
        for status in STATUSES:
            value = getattr(counts, status)
            # the list of what is placed holds the doubtful ones first asked for; the figure counts all
            limits = {BELOW_KEY: "1.0"} if status == "placed" else {}
            st.page_link(
                pages["review"],
                label=f"**{number(value)}** {status_name(status)}",
                help=f"{status_help(status)}. {t('figures.review')}",
                query_params=selection.link(**{QUEUE: status, **limits}),
            )


def figures_html(counts: Counts) -> str:
    """Places, mentions and articles under the filter."""
    main = [(counts.places, "places"), (counts.mentions, "mentions"), (counts.articles, "articles")]
    shown = "".join(f"<div><b>{number(value)}</b><span>{noun_of(value, what)}</span></div>" for value, what in main)
    return f'<div class="dl-figures">{shown}</div>'


def legend_html(measure: str, largest: int, *, with_ambiguous: bool) -> str:
    """Size samples for real counts under this filter, then shapes."""
    sizes = sorted({1, round(largest / 4), largest} - {0})
    circles = "".join(
        f'<span><i class="dl-solid" style="width:{2 * radius_px(size, largest):.0f}px;'
        f'height:{2 * radius_px(size, largest):.0f}px"></i>{safe_text(count_of(size, measure))}</span>'
        for size in sizes
    )
    small = "width:14px;height:14px"
    shapes = f'<span><i class="dl-hollow" style="{small}"></i>{t("legend.area")}</span>'
    if with_ambiguous:
        shapes += f'<span><i class="dl-dotted" style="{small}"></i>{t("legend.uncertain")}</span>'
    grows = t(f"legend.grows_{measure}")
    return f'<div class="dl-legend">{circles}{shapes}<span>{grows} {t("map.not_events")}.</span></div>'
