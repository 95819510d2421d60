"""Answers a turn with a language model, and without it where it fails.

A turn's work is one task that puts events into a queue, so that deadlines and cancelling
have one place: whoever closes the generator ends the task, and with it the request.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable

from chat.agent.events import AgentEvent
from chat.agent.llm.client import ChatCompletionsClient, LLMClient
from chat.agent.llm.limits import endpoint_from_settings, limits_from_settings
from chat.agent.llm.talk import Talk
from chat.agent.turn import Turn


def client_from_settings() -> LLMClient:
    """Return a client of the server that the settings name."""
    return ChatCompletionsClient(endpoint_from_settings())


class LlmPlanner:
    """The planner with a language model behind it."""

    name = "llm"

    def __init__(self, connect: Callable[[], LLMClient] = client_from_settings) -> None:
        self._connect = connect

    async def run(self, turn: Turn) -> AsyncGenerator[AgentEvent, None]:
        """Answer one message."""
        told: asyncio.Queue[AgentEvent | None] = asyncio.Queue()
        talk = Talk(turn, told.put_nowait, limits_from_settings())
        work = asyncio.create_task(talk.answer(self._connect))
        work.add_done_callback(lambda _: told.put_nowait(None))
        try:
            while (event := await told.get()) is not None:
                yield event
            await work
        finally:
            # What a thread is doing can't be cancelled: it changes nothing more, and
            # its end is waited for, so that what it has changed can be told.
            talk.stop()
            work.cancel()
            await asyncio.wait({work})
