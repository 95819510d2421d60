"""One answer of a model, streamed: the protocol, and its client for Chat Completions.

Everything that can go wrong between here and the model becomes `ModelFailed`, with the
kind of failure and a sentence for the listener; nothing else of `openai` leaves this
file.
"""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Protocol, Self, cast

from pydantic import SecretStr

from chat.agent.llm.accumulating import Accumulator, Answer

if TYPE_CHECKING:
    # It takes most of a second to load, and most sites have no model.
    import openai
    from openai.types.chat import ChatCompletionChunk

logger = logging.getLogger(__name__)

# Chat Completions messages and tool schemas, as they go over the wire.
Wire = dict[str, Any]

FailureKind = Literal[
    "busy", "unreachable", "stalled", "refused", "failing", "broken", "cut", "slow"
]

_TOLD: dict[FailureKind, str] = {
    "busy": "The language model is too busy right now",
    "unreachable": "The language model can't be reached",
    "stalled": "The language model stopped answering",
    "refused": "The language model refused the request",
    "failing": "The language model has a fault of its own",
    "broken": "The language model's answer made no sense",
    "cut": "The language model broke off",
    "slow": "The language model took too long",
}


class ModelFailed(Exception):
    """The model gave no usable answer.

    told: why, for the listener, without a full stop. retry_after_s: when the server
    said to come back, None where it didn't.
    """

    def __init__(
        self, kind: FailureKind, *, retry_after_s: float | None = None
    ) -> None:
        super().__init__(kind)
        self.kind = kind
        self.told = _TOLD[kind]
        self.retry_after_s = retry_after_s


@dataclass(frozen=True)
class Endpoint:
    """A server that speaks Chat Completions, and what it can do.

    max_tokens_param: OpenAI's reasoning models take `max_completion_tokens`, local
    servers `max_tokens`. has_usage: whether it takes `stream_options.include_usage`.
    """

    model: str
    base_url: str = ""
    api_key: SecretStr = field(default=SecretStr(""))
    max_tokens_param: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    has_usage: bool = True
    max_tokens: int = 1500
    connect_timeout_s: float = 5.0
    read_timeout_s: float = 60.0


class LLMClient(Protocol):
    """A model that can be asked. Closed with `async with`."""

    def ask(
        self, messages: Sequence[Wire], tools: Sequence[Wire]
    ) -> AsyncGenerator[str | Answer, None]:
        """Yield words as they come, then the whole answer. Raises ModelFailed.

        Closing the generator closes the request, so that the server stops as well.
        """
        ...

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class ChatCompletionsClient:
    """Asks an OpenAI-compatible server.

    Never retries by itself: `openai` would wait for up to two minutes in silence when
    told to come back later. One client for an event loop.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        import openai

        self._endpoint = endpoint
        self._client = openai.AsyncOpenAI(
            # None would make it look into the environment, which is env.py's to read.
            base_url=endpoint.base_url or "https://api.openai.com/v1",
            api_key=endpoint.api_key.get_secret_value() or "none",
            timeout=openai.Timeout(
                endpoint.read_timeout_s, connect=endpoint.connect_timeout_s
            ),
            max_retries=0,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._client.close()

    async def ask(
        self, messages: Sequence[Wire], tools: Sequence[Wire]
    ) -> AsyncGenerator[str | Answer, None]:
        """Yield words as they come, then the whole answer. Raises ModelFailed."""
        import openai

        pieces = Accumulator()
        try:
            async with aclosing(self._chunks(messages, tools)) as chunks:
                async for chunk in chunks:
                    if words := pieces.add(chunk):
                        yield words
        except openai.APIError as error:
            raise _failure_of(error) from error
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            raise ModelFailed("broken") from error
        answer = pieces.answer()
        if not answer.is_whole:
            raise ModelFailed("cut")
        yield answer

    async def _chunks(
        self, messages: Sequence[Wire], tools: Sequence[Wire]
    ) -> AsyncGenerator[ChatCompletionChunk, None]:
        endpoint = self._endpoint
        request: Wire = {
            "model": endpoint.model,
            "messages": list(messages),
            "stream": True,
            endpoint.max_tokens_param: endpoint.max_tokens,
        }
        if tools:
            request["tools"] = list(tools)
        if endpoint.has_usage:
            request["stream_options"] = {"include_usage": True}
        # The overloads can't see what a dictionary says of `stream`.
        stream = cast(
            "openai.AsyncStream[ChatCompletionChunk]",
            await self._client.chat.completions.create(**request),
        )
        async with stream:
            async for chunk in stream:
                yield chunk


def _failure_of(error: openai.APIError) -> ModelFailed:
    """Say what an error of the client's means. Logged without what was sent."""
    import openai

    kind: FailureKind
    retry_after_s = None
    match error:
        case openai.APITimeoutError():
            kind = "stalled"
        case openai.APIConnectionError():
            kind = "unreachable"
        case openai.RateLimitError():
            kind = "busy"
            retry_after_s = _seconds(error.response.headers.get("retry-after"))
        case openai.APIStatusError():
            kind = "failing" if error.status_code >= 500 else "refused"
        case _:
            kind = "failing"
    status = getattr(error, "status_code", None)
    logger.warning("The model failed: %s (%s, %s)", kind, type(error).__name__, status)
    return ModelFailed(kind, retry_after_s=retry_after_s)


def _seconds(header: str | None) -> float | None:
    try:
        return max(0.0, float(header)) if header is not None else None
    except ValueError:  # a date, which is never soon
        return None
