"""Wake a worker up for reactions that are to be sent, now or later."""

from __future__ import annotations

import uuid

import django_rq
from django.utils import timezone
from rq import Queue

from catalog.advisory import Lock, is_locked
from catalog.slots import FAILURE_TTL_S, RESULT_TTL_S
from feedback.models import ReactionSharing, SharedReaction

QUEUE = "default"
JOB, JOB_ID = "feedback.jobs.send_reactions", "reactions-"


def send_enqueue(account_id: int) -> None:
    """Queue the job of one account's reactions, after the transaction."""
    _queue().enqueue_call(
        JOB,
        args=(account_id,),
        job_id=f"{JOB_ID}{account_id}-{uuid.uuid4().hex[:12]}",
        timeout=-1,
        result_ttl=RESULT_TTL_S,
        failure_ttl=FAILURE_TTL_S,
    )


def reactions_sweep() -> int:
    """Queue what is due and nobody works at. Returns how many accounts."""
    waiting = SharedReaction.objects.filter(status=SharedReaction.Status.WAITING)
    due = ReactionSharing.objects.filter(
        due_at__lte=timezone.now(),
        account__lost_at=None,
        account__in=waiting.values("account"),
    )
    ids = list(due.order_by("due_at").values_list("account", flat=True))
    if not ids:
        return 0
    queued = _queue().get_job_ids()
    left = [
        pk
        for pk in ids
        if not any(job_id.startswith(f"{JOB_ID}{pk}-") for job_id in queued)
        and not is_locked(Lock.REACTIONS_SEND, pk)
    ]
    for pk in left:
        send_enqueue(pk)
    return len(left)


def _queue() -> Queue:
    queue: Queue = django_rq.get_queue(QUEUE, serializer="json")
    return queue
