"""Starts the web server: daphne, with bounds on what it holds for a client.

    python -m personalais.web [daphne's arguments]

WEB_PROCESSES of them share one address, so that more than one core answers. When one
ends all end, and whoever started them starts them anew.

daphne writes a websocket's frames into its transport and never waits, so that a client
that doesn't read would fill the process's memory. Here such a client is cut off; it may
come back and resume. It also stores a request's body, of any size, before a view sees the
request. Here one that is larger than the site takes is thrown away as it comes, up to a
bound, so that the browser reads the answer, 413; beyond, the connection is closed.
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import daphne.http_protocol
import daphne.server
from daphne.cli import CommandLineInterface
from daphne.http_protocol import WebRequest
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from twisted.internet.endpoints import AdoptedStreamServerEndpoint, serverFromString
from twisted.internet.interfaces import IPushProducer
from zope.interface import implementer

from personalais.embedded.parent import dies_with_parent
from personalais.env import read_env
from personalais.sizes import MAX_BODY_BYTES
from personalais.supervisor import describe

logger = logging.getLogger(__name__)

# More than any one reply with its lists, and than a resume of a long talk.
MAX_WAITING_BYTES = 4 * 1024 * 1024
# Of a body that is too large: what is waited for, so that the sender hears why.
MAX_IGNORED_BYTES = 64 * 1024 * 1024
# Connections that wait to be accepted; Twisted's own figure.
BACKLOG = 50


@implementer(IPushProducer)
class Backlog:
    """What was handed to a transport since its reader last kept up, in bytes.

    A transport tells its producer to pause when more than 64 KiB wait, and to resume
    when all is written.
    """

    def __init__(self) -> None:
        self.is_growing = False
        self.size_bytes = 0

    def pauseProducing(self) -> None:
        self.is_growing = True

    def resumeProducing(self) -> None:
        self.is_growing = False
        self.size_bytes = 0

    def stopProducing(self) -> None:
        """Do nothing: the connection is gone, and with it what waited."""

    def add(self, size_bytes: int) -> bool:
        """Count what is handed over. Returns False when too much waits."""
        if self.is_growing:
            self.size_bytes += size_bytes
        return self.size_bytes <= MAX_WAITING_BYTES


class BoundedProtocol(WebSocketProtocol):  # type: ignore[misc]
    """A websocket whose client has to read what it is sent."""

    is_cut = False

    def onOpen(self) -> None:
        super().onOpen()
        self.backlog = Backlog()
        # What spoke HTTP before the upgrade is still registered.
        self.transport.unregisterProducer()
        self.transport.registerProducer(self.backlog, True)

    def serverSend(self, content: str | bytes, binary: bool = False) -> None:
        if self.is_cut:
            return  # the consumer hasn't heard of it yet
        data = content.encode() if isinstance(content, str) else content
        if self.backlog.add(len(data)):
            super().serverSend(content, binary)
            return
        logger.warning("Cut off a websocket that doesn't read: %s", self.client_addr)
        self.is_cut = True
        self.transport.abortConnection()


class BoundedRequest(WebRequest):  # type: ignore[misc]
    """A request of whose body no more is kept than the site takes.

    One that is larger comes to the application without any body, with its length.
    """

    received_bytes = 0
    is_too_large = False

    def gotLength(self, length: int | None) -> None:
        """Begin to take a body; length: in bytes, None where that isn't told."""
        told = length or 0
        if told <= MAX_BODY_BYTES:
            super().gotLength(length)
            return
        super().gotLength(0)
        self._refuse()
        asks_first = self.requestHeaders.hasHeader(b"expect")
        if asks_first or told > MAX_IGNORED_BYTES:
            # It is answered at once, and nothing of it is waited for.
            self.requestHeaders.removeHeader(b"expect")
            self.channel.length = 0

    def handleContentChunk(self, data: bytes) -> None:
        """Keep a part of the body, or throw all of it away."""
        self.received_bytes += len(data)
        if self.received_bytes > MAX_BODY_BYTES and not self.is_too_large:
            self._refuse()
        if not self.is_too_large:
            super().handleContentChunk(data)
        elif self.received_bytes > MAX_IGNORED_BYTES:
            self.channel.transport.abortConnection()

    def requestReceived(self, command: bytes, path: bytes, version: bytes) -> None:
        """Hand the request on, now that all of it is here."""
        if self.is_too_large and not self.requestHeaders.hasHeader(b"content-length"):
            length = str(self.received_bytes).encode()
            self.requestHeaders.setRawHeaders(b"content-length", [length])
        super().requestReceived(command, path, version)

    def _refuse(self) -> None:
        self.is_too_large = True
        self.content.seek(0)
        self.content.truncate()
        # With the answer the connection ends.
        self.channel.persistent = False
        self.responseHeaders.setRawHeaders(b"connection", [b"close"])


def main() -> None:
    """Run daphne with that protocol, in as many processes as are wanted."""
    arguments = sys.argv[1:]
    count = read_env().web_processes
    if count > 1 and "--fd" not in arguments:
        sys.exit(share_address(count, arguments))
    WebSocketFactory.protocol = BoundedProtocol
    daphne.http_protocol.WebRequest = BoundedRequest
    daphne.server.serverFromString = endpoint_of
    CommandLineInterface.entrypoint()


def share_address(count: int, arguments: Sequence[str]) -> int:
    """Listen, and let processes of this module accept; return the exit code.

    arguments: daphne's. Asked to stop (SIGTERM, SIGINT), it asks them.
    """
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--bind", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    own, rest = parser.parse_known_args(arguments)
    family = socket.AF_INET6 if ":" in own.bind else socket.AF_INET
    try:
        listener = socket.create_server(
            (own.bind, own.port), family=family, backlog=BACKLOG
        )
    except OSError as error:
        sys.stderr.write(f"Cannot listen on {own.bind}, port {own.port}: {error}\n")
        return 1
    descriptor = listener.fileno()
    command = [sys.executable, "-m", "personalais.web", "--fd", str(descriptor), *rest]
    processes = [
        subprocess.Popen(  # noqa: S603  our own command
            command,
            pass_fds=[descriptor],
            preexec_fn=dies_with_parent(signal.SIGTERM),
        )
        for _ in range(count)
    ]

    def stop_all(*_signal: object) -> None:
        for process in processes:
            process.terminate()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop_all)
    _pid, status = os.wait()
    stop_all()
    for process in processes:
        process.wait()
    listener.close()
    code = os.waitstatus_to_exitcode(status)
    if code:
        sys.stderr.write(f"A web process ended ({describe(code)}), and so do all.\n")
    return 1 if code else 0


def endpoint_of(reactor: Any, description: str) -> Any:
    """Return the endpoint that daphne describes; Twisted knows none of a descriptor."""
    name, _, number = description.partition("=")
    if name != "fd:fileno":
        return serverFromString(reactor, description)  # type: ignore[no-untyped-call]
    with socket.socket(fileno=os.dup(int(number))) as held:
        family = held.family
    return AdoptedStreamServerEndpoint(  # type: ignore[no-untyped-call]
        reactor, int(number), family
    )


if __name__ == "__main__":
    main()
