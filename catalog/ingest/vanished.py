"""Files that are gone, and what becomes of their tracks.

The rule of this file: nothing is deleted. A file that is gone keeps its row with the
time at which that was noticed; a track of which no source is left is marked, so that
nobody is recommended silence, and its likes and playlists wait for its return.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from catalog.models import Track, TrackSource


def tracks_settle(track_ids: Sequence[int]) -> None:
    """Make tracks say what their sources are: there or vanished, and which file plays.

    A track known from elsewhere stays, without sound, when its files are gone.
    """
    there = TrackSource.objects.filter(track=OuterRef("pk"), vanished_at=None)
    tracks = Track.objects.filter(pk__in=track_ids)
    tracks.filter(~Exists(there), vanished_at=None).update(vanished_at=Now())
    tracks.filter(Exists(there)).exclude(vanished_at=None).update(vanished_at=None)
    _audio_settle(track_ids)


def _audio_settle(track_ids: Sequence[int]) -> None:
    """Let tracks play a file that is there, where they play one that isn't.

    A track that has vanished keeps its path: that is what it will be again.
    """
    files = TrackSource.objects.filter(
        track=OuterRef("pk"), kind=Track.Source.FILE, key=OuterRef("audio_path")
    )
    silent = Track.objects.filter(
        Q(audio_path="") | Exists(files.exclude(vanished_at=None)),
        pk__in=track_ids,
        vanished_at=None,
    )
    for track in silent.only("pk", "audio_path"):
        living = TrackSource.objects.filter(
            track=track, kind=Track.Source.FILE, vanished_at=None
        )
        track.audio_path = living.values_list("key", flat=True).first() or ""
        track.save(update_fields=("audio_path",))
