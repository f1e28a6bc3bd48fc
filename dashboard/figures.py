"""The line of figures, and the legend under the map: what is counted, what was not placed, what size and shape mean."""

from corpus import Counts
from dashboard.map import radius_px
from dashboard.safe import safe_text
from dashboard.words import STATUS_HELP, count_of


def figures_html(counts: Counts) -> str:
    """Places, mentions and articles under the filter; then what is not on the map."""
    main = [(counts.places, "places"), (counts.mentions, "mentions"), (counts.articles, "articles")]
    aside = [
        (counts.ambiguous, "ambiguous", STATUS_HELP["ambiguous"]),
        (counts.unplaced, "unplaced", STATUS_HELP["unplaced"]),
        (counts.rejected, "not a place", STATUS_HELP["rejected"]),
    ]
    shown = "".join(f"<div><b>{number:,}</b><span>{_noun(number, what)}</span></div>" for number, what in main)
    hidden = "".join(
        f'<div class="dl-aside"><b>{number:,}</b><span><abbr title="{safe_text(hint)}">{word}</abbr></span></div>'
        for number, word, hint in aside
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
    shapes = f'<span><i class="dl-hollow" style="{small}"></i>hollow: an area, not a point</span>'
    if with_ambiguous:
        shapes += f'<span><i class="dl-dotted" style="{small}"></i>dashed: uncertain</span>'
    return (
        f'<div class="dl-legend">{circles}{shapes}<span>The area of a circle grows with its {safe_text(measure)}.'
        " Mentions in reporting, not events on the ground.</span></div>"
    )


def _noun(number: int, what: str) -> str:
    return count_of(number, what).split(" ", 1)[1]
