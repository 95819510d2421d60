"""Files that are gone, and what becomes of their tracks.

The rule of this file: nothing is deleted. A file that is gone keeps its row with the
time at which that was noticed; a track of which no source is left is marked, so that
nobody is recommended silence, and its likes and playlists wait for its return.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from catalog.models import IngestItem, IngestRun, Track, TrackSource

logger = logging.getLogger(__name__)

CHUNK = 1000


def files_known(root: str) -> QuerySet[TrackSource]:
    """Return the files that the catalog has of a folder and that were there last."""
    files = TrackSource.objects.filter(kind=Track.Source.FILE, vanished_at=None)
    return files.filter(_below([root]))


def files_vanish(run: IngestRun) -> int:
    """Mark what a run of a folder didn't find and what isn't there. Returns how many.

    Only what the run looked through counts: all of its folder, or the parts that its
    options name. Each file that it didn't come by is asked for by itself, so that one
    that may only not be read now isn't taken for gone. Nothing is marked where the
    folder is missing or empty, unless the options say `forget_missing`: then it's
    rather a drive that isn't mounted.
    """
    if not run.options.get("forget_missing") and not _has_entries(Path(run.root)):
        logger.warning("%s is missing or empty: nothing is marked as gone", run.root)
        return 0
    missing: list[int] = []
    tracks: set[int] = set()
    for pk, key, track_id in _not_met(run).values_list("pk", "key", "track_id"):
        if is_gone(key):
            missing.append(pk)
            tracks.add(track_id)
    for chunk in _chunks(missing):
        TrackSource.objects.filter(pk__in=chunk).update(vanished_at=Now())
    for chunk in _chunks(sorted(tracks)):
        tracks_settle(chunk)
    return len(missing)


def files_return(keys: Sequence[str]) -> int:
    """Take back that files are gone: they're here as they were. Returns how many."""
    back = TrackSource.objects.filter(
        kind=Track.Source.FILE, key__in=keys, vanished_at__isnull=False
    )
    found = dict(back.values_list("pk", "track_id"))
    if found:
        TrackSource.objects.filter(pk__in=found).update(vanished_at=None)
        tracks_settle(sorted(set(found.values())))
    return len(found)


def is_gone(key: str) -> bool:
    """Say whether there's certainly no file at a path, and not only no answer."""
    try:
        os.stat(key)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


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


def _not_met(run: IngestRun) -> QuerySet[TrackSource]:
    """Return the files that a run should have come by, and didn't."""
    parts = run.options.get("parts")
    scope = _below(parts or [run.root])
    if not parts:
        # Files that links led to lie elsewhere; earlier runs of this folder know them.
        linked = IngestItem.objects.filter(
            run__kind=IngestRun.Kind.FOLDER, run__root=run.root
        ).exclude(source_key__startswith=_as_folder(run.root))
        scope |= Q(key__in=linked.values("source_key"))
    files = TrackSource.objects.filter(
        scope, kind=Track.Source.FILE, origin="", vanished_at=None
    )
    if run.options.get("resumed"):
        # What the run met before it was interrupted may be gone since.
        return files
    met = IngestItem.objects.filter(
        run=run, source_key=OuterRef("key"), status__in=("done", "unchanged")
    )
    return files.filter(~Exists(met))


def _below(paths: Iterable[str]) -> Q:
    scope = Q(pk__in=())
    for path in paths:
        scope |= Q(key=path) | Q(key__startswith=_as_folder(path))
    return scope


def _as_folder(path: str) -> str:
    return path.rstrip("/") + "/"


def _has_entries(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is not None
    except OSError:
        return False


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
