"""Lines for a terminal: nothing from an article, a file's name or a site can drive it."""

import sys
import unicodedata


def plain(text: str, width: int) -> str:
    """Text of an article on one terminal line: nothing in it can move the cursor or turn the line around."""
    line = " ".join(text.split())
    kept = "".join("\ufffd" if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char for char in line)
    return kept if len(kept) <= width else kept[: width - 1] + "…"


def complain(message: str) -> None:
    """One line on stderr."""
    print(f"error: {plain(message, 2000)}", file=sys.stderr)
