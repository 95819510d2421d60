"""A listener's records, found by pseudonym: to see, to delete, and to let go with them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from feedback.donation.keys import donation_keys
from feedback.donation.locking import listener_lock, records_lock
from feedback.models import (
    Consent,
    DonatedRecord,
    DonationDue,
    Reaction,
    Review,
    WithheldTurn,
)


def records_of(user_id: int) -> QuerySet[DonatedRecord]:
    """Return what a listener has given, the newest first."""
    names = [key.pseudonym(user_id) for key in donation_keys()]
    return DonatedRecord.objects.filter(pseudonym__in=names).order_by("-id")


def part_kept(user_id: int) -> str:
    """Return the part of releases that a listener's records go to, "" before the first.

    One of their records always says it, as long as they have any.
    """
    return (
        records_of(user_id).exclude(part="").values_list("part", flat=True).first()
        or ""
    )


def turn_keys(user_id: int, turn: uuid.UUID) -> list[str]:
    """Return the names of a turn under each key: one of them is its record's."""
    return [key.turn_key(user_id, turn) for key in donation_keys()]


def record_shown(record: DonatedRecord) -> dict[str, Any]:
    """Return all that a record would release, and nothing else; tracks in their order."""
    return {
        "text": record.text,
        "language": record.language,
        "constraints": record.constraints,
        "mood": record.mood,
        "space": record.space,
        "week": record.week,
        "tracks": [
            {
                **track.identifiers,
                "is_approved": track.is_approved,
                "position": track.position,
            }
            for track in record.tracks.all()
        ],
    }


def records_exported(user: User) -> Iterator[dict[str, Any]]:
    """Yield what a listener has given, for their download."""
    for record in records_of(user.pk).prefetch_related("tracks"):
        yield {
            **record_shown(record),
            "for_release": record.for_release,
            "for_site": record.for_site,
            "consent_version": record.consent_version,
            "status": record.status,
        }


@transaction.atomic
def record_delete(user: User, *, record_id: uuid.UUID) -> bool:
    """Delete one record, and make none of its turn again. False where it isn't theirs."""
    if not listener_lock(user.pk):
        return False
    found = records_lock(records_of(user.pk).filter(uuid=record_id))
    if not found:
        return False
    (record,) = found
    turn = _turn_of(record, user.pk)
    if turn is not None:
        WithheldTurn.objects.get_or_create(user=user, turn=turn)
        DonationDue.objects.filter(user=user, turn=turn).delete()
    record.delete()
    return True


def _turn_of(record: DonatedRecord, user_id: int) -> uuid.UUID | None:
    """Find the turn that a record's name was made of, among those that have reactions."""
    said = Reaction.objects.filter(user=user_id, turn__isnull=False)
    turns = said.order_by().values_list("turn", flat=True).distinct()
    return next(
        (t for t in turns if t and record.turn_key in turn_keys(user_id, t)), None
    )


def records_withdraw(user_id: int, *, purpose: str, keeps_due: bool) -> None:
    """Take what a listener gave for a purpose back. Whoever calls holds their lock.

    keeps_due: whether they go on giving for the other one.
    """
    records = records_of(user_id)
    records_lock(records)
    if purpose == Consent.Purpose.RELEASE:
        records.filter(for_site=False).delete()
        records.update(for_release=False)
    else:
        records.filter(for_release=False).delete()
        records.update(for_site=False)
    if not keeps_due:
        DonationDue.objects.filter(user=user_id).delete()


def records_forget(sender: object, *, instance: User, **_: Any) -> None:
    """Delete all that a listener gave, with their account: no key leads there.

    Comes before the row goes, which whoever deletes has locked: a job that writes a
    record at this moment is waited for, or finds nobody. Records of others that they have
    reviewed stay, and are locked as well: the review is about to lose its reviewer.
    """
    with transaction.atomic():
        User.objects.select_for_update().filter(pk=instance.pk).first()
        records = records_of(instance.pk)
        reviewed = Review.objects.filter(reviewer=instance.pk).values("record")
        theirs = Q(pk__in=records.values("pk")) | Q(pk__in=reviewed)
        records_lock(DonatedRecord.objects.filter(theirs).only("pk"))
        records.delete()
