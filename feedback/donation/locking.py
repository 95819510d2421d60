"""One change at a time to what a listener has given, and one order for all who lock.

A record has no key to its listener, so the database lets a record be written while its
listener withdraws or is deleted. Hence the rule, for donation, withdrawal, curation,
releases and merges alike: first a row of the listener's, or of the curator's, then what
they said of giving, then what is due, then tracks, then records by primary key, and only
then what hangs on records. The database looks at foreign keys when a transaction ends,
and locks what they lead to: so whoever writes a row that leads to a person or a track
locks that first as well.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection
from django.db.models import QuerySet

from accounts.models import User
from catalog.advisory import Lock, lock_until_commit
from feedback.models import Consent, DonatedRecord


def listener_lock(user_id: int) -> bool:
    """Wait for all others who change what a listener has given; False where they are gone.

    In a transaction. Reactions go on meanwhile: their keys need no such lock. A curator
    who decides locks their own row by it.
    """
    row = User.objects.select_for_update(no_key=True).filter(pk=user_id)
    return row.values_list("pk", flat=True).first() is not None


def consents_lock(user_id: int) -> list[Consent]:
    """Return what a listener said of giving, the newest first, and let nobody add to it."""
    return list(Consent.objects.filter(user=user_id).select_for_update())


def tracks_lock(ids: Collection[int]) -> None:
    """Keep tracks from being merged or deleted; all else goes on with them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM catalog_track WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE",
            [sorted(ids)],
        )


def records_lock(records: QuerySet[DonatedRecord]) -> list[DonatedRecord]:
    """Return records, locked in the order in which all lock them.

    A release that can't be made while records go on changing is waited for: a second.
    """
    lock_until_commit(Lock.RECORDS, is_shared=True)
    return list(records.order_by("pk").select_for_update())
