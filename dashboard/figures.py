"""The line of figures, and the legend under the map: what is counted, what was not placed, what size and shape mean."""

from corpus import Counts
from dashboard.map import radius_px
from dashboard.safe import safe_text
from dashboard.texts import t
from dashboard.words import count_of, noun_of, number, status_help, status_name


def figures_html(counts: Counts) -> str:
    """Places, mentions and articles under the filter; then what is not on the map."""
    main = [(counts.places, "places"), (counts.mentions, "mentions"), (counts.articles, "articles")]
    aside = [(counts.ambiguous, "ambiguous"), (counts.unplaced, "unplaced"), (counts.rejected, "rejected")]
    shown = "".join(f"<div><b>{number(value)}</b><span>{noun_of(value, what)}</span></div>" for value, what in main)
    hidden = "".join(
        f'<div class="dl-aside"><b>{number(value)}</b><span><abbr title="{safe_text(status_help(status))}">'
        f"{status_name(status)}</abbr></span></div>"
        for value, status in aside
    )
    return f'<div class="dl-figures">{shown}<div class="dl-rule"></div>{hidden}</div>'


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
