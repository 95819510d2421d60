"""A command that tries a service as it really is, by reading only."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError

from accounts.models import ServiceAccount
from playlists.saving.service import Trouble

Step = tuple[str, Callable[[], str]]


class Broken(Exception):
    """A step didn't go as it should; the message says how, without any secret."""


class ServiceCheck(BaseCommand):
    """Each step prints a line; the first that fails says what to do."""

    service: ClassVar[ServiceAccount.Service]
    # What a listener lends the site.
    lent: ClassVar[str]

    def steps(self, account: ServiceAccount | None) -> Iterator[Step]:
        """Yield names and what is tried under them; each may raise Broken."""
        raise NotImplementedError

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--user", help="whose connection is tried; the newest one if left out"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError where something doesn't work."""
        account = self._account(options["user"])
        name = self.service.label
        for step, check in self.steps(account):
            try:
                self.stdout.write(f"ok      {step}: {check()}")
            except Broken as error:
                raise CommandError(f"{step}: {error}") from None
        if account is None:
            self.stdout.write(
                f"Nobody has connected {name} yet, so no {self.lent} could be tried."
            )
        self.stdout.write(f"Nothing was changed at {name}.")

    def _account(self, username: str | None) -> ServiceAccount | None:
        accounts = ServiceAccount.objects.filter(service=self.service)
        if username is None:
            return accounts.order_by("-agreed_at").first()
        found = accounts.filter(user__username=username).first()
        if found is None:
            raise CommandError(f"{username!r} has no {self.service.label} connected.")
        return found


def tried(call: Callable[[], Any], advice: dict[str, str]) -> Any:
    """Return what a call of a service's returns. Raises Broken, with what to do."""
    try:
        return call()
    except Trouble as trouble:
        raise Broken(advice.get(trouble.reason, trouble.reason)) from None
