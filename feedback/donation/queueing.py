"""Wake a worker up for what a listener gives, now or later."""

from __future__ import annotations

from django.utils import timezone

from catalog.advisory import Lock
from catalog.waking import job_wake, unattended
from feedback.models import DonationDue

JOB, JOB_ID = "feedback.jobs.make_donations", "donation-"


def donation_enqueue(user_id: int) -> None:
    """Queue the job of one listener's donations, after the transaction."""
    job_wake(JOB, user_id, id_start=JOB_ID)


def donations_sweep() -> int:
    """Queue what is due and nobody works at. Returns of how many listeners."""
    due = DonationDue.objects.filter(due_at__lte=timezone.now())
    ids = sorted(set(due.order_by().values_list("user", flat=True)))
    left = unattended(ids, id_start=JOB_ID, lock=Lock.DONATION)
    for pk in left:
        donation_enqueue(pk)
    return len(left)
