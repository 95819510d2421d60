"""What must hold so that whoever gave something can withdraw it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Warning
from django.db import connections

from feedback.donation.rotating import donations_lost
from feedback.models import DonatedRecord


def check_keys_are_there(
    databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """Of what lies under a key that is gone nobody can withdraw anything.

    Asked where the database is, as `migrate` does at each start.
    """
    if "default" not in (databases or ()):
        return []
    if not _is_migrated():
        return []
    return [
        Warning(
            f"{count} donated records are under the key {key_id}, which is gone: nobody"
            " can withdraw them, and no release is made.",
            hint="Put it back into DONATION_KEYS, behind the newest.",
            id="feedback.W001",
        )
        for key_id, count in donations_lost().items()
    ]


def _is_migrated() -> bool:
    tables = connections["default"].introspection.table_names()
    return DonatedRecord._meta.db_table in tables
