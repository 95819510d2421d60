"""An export from its asking to its end. Rows are the truth; jobs only wake workers."""

from __future__ import annotations

import logging
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import override

from accounts.models import DataExport, User
from accounts.queueing import job_enqueue, queue
from accounts.takeout.files import file_of, folder_ensure, strays_forget
from accounts.takeout.writing import zip_write

logger = logging.getLogger(__name__)

Status = DataExport.Status
PENDING = (Status.WAITING, Status.WORKING)
JOB_ID = "export-"

# A worker that has told nothing for so long is gone; rows are told of by the thousand.
SILENT_AFTER = timedelta(minutes=2)
MAX_TRIES = 3
KEPT_FOR = timedelta(days=7)


class Ended(Exception):
    """The row is gone: the listener asked anew, or deleted the account."""


@transaction.atomic
def export_ask(user: User) -> DataExport:
    """Have a file made; one that is there goes. One that is being made is returned."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    held = DataExport.objects.filter(user=user).first()
    if held is not None and held.status in PENDING:
        return held
    if held is not None:
        held.delete()
    export = DataExport.objects.create(user=user)
    _enqueue(export.pk)
    return export


def export_make(export_id: int) -> None:
    """Make the file. A second worker returns at once."""
    if not _claim(export_id):
        return
    export = DataExport.objects.select_related("user").get(pk=export_id)
    if export.tries > MAX_TRIES:
        # Something in it ends its worker each time.
        _note(export_id, status=Status.FAILED)
        return
    path = file_of(export.uuid)
    draft = folder_ensure() / f"{path.stem}.{export.tries}.part"
    try:
        with override(export.user.language or settings.LANGUAGE_CODE):
            zip_write(
                draft,
                export.user,
                on_progress=lambda share: _note(export_id, progress=share),
            )
        size = draft.stat().st_size
        draft.replace(path)
        done = {"status": Status.DONE, "progress": 1.0, "size_bytes": size}
        _note(export_id, finished_at=timezone.now(), **done)
    except Ended:
        path.unlink(missing_ok=True)
        logger.info("export %s has ended", export_id)
    finally:
        draft.unlink(missing_ok=True)


def expires_at(export: DataExport) -> datetime | None:
    """Return when a finished file is deleted."""
    return export.finished_at + KEPT_FOR if export.finished_at else None


def exports_sweep() -> int:
    """Queue what waits or whose worker is gone. Returns how many."""
    ids = list(_left(timezone.now()).values_list("pk", flat=True))
    waiting = queue().get_job_ids() if ids else []
    left = [
        pk
        for pk in ids
        if not any(job_id.startswith(f"{JOB_ID}{pk}-") for job_id in waiting)
    ]
    for pk in left:
        _enqueue(pk)
    return len(left)


def exports_expire() -> int:
    """Delete files that have been there for long, and those of no row. Returns how many."""
    before = timezone.now() - KEPT_FOR
    old = DataExport.objects.filter(finished_at__lt=before)
    old |= DataExport.objects.filter(status=Status.FAILED, asked_at__lt=before)
    count = old.count()
    old.delete()
    known = set(DataExport.objects.values_list("uuid", flat=True))
    return count + strays_forget(known)


def _left(now: datetime) -> QuerySet[DataExport]:
    """Return what waits for a worker, or has lost its own."""
    is_silent = Q(status=Status.WORKING, alive_at__lt=now - SILENT_AFTER)
    return DataExport.objects.filter(Q(status=Status.WAITING) | is_silent)


def _claim(export_id: int) -> bool:
    claimed = _left(timezone.now()).filter(pk=export_id)
    facts: dict[str, Any] = {"status": Status.WORKING, "alive_at": timezone.now()}
    return bool(claimed.update(tries=F("tries") + 1, progress=0, **facts))


def _note(export_id: int, **facts: Any) -> None:
    """Write into the row, and that there is life. Raises Ended where it is gone."""
    row = DataExport.objects.filter(pk=export_id)
    if not row.update(alive_at=timezone.now(), **facts):
        raise Ended


def _enqueue(export_id: int) -> None:
    job_id = f"{JOB_ID}{export_id}-{uuid.uuid4().hex[:12]}"
    job_enqueue("make_export", export_id, job_id=job_id)
