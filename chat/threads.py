"""Blocking work off the event loop."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from asgiref.sync import sync_to_async
from django.db import close_old_connections

P = ParamSpec("P")
R = TypeVar("R")


def in_thread(function: Callable[P, R]) -> Callable[P, Coroutine[Any, Any, R]]:
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

    return sync_to_async(with_connection, thread_sensitive=False)
