"""Runs app.py as AppTest's script: `AppTest.from_file("app.py")` itself is skipped from its second run on, because
`pages/` lies beside it."""

import runpy
from pathlib import Path

runpy.run_path(str(Path(__file__).parents[1] / "app.py"), run_name="__main__")
