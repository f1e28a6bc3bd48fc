"""Whether every dependency comes as a wheel for the Cloud's machines, asked of the package index through pip."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator

from corpus.doctor.dependencies import PYTHONS
from corpus.doctor.files import Project
from corpus.doctor.findings import FAILS, NOTE, WARNS, Finding

# Community Cloud runs Debian 11, whose C library is 2.31; wheels for newer ones are not found there.
_PLATFORMS = ["linux_x86_64", "manylinux1_x86_64", "manylinux2010_x86_64", "manylinux2014_x86_64"]
_PLATFORMS += [f"manylinux_2_{minor}_x86_64" for minor in range(5, 32)]
_SECONDS = 600
_OFFLINE = ("Failed to establish a new connection", "NewConnectionError", "Temporary failure in name resolution")


def check_wheels(project: Project) -> Iterator[Finding]:
    """One finding a Python version. Nothing is installed or kept."""
    for version in PYTHONS:
        yield _resolved(project, ".".join(map(str, version)))


def command(requirements: str, version: str, target: str) -> list[str]:
    """pip's dry run for one Python version on Linux x86-64."""
    asked = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet"]
    asked += ["--disable-pip-version-check", "--no-input", "--only-binary=:all:", "--implementation", "cp"]
    asked += ["--python-version", version, "--target", target, "-r", requirements]
    for platform in _PLATFORMS:
        asked += ["--platform", platform]
    return asked


def _resolved(project: Project, version: str) -> Finding:
    requirements = str(project.folder / "requirements.txt")
    with tempfile.TemporaryDirectory() as target:
        try:
            done = subprocess.run(
                command(requirements, version, target),
                capture_output=True,
                text=True,
                timeout=_SECONDS,
            )
        except (OSError, subprocess.SubprocessError) as error:
            return Finding(WARNS, f"wheels for Python {version} could not be looked for", str(error), "try again")
    if done.returncode == 0:
        return Finding(NOTE, f"Python {version}: every dependency comes as a wheel for Linux x86-64")
    told = [line.removeprefix("ERROR: ") for line in done.stderr.splitlines() if line.startswith("ERROR:")]
    reason = " ".join(told) or done.stderr.strip()[-300:]
    if any(words in done.stderr for words in _OFFLINE):
        return Finding(WARNS, f"wheels for Python {version} could not be looked for", reason, "try again online")
    why = f"the Cloud would have to build it, and may fail: {reason}"
    return Finding(FAILS, f"Python {version}: not every dependency comes as a wheel", why, "choose another version")
