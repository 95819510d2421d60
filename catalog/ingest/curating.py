"""What a curator may do to a run: try again what was refused, wake workers, stop it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from catalog.advisory import Lock, lock_until_commit
from catalog.ingest.queueing import run_enqueue
from catalog.models import IngestItem, IngestRun

STOPPED = "The import was stopped before it was read."


class NotPossible(Exception):
    """The run can't do that; the message says why, in a sentence."""


def run_retry(run: IngestRun) -> int:
    """Have a run try all its refused items again, from the first attempt.

    Returns how many. The workers are woken once the transaction is committed. Raises
    NotPossible for a table, and where nothing was refused or another run of the same
    folder is under way.
    """
    with transaction.atomic():
        lock_until_commit(Lock.RUN_NEW)
        run = IngestRun.objects.select_for_update().get(pk=run.pk)
        if run.kind == IngestRun.Kind.TABLE:
            raise NotPossible(
                "A table's refused rows are in its report: mend them there or in the"
                " table, and import it again."
            )
        same = IngestRun.objects.filter(
            kind=run.kind, root=run.root, status=IngestRun.Status.RUNNING
        )
        if same.exclude(pk=run.pk).exists():
            raise NotPossible(
                "A newer import of the same is running. Let it end first."
            )
        count = run.items.filter(status=IngestItem.Status.REFUSED).update(
            status=IngestItem.Status.PENDING, attempts=0, reason="", finished_at=None
        )
        if not count:
            raise NotPossible("It refused nothing.")
        run.status = IngestRun.Status.RUNNING
        run.finished_at = None
        run.save(update_fields=("status", "finished_at"))
        pk = run.pk
        transaction.on_commit(lambda: run_enqueue(pk))
    return count


def run_wake(run: IngestRun) -> int:
    """Queue a job for each of a running run's slots that has none. Returns how many.

    Raises NotPossible for a table and for a run that isn't running.
    """
    _check_is_running(run)
    return run_enqueue(run.pk)


def run_stop(run: IngestRun) -> int:
    """Settle what a run has not begun, so that it ends with what it did so far.

    Returns how many items. What a worker is at is finished. The items count as refused
    with this reason, so that they can be tried again. Raises NotPossible for a table
    and for a run that isn't running.
    """
    with transaction.atomic():
        run = IngestRun.objects.select_for_update().get(pk=run.pk)
        _check_is_running(run)
        # What a worker holds is passed over: it would wait for the item's end.
        free = run.items.filter(status=IngestItem.Status.PENDING)
        ids = list(
            free.select_for_update(skip_locked=True, of=("self",)).values_list(
                "pk", flat=True
            )
        )
        IngestItem.objects.filter(pk__in=ids).update(
            status=IngestItem.Status.REFUSED,
            reason=STOPPED,
            finished_at=timezone.now(),
        )
        pk = run.pk
        # Somebody must finish it, if no worker is at it now.
        transaction.on_commit(lambda: run_enqueue(pk))
    return len(ids)


def _check_is_running(run: IngestRun) -> None:
    if run.status != IngestRun.Status.RUNNING:
        raise NotPossible("It isn't running.")
    if run.kind == IngestRun.Kind.TABLE:
        raise NotPossible(
            "A table is imported by its command: stop it there with Ctrl-C. The same"
            " command goes on later where it was left."
        )
