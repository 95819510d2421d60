"""How far a turn may go with a model, and where that model is: from the settings."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from chat.agent.llm.client import Endpoint


@dataclass(frozen=True)
class Limits:
    """Bounds of one turn: how often the model is asked, for how long, for how much.

    turn_tokens counts what goes in and what comes out, of all rounds; the round that
    crosses it is the last.
    """

    rounds: int
    turn_timeout_s: float
    turn_tokens: int


def limits_from_settings() -> Limits:
    """Return the bounds that the settings set."""
    return Limits(
        rounds=settings.LLM_MAX_ROUNDS,
        turn_timeout_s=settings.LLM_TURN_TIMEOUT_S,
        turn_tokens=settings.LLM_TURN_TOKENS,
    )


def endpoint_from_settings() -> Endpoint:
    """Return the server that the settings name."""
    return Endpoint(
        model=settings.LLM_MODEL,
        base_url=settings.OPENAI_BASE_URL,
        api_key=settings.OPENAI_API_KEY,
        max_tokens_param=settings.LLM_MAX_TOKENS_PARAM,
        has_usage=settings.LLM_USAGE_IN_STREAM,
        max_tokens=settings.LLM_MAX_TOKENS,
        connect_timeout_s=settings.LLM_CONNECT_TIMEOUT_S,
        read_timeout_s=settings.LLM_READ_TIMEOUT_S,
    )
