"""Wake workers up for long work that several share, and see who is awake.

The rule of this file: a job carries nothing but what it works on and a slot. Whether
somebody is at work in a slot is asked of PostgreSQL, whose session lock ends with its
holder, and not of Redis, which learns of a killed worker minutes later.
"""

from __future__ import annotations

import os
import socket
import uuid
from dataclasses import dataclass

import django_rq
from rq import Queue, Worker, get_current_job
from rq.worker import BaseWorker

from catalog.advisory import Lock, is_locked

QUEUE, OTHER_QUEUE = "audio", "default"
# Two jobs share a piece of work where no worker is known yet; more where more are.
MIN_SLOTS, MAX_SLOTS = 2, 16
FAILURE_TTL_S = 7 * 24 * 3600
# Nothing is kept of a job that did its part: the rows say all of it.
RESULT_TTL_S = 0


def audio_queue() -> Queue:
    """Return the queue of imports, and of what follows them."""
    queue: Queue = django_rq.get_queue(QUEUE, serializer="json")
    return queue


def job_enqueue(job: str, *args: int, id_start: str) -> None:
    """Queue one job. Its id begins with id_start, and is never used twice.

    job: the dotted name of its function, which watches the clock itself.
    """
    audio_queue().enqueue_call(
        job,
        args=args,
        job_id=f"{id_start}{uuid.uuid4().hex[:12]}",
        timeout=-1,
        result_ttl=RESULT_TTL_S,
        failure_ttl=FAILURE_TTL_S,
    )


def is_job_waiting(id_start: str) -> bool:
    """Say whether a job waits whose id begins so."""
    return any(job_id.startswith(id_start) for job_id in audio_queue().get_job_ids())


@dataclass(frozen=True)
class Slots:
    """The slots of one kind of work, told apart by the id of what is worked on.

    name: what its jobs' ids begin with. job: as in `job_enqueue`; it takes the id and
    a slot. lock: held by whoever works in a slot.
    """

    name: str
    job: str
    lock: Lock

    def key(self, pk: int, slot: int) -> int:
        """Return a slot's lock key; 31 bits are enough for 134 million ids."""
        return (pk * MAX_SLOTS + slot) % 2**31

    def fill(self, pk: int) -> int:
        """Queue a job for each slot where none waits or works. Returns how many.

        A job too many does no harm: it finds its slot taken.
        """
        waiting = audio_queue().get_job_ids()
        count = 0
        for slot in range(slot_count()):
            start = self._id_start(pk, slot)
            if any(job_id.startswith(start) for job_id in waiting):
                continue
            if is_locked(self.lock, self.key(pk, slot)):
                continue
            self.enqueue(pk, slot)
            count += 1
        return count

    def enqueue(self, pk: int, slot: int) -> None:
        """Queue a job for one slot."""
        job_enqueue(self.job, pk, slot, id_start=self._id_start(pk, slot))

    def _id_start(self, pk: int, slot: int) -> str:
        return f"{self.name}-{pk}-{slot}-"


def slot_count() -> int:
    """Return how many jobs share work: one for each living worker, at least two."""
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
