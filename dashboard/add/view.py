"""Adding articles: what is given is read at once, shown in a table to be mended, and saved on a click.

All that waits is kept in the visitor's session; other visitors never see it.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pandas as pd
import streamlit as st

from corpus import CorpusError
from corpus.held_corpus import MOST_ARTICLES, MOST_MB
from dashboard import notices
from dashboard.add import choose_columns, incoming, look_into, preview
from dashboard.add import report as add_report
from dashboard.add.incoming import Given, Unrecognised
from dashboard.add.preview import Waiting
from dashboard.add.report import Saved
from dashboard.deployment import is_shared, may_fetch
from dashboard.filters import FIRST_DAY, LAST_DAY
from dashboard.frame import Frame
from dashboard.safe import safe_markdown
from dashboard.texts import language, t
from dashboard.words import count_of, language_name, number
from extract.pipeline import Extractor
from extract.readers import Failure
from extract.readers.base import Seen
from extract.types import Article, Extraction

_DESK = "add_desk"
_HEIGHT = 420
_TELL_SECONDS = 0.1


@dataclass
class AddDesk:
    """What waits in a session: `base` as the table was last built, `now` with what the person changed in it since.
    `asking` are tables whose columns a person is to name, `asked` counts those done with. `frames` is the table's frame
    by language; `round_` grows with each table, `uploads` with each emptied uploader,
    `pastes` with each pasted text."""

    base: list[Waiting] = field(default_factory=list)
    now: list[Waiting] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    asking: list[Unrecognised] = field(default_factory=list)
    frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    seen: Seen = field(default_factory=Seen)
    round_: int = 0
    uploads: int = 0
    pastes: int = 0
    asked: int = 0
    saved: Saved | None = None

    def build(self, waiting: Sequence[Waiting]) -> None:
        """Start a new table."""
        self.base = self.now = list(waiting)
        self.frames = {}
        self.round_ += 1

    def change(self, number: int, one: Waiting) -> None:
        """Put a changed article into its place."""
        self.build([*self.now[:number], one, *self.now[number + 1 :]])

    def frame(self) -> pd.DataFrame:
        """The table as it is drawn; names of places make it too slow to build on every run."""
        if language() not in self.frames:
            self.frames[language()] = preview.preview_frame(self.base)
        return self.frames[language()]


def add_articles(frame: Frame) -> None:
    """The page: give, look through, save, report."""
    desk: AddDesk = st.session_state.setdefault(_DESK, AddDesk())
    _inputs(frame, desk)
    if desk.saved:
        add_report.show(frame, desk.saved)
    _failures(desk)
    _ask_columns(frame, desk)
    if desk.base:
        _preview(desk)
        look_into.look_into(desk.now, desk.change)
        _save(frame, desk)
    elif desk.failures:
        st.button(t("add.clear"), key="add_clear", icon=":material/delete:", on_click=_discard)


def _inputs(frame: Frame, desk: AddDesk) -> None:
    files, text, links = st.tabs([t("add.tab_files"), t("add.tab_text"), t("add.tab_links")])
    with files:
        dropped = st.file_uploader(
            t("add.drop"),
            accept_multiple_files=True,
            max_upload_size=incoming.MOST_FILE_MB,
            key=f"add_files_{desk.uploads}",
            help=t("add.drop_help"),
        )
        limits = {"files": incoming.MOST_FILES, "each": incoming.MOST_FILE_MB, "total": incoming.MOST_TOTAL_MB}
        st.caption(t("add.limits", **limits, articles=count_of(incoming.MOST_ARTICLES, "articles")))
        if dropped:
            given, refused = incoming.given_files([(file.name, file.getvalue()) for file in dropped])
            _take(frame, desk, given, refused)
            # the uploader is emptied: its bytes would stay in memory, and the next run would read them again
            desk.uploads += 1
            st.rerun()
    with text:
        _text_input(frame, desk)
    with links:
        _links_input(frame, desk)


def _text_input(frame: Frame, desk: AddDesk) -> None:
    with st.form("add_text_form", clear_on_submit=True, border=False):
        text = st.text_area(
            t("add.paste"), key="add_text", height=180, max_chars=incoming.MOST_PASTED, help=t("add.paste_help")
        )
        asked = st.form_submit_button(t("add.preview_button"), icon=":material/visibility:", key="add_text_go")
    if asked and text.strip():
        desk.pastes += 1
        _take(frame, desk, [incoming.given_text(text, desk.pastes)], [])
        st.rerun()


def _links_input(frame: Frame, desk: AddDesk) -> None:
    if not may_fetch():
        st.info(t("add.links_off"), icon=":material/link_off:")
        return
    with st.form("add_links_form", border=False):
        lines = st.text_area(t("add.links"), key="add_links", height=110, max_chars=10_000)
        asked = st.form_submit_button(t("add.fetch"), icon=":material/download:", key="add_links_go")
        st.caption(t("add.links_help", most=incoming.MOST_LINKS))
    if asked and lines.strip():
        _take(frame, desk, *incoming.given_links(lines))
        st.rerun()


def _take(frame: Frame, desk: AddDesk, given: Sequence[Given], refused: Sequence[Failure]) -> None:
    """Read and extract what was given, with progress, and put it into the table."""
    bar, told = st.progress(0.0, text=t("add.reading")), [0.0]

    def tell(number: int, name: str, articles: int) -> None:
        if time.monotonic() - told[0] > _TELL_SECONDS:
            told[0] = time.monotonic()
            words = t("add.reading_now", name=safe_markdown(name), articles=count_of(articles, "articles"))
            bar.progress(number / len(given), text=words)

    failures, found = list(refused), []
    extractor, room = Extractor(frame.desk.gazetteer), incoming.MOST_ARTICLES - len(desk.now)
    for item in incoming.read_all(given, tell=tell, room=room):
        if isinstance(item, Unrecognised):
            desk.asking.append(item)
            continue
        admitted = desk.seen.admit(item) if isinstance(item, Article) else item
        result = _extracted(admitted, extractor) if isinstance(admitted, Article) else admitted
        (failures if isinstance(result, Failure) else found).append(result)
    bar.empty()
    fresh = preview.wait_for(frame.desk.corpus, [one.extraction for one in desk.now] + found)
    wanted = [one.wanted for one in desk.now] + [one.wanted for one in fresh[len(desk.now) :]]
    before = {one.article.article_id: one for one in desk.now}
    desk.build(
        [
            replace(before.get(one.article.article_id, one), standing=one.standing, wanted=want)
            for one, want in zip(fresh, wanted, strict=True)
        ]
    )
    desk.failures += failures
    desk.saved = None


def _extracted(article: Article, extractor: Extractor) -> Extraction | Failure:
    try:
        return extractor.extract(article)
    # whatever an article does to the extractor, it must not cost the other articles
    except Exception as error:
        return Failure(article.origin or article.id, t("add.not_extracted", reason=f"{type(error).__name__}: {error}"))


def _failures(desk: AddDesk) -> None:
    if not desk.failures:
        return
    with st.expander(t("add.failed", number=len(desk.failures)), icon=":material/error:", expanded=True):
        add_report.failures_table(desk.failures)


def _ask_columns(frame: Frame, desk: AddDesk) -> None:
    """Tables that wait for a person to name their columns."""

    def read(table: Unrecognised, columns: dict[str, str]) -> None:
        leave(table)
        _take(frame, desk, [incoming.given_table(table, columns)], [])

    def leave(table: Unrecognised) -> None:
        desk.asking = [other for other in desk.asking if other is not table]
        desk.asked += 1

    for at, table in enumerate(desk.asking):
        choose_columns.ask(table, desk.asked * incoming.MOST_FILES + at, read, leave)


def _preview(desk: AddDesk) -> None:
    st.header(t("add.preview", articles=count_of(len(desk.base), "articles")), anchor=False)
    st.caption(t("add.preview_help"))
    shown = desk.frame()
    frame = st.data_editor(
        shown,
        key=f"add_table_{desk.round_}",
        hide_index=True,
        num_rows="fixed",
        width="stretch",
        height=min(_HEIGHT, 38 + 35 * len(shown)),
        placeholder="",
        disabled=[name for name in shown.columns if name not in preview.EDITABLE],
        column_config=_columns(),
    )
    desk.now = preview.edited(desk.base, shown, pd.DataFrame(frame))


def _columns() -> dict:
    text, config = st.column_config.TextColumn, st.column_config
    return {
        preview.WANTED: config.CheckboxColumn(t("add.column_wanted"), width="small", pinned=True),
        preview.TITLE: text(t("column.title"), width="medium", max_chars=preview.LONGEST_TITLE),
        preview.SOURCE: text(t("column.source"), max_chars=preview.LONGEST_SOURCE),
        preview.DATE: config.DateColumn(
            t("column.date"), format="YYYY-MM-DD", min_value=FIRST_DAY, max_value=LAST_DAY, width="small"
        ),
        "basis": text(t("add.column_basis"), width="medium"),
        preview.LANGUAGE: config.SelectboxColumn(
            t("add.column_language"),
            options=list(preview.LANGUAGES),
            required=True,
            width="small",
            format_func=lambda code: language_name(code) or t("add.language_unknown"),
        ),
        "places": text(t("add.column_places"), width="medium"),
        "alike": text(t("add.column_alike"), width="medium"),
        preview.GROUPED: config.CheckboxColumn(
            t("add.column_grouped"), help=t("add.column_grouped_help"), width="small"
        ),
        "item": text(t("add.column_item")),
    }


def _save(frame: Frame, desk: AddDesk) -> None:
    wanted = [one for one in desk.now if one.wanted]
    shared, asks = is_shared(), frame.desk.is_sample and not is_shared()
    folder = ""
    if shared:
        st.info(t("add.shared", most=number(MOST_ARTICLES), size=MOST_MB), icon=":material/groups:")
    elif asks:
        folder = st.text_input(
            t("add.folder"), value="mycorpus", key="add_folder", max_chars=500, help=t("add.folder_help")
        )
        st.caption(t("add.sample_stays"))
    left, right = st.columns([1, 1], width=520)
    words = count_of(len(wanted), "articles")
    with left:
        label = t("add.save_session" if shared else "add.save", articles=words)
        if st.button(label, type="primary", key="add_save", disabled=not wanted, icon=":material/library_add:"):
            _saved(frame, desk, wanted, folder if asks else None)
    with right:
        st.button(t("add.discard"), key="add_discard", icon=":material/delete:", on_click=_discard)


def _saved(frame: Frame, desk: AddDesk, wanted: Sequence[Waiting], folder: str | None) -> None:
    try:
        with st.spinner(t("add.saving")):
            extract = Extractor(frame.desk.gazetteer).extract
            decided = preview.decisions(wanted, st.session_state.get("review_who", ""))
            saved = add_report.save(frame, [preview.settled(one, extract) for one in wanted], folder)
            add_report.keep(frame, saved, decided)
    except CorpusError as error:
        notices.failure(error, t("add.kept"))
        return
    except add_report.FolderError as error:
        notices.wrong(str(error), t("add.kept"))
        return
    desk.saved, desk.failures, desk.seen = saved, [], Seen()
    desk.build([])
    st.rerun()


def _discard() -> None:
    desk: AddDesk = st.session_state[_DESK]
    desk.build([])
    desk.failures, desk.asking, desk.seen = [], [], Seen()
