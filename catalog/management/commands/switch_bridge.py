"""`manage.py switch_bridge N`: make a trained bridge the one that words take."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.models import Space, TrainedBridge
from catalog.spaces import current_space
from catalog.trained_bridges import BridgeRefused, bridge_back, bridge_use


class Command(BaseCommand):
    """Switch to a trained bridge, or back to what served before it."""

    help = (
        "Make a trained bridge the one that words take into its audio space, at once "
        "for every process, or go back to what served before it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add which bridge, or to go back."""
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("number", nargs="?", type=int)
        which.add_argument(
            "--back",
            action="store_true",
            help="what served in the current audio space before the trained bridge",
        )
        parser.add_argument(
            "--force",
            action="store_true",
            help="switch even to one that wasn't better than the one it began with",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Switch, and say what serves now."""
        try:
            now = self._switched(options)
        except BridgeRefused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{now or 'The bridge of the catalog itself'} serves now.")

    def _switched(self, options: dict[str, Any]) -> TrainedBridge | None:
        if not options["back"]:
            return bridge_use(options["number"], is_forced=options["force"])
        space = current_space(Space.Kind.AUDIO)
        if space is None:
            raise BridgeRefused("There is no audio space yet.")
        return bridge_back(space)
