"""Dateline's dashboard: `streamlit run app.py`, optionally `-- --corpus DIR`."""

from pathlib import Path

import streamlit as st

from dashboard import shell, texts
from dashboard.texts import t

# Absolute paths: a test may run this file from elsewhere.
ROOT = Path(__file__).parent.resolve()
PAGES = ROOT / "pages"

# A file: Streamlit fetches icons that are named from another host.
st.set_page_config(page_title="Dateline", page_icon=str(ROOT / "static" / "icon.svg"), layout="wide")
texts.follow_link()
shell.run(
    {
        "map": st.Page(PAGES / "map.py", title=t("page.map"), icon=":material/map:", url_path="map", default=True),
        "places": st.Page(
            PAGES / "places.py", title=t("page.places"), icon=":material/location_on:", url_path="places"
        ),
        "articles": st.Page(
            PAGES / "articles.py", title=t("page.articles"), icon=":material/article:", url_path="articles"
        ),
        "timeline": st.Page(
            PAGES / "timeline.py", title=t("page.timeline"), icon=":material/timeline:", url_path="timeline"
        ),
        "review": st.Page(PAGES / "review.py", title=t("page.review"), icon=":material/rule:", url_path="review"),
        "sources": st.Page(
            PAGES / "sources.py", title=t("page.sources"), icon=":material/newspaper:", url_path="sources"
        ),
        "add": st.Page(
            PAGES / "add_articles.py", title=t("page.add"), icon=":material/library_add:", url_path="add_articles"
        ),
        "battles": st.Page(
            PAGES / "battles.py", title=t("page.battles"), icon=":material/account_tree:", url_path="battles"
        ),
        "method": st.Page(PAGES / "method.py", title=t("page.method"), icon=":material/info:", url_path="method"),
    }
)
