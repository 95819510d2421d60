"""Background jobs of the catalog. They take ids, and can be run again at any time."""

from __future__ import annotations

import logging
import time

from django.db import close_old_connections

from catalog.advisory import Lock, try_session_lock
from catalog.bridge import bridge_fit_if_due
from catalog.columns.keeping import base_make
from catalog.embedding.queueing import SPACE_SLOTS, embed_enqueue
from catalog.embedding.spaces import encoder_space_ensure
from catalog.embedding.work import Left as EmbedLeft
from catalog.embedding.work import space_work
from catalog.encoders import audio_encoder
from catalog.encoders.weights import ModelUnusable
from catalog.hearsay import hearsay_work
from catalog.hearsay_queueing import hearsay_enqueue
from catalog.ingest.current import space_switch_if_full, text_space_ensure
from catalog.ingest.queueing import RUN_SLOTS, texts_enqueue, texts_wake
from catalog.ingest.texts import texts_embed, texts_pending, texts_settle
from catalog.ingest.work import Left, run_work
from catalog.maps.making import map_is_due, map_make
from catalog.maps.queueing import map_enqueue, progress_teller
from catalog.models import Space
from catalog.slots import is_wanted_elsewhere
from catalog.spaces import current_space

logger = logging.getLogger(__name__)

# After this long a job queues its continuation, so that runs take turns.
TURN_S = 60.0
# A larger model takes seconds to load, so its turns are longer.
EMBED_TURN_S = 300.0
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
    with try_session_lock(Lock.RUN_SLOT, RUN_SLOTS.key(run_id, slot)) as is_mine:
        if not is_mine:
            return
        left = run_work(run_id, slot=slot, is_stopping=is_over)
    if left is Left.STOPPED:
        RUN_SLOTS.enqueue(run_id, slot)
    took_s = time.monotonic() - started
    logger.info("run %s slot %s: worked for %.1f s", run_id, slot, took_s)


def embed_space(space_id: int, slot: int) -> None:
    """Fill a space until nothing lacks in it, for at most a turn.

    Between two batches it hands over as imports do. A second job in the same slot
    returns at once.
    """
    started = time.monotonic()

    def is_over() -> bool:
        return time.monotonic() - started > EMBED_TURN_S or is_wanted_elsewhere()

    close_old_connections()
    key = SPACE_SLOTS.key(space_id, slot)
    with try_session_lock(Lock.EMBED_SLOT, key) as is_mine:
        if not is_mine:
            return
        left = space_work(space_id, is_stopping=is_over)
    if left is EmbedLeft.STOPPED:
        SPACE_SLOTS.enqueue(space_id, slot)
    took_s = time.monotonic() - started
    logger.info("space %s slot %s: worked for %.1f s", space_id, slot, took_s)


def embed_after_import() -> None:
    """Queue the filling of the larger encoders' spaces, made where they are new."""
    close_old_connections()
    spaces: dict[int, Space] = {}
    if (current := current_space(Space.Kind.AUDIO)) and current.encoder:
        spaces[current.pk] = current
    try:
        named = encoder_space_ensure(audio_encoder())
        spaces[named.pk] = named
    except ModelUnusable as error:
        logger.error("nothing is embedded by it: %s", error)
    for space in spaces.values():
        if space.encoder != "descriptors":
            embed_enqueue(space)


def fit_bridge(space_id: int) -> None:
    """Fit a space's bridge from words to sound where the catalog has grown enough."""
    close_old_connections()
    space = Space.objects.defer("fitted").filter(pk=space_id).first()
    if space is not None:
        bridge_fit_if_due(space)


def draw_map() -> None:
    """Draw the map of the catalog where it was outgrown.

    It gives way to more urgent jobs and to a worker's shutdown, and is queued again.
    """
    started = time.monotonic()
    close_old_connections()
    with try_session_lock(Lock.MAP, 0) as is_mine:
        if not is_mine or not map_is_due():
            return
        made = map_make(on_progress=progress_teller(), is_stopping=is_wanted_elsewhere)
    if made is None:
        map_enqueue()
    logger.info("%s: drew for %.1f s", made, time.monotonic() - started)


def save_columns() -> None:
    """Save the catalog's columns, so that processes start quickly."""
    close_old_connections()
    base_make()


def write_hearsay() -> None:
    """Bring a new version of the known artists into documents, for at most a turn."""
    started = time.monotonic()

    def is_over() -> bool:
        return time.monotonic() - started > TURN_S or is_wanted_elsewhere()

    close_old_connections()
    with try_session_lock(Lock.HEARSAY, 0) as is_mine:
        if not is_mine:
            return
        changed = hearsay_work(is_stopping=is_over)
    if changed is None:
        hearsay_enqueue()
    else:
        # What lost its text vector is read from the database, in whichever turn it did.
        texts_wake()
    logger.info("known artists: worked for %.1f s", time.monotonic() - started)


def embed_texts() -> None:
    """Embed the documents that imports left without a vector, for at most a turn.

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
            space_switch_if_full(space)
            texts_settle(pending)
    if count:
        texts_enqueue()
    took_s = time.monotonic() - started
    logger.info("embedded %s texts in %.1f s", total, took_s)
