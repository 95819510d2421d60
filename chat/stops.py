"""Stops of replies that another process writes.

Each process listens for all stops that others ask for, from its first socket on: to
subscribe for each reply would cost more than all else that Redis does for it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from uuid import UUID
from weakref import WeakKeyDictionary

from channels.layers import get_channel_layer

logger = logging.getLogger(__name__)

GROUP = "stops"

_listeners: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Task[None]] = (
    WeakKeyDictionary()
)


async def stop_ask(message: UUID) -> None:
    """Ask the other processes to stop the reply to a message."""
    told = {"type": "turn.stop", "message": str(message)}
    await get_channel_layer().group_send(GROUP, told)


def stops_hear(stop: Callable[[UUID], object]) -> None:
    """Have `stop` called with each message that is to be stopped, from now on.

    Once a process: nothing happens where somebody hears already.
    """
    loop = asyncio.get_running_loop()
    listener = _listeners.get(loop)
    if listener is None or listener.done():
        _listeners[loop] = loop.create_task(_hear(stop))


async def _hear(stop: Callable[[UUID], object]) -> None:
    layer = get_channel_layer()
    try:
        channel = await layer.new_channel()
        await layer.group_add(GROUP, channel)
        while True:
            told = await layer.receive(channel)
            stop(UUID(told["message"]))
    except Exception:  # The border of a task: the next socket has another one begun.
        logger.exception("This process doesn't hear of stops any more")
