"""The check before deploying: each thing that would fail is found, with what, why and the way out."""

import shutil
import subprocess
from pathlib import Path

import pytest

from corpus import doctor
from corpus.__main__ import main
from corpus.doctor import corpus_fit, dependencies, files, wheels
from corpus.doctor.files import NotAProjectError, Project
from corpus.doctor.findings import FAILS, NOTE, WARNS
from dashboard import resources
from tests.small_corpus import build, three_articles

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project in which nothing would fail, small files standing for the large ones."""
    made = tmp_path / "project"
    for name in ("app.py", "pyproject.toml", "requirements.txt", ".streamlit/config.toml"):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, made / name)
    (made / "app.py").write_text("import streamlit\nimport dashboard\n")
    for name in doctor.settings.NEEDED:
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(b"")
    build(made / "sample_corpus", three_articles())
    return made


def found(folder: Path, level: str = FAILS):
    """What the checks of the project say; opening a corpus takes longer than all of them."""
    checks = (doctor.check_dependencies, doctor.check_settings, doctor.check_content, doctor.check_files)
    project = Project.at(folder)
    return [finding for check in checks for finding in check(project) if finding.level == level]


def of_corpus(folder: Path, corpus: Path | None = None, level: str = FAILS):
    return [finding for finding in doctor.check_corpus(Project.at(folder), corpus) if finding.level == level]


def only(findings):
    (finding,) = findings
    return finding


def git(folder: Path, *command: str) -> None:
    subprocess.run(["git", "-C", str(folder), *command], check=True, capture_output=True)


def test_a_sound_project_has_nothing_that_fails(folder):
    assert {finding.level for finding in doctor.diagnose(Project.at(folder), None)} <= {NOTE}


def test_the_project_itself_would_not_fail():
    assert found(ROOT) + of_corpus(ROOT) == []


def test_every_finding_says_what_and_why(folder):
    (folder / "uv.lock").write_text("")
    (folder / ".streamlit" / "secrets.toml").write_text("")
    (folder / "requirements.txt").unlink()
    for finding in found(folder):
        assert finding.what
        assert finding.why
        assert finding.way_out


@pytest.mark.parametrize("name", dependencies.OVERRIDING)
def test_files_installed_from_instead_are_found(folder, name):
    (folder / name).write_text("")
    assert only(found(folder)).what == f"{name} is there"


def test_what_git_ignores_is_not_pushed(folder):
    git(folder, "init", "-q")
    (folder / "uv.lock").write_text("")
    (folder / ".gitignore").write_text("uv.lock\n")
    assert found(folder) == []


@pytest.mark.parametrize("table", ["[project]\nname = 'x'", "[tool.poetry]\nname = 'x'"])
def test_tables_that_installers_read_are_found(folder, table):
    (folder / "pyproject.toml").write_text(table)
    assert table.split("\n")[0] in only(found(folder)).what


def test_missing_requirements_are_found(folder):
    (folder / "requirements.txt").unlink()
    assert "requirements.txt is missing" in only(found(folder)).what


def test_a_requirement_without_lower_bound_warns(folder):
    with (folder / "requirements.txt").open("a") as stream:
        stream.write("rich\nattrs<30\n")
    assert [finding.what.split()[1] for finding in found(folder, level=WARNS)] == ["rich", "attrs"]


@pytest.mark.parametrize("line", ["-e .", "./wheels/x.whl", "x @ file:///tmp/x.whl"])
def test_a_requirement_on_this_machine_fails(folder, line):
    with (folder / "requirements.txt").open("a") as stream:
        stream.write(f"{line}\n")
    assert line in only(found(folder)).what


def test_an_import_that_nothing_brings_fails(folder):
    (folder / "app.py").write_text("import pytest\n")
    finding = only(found(folder))
    assert "app.py imports pytest" in finding.what
    assert "pytest" in finding.way_out


def test_an_import_inside_a_function_is_optional(folder):
    (folder / "app.py").write_text("def later():\n    import pytest\n")
    assert found(folder) == []


def test_a_file_loaded_on_request_may_need_another_requirements_file(folder):
    (folder / "corpus").mkdir()
    (folder / "corpus" / "scale.py").write_text("import pytest\n")
    assert "corpus/scale.py imports pytest" in only(found(folder)).what
    (folder / "requirements-scale.txt").write_text("pytest>=8\n")
    assert found(folder) == []
    (folder / "app.py").write_text("from corpus import scale\n")
    assert "corpus/scale.py imports pytest" in only(found(folder)).what


def test_what_a_requirement_depends_on_need_not_be_named(folder):
    (folder / "app.py").write_text("import branca, jinja2\n")
    assert found(folder) == []


def test_a_python_version_file_warns(folder):
    (folder / "runtime.txt").write_text("python-3.11")
    assert "deploy dialog" in only(found(folder, level=WARNS)).why


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[server]\n", "enableStaticServing"),
        ('[server]\nenableStaticServing = true\naddress = "localhost"\n', "server.address"),
        ("[server\n", "cannot be read"),
    ],
)
def test_settings_under_which_the_app_would_not_work(folder, text, words):
    (folder / ".streamlit" / "config.toml").write_text(text)
    assert words in only(found(folder)).what


def test_missing_settings_are_found(folder):
    (folder / ".streamlit" / "config.toml").unlink()
    assert "config.toml is missing" in only(found(folder)).what


def test_settings_elsewhere_are_told(folder):
    (folder / "pages" / ".streamlit").mkdir(parents=True)
    (folder / "pages" / ".streamlit" / "config.toml").write_text("")
    assert "is not read" in only(found(folder, level=WARNS)).what


def test_a_needed_file_that_git_ignores_fails(folder):
    git(folder, "init", "-q")
    (folder / ".gitignore").write_text("*.marisa\n")
    assert {finding.what.split(" is ")[1] for finding in found(folder)} == {"ignored by git"}


@pytest.mark.parametrize("name", [".streamlit/secrets.toml", ".env", "keys/server.pem", "id_rsa", ".env.local"])
def test_secret_files_fail(folder, name):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("x")
    assert only(found(folder)).what == f"{name} would be pushed"


def test_an_example_of_settings_is_no_secret(folder):
    (folder / ".env.example").write_text("KEY=")
    assert found(folder) == []


@pytest.mark.parametrize(
    "text",
    [
        "token = 'ghp_" + "a1" * 20 + "'",
        "AKIA" + "ABCDEFGH12345678",
        "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7b",
        "url = 'postgres://" + "me:hunter2secret@db.example.org/x'",
    ],
)
def test_secrets_in_files_fail_and_are_not_repeated(folder, text):
    (folder / "notes.md").write_text(f"first line\n{text}\n")
    finding = only(found(folder))
    assert "notes.md line 2" in finding.what
    assert text not in f"{finding.what} {finding.why} {finding.way_out}"


def test_a_path_of_one_machine_warns(folder):
    (folder / "dashboard").mkdir()
    (folder / "dashboard" / "x.py").write_text("DATA = '/home/" + "olena/data'\n")
    assert "dashboard/x.py line 1" in only(found(folder, level=WARNS)).what


def test_too_large_a_file_fails(folder):
    with (folder / "big.bin").open("wb") as stream:
        stream.truncate(files.MOST_FILE_MB * files.MB + 1)
    finding = only(found(folder))
    assert finding.what == "big.bin is 100 MB"
    assert "GitHub" in finding.why


def test_too_large_a_project_warns(folder, monkeypatch):
    monkeypatch.setattr(files, "LARGE_PROJECT_MB", 0)
    assert "all files together" in only(found(folder, level=WARNS)).what


def test_names_that_differ_in_case_warn(folder):
    for name in ("Notes.md", "notes.md"):
        (folder / name).write_text("")
    assert "differ in case only" in only(found(folder, level=WARNS)).what


@pytest.mark.parametrize("name", ["aux.md", "a:b.md", "trailing ", "сторінка.py"])
def test_names_that_do_not_travel_warn(folder, name):
    (folder / name).write_text("")
    assert name in only(found(folder, level=WARNS)).what


def test_a_link_to_outside_fails(folder, tmp_path):
    (tmp_path / "outside.csv").write_text("")
    (folder / "inside.csv").symlink_to(tmp_path / "outside.csv")
    assert "link to outside" in only(found(folder)).what


def test_a_corpus_that_is_not_there_fails(folder):
    assert "there is no corpus" in only(of_corpus(folder, folder / "nowhere")).what


def test_a_corpus_outside_the_project_fails(folder, tmp_path):
    assert "outside the project" in only(of_corpus(folder, build(tmp_path / "mine", three_articles()))).what


def test_a_batch_that_git_ignores_fails(folder):
    git(folder, "init", "-q")
    (folder / ".gitignore").write_text("*.parquet\n")
    assert "1 of the 1 batches" in only(of_corpus(folder)).what


def test_a_damaged_batch_fails(folder):
    (folder / "sample_corpus" / "batches" / "x.parquet").write_bytes(b"PAR1 no")
    assert "x.parquet cannot be read" in only(of_corpus(folder)).what


def test_a_corpus_of_another_name_says_how_to_open_it(folder):
    finding = only(of_corpus(folder, build(folder / "mine", three_articles()), level=WARNS))
    assert "shared_corpus" in finding.way_out


def test_memory_is_estimated(folder):
    finding = only(of_corpus(folder, level=NOTE)[-1:])
    assert "3 articles" in finding.what
    assert str(corpus_fit.MEMORY_MB) in finding.why


def test_too_large_a_corpus_fails(folder, monkeypatch):
    monkeypatch.setattr(corpus_fit, "MEMORY_MB", 100)
    assert "share fewer articles" in only(of_corpus(folder)).way_out


def test_the_corpus_opened_by_default_is_the_dashboards():
    assert (resources.SHARED_CORPUS.name, resources.SAMPLE_CORPUS.name) == corpus_fit.DEFAULTS


def test_exit_codes(folder, tmp_path, capsys):
    assert main(["doctor", "--project", str(folder)]) == 0
    (folder / "uv.lock").write_text("")
    assert main(["doctor", "--project", str(folder)]) == 1
    assert "FAILS  uv.lock is there" in capsys.readouterr().out
    assert main(["doctor", "--project", str(tmp_path / "nothing")]) == 2


def test_no_project_is_refused(tmp_path):
    with pytest.raises(NotAProjectError, match=r"no app\.py"):
        Project.at(tmp_path)


class Pip:
    """Stands for the run of pip: what it was asked, and what it answers."""

    def __init__(self, code: int, stderr: str = ""):
        self.commands: list[list[str]] = []
        self.returncode, self.stderr = code, stderr

    def __call__(self, command, **_):
        self.commands.append(command)
        return self


def wheel_findings(folder, monkeypatch, pip):
    monkeypatch.setattr(wheels.subprocess, "run", pip)
    return list(wheels.check_wheels(Project(folder, (), False)))


def test_wheels_are_asked_for_every_python(folder, monkeypatch):
    pip = Pip(0)
    assert {finding.level for finding in wheel_findings(folder, monkeypatch, pip)} == {NOTE}
    asked = [command[command.index("--python-version") + 1] for command in pip.commands]
    assert asked == ["3.11", "3.12", "3.13", "3.14"]
    assert all({"--dry-run", "--only-binary=:all:"} <= set(command) for command in pip.commands)


def test_a_missing_wheel_fails(folder, monkeypatch):
    told = "ERROR: No matching distribution found for marisa-trie<2,>=1.2\n"
    findings = wheel_findings(folder, monkeypatch, Pip(1, told))
    assert {finding.level for finding in findings} == {FAILS}
    assert "marisa-trie" in findings[0].why


def test_no_network_is_not_a_missing_wheel(folder, monkeypatch):
    told = "WARNING: Failed to establish a new connection\nERROR: No matching distribution found for x\n"
    assert {finding.level for finding in wheel_findings(folder, monkeypatch, Pip(1, told))} == {WARNS}


def test_wheels_are_looked_for_only_when_asked(folder, monkeypatch):
    monkeypatch.setattr(doctor, "check_wheels", lambda project: pytest.fail("the package index was asked"))
    assert [finding for finding in doctor.diagnose(Project.at(folder), None) if finding.level == FAILS] == []
