"""ZIP archives: their members are read one by one, as files of a folder are, and nothing is unpacked to disk by name.

Sizes are those the archive states; `zipfile` gives no byte beyond them, so a bomb is refused before it is unpacked.
"""

import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from extract.errors import UnreadableError
from extract.readers.base import Failure, ReadOptions, parsing
from extract.readers.kinds import ARCHIVE_SUFFIX, READERS, read_file, suffix_of, unknown_kind
from extract.types import Article

MAX_MEMBERS = 200_000
MAX_MEMBER_BYTES = 1_000_000_000
MAX_TOTAL_BYTES = 4_000_000_000
# other methods may ask for gigabytes of memory to unpack a few bytes
_METHODS = frozenset([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
_UTF8_NAME, _ENCRYPTED = 0x800, 0x1
_ADVICE = "copy or download the archive again"


def read_archive(file: BinaryIO, *, item: str, options: ReadOptions) -> Iterator[Article | Failure]:
    """The articles of every member, in the order of their names; hidden members are left out, others that cannot be
    read are told. Raises `UnreadableError` when the file is no archive, or one of more than `MAX_MEMBERS`."""
    with parsing(item, "a whole ZIP archive", advice=_ADVICE):
        archive = zipfile.ZipFile(file)
    with archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) > MAX_MEMBERS:
            raise UnreadableError(f"{item} has {len(members):,} members, the limit is {MAX_MEMBERS:,}; split it")
        shown = sorted((_name(member), number, member) for number, member in enumerate(members))
        wanted = [(name, member) for name, _, member in shown if not _hidden(name)]
        if not wanted:
            raise UnreadableError(f"{item} holds no file; put articles into it")
        total = 0
        for number, (name, member) in enumerate(wanted):
            reason = _refusal(name, member)
            if reason:
                yield Failure(f"{item}/{name}", reason)
                continue
            total += member.file_size
            if total > MAX_TOTAL_BYTES:
                left = f"{len(wanted) - number:,} members from {name} on were not read"
                yield Failure(item, f"it unpacks to more than {MAX_TOTAL_BYTES / 1e9:g} GB: {left}; split it")
                return
            yield from _read_member(archive, member, f"{item}/{name}", options)


def _name(member: zipfile.ZipInfo) -> str:
    """The member's name; one without the mark for UTF-8 may still be that, else it is of the Russian DOS page, which
    is what Windows writes in Ukraine and Russia."""
    name = member.filename
    if member.flag_bits & _UTF8_NAME or name.isascii():
        return name
    try:
        raw = name.encode("cp437")
        return raw.decode("utf-8")
    except UnicodeEncodeError:
        return name
    except UnicodeDecodeError:
        return raw.decode("cp866")


def _hidden(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return parts[0] == "__MACOSX" or any(part.startswith(".") and part != ".." for part in parts)


def _refusal(name: str, member: zipfile.ZipInfo) -> str:
    """Why a member is not read, with the way out; empty when it may be."""
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or not parts[0] or ":" in parts[0] or not name.isprintable():
        return "its name leads out of the archive or cannot be shown; pack it under a plain name"
    suffix = suffix_of(name)
    if suffix == ARCHIVE_SUFFIX:
        return "an archive within an archive is not read; unpack it and give it by itself"
    if suffix not in READERS:
        return unknown_kind(name).reason
    if member.flag_bits & _ENCRYPTED:
        return "it is protected with a password; unpack it and give the file"
    if member.compress_type not in _METHODS:
        return "it is packed by a method that is not read; pack it again as a plain ZIP"
    if member.file_size > MAX_MEMBER_BYTES:
        size = f"{member.file_size / 1e9:.1f} GB unpacked, the limit is {MAX_MEMBER_BYTES / 1e9:g} GB"
        return f"it is {size}; unpack it and give the file"
    return ""


def _read_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, item: str, options: ReadOptions
) -> Iterator[Article | Failure]:
    try:
        with archive.open(member) as file:
            yield from read_file(file, item=item, options=options, seekable=False)
    except UnreadableError as error:
        yield Failure(item, str(error))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        yield Failure(item, f"the archive is damaged here ({error}); {_ADVICE}")
