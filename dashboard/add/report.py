"""Saving articles that a visitor looked through, and the report of what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st

from corpus import AddReport, Corpus, CorrectionsFile, Decision
from corpus.adding import ADDED, Outcome, add_articles
from dashboard.deployment import open_corpus
from dashboard.frame import Frame
from dashboard.resources import SAMPLE_CORPUS
from dashboard.safe import safe_markdown, visible
from dashboard.session_panel import session_panel
from dashboard.texts import t
from dashboard.words import format_date, number, source_name
from extract.dates.dating import is_ahead, today
from extract.readers import Failure
from extract.types import Extraction

_OUTCOMES = {
    "added": "add.outcome_added",
    "already there": "add.there",
    "removed before": "add.removed",
    "failed": "add.outcome_failed",
}


class FolderError(ValueError):
    """The folder asked for cannot be a visitor's corpus; the message is safe Markdown."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What an add did, and in which corpus; `opened` when that was not the one open before."""

    report: AddReport
    outcomes: tuple[Outcome, ...]
    folder: Path
    opened: bool


def save(frame: Frame, extractions: Sequence[Extraction], folder: str | None) -> Saved:
    """Add the extractions to the open corpus, or to `folder`, which is then opened for this session.

    Raises `FolderError` when the folder cannot be taken, and `corpus.CorpusError` when it cannot be written to.
    """
    corpus = frame.desk.corpus if folder is None else Corpus(_own_folder(folder))
    by_id = {extraction.article.article_id: extraction for extraction in extractions}
    outcomes: list[Outcome] = []
    report = add_articles(
        corpus,
        [extraction.article for extraction in extractions],
        lambda article: by_id[article.article_id],
        tell=outcomes.append,
    )
    if folder is not None:
        open_corpus(corpus.folder)
    return Saved(report, tuple(outcomes), corpus.folder, folder is not None)


def _own_folder(asked: str) -> Path:
    words = asked.strip()
    if not words or not words.isprintable():
        raise FolderError(t("add.folder_missing"))
    try:
        folder = Path(words).expanduser().resolve()
    except (OSError, RuntimeError, ValueError):
        raise FolderError(t("add.folder_missing")) from None
    sample = SAMPLE_CORPUS.resolve()
    if folder == sample or sample in folder.parents:
        raise FolderError(t("add.folder_sample"))
    # a folder of other things would be cluttered, and its files lost among batches
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "batches").is_dir():
        raise FolderError(t("add.folder_taken", folder=safe_markdown(words)))
    return folder


def keep(frame: Frame, saved: Saved, decided: Sequence[Decision]) -> None:
    """Keep what a person decided of articles that are in now, as corrections. Raises `corpus.CorpusError`."""
    added = {outcome.article_id for outcome in saved.outcomes if outcome.outcome == ADDED}
    wanted = [decision for decision in decided if decision.target.article_id in added]
    if wanted:
        store = CorrectionsFile(saved.folder) if saved.opened else frame.desk.corrections
        store.append(wanted)


def show(frame: Frame, saved: Saved) -> None:
    """The report: figures, what became of each article, and the way to the map."""
    report = saved.report
    figures = [
        (report.added, "add.figure_added"),
        (report.undated, "add.figure_undated"),
        (report.unknown_source, "add.figure_unknown_source"),
        (sum(o.outcome == ADDED and is_ahead(o.date, today()) for o in saved.outcomes), "add.figure_ahead"),
        (report.already_there, "add.figure_there"),
        (report.removed_before, "add.figure_removed"),
    ]
    words = ", ".join(t(key, number=number(value)) for value, key in figures if value or key == "add.figure_added")
    st.success(f"{t('add.done')} {words}.", icon=":material/task_alt:")
    if saved.opened:
        st.text(t("add.opened", folder=visible(str(saved.folder))))
        st.code(f"streamlit run app.py -- --corpus {_quoted(saved.folder)}", language="bash")
    for problem in report.damaged:
        st.warning(safe_markdown(str(problem)), icon=":material/warning:")
    session_panel(frame, "report")
    st.page_link(frame.pages["map"], label=t("add.to_map"), icon=":material/map:")
    with st.expander(t("add.report")):
        st.dataframe(outcomes_frame(saved.outcomes), hide_index=True)


def _quoted(folder: Path) -> str:
    return f'"{folder}"' if " " in str(folder) else str(folder)


def outcomes_frame(outcomes: Sequence[Outcome]) -> pd.DataFrame:
    """One row an article, in words."""
    return pd.DataFrame(
        {
            t("add.column_outcome"): [
                t(_OUTCOMES[o.outcome]) if o.outcome in _OUTCOMES else o.outcome for o in outcomes
            ],
            t("column.title"): [visible(o.title) for o in outcomes],
            t("column.source"): [source_name(visible(o.source)) for o in outcomes],
            t("column.date"): [format_date(o.date) for o in outcomes],
            t("add.column_item"): [visible(o.item) for o in outcomes],
            t("add.column_reason"): [visible(o.reason) for o in outcomes],
        }
    )


def failures_table(failures: Sequence[Failure]) -> None:
    """What was not read, and why."""
    frame = pd.DataFrame(
        {
            t("add.column_item"): [visible(failure.item) for failure in failures],
            t("add.column_reason"): [visible(failure.reason) for failure in failures],
        }
    )
    wide = st.column_config.TextColumn(width="large")
    st.dataframe(
        frame, hide_index=True, column_config={t("add.column_reason"): wide}, height=min(250, 38 + 35 * len(frame))
    )
