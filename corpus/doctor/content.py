"""Secrets and paths of this machine in files that would be pushed."""

import re
from collections.abc import Iterator
from pathlib import Path

from corpus.doctor.files import Project
from corpus.doctor.findings import FAILS, WARNS, Finding

_SECRET_FILES = re.compile(
    r"(^|/)(secrets\.toml|\.env(\.(?!example|sample).*)?|id_(rsa|dsa|ecdsa|ed25519)|credentials\.json|\.netrc|\.pypirc)$"
    r"|\.(pem|p12|pfx|keystore)$",
    re.IGNORECASE,
)
_SECRET_TEXT = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/=]{16}"),
    "a GitHub token": re.compile(r"\b(ghp|gho|ghs|ghu|github_pat)_[A-Za-z0-9_]{30,}"),
    "an AWS key": re.compile(r"\b(AKIA|ASIA)[A-Z0-9]{16}\b"),
    "a Google key": re.compile(r"\bAIza[A-Za-z0-9_-]{35}\b"),
    "a Slack token": re.compile(r"\bxox[abpr]-[A-Za-z0-9-]{20,}"),
    "a password in an address": re.compile(r"\b[a-z][a-z0-9+]*://[^\s/:@'\"{}<>]+:[^\s/@'\"{}<>]{6,}@[\w-]+\.[a-z]"),
}
_OF_THIS_MACHINE = re.compile(r"(?<![\w.])(/home/[a-z][\w.-]*/|/Users/[A-Za-z][\w.-]*/|[A-Za-z]:\\\\?Users\\)")
_TEXT = {".py", ".toml", ".txt", ".md", ".csv", ".json", ".jsonl", ".yml", ".yaml", ".cfg", ".ini", ".sh", ".html", ""}
_CODE = {".py", ".toml", ".yml", ".yaml", ".cfg", ".ini", ".sh"}
_MOST_BYTES = 2_000_000
_TESTS = "tests"  # examples of what must be refused are found there


def check_content(project: Project) -> Iterator[Finding]:
    """One finding a file and kind of trouble."""
    for path in project.files:
        if _SECRET_FILES.search(path.as_posix()):
            why = "whoever can read the repository can read it; the app needs no secrets"
            way_out = "`git rm --cached` it, add it to .gitignore, and replace what it holds: history keeps it"
            yield Finding(FAILS, f"{path} would be pushed", why, way_out)
        elif path.parts[0] != _TESTS and path.suffix in _TEXT and _is_small(project.folder / path):
            yield from _looked_through(path, project.text(path) or "")


def _is_small(path: Path) -> bool:
    try:
        return path.stat().st_size <= _MOST_BYTES
    except OSError:
        return False


def _looked_through(path: Path, text: str) -> Iterator[Finding]:
    for what, pattern in _SECRET_TEXT.items():
        found = pattern.search(text)
        if found:
            line = text.count("\n", 0, found.start()) + 1
            why = "whoever can read the repository could use it"
            way_out = "take it out, and replace it at its owner: git's history keeps it"
            yield Finding(FAILS, f"{path} line {line} holds what looks like {what}", why, way_out)
    found = _OF_THIS_MACHINE.search(text) if path.suffix in _CODE else None
    if found:
        line = text.count("\n", 0, found.start()) + 1
        what = f"{path} line {line} names {found.group().strip()}, a folder of one machine"
        yield Finding(WARNS, what, "it does not exist where the app is deployed", "use a path relative to the file")
