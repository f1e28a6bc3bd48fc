"""Text of decisions that may come from anybody: what no file can hold or no screen should is refused with its name."""

import unicodedata

from corpus.errors import CorrectionError

_BREAKS = "\n\r\t"


def checked_text(field: str, text: object, most: int, *, needed: bool = False, allow_breaks: bool = False) -> str:
    """`text` when it can be kept: a string of at most `most` characters, without halves of characters and control
    characters (with `allow_breaks` it may have lines). Raises `CorrectionError` that names `field`."""
    if not isinstance(text, str):
        raise CorrectionError(f"{field}: {str(text)[:80]!r} is not text")
    if len(text) > most:
        raise CorrectionError(f"{field}: {len(text):,} characters are too many; the most is {most}")
    # printable text, which nearly all is, holds neither
    for char in "" if text.isprintable() else text:
        category = unicodedata.category(char) if not char.isalnum() else ""
        if category == "Cs":
            raise CorrectionError(f"{field}: holds half a character; type it again")
        if category == "Cc" and not (allow_breaks and char in _BREAKS):
            raise CorrectionError(f"{field}: holds a control character ({ord(char):#04x}); take it out")
    if needed and not text.strip():
        raise CorrectionError(f"{field}: is empty")
    return text
