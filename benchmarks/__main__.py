"""Runs a measurement by its name, or lists them."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path


def main() -> None:
    """Run ./bin/bench NAME [options]."""
    here = Path(__file__).parent
    names = sorted(p.stem for p in here.glob("[a-z]*.py"))
    if len(sys.argv) < 2 or sys.argv[1] not in names:
        listed = "\n  ".join(names)
        sys.exit(f"Usage: ./bin/bench NAME [options], where NAME is one of\n  {listed}")
    name = sys.argv.pop(1)
    runpy.run_module(f"benchmarks.{name}", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
