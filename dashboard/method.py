"""The Method page: how Dateline works, what its terms mean, what it cannot do, whose data it stands on. Its prose is in
`method_en.html` and `method_uk.html`, part by part the same."""

from pathlib import Path

from dashboard.describe import filter_words
from dashboard.frame import Frame
from dashboard.reader import legend_html
from dashboard.resources import gazetteer
from dashboard.safe import safe_text
from dashboard.texts import language, t
from dashboard.words import status_help, status_name
from extract.pipeline import EXTRACTOR_VERSION
from extract.types import STATUSES


def method_html() -> str:
    """The whole text."""
    prose = Path(__file__).with_name(f"method_{language()}.html").read_text(encoding="utf-8")
    statuses = "".join(
        f"<li><b>{status_name(status)}</b>: {safe_text(status_help(status))}.</li>" for status in STATUSES
    )
    filled = prose.replace("[statuses]", f"<ul>{statuses}</ul>").replace("[marks]", legend_html())
    return f'<div class="dl-method">{filled}</div>'


def versions_html(frame: Frame) -> str:
    """Which versions made what is on the screen."""
    corpus = t("version.corpus_is", name=safe_text(frame.desk.corpus.folder.name), version=frame.desk.version)
    rows = (
        (t("version.extractor"), safe_text(EXTRACTOR_VERSION)),
        (t("version.gazetteer"), safe_text(gazetteer().version)),
        (t("version.corpus"), corpus),
        (t("version.filter"), safe_text(filter_words(frame.asked))),
    )
    cells = "".join(f"<tr><th>{name}</th><td>{value}</td></tr>" for name, value in rows)
    title = t("version.title")
    return f'<div class="dl-method"><h2>{title}</h2><table class="dl-places"><tbody>{cells}</tbody></table></div>'
