"""Starts the web server: daphne, with a bound on what waits for a slow reader.

    python -m personalais.web [daphne's arguments]

daphne writes a websocket's frames into its transport and never waits, so that a client
that doesn't read would fill the process's memory. Here such a client is cut off; it may
come back and resume.
"""

from __future__ import annotations

import logging

from daphne.cli import CommandLineInterface
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from twisted.internet.interfaces import IPushProducer
from zope.interface import implementer

logger = logging.getLogger(__name__)

# More than any one reply with its lists, and than a resume of a long talk.
MAX_WAITING_BYTES = 4 * 1024 * 1024


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


def main() -> None:
    """Run daphne with that protocol."""
    WebSocketFactory.protocol = BoundedProtocol
    CommandLineInterface.entrypoint()


if __name__ == "__main__":
    main()
