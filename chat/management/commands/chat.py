"""Talk with the companion of a site from a terminal."""

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console

from chat.terminal.connection import Connection, Refused
from chat.terminal.screen import Screen
from chat.terminal.talk import Talk

KEY_VARIABLE = "PERSONALAIS_KEY"


class Command(BaseCommand):
    """It needs no database: all it does goes over the public protocol."""

    help = "Talk with the companion of a running site. /help says what can be typed."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--url", default="http://127.0.0.1:8000", help="the site's address"
        )
        parser.add_argument(
            "--key",
            default=os.environ.get(KEY_VARIABLE, ""),
            help=f"an API key, from manage.py create_token; or set {KEY_VARIABLE}, "
            "which other users of the machine can't read",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["key"]:
            raise CommandError(
                f"Set {KEY_VARIABLE} to an API key: manage.py create_token NAME prints one."
            )
        screen = Screen(Console(file=sys.stdout, highlight=False))
        try:
            connection = Connection(options["url"], options["key"])
            hello = connection.open()
        except (Refused, ValueError) as error:
            raise CommandError(str(error)) from None
        except (OSError, TimeoutError) as error:
            raise CommandError(
                f"No site answers at {options['url']} ({error}). "
                "Start one with ./bin/run, or name it with --url."
            ) from None
        screen.note(f"Hello {hello['user']}. /help says what can be typed.")
        try:
            converse(Talk(connection, screen), screen)
        finally:
            connection.close()


def converse(talk: Talk, screen: Screen) -> None:
    """Read lines and do what they say, until the person leaves."""
    while True:
        talk.catch_up()
        try:
            line = screen.console.input("› ")
        except EOFError:
            screen.console.print()
            return
        except KeyboardInterrupt:
            screen.note("\nCtrl-D or /quit leaves.")
            continue
        if not talk.enter(line):
            return
