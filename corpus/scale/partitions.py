"""Input for many workers: tables on any path that fsspec knows, cut into partitions that are read on their own.

JSON lines are cut at line ends, CSV at the ends of rows (a quoted line break is none), Parquet between row groups. The
partitions of a file tile it: every row is in exactly one.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import fsspec

from corpus.errors import CorpusError
from corpus.scale.storage import reaching
from extract.errors import UnreadableError
from extract.readers.base import Failure, ReadOptions, file_name
from extract.readers.kinds import read_file, suffix_of
from extract.types import Article

LINES, ROWS, TABLES = (".jsonl", ".ndjson"), (".csv", ".tsv"), (".parquet",)
SUFFIXES = (*LINES, *ROWS, *TABLES)
LEAST_BYTES, MOST_BYTES = 1_000_000, 16_000_000
_BLOCK = 1 << 20
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00")
_MOST_HEADER = 1_000_000


class InputError(CorpusError, ValueError):
    """What was named as input cannot be cut into partitions, or is not there; the message says what can be done."""


@dataclass(frozen=True, slots=True)
class Partition:
    """Bytes (or, of Parquet, row groups) `first` to `last`, the last one exclusive, of the file at `url`.

    `whole` when that is all of it; `header` is the length of what precedes the first row of a CSV table, in bytes."""

    url: str
    first: int
    last: int
    whole: bool
    header: int = 0

    @property
    def item(self) -> str:
        """The file, and where a part of it lies, for messages and origins."""
        if self.whole:
            return self.url
        unit = "row groups" if suffix_of(self.url) in TABLES else "bytes"
        return f"{self.url} [{unit} {self.first}-{self.last}]"

    def read(self, options: ReadOptions) -> Iterator[Article | Failure]:
        """Its articles; a row that is none is a `Failure`, and so is a file that is not what it is called."""
        try:
            with fsspec.open(self.url, "rb") as file:
                part = file if self.whole else self._part(file)
                yield from read_file(part, item=_named(self.item, self.url), options=options)
        except UnreadableError as error:
            yield Failure(self.item, str(error))

    def _part(self, file: BinaryIO) -> BinaryIO:
        if suffix_of(self.url) in TABLES:
            return _row_groups(file, range(self.first, self.last))
        header = file.read(self.header)
        file.seek(self.first)
        return io.BytesIO(header + file.read(self.last - self.first))


def _named(item: str, url: str) -> str:
    """A name whose suffix is the file's own: readers are chosen, and name items, by it."""
    return item if item == url else f"{item}{suffix_of(url)}"


def _row_groups(file: BinaryIO, groups: Sequence[int]) -> BinaryIO:
    import pyarrow.parquet as pq

    copy = io.BytesIO()
    pq.write_table(pq.ParquetFile(file).read_row_groups(list(groups)), copy, compression="none")
    copy.seek(0)
    return copy


def find_files(inputs: Sequence[str]) -> list[tuple[str, int]]:
    """Urls of the tables that `inputs` (files, folders, globs) name, with their sizes in bytes; each once, sorted.

    Raises `InputError` when an input names nothing, or a file of another kind.
    """
    found: dict[str, int] = {}
    for given in inputs:
        try:
            fs, path = fsspec.core.url_to_fs(given)
            with reaching(given):
                sizes = _sizes(fs, path)
        except (OSError, ValueError, ImportError) as error:
            raise InputError(f"{given} cannot be looked into ({error}); check the path, and access to it") from error
        if not sizes:
            raise InputError(f"{given} names no table ({', '.join(SUFFIXES)}); check the path")
        for name, size in sizes.items():
            if suffix_of(name) not in SUFFIXES:
                raise InputError(f"{name} is no table; a cluster reads {', '.join(SUFFIXES)}. Use --jobs for the rest")
            found[fs.unstrip_protocol(name)] = int(size)
    return sorted(found.items())


def _sizes(fs: fsspec.AbstractFileSystem, path: str) -> dict[str, int]:
    listed = fs.glob(path, detail=True) if fsspec.core.has_magic(path) else {path: fs.info(path)}
    names = [name for name, info in listed.items() if info["type"] == "file"]
    for folder in (name for name, info in listed.items() if info["type"] == "directory"):
        names += [name for name in fs.find(folder) if suffix_of(name) in SUFFIXES]
    return {name: fs.size(name) for name in names}


def cut(url: str, size: int, most_bytes: int) -> list[Partition]:
    """The partitions of a file, of about `most_bytes` each."""
    suffix = suffix_of(url)
    whole = [Partition(url, 0, size, whole=True)]
    if size <= most_bytes and suffix not in TABLES:
        return whole
    with fsspec.open(url, "rb") as file:
        if suffix in TABLES:
            return _cut_groups(url, file, most_bytes) or whole
        if any(mark in file.read(4) for mark in _WIDE):
            return whole
        header = _header_length(file) if suffix in ROWS else 0
        if header is None:
            return whole
        bounds = [header, *_bounds(file, header, size, most_bytes, quoted=suffix in ROWS), size]
    parts = [(a, b) for a, b in zip(bounds, bounds[1:], strict=False) if a < b]
    return [Partition(url, a, b, whole=False, header=header) for a, b in parts] if len(parts) > 1 else whole


def _cut_groups(url: str, file: BinaryIO, most_bytes: int) -> list[Partition]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        metadata = pq.ParquetFile(file).metadata
    except (pa.ArrowException, OSError, ValueError):
        return []  # one partition, whose reading tells what is wrong
    bounds, size = [0], 0
    for group in range(metadata.num_row_groups):
        if size and size + metadata.row_group(group).total_byte_size > most_bytes * 4:
            bounds.append(group)
            size = 0
        size += metadata.row_group(group).total_byte_size
    bounds.append(metadata.num_row_groups)
    return [Partition(url, a, b, whole=len(bounds) == 2) for a, b in zip(bounds, bounds[1:], strict=False) if a < b]


def _header_length(file: BinaryIO) -> int | None:
    """Bytes of the first row with its line end; None when there is no end to it."""
    file.seek(0)
    start = file.read(_MOST_HEADER)
    quotes = at = 0
    while (end := start.find(b"\n", at)) >= 0:
        quotes += start.count(b'"', at, end)
        if quotes % 2 == 0:
            return end + 1
        at = end
    return None


def _bounds(file: BinaryIO, first: int, size: int, most_bytes: int, *, quoted: bool) -> Iterator[int]:
    """Where rows begin, every `most_bytes` or so. In a quoted cell the number of quotation marks so far is odd."""
    if not quoted:
        for wanted in range(first + most_bytes, size, most_bytes):
            file.seek(wanted)
            file.readline()
            if file.tell() < size:
                yield file.tell()
        return
    file.seek(first)
    at, wanted, odd = first, first + most_bytes, False
    while line := file.readline(_BLOCK):
        odd ^= bool(line.count(b'"') % 2)
        at += len(line)
        if at >= wanted and not odd and line.endswith(b"\n") and at < size:
            yield at
            wanted = at + most_bytes


def plan_partitions(files: Sequence[tuple[str, int]], workers: int) -> list[Partition]:
    """Partitions of all files, small enough that every worker has several and none holds much in memory."""
    total = sum(size for _, size in files)
    most_bytes = min(max(total // (8 * max(workers, 1)), LEAST_BYTES), MOST_BYTES)
    return [part for url, size in files for part in cut(url, size, most_bytes)]


def as_json(part: Partition) -> dict[str, Any]:
    """For the plan of a run."""
    return {name: getattr(part, name) for name in Partition.__slots__}


__all__ = ["InputError", "Partition", "as_json", "cut", "file_name", "find_files", "plan_partitions"]
