"""Wake a worker up for playlists that are to be saved, now or later.

The rows are the truth: `due_at` says when. A job too many does no harm.
"""

from __future__ import annotations

import uuid

import django_rq
from django.db.models import F
from django.utils import timezone
from rq import Queue

from catalog.advisory import Lock, is_locked
from catalog.slots import FAILURE_TTL_S, RESULT_TTL_S
from playlists.models import SavedPlaylist

QUEUE = "default"
JOB, JOB_ID = "playlists.jobs.save_playlist", "save-"
PENDING = (SavedPlaylist.Status.WAITING, SavedPlaylist.Status.WORKING)


def save_enqueue(save_id: int) -> None:
    """Queue the job of one saved playlist, after the transaction."""
    _queue().enqueue_call(
        JOB,
        args=(save_id,),
        job_id=f"{JOB_ID}{save_id}-{uuid.uuid4().hex[:12]}",
        timeout=-1,
        result_ttl=RESULT_TTL_S,
        failure_ttl=FAILURE_TTL_S,
    )


def saves_sweep() -> int:
    """Queue what is due and nobody works at. Returns how many."""
    _take_up_again()
    due = SavedPlaylist.objects.filter(status__in=PENDING, due_at__lte=timezone.now())
    ids = list(due.order_by("due_at").values_list("pk", flat=True))
    if not ids:
        return 0
    waiting = _queue().get_job_ids()
    left = [
        pk
        for pk in ids
        if not any(job_id.startswith(f"{JOB_ID}{pk}-") for job_id in waiting)
        and not is_locked(Lock.PLAYLIST_SAVE, pk)
    ]
    for pk in left:
        save_enqueue(pk)
    return len(left)


def _take_up_again() -> None:
    """Let go on what had failed until its listener connected the service again."""
    Status, Reason = SavedPlaylist.Status, SavedPlaylist.Reason
    back = SavedPlaylist.objects.filter(
        status=Status.FAILED,
        reason=Reason.RECONNECT,
        account__lost_at=None,
        # Connected since it failed: a token that is refused anew ends it again.
        account__agreed_at__gt=F("due_at"),
    )
    facts = {"status": Status.WAITING, "reason": Reason.NONE, "tries": 0}
    back.update(due_at=timezone.now(), **facts)


def _queue() -> Queue:
    queue: Queue = django_rq.get_queue(QUEUE, serializer="json")
    return queue
