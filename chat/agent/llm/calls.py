"""The log of calls to a model, and the budget that it is counted for.

A call's row says who, which model, how long, how many tokens and how it ended; never
what was said.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.db.models import Aggregate, Count, FloatField, Q, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from accounts.models import User
from chat.agent.llm.accumulating import Answer
from chat.agent.llm.client import Wire
from chat.agent.turn import Turn
from chat.models import LLMCall

Outcome = LLMCall.Outcome

# What most tokenisers make of English and JSON, where the server doesn't count.
CHARS_A_TOKEN = 4


@dataclass(frozen=True)
class Logged:
    """One call, as it is kept."""

    turn: Turn
    round_number: int
    model: str
    outcome: Outcome
    started_at: datetime
    first_token_ms: int | None
    total_ms: int
    tokens_in: int
    tokens_out: int
    is_estimated: bool


class Timed:
    """Measures one call, from when it is made."""

    def __init__(
        self,
        turn: Turn,
        round_number: int,
        messages: Sequence[Wire],
        tools: Sequence[Wire],
    ) -> None:
        self._turn = turn
        self._round_number = round_number
        self._chars_in = len(json.dumps([messages, tools], ensure_ascii=False))
        self._chars_out = 0
        self._started_at = timezone.now()
        self._began_s = time.perf_counter()
        self._first_token_ms: int | None = None

    def note_words(self, words: str) -> None:
        """Note words that came."""
        self._chars_out += len(words)
        if self._first_token_ms is None:
            self._first_token_ms = self._elapsed_ms()

    def done(self, answer: Answer) -> Logged:
        """Return the call with its answer; tokens as the server counted them."""
        outcome = Outcome.CALLED if answer.calls else Outcome.ANSWERED
        if answer.usage is not None:
            usage = answer.usage
            return self._logged(outcome, usage.tokens_in, usage.tokens_out, False)
        called = sum(len(call.name) + len(call.arguments) for call in answer.calls)
        self._chars_out = len(answer.text) + called + answer.reasoning_chars
        return self._estimated(outcome)

    def failed(self, kind: str) -> Logged:
        """Return a call that brought no answer."""
        return self._estimated(Outcome(kind))

    def _estimated(self, outcome: Outcome) -> Logged:
        return self._logged(
            outcome,
            -(-self._chars_in // CHARS_A_TOKEN),
            -(-self._chars_out // CHARS_A_TOKEN),
            True,
        )

    def _logged(
        self,
        outcome: Outcome,
        tokens_in: int,
        tokens_out: int,
        is_estimated: bool,
    ) -> Logged:
        return Logged(
            turn=self._turn,
            round_number=self._round_number,
            model=settings.LLM_MODEL,
            outcome=outcome,
            started_at=self._started_at,
            first_token_ms=self._first_token_ms,
            total_ms=self._elapsed_ms(),
            tokens_in=tokens_in,
            tokens_out=tokens_out,
            is_estimated=is_estimated,
        )

    def _elapsed_ms(self) -> int:
        return round((time.perf_counter() - self._began_s) * 1000)


def llm_call_log(call: Logged) -> None:
    """Keep a call. One query."""
    LLMCall.objects.create(
        user_id=call.turn.user.pk,
        conversation_id=call.turn.conversation.pk,
        model=call.model,
        round_number=call.round_number,
        outcome=call.outcome,
        started_at=call.started_at,
        first_token_ms=call.first_token_ms,
        total_ms=call.total_ms,
        tokens_in=call.tokens_in,
        tokens_out=call.tokens_out,
        is_estimated=call.is_estimated,
    )


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
