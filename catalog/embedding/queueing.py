"""Have a space filled by the background workers.

The rule of this file: `Space.is_filling` says that the work was asked for and isn't
done; jobs only wake workers, and the sweeper queues those that were lost.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from catalog.advisory import Lock, is_locked
from catalog.embedding.wanted import embed_again
from catalog.ingest.queueing import (
    FAILURE_TTL_S,
    MAX_SLOTS,
    RESULT_TTL_S,
    audio_queue,
    slot_count,
)
from catalog.models import Space
from catalog.spaces import current_space

logger = logging.getLogger(__name__)

JOB, FOLLOW_JOB = "catalog.jobs.embed_space", "catalog.jobs.embed_after_import"


@dataclass(frozen=True)
class Queued:
    """What was queued: tracks to be embedded anew, and jobs."""

    again: int
    jobs: int


def slot_key(space_id: int, slot: int) -> int:
    """Return the lock key of a space's slot."""
    return (space_id * MAX_SLOTS + slot) % 2**31


def embed_enqueue(
    space: Space, *, track_ids: Sequence[int] | None = None, again: bool = False
) -> Queued:
    """Have a space filled in the background with the tracks that lack in it.

    again: tracks that have a vector, or that failed, are embedded anew as well: those
    of track_ids, or all with audio. Their vectors serve until the new ones are there.
    Call after the rows that it is about are committed.
    """
    count = embed_again(space, track_ids=track_ids) if again else 0
    Space.objects.filter(pk=space.pk).update(is_filling=True)
    return Queued(again=count, jobs=_jobs_enqueue(space.pk))


def _jobs_enqueue(space_id: int) -> int:
    """Queue a job for each slot where none waits or works. Returns how many."""
    waiting = audio_queue().get_job_ids()
    count = 0
    for slot in range(slot_count()):
        start = f"embed-{space_id}-{slot}-"
        if any(job_id.startswith(start) for job_id in waiting):
            continue
        if is_locked(Lock.EMBED_SLOT, slot_key(space_id, slot)):
            continue
        slot_enqueue(space_id, slot)
        count += 1
    return count


def slot_enqueue(space_id: int, slot: int) -> None:
    """Queue one job. Its id names space and slot, and is never used twice."""
    audio_queue().enqueue_call(
        JOB,
        args=(space_id, slot),
        job_id=f"embed-{space_id}-{slot}-{uuid.uuid4().hex[:12]}",
        # The job watches the clock itself, and hands over between two batches.
        timeout=-1,
        result_ttl=RESULT_TTL_S,
        failure_ttl=FAILURE_TTL_S,
    )


def embeds_sweep() -> int:
    """Queue jobs again for spaces that are being filled and have none. How many."""
    total = 0
    filling = Space.objects.filter(is_filling=True).order_by("pk")
    for pk, slug in filling.values_list("pk", "slug"):
        if count := _jobs_enqueue(pk):
            logger.warning("space %s is not filled: queued %s jobs again", slug, count)
        total += count
    return total


def follow_import() -> bool:
    """Have the spaces of larger encoders filled after an import. Says if any are.

    They are the one that AUDIO_ENCODER names and the current one; the descriptors'
    was filled by the import itself.
    """
    current = current_space(Space.Kind.AUDIO)
    in_use = {settings.AUDIO_ENCODER, current.encoder if current else ""}
    if not in_use - {"", "descriptors"}:
        return False
    audio_queue().enqueue_call(
        FOLLOW_JOB, timeout=-1, result_ttl=RESULT_TTL_S, failure_ttl=FAILURE_TTL_S
    )
    return True
