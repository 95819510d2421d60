"""Have a new version of the known artists brought into documents by the workers."""

from __future__ import annotations

from catalog.advisory import Lock, is_locked
from catalog.hearsay import hearsay_is_due
from catalog.slots import is_job_waiting, job_enqueue

JOB, JOB_ID = "catalog.jobs.write_hearsay", "hearsay-"


def hearsay_enqueue() -> None:
    """Queue the job that writes documents anew."""
    job_enqueue(JOB, id_start=JOB_ID)


def hearsay_sweep() -> int:
    """Queue it where documents are of another version and nobody is at it. How many."""
    if not hearsay_is_due() or is_job_waiting(JOB_ID) or is_locked(Lock.HEARSAY, 0):
        return 0
    hearsay_enqueue()
    return 1
