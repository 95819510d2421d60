"""Have bridges fitted by the background workers, never by a listener's request."""

from __future__ import annotations

import logging
import uuid

from catalog.advisory import Lock, is_locked
from catalog.bridge import bridge_is_due
from catalog.ingest.queueing import FAILURE_TTL_S, RESULT_TTL_S, audio_queue
from catalog.models import Space

logger = logging.getLogger(__name__)

JOB = "catalog.jobs.fit_bridge"


def bridge_enqueue(space: Space) -> bool:
    """Queue a fit, unless one waits or is being made. Says whether it did."""
    start = f"bridge-{space.pk}-"
    queue = audio_queue()
    if any(job_id.startswith(start) for job_id in queue.get_job_ids()):
        return False
    if is_locked(Lock.BRIDGE_FIT, space.pk):
        return False
    queue.enqueue_call(
        JOB,
        args=(space.pk,),
        job_id=f"{start}{uuid.uuid4().hex[:12]}",
        timeout=-1,
        result_ttl=RESULT_TTL_S,
        failure_ttl=FAILURE_TTL_S,
    )
    return True


def bridges_sweep() -> int:
    """Queue a fit for each audio space that has outgrown its bridge. How many."""
    spaces = Space.objects.defer("fitted").filter(kind=Space.Kind.AUDIO)
    # Between the imports and fills, which make their own fits at their ends.
    due = [space for space in spaces.filter(is_filling=False) if bridge_is_due(space)]
    return sum(bridge_enqueue(space) for space in due)
