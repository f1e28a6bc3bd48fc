"""Making the gazetteer's files from their inputs. Needs requirements-dev.txt; nothing at run time imports it."""

import csv
from pathlib import Path

MOST_BYTES = 16_000_000
"""All built files together stay under this, so that the repository stays small."""


def build(data: Path, *, force: bool = False, outlines: Path | None = None) -> int:
    """Build the layers (and, given world-atlas' countries-50m.json, the outline map) in `data`; prints the sizes.

    Returns 0, or 1 when the files together are larger than `MOST_BYTES`. Raises `GazetteerBuildError`.
    """
    from geodata.build.project import REGION_COLUMNS, THEATRE_COLUMNS, build_theatre, read_table, region_ids
    from geodata.build.world import build_world

    regions = read_table(data / "regions.csv", REGION_COLUMNS)
    theatre = read_table(data / "theatre.csv", THEATRE_COLUMNS)
    sizes = build_world(data, region_ids(regions), force=force) | build_theatre(data, regions, theatre)
    if outlines:
        from geodata.build.outlines import build_outlines

        build_outlines(outlines, data, _points(data))
    for name, size in sizes.items():
        print(f"{name:24s} {size:12,d} bytes")
    total = sum(sizes.values())
    print(f"{'together':24s} {total:12,d} bytes of {MOST_BYTES:,d}")
    return 0 if total < MOST_BYTES else 1


def _points(data: Path) -> list[tuple[float, float, str]]:
    """Settlements of theatre.csv as (lat, lon, region id), to densify the oblasts' outlines."""
    from geodata.build.project import CITY_REGIONS
    from geodata.places import SETTLEMENT_KINDS

    with (data / "regions.csv").open(encoding="utf-8", newline="") as stream:
        ids = {row["name"]: row["id"] for row in csv.DictReader(stream)} | CITY_REGIONS
    with (data / "theatre.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["kind"] in SETTLEMENT_KINDS]
    return [(float(r["lat"]), float(r["lon"]), ids[r["oblast"]]) for r in rows if ids.get(r["oblast"], "")[:2] == "UA"]
