"""The web process's log of what was asked for, without query strings.

A link to a song carries a key that opens it for a month, and searches are nobody's
business; daphne's own log would write both out.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

Scope = dict[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]

logger = logging.getLogger("personalais.access")


def access_logged(inner: App) -> App:
    """Wrap an application so that each request is a line once it has ended."""

    async def application(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] not in ("http", "websocket"):
            await inner(scope, receive, send)
            return
        answered = "no answer"
        begun_at = time.monotonic()

        async def noting_send(message: dict[str, Any]) -> None:
            nonlocal answered
            match message["type"]:
                case "http.response.start":
                    answered = str(message["status"])
                case "websocket.accept":
                    answered = "open"
                    _log(scope, answered, time.monotonic() - begun_at)
                case "websocket.close":
                    is_open = answered == "open"
                    answered = str(message.get("code", 1000)) if is_open else "refused"
            await send(message)

        try:
            await inner(scope, receive, noting_send)
        finally:
            _log(scope, answered, time.monotonic() - begun_at)

    return application


def _log(scope: Scope, answered: str, lasted_s: float) -> None:
    client = (scope.get("client") or ["-"])[0]
    verb = scope.get("method", "WEBSOCKET")
    # Quoted, so that no line break in a path begins a line of its own.
    path = quote(scope["path"])
    logger.info("%s %s %s %s %.3f s", client, verb, path, answered, lasted_s)
