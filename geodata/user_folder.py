"""The folder of this user's own data: a downloaded gazetteer, answers of geocoders that belong to no corpus."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "DATELINE_DATA"


def user_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """`DATELINE_DATA` when set, else the platform's place for a user's data. Nothing is created."""
    if chosen := environ.get(VARIABLE, "").strip():
        return Path(chosen).expanduser()
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Dateline"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Dateline"
    return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "dateline"
