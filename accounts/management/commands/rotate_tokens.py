"""Seal the tokens of connected services with the newest key."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.models import ServiceAccount
from accounts.services import tokens_reseal


class Command(BaseCommand):
    """Run it after a new key was put first into TOKEN_KEYS; then the old one may go."""

    help = (
        "Encrypt the tokens of connected services anew, with the first of TOKEN_KEYS."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        ids = list(ServiceAccount.objects.order_by("pk").values_list("pk", flat=True))
        sealed = [tokens_reseal(pk) for pk in ids]
        self.stdout.write(f"Sealed the tokens of {sum(sealed)} accounts anew.")
        if lost := len(sealed) - sum(sealed):
            self.stdout.write(
                f"No key opens those of {lost}: they must be connected again."
            )
