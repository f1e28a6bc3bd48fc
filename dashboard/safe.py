"""Text from articles, file names and links made safe to show. Everything that a stranger wrote passes through here."""

import html
import re
from urllib.parse import urlsplit

LONGEST_URL = 2_000
# Control characters and bidirectional overrides (they can make a line read backwards); tab and newline stay.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_IN_TEMPLATES = {ord(c): f"&#{ord(c)};" for c in "${}`\\"}
_MARKDOWN = re.compile(r"([!-/:-@\[-`{-~])")


def visible(text: str | None) -> str:
    """The text without characters that hide or reorder others; for widgets that show plain text as it is."""
    return _UNSEEN.sub("", text or "")


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


def safe_url(url: str | None) -> str:
    """The address when it is an absolute http or https one, else an empty string. Not yet escaped for HTML."""
    url = (url or "").strip()
    if len(url) > LONGEST_URL or _UNSEEN.search(url) or any(c in url for c in "\t\n\r <>\"'`\\"):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme.lower() in ("http", "https") and parts.hostname else ""
