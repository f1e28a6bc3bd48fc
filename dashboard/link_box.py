"""The *Copy link* button: puts the address of what is on the screen on the clipboard.

The browser reads its own address when the button is pressed: it has the page, the filters, the selected place and
whatever prefix the host runs the app under, and nothing has to be sent anywhere. Where a browser refuses the clipboard
the address is shown, ready to be copied by hand. Only fixed words of the table of texts reach the script, as data.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from streamlit.components.v2 import component

from dashboard.texts import t

_HERE = Path(__file__)
_ICON = (
    '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M10 14a4 4 0 0 0 6 .4l3-3a4.2 4.2 0 0 0-6-6l-1.2 1.2'
    'M14 10a4 4 0 0 0-6-.4l-3 3a4.2 4.2 0 0 0 6 6l1.2-1.2"/></svg>'
)
_HTML = (
    f'<button type="button">{_ICON}<span class="label"></span></button>'
    '<p class="said" role="status" aria-live="polite"></p><input readonly hidden>'
)
_WORDS = ("copy", "copied", "copied_local", "by_hand", "address")


@cache
def _button() -> Callable[..., object]:
    css, js = (_HERE.with_suffix(ending).read_text(encoding="utf-8") for ending in (".css", ".js"))
    return component("dateline_copy_link", html=_HTML, css=css, js=js)


def copy_link() -> None:
    """Draw the button."""
    _button()(data={word: t(f"link.{word}") for word in _WORDS}, key="copy_link")
