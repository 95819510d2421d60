"""What `manage.py evaluate audio` is asked, and its answer."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from catalog.encoders import FAMILIES, audio_encoder_of
from catalog.encoders.descriptors import DescriptorsEncoder
from catalog.evaluation.audio.report import (
    Options,
    Say,
    encoder_named,
    evaluate_audio,
)
from catalog.evaluation.failure import CannotEvaluate

HELP = "how well recordings of one label lie together, beside mean MFCCs"


def add_arguments(parser: ArgumentParser) -> None:
    """Add the folder and how to read and measure it."""
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--space",
        nargs="+",
        default=[],
        metavar="NAME",
        help=f"encoders to measure: {', '.join(FAMILIES)}, or the slug or model of the "
        "one in use (default: descriptors)",
    )
    parser.add_argument(
        "--encoder", choices=FAMILIES, help="one more to measure, with --model"
    )
    parser.add_argument(
        "--model", default="", help="with --encoder: a folder, or an id on the hub"
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
    encoders = [encoder_named(name) for name in options["space"]]
    if options["encoder"]:
        encoders.append(audio_encoder_of(options["encoder"], options["model"]))
    elif options["model"]:
        raise CannotEvaluate("--model needs --encoder, which says what kind it is.")
    return evaluate_audio(
        options["folder"],
        Options(
            encoders=tuple(encoders) or (DescriptorsEncoder(),),
            labels_from=options["labels"],
            artist_pattern=options["artist_pattern"],
            folds=max(2, options["folds"]),
            seeds=max(1, options["seeds"]),
            workers=max(0, options["workers"]),
        ),
        say=say,
    )
