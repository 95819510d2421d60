"""Wake a worker up for playlists that are to be saved, now or later.

The rows are the truth: `due_at` says when. A job too many does no harm.
"""

from __future__ import annotations

from django.db.models import F
from django.utils import timezone

from catalog.advisory import Lock
from catalog.waking import job_wake, unattended
from playlists.models import SavedPlaylist

JOB, JOB_ID = "playlists.jobs.save_playlist", "save-"
PENDING = (SavedPlaylist.Status.WAITING, SavedPlaylist.Status.WORKING)


def save_enqueue(save_id: int) -> None:
    """Queue the job of one saved playlist, after the transaction."""
    job_wake(JOB, save_id, id_start=JOB_ID)


def saves_sweep() -> int:
    """Queue what is due and nobody works at. Returns how many."""
    _take_up_again()
    due = SavedPlaylist.objects.filter(status__in=PENDING, due_at__lte=timezone.now())
    ids = list(due.order_by("due_at").values_list("pk", flat=True))
    left = unattended(ids, id_start=JOB_ID, lock=Lock.PLAYLIST_SAVE)
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
