"""Have bridges fitted by the background workers, never by a listener's request."""

from __future__ import annotations

import logging

from catalog.advisory import Lock, is_locked
from catalog.bridge import bridge_is_due
from catalog.models import Space
from catalog.slots import is_job_waiting, job_enqueue

logger = logging.getLogger(__name__)

JOB = "catalog.jobs.fit_bridge"


def bridge_enqueue(space: Space) -> bool:
    """Queue a fit, unless one waits or is being made. Says whether it did."""
    start = f"bridge-{space.pk}-"
    if is_job_waiting(start) or is_locked(Lock.BRIDGE_FIT, space.pk):
        return False
    job_enqueue(JOB, space.pk, id_start=start)
    return True


def bridges_sweep() -> int:
    """Queue a fit for each audio space that has outgrown its bridge. How many."""
    spaces = Space.objects.defer("fitted").filter(kind=Space.Kind.AUDIO)
    # Between the imports and fills, which make their own fits at their ends.
    due = [space for space in spaces.filter(is_filling=False) if bridge_is_due(space)]
    return sum(bridge_enqueue(space) for space in due)
