"""Start imports, and take up those that were left: rows first, then work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from catalog.advisory import Lock, lock_until_commit
from catalog.demo.library import demo_tracks
from catalog.ingest.current import audio_space_ensure
from catalog.ingest.demo import demo_fingerprint
from catalog.ingest.folder import FolderCount, FoundFile, folder_files
from catalog.ingest.vanished import files_known, files_return
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


class FolderIsEmpty(Exception):
    """A folder from which songs are known holds none; the message says what to do."""


def folder_run_start(
    root: Path, *, parts: Sequence[str] | None = None, forget_missing: bool = False
) -> tuple[IngestRun, FolderCount]:
    """Make or take up the run of a folder, with an item for each file in it.

    parts: paths below it, to look at these alone. Files that were read before and
    haven't changed are settled at once, as are those that can be refused unopened.
    Walks the folder; no file is opened. When the run is finished, files that are gone
    are marked. Raises FolderIsEmpty where there's no file at all but some were known,
    as of a drive that isn't mounted, unless forget_missing.
    """
    count = FolderCount()
    folder = str(root.resolve())
    space = audio_space_ensure()
    with transaction.atomic():
        lock_until_commit(Lock.RUN_NEW)
        run = _running(IngestRun.Kind.FOLDER, folder)
        is_resumed = run is not None
        run = run or IngestRun(kind=IngestRun.Kind.FOLDER, root=folder)
        run.options = _folder_options(run, parts, forget_missing, is_resumed)
        run.save()
        number = 0
        for found in _chunks(folder_files(root, count, parts=parts)):
            number += len(found)
            _items_add(run, _file_items(run, found, space), is_told=parts is not None)
        if not number and parts is None and not forget_missing:
            _refuse_empty(folder)
        run.save(update_fields=("counts",))
    return run, count


def _folder_options(
    run: IngestRun,
    parts: Sequence[str] | None,
    forget_missing: bool,
    is_resumed: bool,
) -> dict[str, Any]:
    options: dict[str, Any] = {}
    before = run.options.get("parts") if is_resumed else []
    # A run that looks at the whole folder goes on doing so.
    if parts is not None and before is not None:
        options["parts"] = sorted({*before, *parts})
    if forget_missing or run.options.get("forget_missing"):
        options["forget_missing"] = True
    if is_resumed:
        options["resumed"] = True
    return options


def _refuse_empty(folder: str) -> None:
    known = files_known(folder).count()
    if known:
        raise FolderIsEmpty(
            f"{folder} holds no music, but {known} songs are known from it. Is its"
            " drive mounted? Nothing was changed. If they are gone for good, add"
            " --forget-missing."
        )


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
    # Locked, so that it can't be finished while it gets more to do.
    running = IngestRun.objects.select_for_update(no_key=True).filter(
        kind=kind, root=root, status=IngestRun.Status.RUNNING
    )
    return running.first()


def _file_items(
    run: IngestRun, found: Sequence[FoundFile], space: Space
) -> list[IngestItem]:
    here = sources_read(Track.Source.FILE, [file.key for file in found], space)
    items = []
    unchanged = []
    for file in found:
        item = IngestItem(source_key=file.key)
        if file.reason:
            item.status = IngestItem.Status.REFUSED
            item.reason = file.reason
        elif here.get(file.key) == file.fingerprint:
            item.status = IngestItem.Status.UNCHANGED
            unchanged.append(file.key)
        if item.status != IngestItem.Status.PENDING:
            item.finished_at = timezone.now()
        items.append(item)
    if back := files_return(unchanged):
        run.counts["returned"] = run.counts.get("returned", 0) + back
    return items


def _chunks(found: Iterable[FoundFile]) -> Iterator[list[FoundFile]]:
    """Part files into chunks, for one statement each."""
    files = iter(found)
    while chunk := list(islice(files, CHUNK)):
        yield chunk


def _items_add(
    run: IngestRun, items: list[IngestItem], *, is_told: bool = False
) -> None:
    """Add items behind those of the run.

    One that it has already stays as it is, unless its file changed since it was read.
    is_told: the files are known to have changed, so refused ones are tried again too.
    """
    statuses = IngestItem.Status
    last = run.items.aggregate(last=Max("position"))["last"]
    first = 0 if last is None else last + 1
    for place, item in enumerate(items):
        item.run = run
        item.position = first + place
    wanted = [i.source_key for i in items if i.status == statuses.PENDING]
    settled = [statuses.DONE, statuses.UNCHANGED]
    again = settled + [statuses.REFUSED] if is_told else settled
    run.items.filter(source_key__in=wanted, status__in=again).update(
        status=statuses.PENDING, reason="", attempts=0, finished_at=None
    )
    IngestItem.objects.bulk_create(items, ignore_conflicts=True)
