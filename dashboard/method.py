"""The words of the Method page: how Dateline works, what its terms mean, what it cannot do, whose data it stands on."""

from dashboard.frame import Frame
from dashboard.reader import legend_html
from dashboard.resources import gazetteer
from dashboard.safe import safe_text
from dashboard.words import STATUS_HELP, STATUSES
from extract.pipeline import EXTRACTOR_VERSION

_WHAT = """
<h2>What it does</h2>
<p>Dateline reads news articles, finds the places they name, puts each place on a map, and keeps every circle one click
away from the sentences that put it there. It shows <b>mentions in reporting</b>. It does not show events: a place is
large on the map because much was written about it, not because more happened there.</p>
<h2>How a place is found</h2>
<p>Names are looked up in a gazetteer that comes with Dateline: settlements of the world, and for Ukraine and the border
regions the project's own tables with Ukrainian, Russian, former and press spellings (Bakhmut, Бахмут, Artyomovsk).
Words around a name speak for or against a place: “the town of” for it, a title or a given name before it against it
(Lloyd <i>Austin</i>), and so does a longer name that contains it (the <i>Washington</i> Post).</p>
<p>Where several places share a name, Dateline weighs the region or district named beside it, distances and directions
(“7 km southwest of Bakhmut”), the article's other places, the kind of place asked for and its population. The strongest
evidence becomes the reason you read under “why here?”; confidence, from 0 to 1, is how far the best candidate is ahead.
</p>"""
_ROLES = """
<h2>Roles</h2>
<p><b>location</b>: things happen there (“fighting in Soledar”). <b>actor</b>: the name stands for those who act or
speak (“Moscow said”). The map shows locations unless you ask for actors too.</p>
<h2>Geometry</h2>
<p>A settlement is one solid circle at its centre; nothing is shifted or scattered. Districts, regions, countries, seas
and other areas are hollow rings at a representative point: the ring is not their extent. Uncertain places are dashed.
The area of a circle grows with the number of articles, or of mentions, as you choose.</p>
<h2>Sources and dates</h2>
<p>A source or a date that an article does not state is shown as <i>unknown source</i> or <i>undated</i>; neither is
guessed in silence. Next to a date the reader says where it was read.</p>
<h2>What it cannot do</h2>
<ul>
<li>It does not judge whether a report is true. A claim counts as a mention, whoever makes it.</li>
<li>Copies and rewrites of one report are counted each.</li>
<li>Villages that share a name can be confused when the article gives no hint; such mentions are ambiguous.</li>
<li>Places missing from the gazetteer have no point: they are counted as unplaced and marked in the reader.</li>
<li>Positions are centres of settlements, never of troops, streets or buildings.</li>
<li>It reads English, Ukrainian and Russian; names in other languages are found only where they are spelled alike.</li>
</ul>"""
_CREDITS = """
<h2>Data</h2>
<p>Places of the world: <b>GeoNames</b>
(<a href="https://www.geonames.org" rel="noopener" target="_blank">geonames.org</a>),
<a href="https://creativecommons.org/licenses/by/4.0/" rel="noopener" target="_blank">CC BY 4.0</a>, reduced and joined
with the project's own tables, each row of which names its source. Outlines of countries: <b>Natural Earth</b> 1:50m,
public domain, with Crimea and Sevastopol drawn in Ukraine as internationally recognised. Outlines of Ukraine's oblasts
are <b>approximate</b>: derived from GeoNames places. The map is drawn by Leaflet, served from this machine; no request
leaves it unless a tile server is configured.</p>
<h2>The sample</h2>
<p>The bundled sample corpus holds short reports written for Dateline from public facts. They are not reporting, and
their four sources are invented; all carry “Sample:” in their names.</p>"""


def method_html() -> str:
    """The whole text."""
    statuses = "".join(
        f"<li><b>{word}</b>: {safe_text(STATUS_HELP[status])}.</li>" for status, word in STATUSES.items()
    )
    return (
        f'<div class="dl-method">{_WHAT}<h2>Statuses</h2><ul>{statuses}</ul><p>In the reader they look like this:</p>'
        f"{legend_html()}{_ROLES}{_CREDITS}</div>"
    )


def versions_html(frame: Frame) -> str:
    """Which versions made what is on the screen."""
    rows = (
        ("Extractor", EXTRACTOR_VERSION),
        ("Gazetteer", gazetteer().version),
        ("Corpus", f"{frame.desk.corpus.folder.name}, version {frame.desk.version}"),
        ("Filter", frame.asked.describe()),
    )
    cells = "".join(f"<tr><th>{name}</th><td>{safe_text(value)}</td></tr>" for name, value in rows)
    return f'<div class="dl-method"><h2>Versions</h2><table class="dl-places"><tbody>{cells}</tbody></table></div>'
