"""Text from articles, file names and links made safe to show. Everything that a stranger wrote passes through here."""

import html
import re

from corpus.exports.markup import LONGEST_URL, visible
from corpus.exports.markup import web_address as safe_url

__all__ = ["LONGEST_URL", "safe_markdown", "safe_text", "safe_url", "visible"]

_IN_TEMPLATES = {ord(c): f"&#{ord(c)};" for c in "${}`\\"}
_MARKDOWN = re.compile(r"([!-/:-@\[-`{-~])")


def safe_text(text: str | None) -> str:
    """HTML that shows `text` and does nothing else, also inside a JavaScript template literal.

    Folium writes texts into template literals, where `${...}` would run even after HTML escaping; so those
    characters become numeric entities. Use it for `st.html`, for map properties and for attribute values in
    double quotes.
    """
    return html.escape(visible(text), quote=True).translate(_IN_TEMPLATES)


def safe_markdown(text: str | None) -> str:
    """Markdown that shows `text` on one line and nothing else: for labels and messages of Streamlit's widgets."""
    return _MARKDOWN.sub(r"\\\1", " ".join(visible(text).split()))
