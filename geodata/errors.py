"""Errors of the geodata package. Each is also a standard error, so that callers may catch either."""


class GeodataError(Exception):
    """Base of every error raised by `geodata`."""


class GazetteerDataError(GeodataError, RuntimeError):
    """A built gazetteer file is missing or unreadable. Retrying does not help; `python -m geodata build` does."""


class GazetteerBuildError(GeodataError, ValueError):
    """A project table (regions.csv, theatre.csv) holds a row that cannot be built; the message names file and row."""


class ContextDataError(GeodataError, ValueError):
    """battles.csv or control.csv is missing or holds a row that cannot be read; the message names file and line."""


class DownloadError(GeodataError, OSError):
    """A download could not be made or came damaged. What was installed before stays. Retrying goes on from where the
    transfer stopped."""


class GeocodingError(GeodataError):
    """Base of what goes wrong when a geocoder is asked. "Found nothing" is none of these: it is an empty answer."""


class GeocodingOffError(GeocodingError, PermissionError):
    """Geocoding is switched off (`DATELINE_GEOCODING=off`) and the answer is not in the cache. Nothing was sent."""


class GeocodingSettingsError(GeocodingError, ValueError):
    """A setting of the geocoder cannot be used; the message names the variable. Nothing was sent."""


class GeocodingQuestionError(GeocodingError, ValueError):
    """What is asked cannot be a question: no letters in the name, a country code that is none. Nothing was sent."""


class GeocodingFailedError(GeocodingError, OSError):
    """The provider could not be asked or refused: it was *not* looked up. The message says whether retrying helps."""


class GeocodingBusyError(GeocodingFailedError):
    """Others are asking, or the provider wants a rest, for longer than one waits. Retrying later helps."""


class GeocodeCacheError(GeocodingError, RuntimeError):
    """The cache file cannot be opened or written (permissions, full disk, a newer Dateline). Nothing in it is lost."""
