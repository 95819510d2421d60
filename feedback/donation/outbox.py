"""That a turn is to be given: written down with the reaction, before anything is made."""

from __future__ import annotations

from django.utils import timezone

from feedback.donation.consent import consents_in
from feedback.donation.locking import consents_lock
from feedback.donation.queueing import donation_enqueue
from feedback.models import DonationDue, Reaction


def donation_note(reaction: Reaction) -> None:
    """Have a reaction given, where its listener agreed to. In the reaction's transaction.

    Comes after the reaction is stored. Nothing is noted of what answers no message, of
    what was merely done with a track, nor of what a music service's library brought.
    """
    if reaction.turn is None or reaction.is_from_library:
        return
    if reaction.value not in Reaction.OPINIONS:
        return
    # Whoever withdraws at this moment waits for this, or this for them.
    if consents_in(consents_lock(reaction.user_id)).since is None:
        return
    due = DonationDue(
        user_id=reaction.user_id, turn=reaction.turn, due_at=timezone.now(), tries=0
    )
    # A job that works at this turn right now is waited for: it may not have seen this.
    DonationDue.objects.bulk_create(
        [due],
        update_conflicts=True,
        unique_fields=["user", "turn"],
        update_fields=["due_at", "tries"],
    )
    donation_enqueue(reaction.user_id)
