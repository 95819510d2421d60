"""Joins words that follow each other closely, so that a frame holds more than one."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator

from chat.agent.events import AgentEvent, Said


async def coalesced(
    events: AsyncIterator[AgentEvent], *, window_s: float
) -> AsyncGenerator[AgentEvent, None]:
    """Join words that follow each other within a window; pass the rest unchanged.

    The very first words go out at once.
    """
    pending: asyncio.Future[AgentEvent] | None = None
    words = ""
    window = 0.0
    loop = asyncio.get_running_loop()
    opened = loop.time()
    try:
        while True:
            pending = pending or asyncio.ensure_future(_next(events))
            wait = max(0.0, opened + window - loop.time()) if words else None
            await asyncio.wait({pending}, timeout=wait)
            event = None
            if pending.done():
                finished, pending = pending, None
                try:
                    event = finished.result()
                except StopAsyncIteration:
                    break
                if isinstance(event, Said):
                    opened = opened if words else loop.time()
                    words += event.text
                    if loop.time() < opened + window:
                        continue
                    event = None
            if words:
                yield Said(words)
                words, window = "", window_s
            if event is not None:
                yield event
    finally:
        if pending is not None:
            pending.cancel()
            with contextlib.suppress(asyncio.CancelledError, StopAsyncIteration):
                await pending
    if words:
        yield Said(words)


async def _next(events: AsyncIterator[AgentEvent]) -> AgentEvent:
    # A task takes a coroutine, which anext() of a generator is not.
    return await anext(events)
