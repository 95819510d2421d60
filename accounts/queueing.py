"""Hands work of accounts to a background worker, after the transaction.

Arguments are ids and codes: what stands in Redis names nobody.
"""

from __future__ import annotations

from typing import Any

import django_rq
from rq import Queue

QUEUE = "default"
RESULT_TTL_S = 60
FAILURE_TTL_S = 24 * 3600


def job_enqueue(job: str, *args: Any, job_id: str | None = None) -> None:
    """Queue a function of accounts.jobs by its name."""
    queue().enqueue_call(
        f"accounts.jobs.{job}",
        args=args,
        job_id=job_id,
        result_ttl=RESULT_TTL_S,
        failure_ttl=FAILURE_TTL_S,
    )


def queue() -> Queue:
    """Return the queue, whose jobs are JSON."""
    found: Queue = django_rq.get_queue(QUEUE, serializer="json")
    return found
