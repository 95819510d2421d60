"""Background jobs of the catalog. They take ids, and can be run again at any time."""

from __future__ import annotations

import logging
import time

from django.db import close_old_connections

from catalog.advisory import Lock, try_session_lock
from catalog.ingest.current import text_space_ensure
from catalog.ingest.queueing import (
    is_wanted_elsewhere,
    slot_enqueue,
    slot_key,
    texts_enqueue,
)
from catalog.ingest.texts import texts_embed, texts_pending, texts_settle
from catalog.ingest.work import Left, run_work

logger = logging.getLogger(__name__)

# After this long a job queues its continuation, so that runs take turns.
TURN_S = 60.0
# Some seconds of work, after which others are looked for.
TEXTS_AT_ONCE = 128


def work_on_run(run_id: int, slot: int) -> None:
    """Work on an import run until it is done, for at most a turn.

    Between two items it hands over to more urgent jobs and to a worker's shutdown. A
    second job in the same slot returns at once.
    """
    started = time.monotonic()

    def is_over() -> bool:
        return time.monotonic() - started > TURN_S or is_wanted_elsewhere()

    close_old_connections()
    with try_session_lock(Lock.RUN_SLOT, slot_key(run_id, slot)) as is_mine:
        if not is_mine:
            return
        left = run_work(run_id, slot=slot, is_stopping=is_over)
    if left is Left.STOPPED:
        slot_enqueue(run_id, slot)
    took_s = time.monotonic() - started
    logger.info("run %s slot %s: worked for %.1f s", run_id, slot, took_s)


def embed_texts() -> None:
    """Embed the documents that tables brought, for at most a turn.

    One such job works at a time, as it takes all cores. Between two batches it hands
    over to more urgent jobs and to a worker's shutdown.
    """
    started = time.monotonic()
    close_old_connections()
    with try_session_lock(Lock.TEXTS, 0) as is_mine:
        if not is_mine:
            return
        space, total = text_space_ensure(), 0
        # Asked before the last look, so that what comes meanwhile stays pending.
        pending = texts_pending()
        while count := texts_embed(space, limit=TEXTS_AT_ONCE):
            total += count
            if time.monotonic() - started > TURN_S or is_wanted_elsewhere():
                break
        else:
            texts_settle(pending)
    if count:
        texts_enqueue()
    took_s = time.monotonic() - started
    logger.info("embedded %s texts in %.1f s", total, took_s)
