"""`manage.py map_catalog`: draw the map of the catalog."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from catalog.advisory import Lock, try_session_lock
from catalog.management.stopping import until_stopped
from catalog.maps.making import map_is_due, map_make
from catalog.maps.queueing import progress_teller
from catalog.maps.sources import MIN_SONGS
from catalog.models import CatalogMap


class Command(BaseCommand):
    """Draw the map in this process, unless it is still good."""

    help = (
        "Draw the map of the catalog anew where the catalog has grown by a fifth or its "
        "space was switched. Ctrl-C is safe at any time: the map before stays."
    )
    # They would load every page first: a second and more.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add whether to draw it in any case."""
        parser.add_argument(
            "--again", action="store_true", help="draw it even if it is still good"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw, and report."""
        with (
            until_stopped() as stop,
            try_session_lock(Lock.MAP, 0) as is_mine,
        ):
            if not is_mine:
                raise CommandError("Another process is drawing the map.")
            if (
                not options["again"]
                and CatalogMap.objects.exists()
                and not map_is_due()
            ):
                self.stdout.write("The map is still good. --again draws it anew.")
                return
            made = self._draw()
        if stop.is_set():
            self.stdout.write("\nStopped. The map is as it was before.")
            return
        if made is None:
            raise CommandError(
                f"There is nothing to draw: {MIN_SONGS} songs are needed."
            )
        self.stdout.write(
            f"The map shows {made.count} songs, {made.by_words} of them placed by words; "
            f"{made.left_out} have no place on it."
        )

    def _draw(self) -> CatalogMap | None:
        tell = progress_teller()
        with tqdm(total=100, unit="%", bar_format="{l_bar}{bar}| {elapsed}") as bar:

            def show(share: float) -> None:
                bar.update(int(share * 100) - bar.n)
                tell(share)

            return map_make(on_progress=show)
