"""The tracks that may be found at all."""

from __future__ import annotations

from django.db.models import QuerySet

from catalog.models import IngestRun, Track


def findable_tracks() -> QuerySet[Track]:
    """Return all tracks that may be found: those whose sources haven't vanished."""
    return Track.objects.filter(vanished_at__isnull=True).order_by()


def has_music() -> bool:
    """Say whether there is music, or some is coming in. Two small queries at most."""
    running = IngestRun.objects.filter(status=IngestRun.Status.RUNNING)
    return findable_tracks().exists() or running.exists()
