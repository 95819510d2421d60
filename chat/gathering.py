"""Gathers what follows closely, so that it is stored and sent in one go."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator

from chat.agent.events import AgentEvent, Said


async def gathered(
    events: AsyncIterator[AgentEvent], *, window_s: float
) -> AsyncGenerator[list[AgentEvent], None]:
    """Give events by lists: all that are there at once, words joined.

    Words wait for others of the same window; the very first go out at once.
    """
    pending: asyncio.Future[AgentEvent] | None = None
    batch: list[AgentEvent] = []
    window, opened = 0.0, 0.0
    loop = asyncio.get_running_loop()
    try:
        while True:
            pending = pending or asyncio.ensure_future(_next(events))
            is_words = all(isinstance(event, Said) for event in batch)
            ends = opened + window if is_words else 0.0
            wait = max(0.0, ends - loop.time()) if batch else None
            await asyncio.wait({pending}, timeout=wait)
            if batch and (not pending.done() or loop.time() > opened + window_s):
                window = window_s if _has_words(batch) else window
                yield batch
                batch = []
                continue
            finished, pending = pending, None
            try:
                event = finished.result()
            except StopAsyncIteration:
                break
            opened = opened if batch else loop.time()
            _join(batch, event)
    finally:
        if pending is not None:
            pending.cancel()
            with contextlib.suppress(asyncio.CancelledError, StopAsyncIteration):
                await pending
    if batch:
        yield batch


def _has_words(batch: list[AgentEvent]) -> bool:
    return any(isinstance(event, Said) for event in batch)


def _join(batch: list[AgentEvent], event: AgentEvent) -> None:
    """Put an event at the end of a list, words to the words that stand there."""
    if batch and isinstance(event, Said) and isinstance(batch[-1], Said):
        batch[-1] = Said(batch[-1].text + event.text)
    else:
        batch.append(event)


async def _next(events: AsyncIterator[AgentEvent]) -> AgentEvent:
    # A task takes a coroutine, which anext() of a generator is not.
    return await anext(events)
