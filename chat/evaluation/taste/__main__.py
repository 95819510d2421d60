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
    parser = argparse.ArgumentParser(prog="python -m chat.evaluation.taste")
    parser.add_argument("file", type=Path)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--dialogues", type=int, default=0)
    parser.add_argument("--cache", type=Path, required=True)
    options = parser.parse_args()
    with throwaway_site(options.home):
        from chat.evaluation.taste.report import measure

        try:
            figures = measure(
                options.file,
                count=options.dialogues,
                cache=options.cache,
                home=options.home,
                say=_say,
            )
        except CannotEvaluate as failure:
            sys.exit(str(failure))
    sys.stdout.write(json.dumps(figures, ensure_ascii=False) + "\n")


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
