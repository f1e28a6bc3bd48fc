"""Downloads of exactly what a page shows, made when they are asked for."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlencode

import streamlit as st

from corpus import CorpusIndex, MentionFilter, export
from corpus.exports.write import Heading
from dashboard.deployment import is_shared
from dashboard.describe import filter_words
from dashboard.frame import Frame
from dashboard.texts import language, t
from dashboard.words import count_of, number

KINDS = {
    "html": ("text/html", ":material/description:"),
    "csv": ("text/csv", ":material/table:"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ":material/table_view:"),
    "geojson": ("application/geo+json", ":material/map:"),
    "kml": ("application/vnd.google-earth.kml+xml", ":material/public:"),
}
"""Format → what it is called on the web, and its icon; in the order of the buttons."""

MOST_MB, MOST_MB_SHARED = 250, 40
"""A file waits in the server's memory until the browser has it."""
_WIDTH = 340  # px
_BYTES = {"html": 0, "csv": 600, "xlsx": 250, "geojson": 1_100, "kml": 2_400}
"""Of a mention, measured on 100,000 with sentences of usual length."""


def export_panel(frame: Frame) -> None:
    """A button that opens the choice of formats. Nothing is made before a format is clicked."""
    with st.popover(t("export.button"), icon=":material/download:", width="stretch"), st.container(width=_WIDTH):
        mentions = frame.desk.counts(frame.asked).mentions
        if not mentions:
            st.write(t("export.nothing"))
            return
        st.caption(t("export.what", mentions=count_of(mentions, "mentions")))
        for format, (mime, icon) in KINDS.items():
            most = most_mentions(format, shared=is_shared())
            fits = mentions <= most
            st.download_button(
                t(f"export.{format}"),
                maker(frame.desk.index, frame.asked, format, heading(frame)),
                f"dateline-{datetime.now(UTC):%Y%m%d-%H%M}.{format}",
                mime,
                key=f"export_{format}",
                icon=icon,
                help=t(f"export.{format}_help") if fits else t("export.too_many", most=number(most)),
                disabled=not fits,
                on_click="ignore",
                width="stretch",
            )


def most_mentions(format: str, *, shared: bool) -> int:
    """How many mentions may be exported in this format through the browser."""
    room = (MOST_MB_SHARED if shared else MOST_MB) * 1_000_000
    return room // _BYTES[format] if _BYTES[format] else 10**9


def heading(frame: Frame) -> Heading:
    """What the export says of the view: the filter in the visitor's words, and the link that reopens it."""
    folder = frame.desk.corpus.folder.name
    return Heading(filter_words(frame.asked), view_address(), folder, language())


def view_address() -> str:
    """The address that reopens this page as it is; empty where the visitor's address is not known."""
    page = (st.context.url or "").split("?")[0].split("#")[0]
    parameters = {name: st.query_params.get_all(name) for name in st.query_params}
    return f"{page}?{urlencode(parameters, doseq=True)}" if page and parameters else page


def maker(index: CorpusIndex, asked: MentionFilter, format: str, heading: Heading) -> Callable[[], bytes]:
    """Called outside a page's run, when the browser fetches the file: everything it needs is bound here."""

    def make() -> bytes:
        stream = io.BytesIO()
        export(index, asked, format, stream, heading)
        return stream.getvalue()

    return make
