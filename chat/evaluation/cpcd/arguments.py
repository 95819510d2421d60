"""What `manage.py evaluate cpcd` is asked, and its answer.

The measuring needs a database that it may fill. So that a site's own is never touched,
it is done by another process (`python -m chat.evaluation.cpcd`) with servers of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from catalog.evaluation.failure import CannotEvaluate
from chat.evaluation.cpcd import dialogues

HELP = "how well the talk finds the songs of real dialogues about playlists (CPCD)"

Say = Callable[[str], None]


def add_arguments(parser: ArgumentParser) -> None:
    """Add the file, what stands beside it, and how much of it is measured."""
    parser.add_argument("file", type=Path, help="dialogues, one a line, as JSON")
    parser.add_argument(
        "--distractors",
        type=Path,
        metavar="TABLE",
        help="a table of Spotify features (CSV, may be gzipped): its songs come into "
        "the catalog too, with what it says of them",
    )
    parser.add_argument(
        "--dialogues",
        type=int,
        default=0,
        metavar="N",
        help="talk through the first N only; all songs stay in the catalog",
    )
    parser.add_argument(
        "--part",
        choices=("all", "development", "held-out"),
        default="all",
        help="talk through these only: choices are made on the development part, and a "
        "fifth is held out, by a digest of each dialogue's id (default: %(default)s)",
    )
    parser.add_argument(
        "--cache",
        type=Path,
        default=default_cache(),
        help="where text vectors are kept from run to run (default: %(default)s)",
    )


def default_cache() -> Path:
    """Return where text vectors are kept unless told otherwise."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "personalais" / "evaluate-cpcd"


def run(options: dict[str, Any], *, say: Say) -> dict[str, object]:
    """Measure, and return the figures. Raises CannotEvaluate."""
    path, table = options["file"], options["distractors"]
    dialogues.read(path)  # Bad files are told of before servers start.
    if table is not None and not table.is_file():
        raise CannotEvaluate(f"There is no file {table}.")
    with tempfile.TemporaryDirectory(prefix="evaluate-cpcd-") as home:
        command = [
            *(sys.executable, "-m", "chat.evaluation.cpcd", str(path.resolve())),
            *("--home", home, "--dialogues", str(max(0, options["dialogues"]))),
            *("--cache", str(options["cache"]), "--part", options["part"]),
            *(("--distractors", str(table.resolve())) if table else ()),
        ]
        return measured_apart(command, say)


def measured_apart(command: list[str], say: Say) -> dict[str, object]:
    """Return the figures that another process prints, and tell what it says meanwhile.

    Raises CannotEvaluate with its last words where it fails.
    """
    root = Path(__file__).resolve().parents[3]
    with subprocess.Popen(  # noqa: S603
        command,
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        if process.stdout is None or process.stderr is None:
            raise CannotEvaluate("The measuring process has no output.")
        heard = ""
        for line in process.stderr:
            heard = line.strip() or heard
            say(line.rstrip("\n"))
        answer = process.stdout.read()
    if process.returncode:
        raise CannotEvaluate(heard or "The measuring process ended without a word.")
    found: dict[str, object] = json.loads(answer.splitlines()[-1])
    return found
