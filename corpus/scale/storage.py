"""A corpus folder on any path that fsspec knows: files are read and written whole, by name."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import fsspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from fsspec.implementations.local import LocalFileSystem

from corpus.errors import BatchGoneError, CorpusWriteError, NotACorpusError, StorageError
from corpus.files import clean_leftovers, write_beside
from corpus.store import BATCHES


@contextmanager
def reaching(url: str) -> Iterator[None]:
    """What an object store's client library raises, which is of no common kind, as `StorageError`."""
    try:
        yield
    except (OSError, ValueError, ImportError, pa.ArrowException):
        raise
    except Exception as error:
        raise StorageError(
            f"{url} cannot be reached ({error}); check the address, the network and the credentials. What was written "
            "before is kept, and the same command goes on from there"
        ) from error


class Storage:
    """The folder at `url`, which need not exist yet. Raises `NotACorpusError` when the address cannot be used."""

    def __init__(self, url: str):
        self.url = url
        try:
            self._fs, self._root = fsspec.core.url_to_fs(url)
        except (ValueError, ImportError, OSError) as error:
            raise NotACorpusError(f"{url} cannot be used as a corpus ({error}); check the address") from error

    @property
    def folder(self) -> Path | None:
        """The folder on this machine, or None when it is elsewhere."""
        return Path(self._root) if isinstance(self._fs, LocalFileSystem) else None

    def write(self, name: str, data: bytes) -> None:
        """Write a file, there whole or not at all, over what was there. Raises `CorpusWriteError`."""
        try:
            if self.folder:
                target = self.folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                clean_leftovers(target.parent)
                write_beside(target, lambda stream: stream.write(data))
            else:
                # object stores show an object only once it is complete
                with reaching(self.url):
                    self._fs.makedirs(f"{self._root}/{name}".rpartition("/")[0], exist_ok=True)
                    self._fs.pipe_file(f"{self._root}/{name}", data)
        except StorageError:
            raise
        except OSError as error:
            raise CorpusWriteError(
                f"could not write {name} into {self.url} ({error}); make room or mend the permissions, and run "
                "the same command again: what is there already is kept"
            ) from error

    def read(self, name: str) -> bytes:
        """The contents of a file. Raises `OSError`."""
        with reaching(self.url):
            return self._fs.cat_file(f"{self._root}/{name}")

    def has(self, name: str) -> bool:
        """Whether a file of that name is there now."""
        self._fs.invalidate_cache()
        with reaching(self.url):
            return self._fs.exists(f"{self._root}/{name}")

    def names(self, folder: str, suffix: str) -> list[str]:
        """Names of the files in a folder of the corpus, without hidden ones, sorted; none where there is no folder."""
        self._fs.invalidate_cache()
        with reaching(self.url):
            if not self._fs.exists(f"{self._root}/{folder}"):
                return []
            found = self._fs.ls(f"{self._root}/{folder}", detail=False)
        names = [path.rstrip("/").rpartition("/")[2] for path in found]
        return sorted(name for name in names if name.endswith(suffix) and not name.startswith("."))

    def batch_ids(self, batch: str) -> tuple[np.ndarray, np.ndarray]:
        """Ids of a batch as 64-bit numbers, row by row: of its articles, and of those it removes. Raises `OSError`,
        `ValueError` or `pa.ArrowException` when it cannot be read; `BatchGoneError` when it is not there."""
        try:
            with reaching(self.url), self._fs.open(f"{self._root}/{BATCHES}/{batch}", "rb") as file:
                table = pq.ParquetFile(file).read(columns=["article_id", "removed"])
        except FileNotFoundError as error:
            raise BatchGoneError(Path(batch), "it is no longer in the folder") from error
        ids, removed = id_numbers(table.column("article_id").to_pylist()), np.array(table.column("removed"), dtype=bool)
        return ids[~removed], ids[removed]


def id_numbers(article_ids: list[str]) -> np.ndarray:
    """Article ids, sixteen hex digits each, as unsigned 64-bit numbers."""
    return np.frombuffer(bytes.fromhex("".join(article_ids)), dtype=">u8").astype(np.uint64)
