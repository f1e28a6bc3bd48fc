"""The benchmarks' report: `python -m tests.benchmarks [--scale S] [--only NAME] > report.md`.

Every module `table_NAME.py` beside this one gives `tables(scale)`; adding a table is adding a module. One that takes
very long says `ON_REQUEST` and is measured only by its name. `--scale 0.1`
measures on a tenth of the articles. Figures depend on the machine; the ratios are what to compare.
"""

import argparse
import importlib
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent


def main(argv: list[str] | None = None) -> int:
    """Print the report as Markdown on stdout, what is being measured on stderr."""
    names = sorted(path.stem.removeprefix("table_") for path in HERE.glob("table_*.py"))
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, metavar="S", help="times the usual number of articles")
    parser.add_argument("--only", choices=names, action="append", metavar="NAME", help=f"one of {', '.join(names)}")
    args = parser.parse_args(argv)
    if not 0 < args.scale <= 1_000:
        parser.error("S must be above 0")
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    print(
        f"# Benchmarks\n\n{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, Python {platform.python_version()}, "
        f"{os.cpu_count()} processors ({platform.machine()}), load when begun {load}, scale {args.scale:g}.\n"
    )
    for name in args.only or names:
        module = importlib.import_module(f"tests.benchmarks.table_{name}")
        if getattr(module, "ON_REQUEST", False) and not args.only:
            continue
        print(f"measuring {name}", file=sys.stderr)
        for table in module.tables(args.scale):
            print(table.markdown(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
