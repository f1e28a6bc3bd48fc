"""What a page says when there is nothing to show, when something is wrong, or while the sample is open."""

import streamlit as st

from dashboard.describe import filter_words
from dashboard.filters import clear_filters
from dashboard.frame import Frame
from dashboard.resources import SAMPLE_CORPUS
from dashboard.safe import safe_markdown
from dashboard.texts import t


def failure(error: Exception, way_out: str = "") -> None:
    """An error as one message: what is wrong, and what helps."""
    wrong(safe_markdown(str(error) or type(error).__name__), way_out)


def wrong(what: str, way_out: str = "") -> None:
    """The same for a fault that has its own words: `what` is safe Markdown."""
    st.error(f"{what}  \n{way_out}" if way_out else what, icon=":material/error:")


def problems(frame: Frame) -> None:
    """Batches that could not be read and are therefore not in any figure."""
    for problem in frame.desk.index.problems:
        st.warning(safe_markdown(str(problem)), icon=":material/warning:")


def sample_note(frame: Frame) -> None:
    """The quiet banner of the bundled sample."""
    if frame.desk.is_sample:
        st.html(f'<div class="dl-sample"><b>{t("sample.title")}</b> {t("sample.how")}</div>')


def empty_corpus(frame: Frame) -> bool:
    """True when the corpus holds no article; says how to add some."""
    facets = frame.desk.facets()
    if facets.sources:
        return False
    folder = frame.desk.corpus.folder
    st.header(t("empty.title"))
    if folder == SAMPLE_CORPUS:
        st.write(t("empty.sample"))
    else:
        st.text(t("empty.corpus", folder=folder))
    st.code(f"python -m corpus add ARTICLES --corpus {folder}", language="bash")
    st.write(t("empty.how"))
    return True


def nothing_found(frame: Frame, what: str) -> None:
    """The empty state of a filter: what was asked, and how to widen it. `what` is "place" or "article"."""
    st.header(t(f"nothing.{what}"))
    st.text(filter_words(frame.asked))
    st.write(t("nothing.widen"))
    st.button(
        t("filter.clear"), key="clear_here", icon=":material/filter_alt_off:", on_click=clear_filters, type="primary"
    )
