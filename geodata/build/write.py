"""Writing one layer's two files, with bytes that depend on the rows alone."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import marisa_trie
import pyarrow as pa
import pyarrow.parquet as pq

from geodata.layers import RECORD, SCHEMA
from geodata.names import NameKind, name_key


def write_layer(
    folder: Path, layer: str, rows: Sequence[Mapping], names: Iterable[tuple[str, int, NameKind]]
) -> dict[str, int]:
    """Write `{layer}_places.parquet` and `{layer}_names.marisa` into `folder`; returns their sizes in bytes.

    `rows` hold the columns of `SCHEMA` (missing ones are left out of the file when no row has them); `names` are
    (name, row number, kind). A name given twice for a row keeps its lowest kind, which is the more telling one.
    """
    fields = [field for field in SCHEMA if any(row.get(field.name) not in (None, "", 0) for row in rows)]
    table = pa.table({f.name: pa.array([row.get(f.name) for row in rows], f.type) for f in fields}, pa.schema(fields))
    places, trie = folder / f"{layer}_places.parquet", folder / f"{layer}_names.marisa"
    pq.write_table(table, places, compression="zstd", compression_level=19, row_group_size=len(rows) or 1)
    best: dict[tuple[str, int], NameKind] = {}
    for name, row, kind in names:
        key = name_key(name)
        if len(key) > 1:
            best[key, row] = min(kind, best.get((key, row), kind))
    records = [(key, (row, int(kind))) for (key, row), kind in sorted(best.items())]
    marisa_trie.RecordTrie(RECORD, records).save(str(trie))
    return {path.name: path.stat().st_size for path in (places, trie)}
