"""Wake workers up for runs, and see which are awake.

The rule of this file: a job carries nothing but a run's id and a slot. Whether somebody
is at work in a slot is asked of PostgreSQL, whose session lock ends with its holder,
and not of Redis, which learns of a killed worker minutes later.
"""

from __future__ import annotations

import logging
import os
import socket
import uuid

import django_rq
from rq import Queue, Worker, get_current_job
from rq.worker import BaseWorker

from catalog.advisory import Lock, is_locked
from catalog.models import IngestRun

logger = logging.getLogger(__name__)

QUEUE, OTHER_QUEUE = "audio", "default"
JOB = "catalog.jobs.work_on_run"
TEXTS_JOB = "catalog.jobs.embed_texts"
# What a table's run says in `options["texts"]` until its texts have vectors.
TEXTS_PENDING = "pending"
# Two jobs share a run where no worker is known yet; more where more workers are.
MIN_SLOTS, MAX_SLOTS = 2, 16
FAILURE_TTL_S = 7 * 24 * 3600
# Nothing is kept of a job that did its part: the items say all of it.
RESULT_TTL_S = 0


def audio_queue() -> Queue:
    """Return the queue of imports."""
    queue: Queue = django_rq.get_queue(QUEUE, serializer="json")
    return queue


def slot_key(run_id: int, slot: int) -> int:
    """Return the lock key of a run's slot; 31 bits are enough for 134 million runs."""
    return (run_id * MAX_SLOTS + slot) % 2**31


def run_enqueue(run_id: int) -> int:
    """Queue a job for each of the run's slots where none waits or works.

    Returns how many were queued. A job too many does no harm: it finds its slot taken.
    """
    queue = audio_queue()
    waiting = queue.get_job_ids()
    count = 0
    for slot in range(slot_count()):
        start = f"ingest-{run_id}-{slot}-"
        if any(job_id.startswith(start) for job_id in waiting):
            continue
        if is_locked(Lock.RUN_SLOT, slot_key(run_id, slot)):
            continue
        slot_enqueue(run_id, slot)
        count += 1
    return count


def slot_enqueue(run_id: int, slot: int) -> None:
    """Queue one job. Its id names run and slot, and is never used twice."""
    audio_queue().enqueue_call(
        JOB,
        args=(run_id, slot),
        job_id=f"ingest-{run_id}-{slot}-{uuid.uuid4().hex[:12]}",
        # The job watches the clock itself, and hands over between two items.
        timeout=-1,
        result_ttl=RESULT_TTL_S,
        failure_ttl=FAILURE_TTL_S,
    )


def slot_count() -> int:
    """Return how many jobs share a run: one for each living worker, at least two."""
    return min(MAX_SLOTS, max(MIN_SLOTS, len(living_workers())))


def living_workers() -> list[BaseWorker]:
    """Return the workers of imports that run. On this machine their process is asked.

    Redis forgets a killed worker only after minutes; on other machines that is all
    there is to go by.
    """
    found = Worker.all(queue=audio_queue())
    return [worker for worker in found if _is_alive(worker)]


def _is_alive(worker: BaseWorker) -> bool:
    if worker.hostname != socket.gethostname() or not worker.pid:
        return True
    try:
        os.kill(worker.pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


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
    """Queue the job that embeds texts, where a table left some and nobody is at it."""
    left = IngestRun.objects.filter(options__texts=TEXTS_PENDING)
    if not left.exists() or is_locked(Lock.TEXTS, 0):
        return 0
    return int(texts_wake())


def texts_wake() -> bool:
    """Have texts without a vector embedded, unless a job for it waits. Says if new."""
    if any(job_id.startswith("texts-") for job_id in audio_queue().get_job_ids()):
        return False
    texts_enqueue()
    return True


def texts_enqueue() -> None:
    """Queue one job that embeds texts."""
    audio_queue().enqueue_call(
        TEXTS_JOB,
        job_id=f"texts-{uuid.uuid4().hex[:12]}",
        timeout=-1,
        result_ttl=RESULT_TTL_S,
        failure_ttl=FAILURE_TTL_S,
    )


def is_wanted_elsewhere() -> bool:
    """Say whether this job's worker should stop, or has more urgent jobs waiting."""
    job = get_current_job()
    if job is None:
        return False
    connection = job.connection
    name = job.worker_name
    if name and connection.hexists(
        Worker.redis_worker_namespace_prefix + name, "shutdown_requested_date"
    ):
        return True
    return Queue(OTHER_QUEUE, connection=connection).count > 0
