"""Work on the items of a run: claim one, read it, store it, commit, and on.

The rule of this file: the rows are the truth. A worker holds its item's row lock in the
transaction that stores the track, so whatever kills it gives the item back whole. Each
attempt is counted and committed before the work starts: a file that kills its worker
is refused the third time, not read for ever.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import ExitStack
from enum import Enum

from django.db import DatabaseError, DataError, IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from rq.timeouts import BaseTimeoutException
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from catalog.advisory import Lock, is_locked, session_lock, try_session_lock
from catalog.audio.excerpts import DecodeError
from catalog.bridge import (
    REFIT_AMID_GROWTH,
    REFIT_FINAL_GROWTH,
    bridge_fit_if_due,
)
from catalog.embedding.queueing import follow_import
from catalog.encoders.text import text_encoder
from catalog.ingest.current import (
    audio_space_ensure,
    space_switch_if_full,
    text_space_ensure,
)
from catalog.ingest.facts import Refused, TrackFacts
from catalog.ingest.queueing import RUN_SLOTS, TEXTS_PENDING, texts_wake
from catalog.ingest.sources import facts_read
from catalog.ingest.store import track_store
from catalog.ingest.texts import texts_embed, texts_embed_all, texts_lacking
from catalog.ingest.vanished import files_vanish
from catalog.models import IngestItem, IngestRun, Space
from catalog.spaces import space_refit_if_due

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
# The worker that makes text vectors does so after this many tracks of its own: soon
# at first, as the first listener waits, then in fuller batches.
FIRST_TEXTS = 4
TEXTS_EVERY = 8
# Early on each track moves the space; later a look now and then is enough.
REFITS_EACH_UNTIL = 16
WAIT_FOR_OTHERS_S = 0.1
REASON_LENGTH = 500


class Left(Enum):
    """Why a worker left a run: it was asked to, others work on, or it's finished."""

    STOPPED = "stopped"
    TO_OTHERS = "to others"
    FINISHED = "finished"


def run_work(run_id: int, *, slot: int, is_stopping: Callable[[], bool]) -> Left:
    """Work on a run until nothing is left to claim, or until asked to stop.

    slot: 0 for the one worker that also makes text vectors in between, which takes the
    text model's memory. Finishes the run if this worker is the last. Raises
    DatabaseError where the database is gone.

    BLAS gets one thread: two workers with two threads each on two cores spend a fifth
    of their time waiting for each other.
    """
    with threadpool_limits(1):
        return _run_work(run_id, slot, is_stopping)


def _run_work(run_id: int, slot: int, is_stopping: Callable[[], bool]) -> Left:
    audio, text = audio_space_ensure(), text_space_ensure()
    count = 0
    while not is_stopping():
        if item_work_next(run_id, audio):
            count += 1
            _between_items(run_id, count, slot, audio, text)
            continue
        # Others may still be at their last items. The worker that has the text model
        # waits for them and finishes; the rest leave, and don't load it for nothing.
        if slot != 0 and is_locked(Lock.RUN_SLOT, RUN_SLOTS.key(run_id, 0)):
            return Left.TO_OTHERS
        texts_embed_all(text, run_id=run_id)
        if run_finish(run_id, audio, text):
            return Left.FINISHED
        if slot != 0 or not _pending(run_id).exists():
            return Left.TO_OTHERS
        time.sleep(WAIT_FOR_OTHERS_S)
    return Left.STOPPED


def _between_items(
    run_id: int, count: int, slot: int, audio: Space, text: Space
) -> None:
    if count < REFITS_EACH_UNTIL or count % TEXTS_EVERY == 0:
        space_refit_if_due(audio)
    if slot == 0 and (count == FIRST_TEXTS or count % TEXTS_EVERY == 0):
        texts_embed(text, run_id=run_id)
        if text_encoder().is_loaded:
            bridge_fit_if_due(audio, growth=REFIT_AMID_GROWTH)


def _pending(run_id: int) -> QuerySet[IngestItem]:
    return IngestItem.objects.filter(run=run_id, status=IngestItem.Status.PENDING)


def item_work_next(run_id: int, space: Space) -> bool:
    """Claim the next pending item of a run and work on it. False if there is none.

    space: where its sound goes. One transaction an item, besides a short one that
    counts the attempt. Claims of one run wait for each other (about 2 ms), so that no
    attempt is counted twice.
    """
    with ExitStack() as claim:
        claim.enter_context(session_lock(Lock.RUN_CLAIM, run_id))
        item = _attempt_begin(run_id)
        if item is None:
            return False
        if item.status != IngestItem.Status.PENDING:
            return True
        try:
            with transaction.atomic():
                IngestItem.objects.select_for_update().get(pk=item.pk)
                claim.close()
                _item_work(item, space)
        except BaseException as stopped:
            # A stop from outside isn't the file's fault. Where the database is gone
            # the attempt stays counted, as it can't be taken back.
            if not isinstance(stopped, DatabaseError):
                _attempt_take_back(item)
            raise
    return True


def _attempt_begin(run_id: int) -> IngestItem | None:
    with transaction.atomic():
        item = (
            _pending(run_id)
            .select_for_update(skip_locked=True, of=("self",))
            .select_related("run")
            .order_by("position")
            .first()
        )
        if item is None:
            return None
        if item.attempts >= MAX_ATTEMPTS:
            reason = f"It stopped the worker {MAX_ATTEMPTS} times."
            _item_settle(item, IngestItem.Status.REFUSED, reason=reason)
            logger.error("item %s refused: %s", item.pk, reason)
            return item
        item.attempts += 1
        item.save(update_fields=("attempts",))
        return item


def _attempt_take_back(item: IngestItem) -> None:
    item.attempts -= 1
    item.save(update_fields=("attempts",))


def _item_work(item: IngestItem, space: Space) -> None:
    reason = ""
    try:
        with transaction.atomic():
            facts: TrackFacts = facts_read(item, space=space)
            item.track = track_store(facts, space=space)
    except (Refused, DecodeError) as refusal:
        reason = str(refusal)
    except (DataError, IntegrityError):
        logger.exception("item %s can't be stored", item.pk)
        reason = "What it says of itself can't be stored."
    except (DatabaseError, BaseTimeoutException):
        raise
    except Exception as error:
        # Files come from anywhere, and one must not stop the others.
        logger.exception("item %s failed", item.pk)
        reason = f"Reading it failed ({type(error).__name__})."
    if reason:
        item.track = None
        _item_settle(item, IngestItem.Status.REFUSED, reason=reason)
    else:
        _item_settle(item, IngestItem.Status.DONE)


def _item_settle(item: IngestItem, status: IngestItem.Status, reason: str = "") -> None:
    item.status = status
    item.reason = reason[:REASON_LENGTH]
    item.finished_at = timezone.now()
    item.save(update_fields=("status", "reason", "finished_at", "track"))


def run_finish(run_id: int, audio: Space, text: Space) -> bool:
    """Finish a run in which nothing is pending: text vectors, last fits, its status.

    Texts that others left without a vector (a table of a million rows) are left to the
    job for them, which is woken.
    Returns False where others are still at work on it. If this worker dies in between,
    the run still counts as running, and the sweeper has it finished.
    """
    pending = _pending(run_id)
    running = IngestRun.objects.filter(pk=run_id, status=IngestRun.Status.RUNNING)
    with try_session_lock(Lock.RUN_FINISH, run_id) as is_mine:
        if not is_mine or pending.exists() or not running.exists():
            return False
        texts_embed_all(text, run_id=run_id)
        space_refit_if_due(audio, is_final=True)
        bridge_fit_if_due(audio, growth=REFIT_FINAL_GROWTH)
        for space in (audio, text):
            space_switch_if_full(space)
        with transaction.atomic():
            # New items may have come while the fits were made.
            run = running.select_for_update().first()
            if run is None or pending.exists():
                return False
            if run.kind == IngestRun.Kind.FOLDER:
                # Last, so that a file that moved is met where it is now.
                run.counts["vanished"] = files_vanish(run)
            if texts_lacking(text).exists():
                run.options["texts"] = TEXTS_PENDING
            run.status = IngestRun.Status.DONE
            run.finished_at = timezone.now()
            run.save(update_fields=("status", "finished_at", "counts", "options"))
    if run.options.get("texts") == TEXTS_PENDING:
        texts_wake()
    follow_import()
    logger.info("run %s is done", run_id)
    return True
