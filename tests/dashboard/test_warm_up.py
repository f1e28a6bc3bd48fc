"""What is done before the first visitor: in processes of their own, since it is about what they have imported."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
WARM_UP = """
import asyncio, logging, sys, threading
logging.basicConfig(level=logging.WARNING)
from dashboard import warm_up

async def serve():
    async with warm_up.while_serving(None):
        pass

asyncio.run(serve())
for thread in threading.enumerate():
    if thread.name == "warm-up":
        thread.join()
from dashboard import resources
print("streamlit_folium" in sys.modules, "folium.plugins" in sys.modules, "dashboard.shell" in sys.modules)
"""
APP = """
import sys
import app
print(type(app.app).__name__, app.app.script_path.name, "dashboard.shell" in sys.modules)
"""


def run(code: str, corpus: Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"DATELINE_CORPUS": str(corpus)},
        capture_output=True,
        text=True,
        check=True,
    )


def test_libraries_are_there_for_the_first_run_but_the_component_is_left_to_it() -> None:
    assert run(WARM_UP, ROOT / "sample_corpus").stdout.split() == ["False", "True", "True"]


def test_a_corpus_that_cannot_be_opened_is_told_and_the_server_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("no corpus")
    ended = run(WARM_UP, file)
    assert "ahead of the first visitor" in ended.stderr
    assert str(file) in ended.stderr


def test_the_server_takes_its_app_from_the_script_without_running_a_page() -> None:
    assert run(APP, ROOT / "sample_corpus").stdout.split() == ["App", "app.py", "False"]
