"""What a page says when there is nothing to show, when something is wrong, or while the sample is open."""

import streamlit as st

from dashboard.filters import clear_filters
from dashboard.frame import Frame
from dashboard.resources import SAMPLE_CORPUS
from dashboard.safe import safe_markdown

SAMPLE_TITLE = "Sample reports written for Dateline; not reporting."
_SAMPLE_HTML = f"""<div class="dl-sample"><b>{SAMPLE_TITLE}</b>
Click a circle, or a row of the table, to read the sentences behind it.
Narrow sources, dates and kinds of place at the left; the address bar keeps your view as a link.
For your own articles run <code>python -m corpus add FILES --corpus DIR</code>, then
<code>streamlit run app.py -- --corpus DIR</code>.</div>"""


def failure(error: Exception, way_out: str = "") -> None:
    """An error as one message: what is wrong, and what helps."""
    text = f"{safe_markdown(str(error) or type(error).__name__)}  \n{way_out}" if way_out else safe_markdown(str(error))
    st.error(text, icon=":material/error:")


def problems(frame: Frame) -> None:
    """Batches that could not be read and are therefore not in any figure."""
    for problem in frame.desk.index.problems:
        st.warning(safe_markdown(str(problem)), icon=":material/warning:")


def sample_note(frame: Frame) -> None:
    """The quiet banner of the bundled sample."""
    if frame.desk.is_sample:
        st.html(_SAMPLE_HTML)


def empty_corpus(frame: Frame) -> bool:
    """True when the corpus holds no article; says how to add some."""
    facets = frame.desk.facets()
    if facets.sources:
        return False
    folder = frame.desk.corpus.folder
    st.subheader("No articles yet")
    if folder == SAMPLE_CORPUS:
        st.write(
            "The bundled sample corpus is missing. Restore the folder `sample_corpus`, or open a corpus of your own:"
        )
    else:
        st.text(f"The corpus {folder} holds no article. Add some, then reload this page:")
    st.code(f"python -m corpus add ARTICLES --corpus {folder}", language="bash")
    st.write("ARTICLES are files or folders: .txt, .md, .jsonl or .csv. Adding the same ones twice adds nothing.")
    return True


def nothing_found(frame: Frame, what: str) -> None:
    """The empty state of a filter: what was asked, and how to widen it."""
    st.subheader(f"No {what} for these filters")
    st.text(frame.asked.describe())
    st.write("Widen the dates, choose more sources or kinds, or search for fewer words.")
    st.button(
        "Clear filters", key="clear_here", icon=":material/filter_alt_off:", on_click=clear_filters, type="primary"
    )
