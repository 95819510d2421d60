"""A connection that comes back by itself and misses nothing.

A thread reads, so that pings are answered while a person thinks; what it reads waits in
a queue. After a cut it connects again, later each time, and asks for what it missed.
"""

from __future__ import annotations

import json
import threading
from contextlib import ExitStack
from queue import Queue
from typing import Any

from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

SUBPROTOCOL = Subprotocol("personalais.v1")
OPEN_TIMEOUT_S = 10
# Waits between tries double up to the longest.
FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 15.0
SIGN_IN = 4401

BAD_KEY = (
    "The site doesn't know this key, or it was revoked. "
    "Make a new one with manage.py create_token NAME."
)

Frame = dict[str, Any]


class NotConnected(Exception):
    """There is no connection just now; what was to be sent was not."""


class Refused(Exception):
    """The site doesn't let this client in; trying again won't help."""


class Connection:
    """Frames in a queue, from a socket that is opened again whenever it breaks.

    Besides the protocol's frames the queue holds `{"type": "local.lost"}`,
    `{"type": "local.back"}` and, as the last, `{"type": "local.refused", "detail"}`.
    """

    def __init__(self, url: str, key: str) -> None:
        self.address = websocket_address(url)
        self.key = key
        self.frames: Queue[Frame] = Queue()
        self._socket: ClientConnection | None = None
        self._line = ExitStack()
        self._followed = ""
        self._seqs: dict[str, int] = {}
        self._ended = threading.Event()
        self._reader = threading.Thread(target=self._read, daemon=True)

    def open(self) -> Frame:
        """Connect for the first time; return the greeting.

        Raises Refused for a key that opens nothing, OSError where nobody answers.
        """
        hello = self._connect()
        self._reader.start()
        return hello

    def close(self) -> None:
        """Hang up."""
        self._ended.set()
        self._line.close()

    def send(self, **frame: Any) -> None:
        """Send a request. Raises NotConnected."""
        socket = self._socket
        if socket is None:
            raise NotConnected
        try:
            socket.send(json.dumps(frame))
        except ConnectionClosed as error:
            raise NotConnected from error

    def follow(self, conversation: str) -> None:
        """Miss nothing of this conversation, whatever cuts the line."""
        self._followed = conversation

    def _connect(self) -> Frame:
        """Open a socket and hear the greeting. Raises Refused, OSError."""
        with ExitStack() as line:
            try:
                socket = line.enter_context(
                    connect(
                        self.address,
                        subprotocols=[SUBPROTOCOL],
                        additional_headers={"Authorization": f"Token {self.key}"},
                        open_timeout=OPEN_TIMEOUT_S,
                        max_size=None,
                    )
                )
                hello: Frame = json.loads(socket.recv(timeout=OPEN_TIMEOUT_S))
            except InvalidStatus as error:
                status = error.response.status_code
                raise OSError(f"it answered with status {status}") from error
            except ConnectionClosed as closed:
                if closed.rcvd is not None and closed.rcvd.code == SIGN_IN:
                    raise Refused(BAD_KEY) from closed
                raise OSError(str(closed)) from closed
            self._socket, self._line = socket, line.pop_all()
        return hello

    def _read(self) -> None:
        while not self._ended.is_set():
            socket = self._socket
            if socket is None:
                return
            try:
                for text in socket:
                    self._take(json.loads(text))
            except ConnectionClosed:
                pass  # it is told and mended below
            if self._ended.is_set():
                return
            self._socket = None
            self._line.close()
            self.frames.put({"type": "local.lost"})
            if not self._come_back():
                return

    def _take(self, frame: Frame) -> None:
        conversation, seq = frame.get("conversation"), frame.get("seq")
        if conversation is not None and seq is not None:
            newest = self._seqs.get(conversation)
            # What comes before the resume has closed the gap comes with it once more.
            if conversation == self._followed and seq != (newest or seq - 1) + 1:
                return
            self._seqs[conversation] = seq
        self.frames.put(frame)

    def _come_back(self) -> bool:
        """Try until connected. Returns False when it is no use, or not wanted."""
        wait_s = FIRST_WAIT_S
        while not self._ended.wait(wait_s):
            try:
                self._connect()
            except Refused as refused:
                self.frames.put({"type": "local.refused", "detail": str(refused)})
                return False
            except (OSError, TimeoutError):
                wait_s = min(2 * wait_s, LONGEST_WAIT_S)
                continue
            self.frames.put({"type": "local.back"})
            self._ask_for_missed()
            return True
        return False

    def _ask_for_missed(self) -> None:
        if not self._followed:
            return
        try:
            self.send(
                type="conversation.resume",
                conversation=self._followed,
                after=self._seqs.get(self._followed, 0),
            )
        except NotConnected:
            pass  # cut again: the reader finds that out, and comes back here


def websocket_address(url: str) -> str:
    """Return the websocket's address of a site, given as http(s) or ws(s)."""
    scheme, _, rest = url.partition("://")
    schemes = {"http": "ws", "https": "wss", "ws": "ws", "wss": "wss"}
    if scheme not in schemes or not rest:
        raise ValueError(
            f"{url!r} is no address of a site. Give one like http://127.0.0.1:8000."
        )
    rest = rest.rstrip("/").removesuffix("/ws/chat")
    return f"{schemes[scheme]}://{rest}/ws/chat/"
