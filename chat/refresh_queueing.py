"""Wake a worker up for lists that are to be refreshed.

The rows are the truth: `due_at` says when. A job too many does no harm.
"""

from __future__ import annotations

import uuid

import django_rq
from rq import Queue

from catalog.advisory import Lock, is_locked
from catalog.slots import FAILURE_TTL_S, RESULT_TTL_S
from playlists.living import livings_due

QUEUE = "default"
JOB, JOB_ID = "chat.jobs.refresh_playlists", "refresh-"


def refreshes_sweep() -> int:
    """Queue a job where lists are due that nobody works at. Returns how many there are."""
    left = [pk for pk in livings_due() if not is_locked(Lock.PLAYLIST_REFRESH, pk)]
    if not left:
        return 0
    queue: Queue = django_rq.get_queue(QUEUE, serializer="json")
    if not any(job_id.startswith(JOB_ID) for job_id in queue.get_job_ids()):
        queue.enqueue_call(
            JOB,
            job_id=f"{JOB_ID}{uuid.uuid4().hex[:12]}",
            timeout=-1,
            result_ttl=RESULT_TTL_S,
            failure_ttl=FAILURE_TTL_S,
        )
    return len(left)
