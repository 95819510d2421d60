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
    what was merely done with a track, nor of what a music service's library brought. What
    is taken back, wherever that is said, leaves every record of theirs.
    """
    if reaction.value not in Reaction.OPINIONS:
        return
    turns = set()
    if reaction.turn is not None and not reaction.is_from_library:
        turns.add(reaction.turn)
    if reaction.value == Reaction.Value.NONE:
        said = Reaction.objects.filter(user=reaction.user_id, track=reaction.track_id)
        turns.update(turn for turn in said.values_list("turn", flat=True) if turn)
    # Whoever withdraws at this moment waits for this, or this for them.
    if not turns or consents_in(consents_lock(reaction.user_id)).since is None:
        return
    now = timezone.now()
    # A job that works at this turn right now is waited for: it may not have seen this.
    DonationDue.objects.bulk_create(
        [
            DonationDue(user_id=reaction.user_id, turn=turn, due_at=now, tries=0)
            for turn in sorted(turns)
        ],
        update_conflicts=True,
        unique_fields=["user", "turn"],
        update_fields=["due_at", "tries"],
    )
    donation_enqueue(reaction.user_id)
