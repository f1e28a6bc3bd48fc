"""What an extraction process costs to open: memory from the process itself, in a fresh one."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
from pathlib import Path
from geodata import open_gazetteer
from extract.pipeline import Extractor
from extract.types import Article
extractor = Extractor(open_gazetteer())
extractor.extract(Article(id="x", text="Fighting went on in Bakhmut, Ukraine, and near Soledar."))
lines = Path("/proc/self/status").read_text().splitlines()
print(next(line.split()[1] for line in lines if line.startswith("VmHWM")))
"""
STATUS = Path("/proc/self/status")


@pytest.mark.skipif(not STATUS.exists(), reason="peak memory is read from /proc")
def test_an_extraction_process_stays_under_150_mb():
    root = Path(__file__).parent.parent.parent
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, cwd=root)
    assert int(done.stdout) / 1024 < 150
