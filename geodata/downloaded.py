"""The downloaded layer of the gazetteer, in the user's own folder: which one is installed, and opening it.

Each build lies in a folder of its own; `gazetteer/installed.json` names the one in use. So a build that is broken off
leaves the one before it in use, and places and names of two builds never meet.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from geodata.errors import GazetteerDataError
from geodata.layers import Layer

DOWNLOAD = "download"
FOLDER, INSTALLED = "gazetteer", "installed.json"
AGAIN = "run `python -m geodata build --geonames` with its countries again"


@dataclass(frozen=True, slots=True)
class Installed:
    """The layer in use: its folder's name, its countries (ISO codes), when it was built (ISO 8601), the number of its
    places, the dumps' SHA-256 by country, and whom to name as the source."""

    folder: str
    countries: tuple[str, ...]
    built_at: str
    places: int
    dumps: dict[str, str]
    attribution: str = "GeoNames (geonames.org), CC BY 4.0"

    def as_json(self) -> str:
        """What `installed.json` holds."""
        return json.dumps(asdict(self), indent=1) + "\n"


def installed(user: Path) -> Installed | None:
    """The layer in use in a user's folder, or None. Raises `GazetteerDataError` when the record cannot be read."""
    path = user / FOLDER / INSTALLED
    if not path.exists():
        return None
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        found = Installed(**record | {"countries": tuple(record["countries"])})
        if not found.folder or Path(found.folder).name != found.folder:
            raise ValueError(f"{found.folder!r} is no folder's name")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GazetteerDataError(
            f"the downloaded gazetteer cannot be opened ({path}: {error}); delete that file, or {AGAIN}"
        ) from error
    return found


def open_download(user: Path) -> Layer | None:
    """The downloaded layer, or None when there is none. Raises `GazetteerDataError` when it is there but broken."""
    found = installed(user)
    if not found:
        return None
    folder = user / FOLDER / found.folder
    places, names = folder / f"{DOWNLOAD}_places.arrow", folder / f"{DOWNLOAD}_names.marisa"
    try:
        return Layer(DOWNLOAD, places, names, counts_as="world")
    except GazetteerDataError as error:
        record = user / FOLDER / INSTALLED
        raise GazetteerDataError(
            f"the downloaded gazetteer cannot be opened ({error.__cause__}); delete {record}, or {AGAIN}"
        ) from error
