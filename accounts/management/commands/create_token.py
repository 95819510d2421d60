"""Print a new API key."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.services import token_create, user_ensure


class Command(BaseCommand):
    """The key alone goes to stdout, so that a script can take it as it is."""

    help = "Print a new API key of a user: for `Authorization: Token <key>`."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument(
            "--create", action="store_true", help="make the user when there is none"
        )
        parser.add_argument(
            "--name", default="command line", help="what the key is for"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        username: str = options["username"]
        try:
            if options["create"]:
                user = user_ensure(username)
            else:
                user = User.objects.get(username=username)
            key = token_create(user=user, name=options["name"])
        except User.DoesNotExist:
            raise CommandError(
                f"There is no user {username!r}. Add --create to make one."
            ) from None
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from None
        self.stderr.write(f"A new key of {username}. It is shown only now:")
        self.stdout.write(key)
