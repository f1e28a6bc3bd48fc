"""Errors of the corpus package. Each is also a standard error, so that callers may catch either."""

from pathlib import Path


class CorpusError(Exception):
    """Base of every error raised by `corpus`."""


class NotACorpusError(CorpusError, NotADirectoryError):
    """The path given as a corpus cannot be one (it is a file) or cannot be looked into. Retrying helps only once the
    path or its permissions are mended."""


class CorpusWriteError(CorpusError, OSError):
    """A batch could not be written (disk full, no permission). Batches written before stay; nothing is half-written.
    Retrying helps once there is room or permission: articles already there are skipped."""


class StorageError(CorpusError, OSError):
    """Object storage does not answer, or refuses. What was written before stays; retrying helps once it answers."""


class CorpusFullError(CorpusWriteError):
    """A session or a server that keeps additions in memory has no more room for them. Retrying helps once others have
    left; what was added before stays."""


class DamagedBatchError(CorpusError, ValueError):
    """A batch file cannot be read, or was written by a newer Dateline. The other batches stay readable. Retrying does
    not help. `path` is the file."""

    def __init__(self, path: Path, reason: str):
        super().__init__(
            f"batch {path.name} cannot be read ({reason}); the other batches are still used. Move {path} out of the "
            "corpus and add its articles again, or restore it from a copy"
        )
        self.path = path
        self.reason = reason

    def __reduce__(self) -> tuple[type, tuple[Path, str]]:
        return type(self), (self.path, self.reason)


class BatchGoneError(DamagedBatchError):
    """A batch file that was listed is no longer there: a compact merged it into another, or somebody moved it. Listing
    the batches again helps."""


class FilterError(CorpusError, ValueError):
    """A filter asks for something that cannot be (an unknown status, a first day after the last). The message names
    the field and the values that are possible."""


class ArticleGoneError(CorpusError, LookupError):
    """The batch that held an article is no longer in the folder (it was compacted or moved). Opening the index again
    helps."""


class CorrectionError(CorpusError, ValueError):
    """A decision cannot be one: an action, a place or a span that makes no sense. The message names the field and
    what is possible. Retrying without changing it does not help."""


class CorrectionsWriteError(CorpusError, OSError):
    """Decisions could not be written (disk full, no permission). Those written before stay; of these none was kept.
    Retrying helps once there is room or permission."""


class CorrectionsReadError(CorpusError, OSError):
    """`corrections.jsonl` is there and cannot be opened (permissions). What was decided is not lost, but the corpus is
    not shown without it. Retrying helps once the permissions are mended."""
