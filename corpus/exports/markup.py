"""Words of strangers made fit for HTML, XML and links: what an article, a file name or a visitor wrote."""

import html
import re
from urllib.parse import urlsplit

LONGEST_URL = 2_000
# Control characters and bidirectional overrides (they can make a line read backwards); tab and newline stay.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
# What XML 1.0 cannot hold at all, however it is written.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def visible(text: str | None) -> str:
    """The text without characters that hide or reorder others."""
    return _UNSEEN.sub("", text or "")


def html_text(text: str | None) -> str:
    """HTML that shows `text` and does nothing else, also as an attribute's value in double quotes."""
    return html.escape(visible(text), quote=True)


def xml_text(text: str | None) -> str:
    """The same text for an XML element or attribute; what XML cannot hold becomes U+FFFD, one code point for one."""
    return html.escape(_NOT_XML.sub("\ufffd", text or ""), quote=True).replace("\r", "&#13;")


def web_address(url: str | None) -> str:
    """The address when it is an absolute http or https one, else an empty string. Not yet escaped."""
    url = (url or "").strip()
    if len(url) > LONGEST_URL or _UNSEEN.search(url) or any(c in url for c in "\t\n\r <>\"'`\\"):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme.lower() in ("http", "https") and parts.hostname else ""
