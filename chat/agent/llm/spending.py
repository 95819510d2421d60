"""What the calls to a model add up to: a listener's share of a day, the admin's days.

It loads no model's client: the admin and the nightly sweep read it too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, timedelta

from django.conf import settings
from django.db.models import Aggregate, Count, FloatField, Q, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from accounts.models import User
from chat.models import LLMCall

Outcome = LLMCall.Outcome


def tokens_used_today(user: User) -> int:
    """Return how many tokens a listener's turns have taken since midnight UTC."""
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    used = LLMCall.objects.filter(user=user, started_at__gte=midnight).aggregate(
        total=Sum("tokens_in", default=0) + Sum("tokens_out", default=0)
    )
    return int(used["total"])


def is_used_up(user: User) -> bool:
    """Say whether a listener's share of today is used up. One query at most."""
    if not settings.LLM_DAILY_TOKENS:
        return False
    return tokens_used_today(user) >= settings.LLM_DAILY_TOKENS


@dataclass(frozen=True)
class Day:
    """What all calls of one day (UTC) add up to. Latencies are medians."""

    date: date
    calls: int
    failed: int
    listeners: int
    tokens_in: int
    tokens_out: int
    first_token_ms: float | None
    total_ms: float


def llm_days(count: int) -> list[Day]:
    """Sum up the last days that had calls, newest first. One query."""
    went_well = (Outcome.ANSWERED, Outcome.CALLED, Outcome.STOPPED)
    since = timezone.now() - timedelta(days=count)
    rows = (
        LLMCall.objects.filter(started_at__gte=since)
        .annotate(date=TruncDate("started_at", tzinfo=UTC))
        .values("date")
        .annotate(
            calls=Count("pk"),
            failed=Count("pk", filter=~Q(outcome__in=went_well)),
            listeners=Count("user", distinct=True),
            sum_in=Sum("tokens_in"),
            sum_out=Sum("tokens_out"),
            median_first_ms=Median("first_token_ms"),
            median_ms=Median("total_ms"),
        )
        .order_by("-date")
    )
    return [
        Day(
            date=row["date"],
            calls=row["calls"],
            failed=row["failed"],
            listeners=row["listeners"],
            tokens_in=row["sum_in"],
            tokens_out=row["sum_out"],
            first_token_ms=row["median_first_ms"],
            total_ms=row["median_ms"],
        )
        for row in rows
    ]


class Median(Aggregate):
    """The median of a column, without rows that have none."""

    template = "percentile_cont(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


def llm_calls_prune() -> int:
    """Delete calls that are older than they are kept. Returns how many."""
    before = timezone.now() - timedelta(days=settings.LLM_LOG_DAYS)
    return LLMCall.objects.filter(started_at__lt=before).delete()[0]
