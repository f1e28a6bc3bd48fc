"""Dateline's dashboard: `streamlit run app.py`, optionally `-- --corpus DIR`."""

from pathlib import Path

import streamlit as st

from dashboard import shell, texts
from dashboard.texts import t

# Absolute paths: a test may run this file from elsewhere.
ROOT = Path(__file__).parent.resolve()
PAGES = ROOT / "pages"

# What `dashboard` calls each page: its file, whose name is its address too, and its icon; in the navigation's order.
NAVIGATION = {
    "map": ("map", "map"),
    "places": ("places", "location_on"),
    "articles": ("articles", "article"),
    "timeline": ("timeline", "timeline"),
    "review": ("review", "rule"),
    "sources": ("sources", "newspaper"),
    "add": ("add_articles", "library_add"),
    "battles": ("battles", "account_tree"),
    "method": ("method", "info"),
}

# A file: Streamlit fetches icons that are named from another host.
st.set_page_config(page_title="Dateline", page_icon=str(ROOT / "static" / "icon.svg"), layout="wide")
texts.follow_link()
shell.run(
    {
        name: st.Page(
            PAGES / f"{file}.py",
            title=t(f"page.{name}"),
            icon=f":material/{icon}:",
            url_path=file,
            default=name == "map",
        )
        for name, (file, icon) in NAVIGATION.items()
    }
)
