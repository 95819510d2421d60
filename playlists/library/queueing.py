"""Wake a worker up for what is to be brought in, now or later.

The rows are the truth: `due_at` says when. A job too many does no harm.
"""

from __future__ import annotations

import uuid

import django_rq
from django.utils import timezone
from rq import Queue

from catalog.advisory import Lock, is_locked
from catalog.slots import FAILURE_TTL_S, RESULT_TTL_S
from playlists.library.models import LibraryPart

QUEUE = "default"
JOB, JOB_ID = "playlists.jobs.bring_library", "library-"
PENDING = (LibraryPart.Status.WAITING, LibraryPart.Status.WORKING)


def library_enqueue(part_id: int) -> None:
    """Queue the job of one part, after the transaction."""
    _queue().enqueue_call(
        JOB,
        args=(part_id,),
        job_id=f"{JOB_ID}{part_id}-{uuid.uuid4().hex[:12]}",
        timeout=-1,
        result_ttl=RESULT_TTL_S,
        failure_ttl=FAILURE_TTL_S,
    )


def libraries_sweep() -> int:
    """Queue what is due and nobody works at. Returns how many."""
    due = LibraryPart.objects.filter(status__in=PENDING, due_at__lte=timezone.now())
    ids = list(due.order_by("due_at").values_list("pk", flat=True))
    if not ids:
        return 0
    waiting = _queue().get_job_ids()
    left = [
        pk
        for pk in ids
        if not any(job_id.startswith(f"{JOB_ID}{pk}-") for job_id in waiting)
        and not is_locked(Lock.LIBRARY, pk)
    ]
    for pk in left:
        library_enqueue(pk)
    return len(left)


def _queue() -> Queue:
    queue: Queue = django_rq.get_queue(QUEUE, serializer="json")
    return queue
