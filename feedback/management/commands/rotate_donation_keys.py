"""Put what listeners gave under the newest key."""

from typing import Any

from django.core.management.base import BaseCommand

from feedback.donation.rotating import donations_lost, donations_rekey


class Command(BaseCommand):
    """Run it after a new key was put first into DONATION_KEYS; then the old one may go."""

    help = "Name what listeners gave anew, with the first of DONATION_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Named {donations_rekey()} records anew.")
        for key_id, count in donations_lost().items():
            self.stdout.write(
                f"{count} records are under the key {key_id}, which is gone: their "
                "listeners can't withdraw them until it is back in DONATION_KEYS."
            )
