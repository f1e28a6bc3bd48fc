"""The project's files as they would be pushed: their sizes, names and links."""

import os
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.doctor.findings import FAILS, NOTE, WARNS, Finding

MB = 1_000_000
MOST_FILE_MB, LARGE_FILE_MB, LARGE_PROJECT_MB = 100, 50, 1_000
"""GitHub refuses files over 100 MB, warns from 50 MB, and advises to keep repositories under 1 GB."""

_LEFT_OUT = {".git", ".venv", "venv", "__pycache__", "node_modules", ".pytest_cache", ".ruff_cache", ".hypothesis"}
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
_UNFIT = set('<>:"|?*\\')
_LONGEST_PATH = 200
_MOST_NAMED = 5


class NotAProjectError(Exception):
    """The folder holds no app.py."""


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with app.py, and the `files` of it that a push would bring along, relative to it and sorted."""

    folder: Path
    files: tuple[Path, ...]
    from_git: bool

    @classmethod
    def at(cls, folder: Path) -> "Project":
        """Look into `folder`. Raises `NotAProjectError`."""
        folder = folder.resolve()
        if not (folder / "app.py").is_file():
            raise NotAProjectError(f"there is no app.py in {folder}; name the project's folder with --project DIR")
        listed = _listed_by_git(folder)
        files = listed if listed is not None else _walked(folder)
        return cls(folder, tuple(sorted(files)), listed is not None)

    def has(self, name: str) -> bool:
        """True when the file of this relative name would be pushed."""
        return Path(name) in self.files

    def text(self, name: str | Path) -> str | None:
        """The content of a file, or None when there is none or it is not text in UTF-8."""
        try:
            return (self.folder / name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None


def _listed_by_git(folder: Path) -> list[Path] | None:
    """Committed files and those that `git add .` would take; None where git or a repository is missing."""
    command = ["git", "-C", str(folder), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return None
    names = (Path(name) for name in done.stdout.decode("utf-8", "surrogateescape").split("\0") if name)
    return [name for name in dict.fromkeys(names) if (folder / name).is_symlink() or (folder / name).is_file()]


def _walked(folder: Path) -> list[Path]:
    found = []
    for path, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in _LEFT_OUT]
        found += [(Path(path) / name).relative_to(folder) for name in names]
    return found


def check_files(project: Project) -> Iterator[Finding]:
    """Sizes, then names."""
    if not project.from_git:
        yield Finding(
            NOTE, "this is not a git repository yet", "so all files were looked at, also ones git would leave out"
        )
    yield from _sizes(project)
    yield from _clashes(project)
    yield from _names(project)
    yield from _symbolic_links(project)


def _sizes(project: Project) -> Iterator[Finding]:
    sizes = {path: _size(project.folder / path) for path in project.files}
    for path, size in sizes.items():
        if size > MOST_FILE_MB * MB:
            way_out = "leave it out, or split it: batches of a corpus are small when added in portions"
            why = f"GitHub refuses files over {MOST_FILE_MB} MB, and the push fails"
            yield Finding(FAILS, f"{path} is {size / MB:,.0f} MB", why, way_out)
        elif size > LARGE_FILE_MB * MB:
            yield Finding(WARNS, f"{path} is {size / MB:,.0f} MB", f"GitHub warns from {LARGE_FILE_MB} MB", "")
    total = sum(sizes.values())
    if total > LARGE_PROJECT_MB * MB:
        largest = sorted(sizes, key=lambda path: -sizes[path])[:_MOST_NAMED]
        yield Finding(
            WARNS,
            f"all files together are {total / MB:,.0f} MB",
            "cloning takes long at every start, and GitHub advises to stay under 1 GB",
            f"the largest: {', '.join(map(str, largest))}",
        )


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def _clashes(project: Project) -> Iterator[Finding]:
    alike: dict[str, list[Path]] = defaultdict(list)
    for path in project.files:
        alike[str(path).casefold()].append(path)
    for paths in alike.values():
        if len(paths) > 1:
            yield Finding(
                WARNS,
                f"{' and '.join(map(str, paths))} differ in case only",
                "on Windows and macOS one of them overwrites the other, on the Cloud's Linux both are there",
                "rename one",
            )


def _names(project: Project) -> Iterator[Finding]:
    for path in project.files:
        wrong = _wrong_with(path)
        if wrong:
            yield Finding(WARNS, f"{path}: {wrong}", "it may not arrive under this name on every system", "rename it")


def _wrong_with(path: Path) -> str:
    for part in path.parts:
        if part.split(".")[0].casefold() in _RESERVED or part.endswith((" ", ".")) or set(part) & _UNFIT:
            return f"Windows cannot hold the name “{part}”"
        if any("\ud800" <= char <= "\udfff" for char in part):
            return "the name is not UTF-8"
    if not str(path).isascii() and path.suffix in (".py", ".toml", ".csv", ".parquet", ".js", ".css", ".arrow"):
        return "letters outside ASCII in the name of a file that the app opens"
    return f"longer than {_LONGEST_PATH} characters" if len(str(path)) > _LONGEST_PATH else ""


def _symbolic_links(project: Project) -> Iterator[Finding]:
    for path in project.files:
        whole = project.folder / path
        if whole.is_symlink() and not whole.resolve().is_relative_to(project.folder):
            why = "what it points to is not pushed, so the deployed app does not find it"
            yield Finding(FAILS, f"{path} is a link to outside the project", why, "copy the file into the project")
