"""What `manage.py evaluate listeners` is asked; measured by another process."""

from __future__ import annotations

import sys
import tempfile
from argparse import ArgumentParser
from typing import Any

from catalog.evaluation.failure import CannotEvaluate
from chat.evaluation.cpcd.arguments import Say, measured_apart

HELP = (
    "what reactions, and what is given, are worth: on made-up people of hidden tastes"
)


def add_arguments(parser: ArgumentParser) -> None:
    """Add how many people there are, and by which seed they are drawn."""
    parser.add_argument("--people", type=int, default=200, metavar="N")
    parser.add_argument(
        "--givers",
        type=int,
        default=300,
        metavar="N",
        help="others who give what they say, for a release and a trained bridge; 0 for none",
    )
    parser.add_argument(
        "--silent",
        type=float,
        default=0.0,
        metavar="SHARE",
        help="of the songs, 0 to 1: nothing was heard of them, they have no vector",
    )
    parser.add_argument("--seed", type=int, default=0)


def run(options: dict[str, Any], *, say: Say) -> dict[str, object]:
    """Measure, and return the figures. Raises CannotEvaluate."""
    people, givers, seed = (options[name] for name in ("people", "givers", "seed"))
    if people < 2 or givers < 0 or seed < 0:
        raise CannotEvaluate("--people takes 2 or more, --givers and --seed 0 or more.")
    if not 0 <= options["silent"] < 1:
        raise CannotEvaluate("--silent takes a share from 0 to less than 1.")
    with tempfile.TemporaryDirectory(prefix="evaluate-listeners-") as home:
        command = [
            *(sys.executable, "-m", "chat.evaluation.listeners", "--home", home),
            *("--people", str(people), "--givers", str(givers)),
            *("--silent", str(options["silent"]), "--seed", str(seed)),
        ]
        return measured_apart(command, say)
