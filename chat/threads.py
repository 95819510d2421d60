"""Blocking work off the event loop."""

from __future__ import annotations

import os
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import close_old_connections

P = ParamSpec("P")
R = TypeVar("R")


def cores_of_process(cores: int, processes: int) -> int:
    """Return how many cores one of several web processes may keep busy, at least 1."""
    return max(1, cores // processes)


# Searches keep a core busy: more of them at once take longer each, and hold up the
# small things that others wait for. The web processes share the cores.
_labour = ThreadPoolExecutor(
    cores_of_process(os.cpu_count() or 1, settings.WEB_PROCESSES),
    thread_name_prefix="labour",
)
_asked: set[object] = set()


def in_thread(
    function: Callable[P, R], *, executor: ThreadPoolExecutor | None = None
) -> Callable[P, Coroutine[Any, Any, R]]:
    """Make a blocking function awaitable, on a thread and connection of its own.

    Channels' database_sync_to_async sends all synchronous code through one thread, so
    that one slow search would hold up everybody. The connection goes back to the pool
    when the function is done.
    """

    @wraps(function)
    def with_connection(*args: P.args, **kwargs: P.kwargs) -> R:
        close_old_connections()
        try:
            return function(*args, **kwargs)
        finally:
            close_old_connections()

    return sync_to_async(with_connection, thread_sensitive=False, executor=executor)


def as_labour(function: Callable[P, R]) -> Callable[P, Coroutine[Any, Any, R]]:
    """Make a function awaitable that keeps a core busy: one for each at a time."""
    awaitable = in_thread(function, executor=_labour)

    @wraps(function)
    async def counted(*args: P.args, **kwargs: P.kwargs) -> R:
        asked = object()
        _asked.add(asked)
        try:
            return await awaitable(*args, **kwargs)
        finally:
            _asked.discard(asked)

    return counted


def labour_count() -> int:
    """Return how much labour is done just now, or waits for a core."""
    return len(_asked)
