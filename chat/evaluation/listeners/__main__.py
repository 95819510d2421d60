"""The process that measures: a site of its own, progress on stderr, figures on stdout."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from chat.evaluation.throwaway import figures_tell


def main() -> None:
    """Measure, and print one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m chat.evaluation.listeners")
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--people", type=int, required=True)
    parser.add_argument("--givers", type=int, required=True)
    parser.add_argument("--silent", type=float, required=True)
    parser.add_argument("--seed", type=int, required=True)
    options = parser.parse_args()

    def measured(say: Callable[[str], None]) -> Mapping[str, Any]:
        from chat.evaluation.listeners.report import measure

        return measure(
            people=options.people,
            givers=options.givers,
            silent=options.silent,
            seed=options.seed,
            say=say,
        )

    figures_tell(options.home, measured)


if __name__ == "__main__":
    main()
