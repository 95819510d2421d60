"""What `manage.py evaluate taste` is asked, and its answer; measured by another process."""

from __future__ import annotations

import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from chat.evaluation.cpcd import dialogues
from chat.evaluation.cpcd.arguments import Say, default_cache, measured_apart

HELP = "what each piece of a taste adds to hit@10, on real dialogues (CPCD)"


def add_arguments(parser: ArgumentParser) -> None:
    """Add the file, and how much of its development part is measured."""
    parser.add_argument("file", type=Path, help="dialogues, one a line, as JSON")
    parser.add_argument(
        "--dialogues",
        type=int,
        default=0,
        metavar="N",
        help="take so many of the development part, evenly; all songs stay in the catalog",
    )
    parser.add_argument(
        "--cache",
        type=Path,
        default=default_cache(),
        help="where text vectors are kept from run to run (default: %(default)s)",
    )


def run(options: dict[str, Any], *, say: Say) -> dict[str, object]:
    """Measure, and return the figures. Raises CannotEvaluate."""
    path = options["file"]
    dialogues.read(path)  # Bad files are told of before servers start.
    with tempfile.TemporaryDirectory(prefix="evaluate-taste-") as home:
        command = [
            *(sys.executable, "-m", "chat.evaluation.taste", str(path.resolve())),
            *("--home", home, "--dialogues", str(max(0, options["dialogues"]))),
            *("--cache", str(options["cache"])),
        ]
        return measured_apart(command, say)
