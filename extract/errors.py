"""Errors of the extract package. Each is also a standard error, so that callers may catch either."""


class ExtractError(Exception):
    """Base of every error raised by `extract`."""


class UnreadableError(ExtractError, ValueError):
    """One item (a file, a line, a row) cannot be read as an article. The message names the item, the reason and the
    way out; the rest of the input can still be read. Retrying without changing the item does not help."""


class NoTextColumnError(UnreadableError):
    """A table of which no column is known to hold the text; a person may say which does."""


class UnreadableInputError(ExtractError, OSError):
    """A whole input (a missing path, a folder without permission) cannot be opened. May help to retry once mended."""
