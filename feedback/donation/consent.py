"""A listener's word that they give what they say of songs, for one purpose or two.

Nobody gives before they say so, and only what they say from then on. A word on an
earlier wording holds no more, though what was given by it stays until they withdraw.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from feedback.donation.locking import consents_lock, listener_lock
from feedback.donation.records import records_withdraw
from feedback.donation.texts import current_version
from feedback.models import Consent

Purpose = Consent.Purpose


@dataclass(frozen=True)
class Consents:
    """Since when a listener gives, by purpose; None where they don't.

    is_asked: whether they answered to the wording that holds. is_outdated: whether they
    agreed to an earlier one, and have said nothing to this.
    """

    release: datetime | None = None
    site: datetime | None = None
    is_asked: bool = False
    is_outdated: bool = False

    @property
    def since(self) -> datetime | None:
        """Return since when they give for any purpose."""
        return min(filter(None, (self.release, self.site)), default=None)

    def at(self, purpose: str) -> datetime | None:
        """Return since when they give for a purpose."""
        return self.release if purpose == Purpose.RELEASE else self.site


def consents_of(user_id: int) -> Consents:
    """Return what holds of a listener's word. One query."""
    return consents_in(Consent.objects.filter(user=user_id))


def consents_in(rows: Iterable[Consent]) -> Consents:
    """Return what holds of a listener's rows, which come the newest first."""
    newest: dict[str, Consent] = {}
    for row in rows:
        newest.setdefault(row.purpose, row)
    version = current_version()
    held = {
        purpose: row.at
        for purpose, row in newest.items()
        if row.is_given and row.text_version == version
    }
    is_asked = any(row.text_version == version for row in newest.values())
    was_given = any(row.is_given for row in newest.values())
    return Consents(
        release=held.get(Purpose.RELEASE),
        site=held.get(Purpose.SITE),
        is_asked=is_asked,
        is_outdated=was_given and not is_asked,
    )


@transaction.atomic
def consent_set(user: User, *, purpose: str, is_given: bool) -> None:
    """Note that a listener gives for a purpose, or no more: then it is deleted at once."""
    if not listener_lock(user.pk):
        return
    rows = consents_lock(user.pk)
    newest = next((row for row in rows if row.purpose == purpose), None)
    version = current_version()
    said = (newest.text_version, newest.is_given) if newest else None
    if said != (version, is_given):
        facts = {"purpose": purpose, "text_version": version, "is_given": is_given}
        Consent.objects.create(user=user, **facts)
    if not is_given:
        gives_still = consents_of(user.pk).since is not None
        records_withdraw(user.pk, purpose=purpose, keeps_due=gives_still)


@transaction.atomic
def consent_decline(user: User) -> None:
    """Note that a listener was asked and begins nothing. Whoever has answered isn't asked.

    What they gave under an older wording stays until they stop.
    """
    if not listener_lock(user.pk) or consents_in(consents_lock(user.pk)).is_asked:
        return
    Consent.objects.bulk_create(
        Consent(
            user=user, purpose=purpose, text_version=current_version(), is_given=False
        )
        for purpose in Purpose.values
    )
