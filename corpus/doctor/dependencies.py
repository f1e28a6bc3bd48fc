"""What the Cloud would install, and whether the app's imports are among it."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path

from corpus.doctor.files import Project
from corpus.doctor.findings import FAILS, NOTE, WARNS, Finding

OVERRIDING = ("uv.lock", "Pipfile", "Pipfile.lock", "environment.yml", "environment.yaml")
"""Files that Community Cloud installs from rather than from requirements.txt."""
PYTHONS = ((3, 11), (3, 12), (3, 13), (3, 14))
"""Versions the project supports, all of which the Cloud may run."""

_REQUIREMENTS = "requirements.txt"
_PACKAGES = ("pages", "dashboard", "corpus", "extract", "geodata")
_LINE = re.compile(r"(?P<name>[A-Za-z0-9][\w.-]*)\s*(?:\[(?P<extras>[^\]]*)\])?\s*(?P<limits>[^;#]*)")
_EXTRA = re.compile(r"extra\s*==\s*['\"]([^'\"]+)['\"]")
_LOWER = re.compile(r"(>=|==|~=)")


def check_dependencies(project: Project) -> Iterator[Finding]:
    """Files that would be installed from instead, then requirements.txt, then imports and Python versions."""
    for name in OVERRIDING:
        # next to app.py, which is the repository's root here
        if project.has(name):
            why = f"Community Cloud installs from it and does not look at {_REQUIREMENTS}"
            yield Finding(FAILS, f"{name} is there", why, "delete it, or keep it out of git (add it to .gitignore)")
    yield from _pyproject(project)
    yield from _python_files(project)
    text = project.text(_REQUIREMENTS)
    if text is None or not project.has(_REQUIREMENTS):
        why = "Community Cloud would install nothing, and the app ends with ModuleNotFoundError"
        yield Finding(FAILS, f"{_REQUIREMENTS} is missing, not pushed, or not UTF-8", why, "restore it")
        return
    required: dict[str, set[str]] = {}
    for line in text.splitlines():
        line = line.split(" #")[0].strip()
        if line and not line.startswith("#"):
            yield from _requirement(line)
            if match := _LINE.match(line):
                required[_key(match["name"])] = {_key(extra) for extra in (match["extras"] or "").split(",")}
    yield from _imports(project, required)
    yield from _pythons(required)


def _pyproject(project: Project) -> Iterator[Finding]:
    text = project.text("pyproject.toml")
    if text is None:
        return
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        yield Finding(FAILS, "pyproject.toml cannot be read", str(error), "mend it")
        return
    for table, there in (("[project]", "project" in tables), ("[tool.poetry]", "poetry" in tables.get("tool", {}))):
        if there:
            why = "installers may take the project's packages from it instead of requirements.txt"
            yield Finding(FAILS, f"pyproject.toml has a {table} table", why, "keep settings of tools only in it")


def _python_files(project: Project) -> Iterator[Finding]:
    for name in ("runtime.txt", ".python-version"):
        if project.has(name):
            why = "Community Cloud does not read it: Python's version is chosen in the deploy dialog, once"
            yield Finding(WARNS, f"{name} is there", why, "delete it, and choose the version under Advanced settings")


def _requirement(line: str) -> Iterator[Finding]:
    if line.startswith("-r") or line.startswith("-c"):
        return
    if line.startswith(("-e", ".", "/", "file:")) or "@ file:" in line:
        yield Finding(
            FAILS, f"{_REQUIREMENTS}: {line}", "a path on this machine does not exist there", "name a package"
        )
    elif line.startswith("git+") or "@ git+" in line:
        yield Finding(WARNS, f"{_REQUIREMENTS}: {line}", "built from source at every deployment", "name a release")
    elif line.startswith("-"):
        yield Finding(WARNS, f"{_REQUIREMENTS}: {line}", "an option of this machine's installer", "leave it out")
    elif (match := _LINE.match(line)) is None:
        yield Finding(FAILS, f"{_REQUIREMENTS}: {line}", "not a requirement", "mend the line")
    elif not _LOWER.search(match["limits"]):
        why = "without a least version the Cloud may keep an old one that lacks what is used here"
        yield Finding(WARNS, f"{_REQUIREMENTS}: {match['name']} has no lower bound", why, "write name>=version")


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).strip().lower()


def _imports(project: Project, required: Mapping[str, set[str]]) -> Iterator[Finding]:
    """Modules imported when a file is loaded must come from a requirement, or from what one depends on. A file that
    the app loads on request only may need what another requirements file names."""
    provides, reached = _providers(), _with_dependencies(required)
    optional = reached | _with_dependencies(_named_elsewhere(project))
    first = {module for path in _loaded_first(project) for module in _loaded(project.text(path) or "")}
    missing: dict[str, Path] = {}
    for path in _sources(project):
        for module in _loaded(project.text(path) or ""):
            if module.split(".")[0] not in {*_PACKAGES, "app"} | sys.stdlib_module_names:
                missing.setdefault(module.split(".")[0], path)
    first = {module.split(".")[0] for module in first}
    for module, path in sorted(missing.items()):
        distributions = {_key(name) for name in provides.get(module, ())}
        if not distributions:
            why = "it is not installed here, so which package it is from cannot be told"
            if module in first:
                yield Finding(WARNS, f"{path} imports {module}", why, f"install {_REQUIREMENTS} and run doctor again")
        elif not distributions & (reached if module in first else optional):
            why = f"no package in {_REQUIREMENTS} brings it, and the app ends with ModuleNotFoundError"
            way_out = f"add {', '.join(sorted(distributions))} to {_REQUIREMENTS}"
            yield Finding(FAILS, f"{path} imports {module}", why, way_out)


def _sources(project: Project) -> Iterator[Path]:
    for path in project.files:
        if path.suffix == ".py" and (path.parts[0] in _PACKAGES or str(path) == "app.py") and "build" not in path.parts:
            yield path


def _loaded_first(project: Project) -> set[Path]:
    """The files that are loaded, one through another, as soon as app.py and the pages are."""
    sources = set(_sources(project))
    found: set[Path] = set()
    waiting = [path for path in sources if path.parts[0] in ("app.py", "pages")]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        for module in _loaded(project.text(path) or ""):
            whole = Path(*module.split("."))
            parents = (Path(*whole.parts[: n + 1]) / "__init__.py" for n in range(len(whole.parts)))
            waiting += [one for one in (whole.with_suffix(".py"), *parents) if one in sources]
    return found


def _named_elsewhere(project: Project) -> dict[str, set[str]]:
    """What the project's other requirements files name."""
    texts = (project.text(path) or "" for path in project.files if path.match("requirements*.txt"))
    matches = (_LINE.match(line) for text in texts for line in text.splitlines() if not line.startswith(("#", "-")))
    return {_key(match["name"]): set() for match in matches if match}


def _loaded(source: str) -> Iterator[str]:
    """Names of the modules that are imported as soon as the file is, with what is taken from them."""
    try:
        statements = ast.parse(source).body
    except SyntaxError:
        return
    for statement in statements:
        if isinstance(statement, ast.Import):
            yield from (alias.name for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
            yield statement.module
            yield from (f"{statement.module}.{alias.name}" for alias in statement.names)


@cache
def _providers() -> Mapping[str, list[str]]:
    return metadata.packages_distributions()


def _with_dependencies(required: Mapping[str, set[str]]) -> set[str]:
    """The installed distributions of these names, each with the extras asked for, and all they depend on."""
    reached: set[str] = set()
    waiting = list(required.items())
    while waiting:
        name, extras = waiting.pop()
        if name in reached:
            continue
        reached.add(name)
        try:
            needs = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue
        for need in needs:
            match, extra = _LINE.match(need), _EXTRA.search(need)
            if match and (extra is None or _key(extra[1]) in extras):
                waiting.append((_key(match["name"]), {_key(one) for one in (match["extras"] or "").split(",")}))
    return reached


def _pythons(names: Iterable[str]) -> Iterator[Finding]:
    """Installed versions that say they do not run on a Python which the Cloud may use."""
    if sys.version_info[:2] not in PYTHONS:
        supported = f"{'.'.join(map(str, PYTHONS[0]))} to {'.'.join(map(str, PYTHONS[-1]))}"
        why = f"the project is made for {supported}; what was found here may differ there"
        yield Finding(WARNS, f"this is Python {sys.version.split()[0]}", why, "run doctor with a supported version")
    for name in sorted(names):
        try:
            asked = metadata.metadata(name).get("Requires-Python") or ""
        except (metadata.PackageNotFoundError, ValueError):
            continue
        refused = [version for version in PYTHONS if not _allows(asked, version)]
        if refused:
            words = ", ".join(".".join(map(str, version)) for version in refused)
            why = f"its installed version asks for Python {asked}"
            yield Finding(NOTE, f"{name} does not run on Python {words} as installed here", why, "see --wheels")


def _allows(asked: str, version: tuple[int, int]) -> bool:
    """Whether a Requires-Python admits some release of `version`; clauses this does not understand admit it."""
    for clause in asked.split(","):
        match = re.fullmatch(r"\s*(>=|<=|<|>)\s*(\d+)\.(\d+)[\d.*]*\s*", clause)
        if match:
            limit = int(match[2]), int(match[3])
            admitted = {">=": version >= limit, ">": version >= limit, "<": version < limit, "<=": version <= limit}
            if not admitted[match[1]]:
                return False
    return True
