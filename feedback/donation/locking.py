"""One change at a time to what a listener has given.

A record has no key to its listener, so the database lets a record be written while its
listener withdraws or is deleted. Hence the rule: the listener's row is locked first, then
what they said of giving, then what is due, then records.
"""

from __future__ import annotations

from accounts.models import User
from feedback.models import Consent


def listener_lock(user_id: int) -> bool:
    """Wait for all others who change what a listener has given; False where they are gone.

    In a transaction. Reactions go on meanwhile: their keys need no such lock.
    """
    row = User.objects.select_for_update(no_key=True).filter(pk=user_id)
    return row.values_list("pk", flat=True).first() is not None


def consents_lock(user_id: int) -> list[Consent]:
    """Return what a listener said of giving, the newest first, and let nobody add to it."""
    return list(Consent.objects.filter(user=user_id).select_for_update())
