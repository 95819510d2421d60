"""The server: HTTP/1.1 by hand on a thread, so that every way to break is in reach.

An ASGI server would tidy up what real ones don't: a connection that breaks within a
chunk, a body that never ends, an abort that must be seen.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from collections.abc import Callable, Sequence
from typing import Any

from tests.llm_server.replies import Refused, Reply

Request = dict[str, Any]
Answers = Callable[[Request], Reply | Refused]


class Script:
    """Answers from a list, in its order, whatever is asked."""

    def __init__(self, replies: Sequence[Reply | Refused]) -> None:
        self._left = list(replies)

    def __call__(self, request: Request) -> Reply | Refused:
        if not self._left:
            raise AssertionError(
                "the script has no more answers, and one was asked for"
            )
        return self._left.pop(0)

    @property
    def left(self) -> int:
        """How many answers nobody asked for."""
        return len(self._left)


class LLMServer:
    """Answers `POST /v1/chat/completions`. Use as a context manager.

    requests: the bodies that came, in order; headers beside them. aborted: set when a
    client left before its answer was over. errors: what went wrong in here.
    """

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.requests: list[Request] = []
        self.headers: list[dict[str, str]] = []
        self.aborted = threading.Event()
        self.stalling = threading.Event()
        self.errors: list[Exception] = []
        self.url = ""
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._stopping = asyncio.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> LLMServer:
        self._thread.start()
        self._ready.wait(30)
        return self

    def __exit__(self, *error: object) -> None:
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(30)

    def tool_results(self) -> list[dict[str, Any]]:
        """Return what the tools told the model so far, newest request only."""
        return [
            json.loads(message["content"])
            for message in self.requests[-1]["messages"]
            if message["role"] == "tool"
        ]

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        self._connections: set[asyncio.Task[None]] = set()
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/v1"
        self._ready.set()
        await self._stopping.wait()
        server.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _accept(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            while await self._answer(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError):
            self.aborted.set()
        except asyncio.CancelledError:
            pass
        finally:
            self._connections.discard(task)
            writer.close()
            with contextlib.suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Answer one request; say whether the connection may carry another."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
        except asyncio.IncompleteReadError:
            return False  # the client is done with this connection
        lines = head.split("\r\n")
        named = (line.partition(":") for line in lines[1:] if line)
        headers = {name.strip().lower(): value.strip() for name, _, value in named}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        assert lines[0] == "POST /v1/chat/completions HTTP/1.1", lines[0]
        request = json.loads(body)
        self.requests.append(request)
        self.headers.append(headers)
        try:
            reply = self.answers(request)
        except (AssertionError, LookupError, TypeError, ValueError) as error:
            self.errors.append(error)
            reply = Refused(400, message=f"{type(error).__name__}: {error}")
        if isinstance(reply, Refused):
            await _refuse(writer, reply)
            return True
        return await self._stream(reader, writer, reply)

    async def _stream(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, reply: Reply
    ) -> bool:
        writer.write(
            b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
            b"transfer-encoding: chunked\r\n\r\n"
        )
        for chunk in reply.chunks():
            data = chunk if isinstance(chunk, str) else json.dumps(chunk)
            await _send(writer, f"data: {data}\n\n")
        if reply.ends == "stall":
            self.stalling.set()
            if await reader.read(1) == b"":
                self.aborted.set()
            return False
        if reply.ends == "disconnect":
            writer.transport.abort()
            return False
        if reply.ends == "done":
            await _send(writer, "data: [DONE]\n\n")
        writer.write(b"0\r\n\r\n")
        await writer.drain()
        return True


async def _send(writer: asyncio.StreamWriter, text: str) -> None:
    data = text.encode()
    writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
    await writer.drain()


async def _refuse(writer: asyncio.StreamWriter, refused: Refused) -> None:
    body = json.dumps({"error": {"message": refused.message}}).encode()
    more = "".join(f"{name}: {value}\r\n" for name, value in refused.headers.items())
    writer.write(
        f"HTTP/1.1 {refused.status} Refused\r\ncontent-type: application/json\r\n"
        f"content-length: {len(body)}\r\n{more}\r\n".encode()
        + body
    )
    await writer.drain()
