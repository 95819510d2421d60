"""What is to be at a service: written down with the reaction, before anything is sent."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import ServiceAccount, User
from catalog.models import Track
from feedback.models import Reaction, ReactionSharing, SharedReaction
from feedback.sharing.queueing import send_enqueue

Status, Value = SharedReaction.Status, Reaction.Value
SCORES = {Value.LIKE: 1, Value.MORE: 1, Value.DISLIKE: -1, Value.NONE: 0}


@transaction.atomic
def sharing_start(account: ServiceAccount) -> None:
    """Send what the listener says of songs from now on. What they said before stays here."""
    facts = {"is_on": True, "agreed_at": timezone.now()}
    ReactionSharing.objects.update_or_create(account=account, defaults=facts)


@transaction.atomic
def sharing_stop(account: ServiceAccount, *, takes_back: bool) -> None:
    """Send nothing any more; takes_back: also undo there what was sent.

    What was never sent is forgotten at once, the rest when it was taken back.
    """
    sharing = ReactionSharing.objects.select_for_update().filter(account=account)
    if not sharing.update(is_on=False):
        return
    rows = SharedReaction.objects.filter(account=account)
    if not takes_back:
        rows.delete()
        sharing.delete()
        return
    rows.filter(sent=0).delete()
    if rows.update(wanted=0, status=Status.WAITING):
        send_enqueue(account.pk)
    else:
        sharing.delete()


def reaction_share(user: User, track: Track, value: str) -> None:
    """Have a reaction sent wherever its listener wants theirs. In a transaction."""
    score = SCORES[Value(value)]
    # Whoever turns it off at this moment waits for this, or this for them.
    on = ReactionSharing.objects.filter(account__user=user, is_on=True)
    for sharing in on.select_for_update():
        rows = SharedReaction.objects.filter(account=sharing.account_id, track=track)
        is_known = rows.update(wanted=score, status=Status.WAITING)
        if not is_known and score:
            facts = {"account_id": sharing.account_id, "track": track}
            SharedReaction.objects.create(wanted=score, **facts)
        send_enqueue(sharing.account_id)
