"""The process that measures: a site of its own, progress on stderr, figures on stdout."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from catalog.evaluation.failure import CannotEvaluate
from chat.evaluation.throwaway import throwaway_site


def main() -> None:
    """Measure, and print one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m chat.evaluation.listeners")
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--people", type=int, required=True)
    parser.add_argument("--givers", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    options = parser.parse_args()
    with throwaway_site(options.home):
        from chat.evaluation.listeners.report import measure

        try:
            figures = measure(
                people=options.people,
                givers=options.givers,
                seed=options.seed,
                say=_say,
            )
        except CannotEvaluate as failure:
            sys.exit(str(failure))
    sys.stdout.write(json.dumps(figures) + "\n")


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
