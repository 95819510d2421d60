"""When a base is made anew, and who makes it."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence
from pathlib import Path

from catalog.advisory import Lock, is_locked, try_session_lock
from catalog.columns.bases import base_opened, base_save
from catalog.columns.changes import changes_forget, changes_since
from catalog.columns.current import columns_forget, current_columns, current_spaces
from catalog.columns.reading import segment_read
from catalog.columns.view import view_joined
from catalog.findable import findable_tracks
from catalog.ingest.queueing import FAILURE_TTL_S, RESULT_TTL_S, audio_queue
from catalog.models import Space

logger = logging.getLogger(__name__)

JOB = "catalog.jobs.save_columns"
# A process reads fewer tracks than this in a few seconds when it starts.
BASE_FROM = 20_000
# What changed since the last base is read by each process that starts.
CHANGED_SHARE = 0.1


def base_is_due() -> bool:
    """Say whether the catalog is large and has moved away from its last base."""
    count = findable_tracks().count()
    if count < BASE_FROM:
        return False
    base = base_opened(current_spaces())
    if base is None:
        return True
    changed = changes_since(base.mark).tracks
    return changed is None or len(changed) > CHANGED_SHARE * count


def base_make(*, also: Sequence[Space] = ()) -> Path | None:
    """Make a base of the catalog as it is. None where another process is at it.

    also: spaces that aren't current yet. About 0.15 ms a track, most of it reading what
    the last base doesn't have. Raises OSError where the disk is full.
    """
    with try_session_lock(Lock.COLUMNS_BASE, 0) as is_mine:
        if not is_mine:
            return None
        current = current_columns()
        segment, mark = view_joined(current.view), current.mark
        if any(space.pk not in segment.vectors for space in also):
            mark = changes_since(None).mark
            spaces = {space.pk: space for space in (*current.spaces, *also)}
            segment = segment_read(
                findable_tracks(), list(spaces.values()), track_ids=None
            )
        path = base_save(segment, mark)
        changes_forget()
        # A worker has no further use for it.
        columns_forget()
    logger.info("the catalog's columns are saved: %s tracks", len(segment))
    return path


def bases_sweep() -> int:
    """Queue a base where one is due and nobody is at it. How many."""
    queue = audio_queue()
    if any(job_id.startswith("columns-") for job_id in queue.get_job_ids()):
        return 0
    if is_locked(Lock.COLUMNS_BASE, 0) or not base_is_due():
        return 0
    queue.enqueue_call(
        JOB,
        job_id=f"columns-{uuid.uuid4().hex[:12]}",
        timeout=-1,
        result_ttl=RESULT_TTL_S,
        failure_ttl=FAILURE_TTL_S,
    )
    return 1
