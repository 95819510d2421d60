"""The server: an ASGI application, run by uvicorn on a thread of its own."""

from __future__ import annotations

import socket
import threading
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl

import uvicorn

from tests.loopback.answers import Answer, Call, Refusal
from tests.loopback.faults import Fault, Faults

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


class LoopbackServer:
    """A service on loopback. Use as a context manager; each service says the rest.

    calls: what was asked, as "GET /v1/me". errors: what went wrong in here.
    """

    def __init__(self) -> None:
        self.faults = Faults()
        self.errors: list[Exception] = []
        # Of a socket that doesn't name TCP, asyncio lets answers wait for 40 ms.
        self._socket = socket.socket(proto=socket.IPPROTO_TCP)
        self._socket.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(
            self.app,
            interface="asgi3",
            access_log=False,
            log_config=None,
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, args=([self._socket],), daemon=True
        )

    def __enter__(self) -> Any:
        self._socket.listen(64)
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.should_exit = True
        self._thread.join(30)
        self._socket.close()

    @property
    def calls(self) -> list[str]:
        """What was asked since the faults were last forgotten."""
        return self.faults.calls

    def page(self, call: Call) -> Answer | None:
        """Answer what is no call of the site's: a page for people."""
        return None

    def answer(self, call: Call) -> Answer:
        """Answer a call. Raises Refusal."""
        raise NotImplementedError

    def fault_answer(self, fault: Fault) -> Answer:
        """Return the answer of a failing call; silence has none."""
        raise NotImplementedError

    def broken(self, error: Exception) -> Refusal:
        """Return what is said of a mistake in here."""
        raise NotImplementedError

    async def app(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request, or fail as told."""
        call = await _read(scope, receive)
        if (page := self.page(call)) is not None:
            await _send(send, page)
            return
        number, fault = self.faults.begin(f"{call.method} {call.path}")
        is_lost = self.faults.notice(number, "before")
        answer = None
        if not is_lost and (fault is None or fault.when == "after"):
            answer = self._answered(call)
        self.faults.notice(number, "after")
        if fault is not None and fault.kind == "silence":
            while (await receive())["type"] != "http.disconnect":
                pass
            return
        await _send(send, self.fault_answer(fault) if fault else answer or Answer())

    def _answered(self, call: Call) -> Answer:
        try:
            return self.answer(call)
        except Refusal as refusal:
            return refusal.answer()
        except Exception as error:  # noqa: BLE001  # Told by the fixture at the end.
            self.errors.append(error)
            return self.broken(error).answer()


async def _read(scope: dict[str, Any], receive: Receive) -> Call:
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    return Call(
        method=scope["method"],
        path=scope["path"],
        query=dict(parse_qsl(scope["query_string"].decode(), keep_blank_values=True)),
        headers={name.decode(): value.decode() for name, value in scope["headers"]},
        body=body,
    )


async def _send(send: Send, answer: Answer) -> None:
    body = answer.body()
    headers = [
        (b"content-type", answer.content_type()),
        (b"content-length", str(len(body)).encode()),
    ]
    headers += [(n.lower().encode(), v.encode()) for n, v in answer.headers.items()]
    await send(
        {"type": "http.response.start", "status": answer.status, "headers": headers}
    )
    await send({"type": "http.response.body", "body": body})
