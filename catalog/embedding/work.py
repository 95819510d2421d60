"""A background worker's part: fill a space for a turn, and finish it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from enum import Enum

from catalog.advisory import Lock, try_session_lock
from catalog.bridge import bridge_fit_if_due
from catalog.embedding.pipeline import Filled, space_fill
from catalog.embedding.spaces import space_encoder
from catalog.embedding.wanted import tracks_lacking
from catalog.encoders.weights import ModelUnusable
from catalog.models import Space
from catalog.spaces import SpaceMismatch, space_refit_if_due

logger = logging.getLogger(__name__)


class Left(Enum):
    """Why a worker left a space: asked to, others work on, full, or it can't be."""

    STOPPED = "stopped"
    TO_OTHERS = "to others"
    FINISHED = "finished"
    UNUSABLE = "unusable"


def space_work(space_id: int, *, is_stopping: Callable[[], bool]) -> Left:
    """Fill a space until nothing is left to claim, or until asked to stop.

    Where its model can't be had the wish for it is given up, with the reason in the
    log: `manage.py embed` or the admin asks for it again.
    """
    space = Space.objects.defer("fitted").filter(pk=space_id).first()
    if space is None:
        return Left.FINISHED
    try:
        filled = space_fill(space, space_encoder(space), is_stopping=is_stopping)
    except (ModelUnusable, SpaceMismatch) as error:
        Space.objects.filter(pk=space_id).update(is_filling=False)
        logger.error("space %s can't be filled: %s", space, error)
        return Left.UNUSABLE
    if space_finish(space, filled):
        return Left.FINISHED
    return Left.STOPPED if is_stopping() else Left.TO_OTHERS


def space_finish(space: Space, filled: Filled) -> bool:
    """Make the last fits of a space in which nothing lacks. False where others do."""
    if not filled.is_complete:
        return False
    with try_session_lock(Lock.EMBED_FINISH, space.pk) as is_mine:
        if not is_mine:
            return False
        Space.objects.filter(pk=space.pk).update(is_filling=False)
        # What was asked for in the meantime would else be forgotten.
        if tracks_lacking(space).exists():
            Space.objects.filter(pk=space.pk).update(is_filling=True)
            return False
        if space.embeddings.filter(raw__isnull=False).exists():
            space_refit_if_due(space, is_final=True)
        bridge_fit_if_due(space, is_final=True)
    logger.info("space %s is filled", space)
    return True
