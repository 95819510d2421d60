"""Many clients at once: sockets that only listen, and turns at a steady rate."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import cycle
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

REQUESTS = (
    "upbeat 80s pop for cooking",
    "90s hip-hop",
    "calm jazz without vocals",
    "energetic music for the gym",
    "happy songs from the 60s, no rock",
    "something slow and warm",
    "a slow rainy piano",
    "surprise me",
)
# At once; more would only fill the server's queue of connections.
OPENING = 20
TURN_TIMEOUT_S = 60


@dataclass
class Figures:
    """What the talking clients saw. Times in milliseconds from when a turn was due."""

    event: list[float] = field(default_factory=list)
    words: list[float] = field(default_factory=list)
    done: list[float] = field(default_factory=list)
    frames: int = 0
    failed: dict[str, int] = field(default_factory=dict)

    def fail(self, why: str) -> None:
        """Count a turn that didn't come to its end."""
        self.failed[why] = self.failed.get(why, 0) + 1


async def open_sockets(
    stack: AsyncExitStack, address: str, keys: list[str]
) -> list[ClientConnection]:
    """Open a socket for each key and hear its greeting."""
    gate = asyncio.Semaphore(OPENING)

    async def open_one(key: str) -> ClientConnection:
        async with gate:
            socket = await stack.enter_async_context(
                connect(
                    address,
                    subprotocols=[Subprotocol("personalais.v1")],
                    additional_headers={"Authorization": f"Token {key}"},
                    open_timeout=60,
                    max_size=None,
                    compression=None,
                )
            )
            await socket.recv()
            return socket

    return await asyncio.gather(*(open_one(key) for key in keys))


async def talk(
    sockets: list[ClientConnection], *, rate_per_s: float, duration_s: float
) -> tuple[Figures, float]:
    """Begin turns at a steady rate, whether earlier ones are over or not.

    Each begins a conversation of its own, on the next socket that has no turn running.
    Returns what was seen, and the seconds until the last turn was over.
    """
    figures = Figures()
    free: asyncio.Queue[ClientConnection] = asyncio.Queue()
    for socket in sockets:
        free.put_nowait(socket)
    texts = cycle(REQUESTS)
    began = time.perf_counter()
    running: list[asyncio.Task[None]] = []
    for number in range(round(rate_per_s * duration_s)):
        due = began + number / rate_per_s
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        running.append(
            asyncio.create_task(_turn(free, next(texts), due=due, figures=figures))
        )
    await asyncio.gather(*running)
    return figures, time.perf_counter() - began


async def _turn(
    free: asyncio.Queue[ClientConnection], text: str, *, due: float, figures: Figures
) -> None:
    socket = await free.get()
    try:
        async with asyncio.timeout(TURN_TIMEOUT_S):
            asked = str(uuid4())
            said = {"type": "message.send", "id": asked, "text": text}
            await socket.send(json.dumps(said))
            await _hear_out(socket, asked, due, figures)
    except TimeoutError:
        figures.fail("timeout")
    finally:
        free.put_nowait(socket)


async def _hear_out(
    socket: ClientConnection, asked: str, due: float, figures: Figures
) -> None:
    """Hear a turn to its end; what other sockets of the listener ask for comes as well."""
    seen: set[str] = set()
    message = None
    first = {"step": figures.event, "message.delta": figures.words}
    while True:
        frame = json.loads(await socket.recv())
        figures.frames += 1
        kind = frame["type"]
        if kind == "error" and frame["id"] == asked:
            figures.fail(frame["code"])
            return
        if kind == "message.accepted" and frame["id"] == asked:
            message = frame["message"]
        if message is None or frame.get("message") != message:
            continue
        since_ms = 1000 * (time.perf_counter() - due)
        if kind in first and kind not in seen:
            seen.add(kind)
            first[kind].append(since_ms)
        if kind == "message.done":
            figures.done.append(since_ms)
            return
