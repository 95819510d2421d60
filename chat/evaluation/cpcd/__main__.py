"""The process that measures: a site of its own, progress on stderr, figures on stdout."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from chat.evaluation.throwaway import figures_tell


def main() -> None:
    """Measure, and print one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m chat.evaluation.cpcd")
    parser.add_argument("file", type=Path)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--distractors", type=Path)
    parser.add_argument("--dialogues", type=int, default=0)
    parser.add_argument("--part", default="all")
    parser.add_argument("--cache", type=Path, required=True)
    options = parser.parse_args()

    def measured(say: Callable[[str], None]) -> Mapping[str, Any]:
        from chat.evaluation.cpcd.report import Options, measure

        asked = Options(
            path=options.file,
            distractors=options.distractors,
            dialogues=options.dialogues,
            part=options.part,
            cache=options.cache,
        )
        return measure(asked, home=options.home, say=say)

    figures_tell(options.home, measured)


if __name__ == "__main__":
    main()
