"""Writing one layer's two files, with bytes that depend on the rows alone."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import marisa_trie
import pyarrow as pa

from geodata.layers import RECORD, SCHEMA
from geodata.names import NameKind, name_key


def write_layer(
    folder: Path, layer: str, rows: Sequence[Mapping], names: Iterable[tuple[str, int, NameKind]]
) -> dict[str, int]:
    """Write `{layer}_places.arrow` and `{layer}_names.marisa` into `folder`; returns their sizes in bytes.

    `rows` hold the columns of `SCHEMA` (missing ones are left out of the file when no row has them); `names` are
    (name, row number, kind). A name given twice for a row keeps its lowest kind, which is the more telling one.
    Written beside and renamed: who has the old files open goes on reading them.
    """
    fields = [field for field in SCHEMA if any(row.get(field.name) not in (None, "", 0) for row in rows)]
    table = pa.table({f.name: pa.array([row.get(f.name) for row in rows], f.type) for f in fields}, pa.schema(fields))
    places, trie = folder / f"{layer}_places.arrow", folder / f"{layer}_names.marisa"
    options = pa.ipc.IpcWriteOptions(compression=pa.Codec("zstd", compression_level=19))
    beside = {path: path.with_name(f"{path.name}.new") for path in (places, trie)}
    with pa.OSFile(str(beside[places]), "wb") as sink, pa.ipc.new_file(sink, table.schema, options=options) as writer:
        writer.write_table(table)
    best: dict[tuple[str, int], NameKind] = {}
    for name, row, kind in names:
        key = name_key(name)
        if len(key) > 1:
            best[key, row] = min(kind, best.get((key, row), kind))
    records = [(key, (row, int(kind))) for (key, row), kind in sorted(best.items())]
    marisa_trie.RecordTrie(RECORD, records).save(str(beside[trie]))
    for path, written in beside.items():
        written.replace(path)
    return {path.name: path.stat().st_size for path in (places, trie)}
