"""Errors of the geodata package. Each is also a standard error, so that callers may catch either."""


class GeodataError(Exception):
    """Base of every error raised by `geodata`."""


class GazetteerDataError(GeodataError, RuntimeError):
    """A built gazetteer file is missing or unreadable. Retrying does not help; `python -m geodata build` does."""


class GazetteerBuildError(GeodataError, ValueError):
    """A project table (regions.csv, theatre.csv) holds a row that cannot be built; the message names file and row."""


class ContextDataError(GeodataError, ValueError):
    """battles.csv or control.csv is missing or holds a row that cannot be read; the message names file and line."""
