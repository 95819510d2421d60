"""The log of calls to a model.

A call's row says who, which model, how long, how many tokens and how it ended; never
what was said.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone

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
