"""Background jobs of the playlists. They take ids, and can be run again at any time."""

from __future__ import annotations

import logging
import time

from django.db import close_old_connections

from playlists.library.work import library_work
from playlists.saving.work import save_work

logger = logging.getLogger(__name__)


def save_playlist(save_id: int) -> None:
    """Save a playlist at a service, as the listener has asked."""
    started = time.monotonic()
    close_old_connections()
    save_work(save_id)
    logger.info("save %s: worked for %.1f s", save_id, time.monotonic() - started)


def bring_library(part_id: int) -> None:
    """Bring in one kind of a listener's library at a service."""
    started = time.monotonic()
    close_old_connections()
    library_work(part_id)
    took = time.monotonic() - started
    logger.info("library part %s: worked for %.1f s", part_id, took)
