"""Dateline's dashboard: `streamlit run app.py`, optionally `-- --corpus DIR`.

Streamlit imports this file once, as the server starts, and takes `app` from it; every run of a visitor executes it
again as a script.
"""

from pathlib import Path

import streamlit as st
from streamlit.starlette import App

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


def show() -> None:
    """One run for one visitor."""
    from dashboard import shell, texts

    # A file: Streamlit fetches icons that are named from another host.
    st.set_page_config(page_title="Dateline", page_icon=str(ROOT / "static" / "icon.svg"), layout="wide")
    texts.follow_link()
    shell.run(
        {
            name: st.Page(
                PAGES / f"{file}.py",
                title=texts.t(f"page.{name}"),
                icon=f":material/{icon}:",
                url_path=file,
                default=name == "map",
            )
            for name, (file, icon) in NAVIGATION.items()
        }
    )


if __name__ == "__main__":
    show()
else:
    from dashboard.warm_up import while_serving

    app = App(__file__, lifespan=while_serving)
