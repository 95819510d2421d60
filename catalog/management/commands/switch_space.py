"""`manage.py switch_space SLUG`: make a space the one that search uses."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.embedding.spaces import SwitchRefused, space_switch


class Command(BaseCommand):
    """Switch, unless the space holds fewer tracks than the present one."""

    help = "Make a space the current one of its kind, at once for every process."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the space, and whether to switch whatever it holds."""
        parser.add_argument("slug")
        parser.add_argument(
            "--force",
            action="store_true",
            help="switch even where it holds fewer tracks than the present one",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Switch, and say the counts."""
        try:
            done = space_switch(options["slug"], is_forced=options["force"])
        except SwitchRefused as error:
            raise CommandError(str(error)) from error
        before = f"{done.before} ({done.tracks_before} tracks)" if done.before else "-"
        self.stdout.write(
            f"{done.after} ({done.tracks_after} tracks) is the current "
            f"{done.after.kind} space; before: {before}."
        )
