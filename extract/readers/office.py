"""What Office documents share: an archive that may be swollen, a password, an older kind under a newer suffix."""

import zipfile
from typing import BinaryIO

from extract.errors import UnreadableError

MAX_DOCUMENT_BYTES = 400_000_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LOOKED_AT = 1 << 20


def refuse_encrypted(file: BinaryIO, item: str, *, newer: str) -> None:
    """Raises `UnreadableError` when the document needs a password or is of the kind before 2007; leaves the file at
    its beginning."""
    start = file.read(_LOOKED_AT)
    file.seek(0)
    if not start:
        raise UnreadableError(f"{item} is empty; copy it again")
    if not start.startswith(_OLD_OFFICE):
        return
    # the directory of streams may stand at the end of the file
    size = file.seek(0, 2)
    file.seek(max(0, size - _LOOKED_AT))
    end = file.read(_LOOKED_AT)
    file.seek(0)
    if _ENCRYPTED in start or _ENCRYPTED in end:
        raise UnreadableError(f"{item} is protected with a password; open it and save a copy without one")
    raise UnreadableError(f"{item} is a document of the kind before 2007; open it and save it as {newer}")


def refuse_swollen(file: BinaryIO, item: str, *, most_part_bytes: int) -> None:
    """Raises `UnreadableError` when the archive that a document is would unpack to more than a document needs, in all
    or in one part; leaves the file at its beginning. `zipfile` never unpacks a part beyond the size counted here."""
    with zipfile.ZipFile(file) as archive:
        sizes = [part.file_size for part in archive.infolist()]
    file.seek(0)
    if sum(sizes) > MAX_DOCUMENT_BYTES or max(sizes, default=0) > most_part_bytes:
        raise UnreadableError(
            f"{item} unpacks to {sum(sizes) / 1e6:,.0f} MB, more than the limit of {MAX_DOCUMENT_BYTES / 1e6:g} MB "
            f"({most_part_bytes / 1e6:g} MB a part); split it, or give its articles as .csv or .jsonl"
        )
