"""Start imports, and take up those that were left: rows first, then work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from catalog.advisory import Lock, lock_until_commit
from catalog.demo.library import demo_tracks
from catalog.ingest.current import audio_space_ensure
from catalog.ingest.demo import demo_fingerprint
from catalog.ingest.folder import FolderCount, FoundFile, folder_files
from catalog.models import IngestItem, IngestRun, Space, Track, TrackSource

CHUNK = 1000


def demo_run_start() -> IngestRun | None:
    """Make or take up the run that brings what the demo library lacks.

    Returns None where all of it is here, sound included, or its run is on its way with
    nothing to add. Under a second.
    """
    wanted = {track.slug: demo_fingerprint(track) for track in demo_tracks()}
    space = audio_space_ensure()
    with transaction.atomic():
        lock_until_commit(Lock.RUN_NEW)
        run = _running(IngestRun.Kind.DEMO, "")
        here = sources_read(Track.Source.DEMO, list(wanted), space)
        missing = [slug for slug, mark in wanted.items() if here.get(slug) != mark]
        if not missing:
            return run
        run = run or IngestRun.objects.create(kind=IngestRun.Kind.DEMO)
        _items_add(run, [IngestItem(source_key=slug) for slug in missing])
    return run


def folder_run_start(root: Path) -> tuple[IngestRun, FolderCount]:
    """Make or take up the run of a folder, with an item for each file in it.

    Files that were read before and haven't changed are settled at once, as are those
    that can be refused unopened. Walks the folder; no file is opened.
    """
    count = FolderCount()
    folder = str(root.resolve())
    space = audio_space_ensure()
    with transaction.atomic():
        lock_until_commit(Lock.RUN_NEW)
        run = _running(IngestRun.Kind.FOLDER, folder)
        run = run or IngestRun.objects.create(kind=IngestRun.Kind.FOLDER, root=folder)
        for found in _chunks(folder_files(root, count)):
            _items_add(run, _file_items(found, space))
    return run, count


def sources_read(kind: str, keys: Sequence[str], space: Space) -> dict[str, str]:
    """Return the fingerprints by key of sources whose sound is in the space."""
    rows = TrackSource.objects.filter(
        kind=kind, origin="", key__in=keys, track__embeddings__space=space
    )
    if kind == Track.Source.FILE:
        # Without it a file that moves can't be told: it's read once more.
        rows = rows.exclude(content_hash="")
    return dict(rows.values_list("key", "fingerprint"))


def _running(kind: IngestRun.Kind, root: str) -> IngestRun | None:
    running = IngestRun.objects.filter(
        kind=kind, root=root, status=IngestRun.Status.RUNNING
    )
    return running.first()


def _file_items(found: Sequence[FoundFile], space: Space) -> list[IngestItem]:
    here = sources_read(Track.Source.FILE, [file.key for file in found], space)
    items = []
    for file in found:
        item = IngestItem(source_key=file.key)
        if file.reason:
            item.status = IngestItem.Status.REFUSED
            item.reason = file.reason
        elif here.get(file.key) == file.fingerprint:
            item.status = IngestItem.Status.UNCHANGED
        if item.status != IngestItem.Status.PENDING:
            item.finished_at = timezone.now()
        items.append(item)
    return items


def _chunks(found: Iterable[FoundFile]) -> Iterator[list[FoundFile]]:
    """Part files into chunks, for one statement each."""
    files = iter(found)
    while chunk := list(islice(files, CHUNK)):
        yield chunk


def _items_add(run: IngestRun, items: list[IngestItem]) -> None:
    """Add items behind those of the run; what it has already stays as it is."""
    last = run.items.aggregate(last=Max("position"))["last"]
    first = 0 if last is None else last + 1
    for place, item in enumerate(items):
        item.run = run
        item.position = first + place
    IngestItem.objects.bulk_create(items, ignore_conflicts=True)
