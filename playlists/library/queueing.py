"""Wake a worker up for what is to be brought in, now or later.

The rows are the truth: `due_at` says when. A job too many does no harm.
"""

from __future__ import annotations

from django.utils import timezone

from catalog.advisory import Lock
from catalog.waking import job_wake, unattended
from playlists.library.models import LibraryPart

JOB, JOB_ID = "playlists.jobs.bring_library", "library-"
PENDING = (LibraryPart.Status.WAITING, LibraryPart.Status.WORKING)


def library_enqueue(part_id: int) -> None:
    """Queue the job of one part, after the transaction."""
    job_wake(JOB, part_id, id_start=JOB_ID)


def libraries_sweep() -> int:
    """Queue what is due and nobody works at. Returns how many."""
    due = LibraryPart.objects.filter(status__in=PENDING, due_at__lte=timezone.now())
    ids = list(due.order_by("due_at").values_list("pk", flat=True))
    left = unattended(ids, id_start=JOB_ID, lock=Lock.LIBRARY)
    for pk in left:
        library_enqueue(pk)
    return len(left)
