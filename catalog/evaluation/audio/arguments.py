"""What `manage.py evaluate audio` is asked, and its answer."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from catalog.evaluation.audio.report import DESCRIPTORS, Options, Say, evaluate_audio

HELP = "how well recordings of one label lie together, beside mean MFCCs"


def add_arguments(parser: ArgumentParser) -> None:
    """Add the folder and how to read and measure it."""
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--space",
        nargs="+",
        default=[DESCRIPTORS],
        metavar="NAME",
        help="encoders to measure (default: descriptors)",
    )
    parser.add_argument(
        "--labels",
        choices=["auto", "folder", "prefix"],
        default="auto",
        help="where a recording's label stands: its sub-folder, or its name's start",
    )
    parser.add_argument(
        "--artist-pattern",
        default="",
        metavar="REGEX",
        help="finds the artist or song in the path: recordings that share one are kept "
        "on one side of each split (default: the artist tag, else LABEL_SONG_NUMBER)",
    )
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument(
        "--seeds", type=int, default=10, help="repetitions of the folds"
    )
    parser.add_argument("--workers", type=int, default=0, help="default: one a core")


def run(options: dict[str, Any], *, say: Say) -> dict[str, object]:
    """Measure, and return the figures. Raises CannotEvaluate."""
    return evaluate_audio(
        options["folder"],
        Options(
            spaces=tuple(options["space"]),
            labels_from=options["labels"],
            artist_pattern=options["artist_pattern"],
            folds=max(2, options["folds"]),
            seeds=max(1, options["seeds"]),
            workers=max(0, options["workers"]),
        ),
        say=say,
    )
