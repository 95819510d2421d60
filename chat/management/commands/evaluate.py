"""`manage.py evaluate NAME`: measure how good something is, on data given to it."""

from __future__ import annotations

import json
from types import ModuleType
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.evaluation.audio import arguments as audio
from catalog.evaluation.failure import CannotEvaluate
from chat.evaluation import addressee, artists, commands, mood, requests
from chat.evaluation.cpcd import arguments as cpcd
from chat.evaluation.listeners import arguments as listeners
from chat.evaluation.taste import arguments as taste
from feedback.evaluation import scrubber

# Each module has HELP, add_arguments(parser) and run(options, say=…) -> figures.
EVALUATIONS: dict[str, ModuleType] = {
    "addressee": addressee,
    "artists": artists,
    "audio": audio,
    "commands": commands,
    "cpcd": cpcd,
    "listeners": listeners,
    "mood": mood,
    "requests": requests,
    "scrubber": scrubber,
    "taste": taste,
}


class Command(BaseCommand):
    """Run one evaluation: progress on stderr, one JSON object as stdout's last line."""

    help = "Measure how good something is, on data that you give."
    # Evaluations may run where no site is set up.
    requires_system_checks: list[str] = []  # noqa: RUF012 Django's own declaration

    def add_arguments(self, parser: CommandParser) -> None:
        """Add one subcommand for each evaluation."""
        names = parser.add_subparsers(dest="evaluation", metavar="NAME", required=True)
        for name, module in EVALUATIONS.items():
            module.add_arguments(
                names.add_parser(name, help=module.HELP, description=module.HELP)
            )

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure, and print figures."""
        try:
            figures = EVALUATIONS[options["evaluation"]].run(
                options, say=lambda line: self.stderr.write(line, self.style.NOTICE)
            )
        except CannotEvaluate as failure:
            raise CommandError(str(failure)) from failure
        self.stdout.write(json.dumps(figures, ensure_ascii=False))
