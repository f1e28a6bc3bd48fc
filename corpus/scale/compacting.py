"""Many small batches into few large ones: `python -m corpus compact`.

Of every article the newest row is kept, a removal too, since it keeps the article from being added again. The large
batches are sorted by date, then article id, so that days that belong together lie together. They are written first,
each there whole or not at all, and only then are the small ones taken away: whoever looks at the folder in between, or
after a kill, finds some rows twice, of which one counts. Batches that come in meanwhile are left for the next time.
"""

import os
import shutil
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from corpus.corrections.locking import locked
from corpus.errors import BatchGoneError, CorpusWriteError, DamagedBatchError
from corpus.files import clean_leftovers, write_beside
from corpus.scale.compacting_plan import COLUMNS, COMPACTED_KEY, SORTED, Plan, plan_compact, survey
from corpus.schema import SCHEMA
from corpus.store import BATCHES, ROW_GROUP_ARTICLES, Corpus, read_batch, undisturbed
from corpus.tables.kept_file import keep_tables
from corpus.terminal import complain

TARGET_BYTES = 32_000_000  # of a batch before compression: some five thousand articles, read at once when opened
_SPILLED = pa.ipc.IpcWriteOptions(compression="zstd")
LOCK_FILE, SPILL_FOLDER = ".compacting.lock", ".compacting"


@dataclass(frozen=True, slots=True)
class CompactReport:
    """What a compact did: `merged` batches became `made` ones of `articles` and `removals`; `superseded` rows, for
    which newer ones stand in, were left out. `batches` and `size` (bytes) are of the whole corpus, before and after.
    `left` are the batches that cannot be read, and stay as they are; `in_use` those merged that could not be deleted.
    """

    merged: int
    made: int
    articles: int
    removals: int
    superseded: int
    batches: tuple[int, int]
    size: tuple[int, int]
    left: tuple[DamagedBatchError, ...]
    in_use: tuple[Path, ...]


def compact(corpus: Corpus, *, target_bytes: int = TARGET_BYTES) -> CompactReport:
    """Merge the batches of a corpus folder that are not large and sorted yet; one compact at a time, others wait.

    Readers and adders may work on meanwhile. Raises `CorpusWriteError` when the folder cannot be written to or has no
    room for a second copy of what is merged; everything is then as before.
    """
    before = _sizes(corpus)
    if not before:
        return CompactReport(0, 0, 0, 0, 0, (0, 0), (0, 0), (), ())
    try:
        with _alone(corpus.folder) as spill:
            clean_leftovers(corpus.folder / BATCHES)
            left: dict[Path, DamagedBatchError] = {}
            while True:
                surveyed = undisturbed(lambda: survey(corpus.batches(), left))
                plan = plan_compact(surveyed, target_bytes)
                try:
                    made = _merge(corpus.folder / BATCHES, plan, spill)
                    break
                except BatchGoneError:
                    continue  # somebody moved it out of the folder
                except DamagedBatchError as error:
                    left[error.path] = error
            in_use = tuple(path for path in plan.merged if not _deleted(path))
    except OSError as error:
        raise CorpusWriteError(
            f"could not compact {corpus.folder} ({error.strerror or error}); the corpus is as it was. Make room for "
            "another two and a half times its batches or mend the permissions, and compact again"
        ) from error
    after = _sizes(corpus)
    return CompactReport(
        merged=len(plan.merged),
        made=len(made),
        articles=len(plan.rows) - plan.removals,
        removals=plan.removals,
        superseded=plan.superseded,
        batches=(len(before), len(after)),
        size=(sum(before), sum(after)),
        left=tuple(left.values()),
        in_use=in_use,
    )


def _sizes(corpus: Corpus) -> list[int]:
    sizes = []
    for path in corpus.batches():
        with suppress(FileNotFoundError):
            sizes.append(path.stat().st_size)
    return sizes


@contextmanager
def _alone(folder: Path) -> Iterator[Path]:
    """Hold the corpus's lock for compacting; gives an empty folder for what is on its way. A killed compact's is
    cleared away, since whoever holds the lock is the only one."""
    handle = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        with locked(handle):
            spill = folder / SPILL_FOLDER
            shutil.rmtree(spill, ignore_errors=True)
            spill.mkdir()
            try:
                yield spill
            finally:
                shutil.rmtree(spill, ignore_errors=True)
    finally:
        os.close(handle)


def _merge(folder: Path, plan: Plan, spill: Path) -> list[Path]:
    """Write the large batches; nothing is taken away, and when anything fails nothing is added either."""
    for portions in spill.iterdir():
        portions.unlink()  # of an attempt that met a batch that cannot be read
    for number, path in enumerate(plan.merged):
        _spill_batch(path, plan.rows_of(number), spill)
    made: list[Path] = []
    try:
        for number in range(plan.outputs):
            # names of batches begin with when they were written: of two equal rows the later batch's counts
            target = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}Z-{uuid.uuid4().hex[:12]}.parquet"
            made.append(target)
            _write_sorted(spill / str(number), target)
        _check(made, plan)
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise
    return made


def _spill_batch(path: Path, rows: Sequence[tuple[int, np.ndarray]], spill: Path) -> None:
    """Append a batch's rows to the files of the outputs they go to, each portion an Arrow stream of its own."""
    batch = read_batch(path)
    for output, numbers in rows:
        portion = batch.take(pa.array(numbers))
        with (
            (spill / str(output)).open("ab") as stream,
            pa.ipc.new_stream(stream, portion.schema, options=_SPILLED) as writer,
        ):
            writer.write_table(portion)


def _write_sorted(portions: Path, target: Path) -> None:
    table = _sorted(portions).replace_schema_metadata({**SCHEMA.metadata, COMPACTED_KEY: b"1"})

    def fill(stream: IO[bytes]) -> None:
        pq.write_table(table, stream, compression="zstd", row_group_size=ROW_GROUP_ARTICLES)

    write_beside(target, fill)


def _sorted(portions: Path) -> pa.Table:
    """All rows of a file of Arrow streams, in order; the file is gone afterwards."""
    tables = []
    with portions.open("rb") as stream:
        end = portions.stat().st_size
        while stream.tell() < end:
            with pa.ipc.open_stream(stream) as reader:
                tables.append(reader.read_all())
    portions.unlink()
    return pa.concat_tables(tables).sort_by(SORTED)


def _check(made: Sequence[Path], plan: Plan) -> None:
    """Read back which rows were written: nothing is deleted before they are known to be all there."""
    there = (
        pa.concat_tables([read_batch(path, COLUMNS) for path in made])
        if made
        else plan.rows.select(COLUMNS).slice(0, 0)
    )
    if not there.equals(plan.rows.select(COLUMNS)):
        raise CorpusWriteError("the merged batches do not read back as they were written; check the disk")


def run(corpus: Corpus) -> int:
    """`corpus compact`; 1 when a batch could not be read, and was therefore left as it is."""
    report = compact(corpus)
    for error in report.left:
        complain(str(error))
    for path in report.in_use:
        complain(f"{path.name} is in use and stays, beside the batch it was merged into; compact again later")
    (before, after), (was, is_now) = report.batches, report.size
    if report.merged:
        print(f"{report.merged:,} batches merged into {report.made:,}; {report.superseded:,} older rows left out")
        print(f"{report.articles:,} articles and {report.removals:,} removals are in them")
    else:
        print("nothing to merge")
    if report.merged:
        keep_tables(corpus)
    print(f"the corpus: {before:,} batches, {was / 1e6:,.1f} MB before; {after:,} batches, {is_now / 1e6:,.1f} MB now")
    return 1 if report.left else 0


def _deleted(path: Path) -> bool:
    """Whether the file is gone; one that another process has open stays on some systems, where it does no harm."""
    try:
        path.unlink(missing_ok=True)
    except PermissionError:
        return False
    return True
