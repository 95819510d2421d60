"""End a command well at Ctrl-C or SIGTERM, wherever in its work it comes.

The rule of this file: whatever fails once the end was asked for is the end. A query that
was broken off leaves its connection busy, so that the next one, of a lock's release
perhaps, fails with another error than KeyboardInterrupt.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import psycopg
from django.db import connection
from psycopg.pq import TransactionStatus

logger = logging.getLogger(__name__)

SIGNALS = (signal.SIGINT, signal.SIGTERM)
CANCEL_WAIT_S = 5.0


class Stopped(KeyboardInterrupt):
    """The end was asked for.

    Not KeyboardInterrupt itself: where that comes in an `exec` (of a module that makes
    dataclasses, say), Python up to 3.12 dies by the signal at its own end, although
    the exception was caught (run_eval_code_obj in CPython's pythonrun.c).
    """


@contextmanager
def until_stopped() -> Iterator[threading.Event]:
    """Run a block until it's done or stopped. Ask the event behind it which it was.

    Loops in the block must look at the event too: KeyboardInterrupt is lost where it
    comes in a callback that can't raise. In other threads than the main one, which get
    no signals, this sets nothing up.
    """
    stop = threading.Event()
    with _on_signals(stop):
        try:
            yield stop
        except BaseException as error:
            if not stop.is_set():
                raise
            logger.debug("stopped by %r", error)
            _free_connection()


def _free_connection() -> None:
    """Give up what the connection is at: its query, transaction and locks.

    Closing it alone isn't enough: the server notices only at the query's end.
    """
    driver = connection.connection
    if driver is not None and not driver.closed:
        try:
            if driver.pgconn.transaction_status == TransactionStatus.ACTIVE:
                driver.cancel_safe(timeout=CANCEL_WAIT_S)
                while driver.pgconn.get_result():
                    pass
            driver.rollback()
            driver.execute("SELECT pg_advisory_unlock_all()")
        except psycopg.Error as error:
            logger.warning("the connection is given up as it is: %s", error)
    connection.close()


@contextmanager
def _on_signals(stop: threading.Event) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()
        raise Stopped

    before = {number: signal.signal(number, end) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
