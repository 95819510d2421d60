"""Have imports and their texts worked on by the background workers.

The rule of this file: the runs' rows say what is left to do; jobs only wake workers,
and the sweeper queues those that were lost.
"""

from __future__ import annotations

import logging

from catalog.advisory import Lock, is_locked
from catalog.models import IngestRun
from catalog.slots import Slots, is_job_waiting, job_enqueue

logger = logging.getLogger(__name__)

RUN_SLOTS = Slots("ingest", "catalog.jobs.work_on_run", Lock.RUN_SLOT)
TEXTS_JOB, TEXTS_ID = "catalog.jobs.embed_texts", "texts-"
# What a run says in `options["texts"]` while texts that it left lack vectors: a table
# its own, a folder those that it found lacking.
TEXTS_PENDING = "pending"


def run_enqueue(run_id: int) -> int:
    """Queue a job for each of the run's slots where none waits or works. How many."""
    return RUN_SLOTS.fill(run_id)


def runs_sweep() -> int:
    """Queue again the runs that have work left and too few jobs. Returns how many jobs.

    A run without pending items that still counts as running lost its worker before its
    last fits: it gets a job as well.
    """
    total = 0
    # A table is imported by its command, which goes on where it was left.
    running = IngestRun.objects.filter(status=IngestRun.Status.RUNNING).exclude(
        kind=IngestRun.Kind.TABLE
    )
    for run in running.order_by("pk"):
        count = run_enqueue(run.pk)
        if count:
            left = run.items.filter(status="pending").count()
            logger.warning(
                "run %s (%s) has %s items left: queued %s jobs again",
                run.pk,
                run,
                left,
                count,
            )
        total += count
    return total + _texts_sweep()


def _texts_sweep() -> int:
    """Queue the job that embeds texts, where a run left some and nobody is at it."""
    left = IngestRun.objects.filter(options__texts=TEXTS_PENDING)
    if not left.exists() or is_locked(Lock.TEXTS, 0):
        return 0
    return int(texts_wake())


def texts_wake() -> bool:
    """Have texts without a vector embedded, unless a job for it waits. Says if new."""
    if is_job_waiting(TEXTS_ID):
        return False
    texts_enqueue()
    return True


def texts_enqueue() -> None:
    """Queue one job that embeds texts."""
    job_enqueue(TEXTS_JOB, id_start=TEXTS_ID)
