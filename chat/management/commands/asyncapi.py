"""Write the protocol's document, or check that it is as the models say."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chat import asyncapi


class Command(BaseCommand):
    """The document is generated: change chat/protocol/, then run this."""

    help = "Write docs/asyncapi.yaml from the protocol's models."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="write nothing; fail where the file is not what would be written",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        made = asyncapi.document_yaml()
        held = asyncapi.PATH.read_text() if asyncapi.PATH.exists() else ""
        if options["check"]:
            if made != held:
                raise CommandError(
                    "docs/asyncapi.yaml is not as chat/protocol/ says. "
                    "Run manage.py asyncapi."
                )
            return
        asyncapi.PATH.write_text(made)
        told = "as it was" if made == held else "written"
        self.stdout.write(f"docs/asyncapi.yaml: {told}")
