"""`manage.py train_tagger`: learn names and commands anew from the public sets."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
from django.core.management.base import BaseCommand, CommandError, CommandParser

from chat.agent.understanding.tagging.sets import (
    UnreadableSet,
    commands_read,
    names_read,
    own_examples,
    talk_read,
)
from chat.agent.understanding.tagging.tagger import WEIGHTS


class Command(BaseCommand):
    """Train the tagger and write its weights."""

    help = (
        "Train the tagger of names and commands. Public sets: music-ner (BIO), SNIPS "
        "(AddToPlaylist and PlayMusic), CPCD. About ten minutes on a CPU core."
    )
    requires_system_checks: list[str] = []  # noqa: RUF012 Django's own declaration

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the sets, the seed and where the weights go."""
        parser.add_argument("--names", type=Path, nargs="+", required=True)
        parser.add_argument("--commands", type=Path, nargs="+", required=True)
        parser.add_argument("--talk", type=Path, nargs="*", default=[])
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--epochs", type=int, default=None)
        parser.add_argument(
            "--out", type=Path, default=WEIGHTS, help="default: the one that is shipped"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Train, and write the weights."""
        from chat.agent.understanding.tagging.fitting import EPOCHS, tagger_fit

        try:
            examples = [
                *(e for path in options["names"] for e in names_read(path)),
                *(e for path in options["commands"] for e in commands_read(path)),
                *(e for path in options["talk"] for e in talk_read(path)),
                *own_examples(),
            ]
        except UnreadableSet as unreadable:
            raise CommandError(str(unreadable)) from unreadable
        started = time.monotonic()
        self.stderr.write(f"{len(examples):,} sentences")
        fitted = tagger_fit(
            examples,
            seed=options["seed"],
            say=self.stderr.write,
            epochs=options["epochs"] or EPOCHS,
        )
        np.savez_compressed(options["out"], **fitted.weights)  # type: ignore[arg-type]
        size_kb = options["out"].stat().st_size // 1000
        seconds = round(time.monotonic() - started)
        self.stdout.write(f"{options['out']}: {size_kb} kB, trained in {seconds} s")
