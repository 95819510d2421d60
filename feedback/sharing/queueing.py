"""Wake a worker up for reactions that are to be sent, now or later."""

from __future__ import annotations

from django.utils import timezone

from catalog.advisory import Lock
from catalog.waking import job_wake, unattended
from feedback.models import ReactionSharing, SharedReaction

JOB, JOB_ID = "feedback.jobs.send_reactions", "reactions-"


def send_enqueue(account_id: int) -> None:
    """Queue the job of one account's reactions, after the transaction."""
    job_wake(JOB, account_id, id_start=JOB_ID)


def reactions_sweep() -> int:
    """Queue what is due and nobody works at. Returns how many accounts."""
    waiting = SharedReaction.objects.filter(status=SharedReaction.Status.WAITING)
    due = ReactionSharing.objects.filter(
        due_at__lte=timezone.now(),
        account__lost_at=None,
        account__in=waiting.values("account"),
    )
    ids = list(due.order_by("due_at").values_list("account", flat=True))
    left = unattended(ids, id_start=JOB_ID, lock=Lock.REACTIONS_SEND)
    for pk in left:
        send_enqueue(pk)
    return len(left)
