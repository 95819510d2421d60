"""`manage.py train_addressee`: learn anew which messages are for other assistants."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chat.agent.understanding.addressee.examples import own_requests, public_requests
from chat.agent.understanding.addressee.head import WEIGHTS, features_of
from chat.agent.understanding.tagging.sets import (
    UnreadableSet,
    commands_read,
    talk_read,
)


class Command(BaseCommand):
    """Train the head that tells whom a message is for, and write its weights."""

    help = (
        "Train the head that turns other assistants' requests away. Public sets: SNIPS "
        "(AddToPlaylist and PlayMusic), CPCD. About three minutes on a CPU core."
    )
    requires_system_checks: list[str] = []  # noqa: RUF012 Django's own declaration

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the sets, the seed and where the weights go."""
        parser.add_argument("--commands", type=Path, nargs="+", required=True)
        parser.add_argument("--talk", type=Path, nargs="*", default=[])
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--out", type=Path, default=WEIGHTS, help="default: the one that is shipped"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Train, and write the weights."""
        from chat.agent.understanding.addressee.training import addressee_fit

        try:
            sets = [
                *(e for path in options["commands"] for e in commands_read(path)),
                *(e for path in options["talk"] for e in talk_read(path)),
            ]
        except UnreadableSet as unreadable:
            raise CommandError(str(unreadable)) from unreadable
        started = time.monotonic()
        requests = [*own_requests(seed=options["seed"]), *public_requests(sets)]
        others = sum(request.is_for_others for request in requests)
        self.stderr.write(f"{len(requests):,} requests, {others:,} of them to others")
        features = features_of([request.text for request in requests])
        addressee_fit(requests, features, seed=options["seed"]).save(options["out"])
        size_kb = options["out"].stat().st_size // 1000
        seconds = round(time.monotonic() - started)
        self.stdout.write(f"{options['out']}: {size_kb} kB, trained in {seconds} s")
