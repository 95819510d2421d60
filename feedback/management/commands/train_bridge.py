"""`manage.py train_bridge --release N` or `--site`: learn where words point from what
was given."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.management.stopping import Stopped, until_stopped
from catalog.models import TrainedBridge
from catalog.trained_bridges import BridgeRefused, bridge_use
from feedback.training.bridging import CannotTrain, release_train, site_train

SEED = 1
EVERY_EPOCHS = 5


class Command(BaseCommand):
    """Train the bridge from words to sound, and store it beside the one in use."""

    help = (
        "Train the bridge from words to sound on a release's approved and refused "
        "songs, or on those that were given for this site alone, starting from the one "
        "in use, and compare both on people held out. It "
        "is stored beside; `switch_bridge` makes it the current one. Ctrl-C is safe: "
        "the same command goes on from the last epoch."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add what to train on, the seed, and whether to switch at once."""
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument("--release", type=int, metavar="N")
        source.add_argument(
            "--site",
            action="store_true",
            help="on approved records that were given for this site's own search",
        )
        parser.add_argument("--seed", type=int, default=SEED)
        parser.add_argument(
            "--use",
            action="store_true",
            help="make it the current one if it is significantly better",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Train, and report: progress on stderr, one JSON object as stdout's last line."""
        trained = None
        with until_stopped() as stop:

            def tell(epoch: int, rank: float) -> None:
                if epoch % EVERY_EPOCHS == 0:
                    said = f"epoch {epoch}: a typical rank of {2**rank:.1f}"
                    self.stderr.write(said, self.style.NOTICE)
                if stop.is_set():
                    raise Stopped

            try:
                if options["site"]:
                    trained = site_train(seed=options["seed"], tell=tell)
                else:
                    trained = release_train(
                        options["release"], seed=options["seed"], tell=tell
                    )
            except CannotTrain as error:
                raise CommandError(str(error)) from error
        if trained is None:
            self.stdout.write("Stopped. The same command goes on from here.")
            return
        self._report(trained, is_used=options["use"])

    def _report(self, trained: TrainedBridge, *, is_used: bool) -> None:
        if is_used and trained.is_offered:
            try:
                bridge_use(trained.pk)
            except BridgeRefused as error:
                raise CommandError(str(error)) from error
            self.stdout.write(f"Bridge {trained.pk} is the current one.")
        elif trained.is_offered:
            self.stdout.write(
                f"Better than the one in use: `switch_bridge {trained.pk}` takes it."
            )
        else:
            self.stdout.write("Not better than the one in use, which stays.")
        figures = {"bridge": trained.pk, **trained.figures}
        self.stdout.write(json.dumps(figures))
