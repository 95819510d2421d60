"""Wake a worker up for a row that is to be worked at, now or later.

The rows are the truth, and say when. A job carries the row's id alone, and one too many
does no harm.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import django_rq
from rq import Queue

from catalog.advisory import Lock, is_locked
from catalog.slots import FAILURE_TTL_S, OTHER_QUEUE, RESULT_TTL_S


def job_wake(job: str, pk: int, *, id_start: str) -> None:
    """Queue the job of one row, after the transaction. job: its dotted name."""
    _queue().enqueue_call(
        job,
        args=(pk,),
        job_id=f"{id_start}{pk}-{uuid.uuid4().hex[:12]}",
        timeout=-1,
        result_ttl=RESULT_TTL_S,
        failure_ttl=FAILURE_TTL_S,
    )


def unattended(ids: Sequence[int], *, id_start: str, lock: Lock) -> list[int]:
    """Return those rows for which no job waits, and whose lock nobody holds."""
    if not ids:
        return []
    waiting = _queue().get_job_ids()
    return [
        pk
        for pk in ids
        if not any(job_id.startswith(f"{id_start}{pk}-") for job_id in waiting)
        and not is_locked(lock, pk)
    ]


def _queue() -> Queue:
    queue: Queue = django_rq.get_queue(OTHER_QUEUE, serializer="json")
    return queue
