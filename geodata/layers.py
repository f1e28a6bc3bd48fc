"""One layer of the gazetteer: a places table and the trie of its names, both opened read-only from files.

The trie (marisa) is memory-mapped and maps a name key to (row, name kind) pairs; the table is an Arrow file whose
columns are unpacked once and read a row at a time.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator
from functools import cached_property
from pathlib import Path

import marisa_trie
import pyarrow as pa
import pyarrow.compute as pc

from geodata.errors import GazetteerDataError
from geodata.names import NameKind
from geodata.places import Place

RECORD = "<IB"  # row of the places table, NameKind
SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("name", pa.string()),
        ("kind", pa.dictionary(pa.int8(), pa.string())),
        ("lat", pa.float32()),
        ("lon", pa.float32()),
        ("country", pa.dictionary(pa.int16(), pa.string())),
        ("region", pa.dictionary(pa.int16(), pa.string())),
        ("district", pa.string()),
        ("population", pa.int32()),
        ("radius_km", pa.float32()),
        ("uk", pa.string()),
        ("ru", pa.string()),
        ("capital_of", pa.dictionary(pa.int16(), pa.string())),
        ("source", pa.string()),
        ("supersedes", pa.string()),
    ]
)
"""Columns of a places table; a layer may leave out all but id, name, kind, lat, lon. `supersedes` lists the ids of
lower layers' rows that are the same place, separated by spaces."""


class Layer:
    """Places and names of one source. Raises `GazetteerDataError` when a file is missing or broken.

    `counts_as` is the layer its places say they are of, where that is another: a download's places weigh no more than
    the world list's, for neither was reviewed.
    """

    def __init__(self, name: str, places: Path, names: Path, *, counts_as: str = ""):
        self.name = name
        self._place_layer = counts_as or name
        self.paths = (places, names)
        try:
            with pa.memory_map(str(places)) as mapped:
                self._table = pa.ipc.open_file(mapped).read_all()
            self.trie = marisa_trie.RecordTrie(RECORD)
            self.trie.mmap(str(names))
        except (OSError, pa.ArrowException, RuntimeError) as error:
            raise GazetteerDataError(
                f"gazetteer layer {name!r} cannot be opened ({error}); run `python -m geodata build`"
            ) from error
        self._columns = {column: self._table.column(column) for column in self._table.column_names}
        self._cache: dict[int, Place] = {}
        self._rows: dict[str, int | None] = {}

    def __len__(self) -> int:
        return self._table.num_rows

    def find(self, key: str) -> list[tuple[int, NameKind]]:
        """Rows that bear the name `key` (see `name_key`), with what the name is to each."""
        return [(row, NameKind(kind)) for row, kind in self.trie.get(key, ())]

    def place(self, row: int) -> Place:
        """The place in row `row` of the table."""
        place = self._cache.get(row)
        if place is None:
            cells = {name: column[row].as_py() for name, column in self._columns.items() if name != "supersedes"}
            values = {name: value for name, value in cells.items() if value is not None}
            values |= {"lat": round(values["lat"], 5), "lon": round(values["lon"], 5)}
            place = self._cache[row] = Place(**values, layer=self._place_layer)
        return place

    def row_of(self, place_id: str) -> int | None:
        """The row of a place id, or None when the layer has no such place."""
        if place_id not in self._rows:
            self._rows[place_id] = self._search(place_id.encode())
        return self._rows[place_id]

    def learn_rows(self, place_ids: Collection[str]) -> None:
        """Find the rows of many ids in one pass over the table, for `row_of` to know: one by one, some thousand ids
        take seconds."""
        wanted = pa.array([place_id for place_id in place_ids if place_id not in self._rows], pa.string())
        if not len(wanted):
            return
        self._rows |= dict.fromkeys(wanted.to_pylist())
        ids = self._columns["id"]
        rows = pc.indices_nonzero(pc.is_in(ids, value_set=wanted)).to_pylist()
        self._rows |= {ids[row].as_py(): row for row in rows}

    def _search(self, place_id: bytes) -> int | None:
        """Find an id in the column's own bytes: an index of 235,000 ids would take more memory than the table."""
        for chunk in self._columns["id"].chunks:
            _, offsets, data = chunk.buffers()
            starts = memoryview(offsets).cast("i")
            ids = memoryview(data).tobytes()
            at = ids.find(place_id)
            while at >= 0 and place_id:
                row = bisect_left(starts, at)
                if starts[row] == at and starts[row + 1] == at + len(place_id):
                    return row
                at = ids.find(place_id, at + 1)
        return None

    def contents(self) -> Iterator[bytes]:
        """What the layer is made of, for the gazetteer's version."""
        for path in self.paths:
            yield path.read_bytes()

    @cached_property
    def supersedes(self) -> frozenset[str]:
        """Ids of lower layers' places that this layer describes itself."""
        if "supersedes" not in self._columns:
            return frozenset()
        return frozenset(place for ids in self._columns["supersedes"].to_pylist() if ids for place in ids.split())
