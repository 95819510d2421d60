"""Background jobs of the chat. They can be run again at any time."""

from __future__ import annotations

import logging
import time

from django.db import close_old_connections

from chat.refreshing import refresh_due

logger = logging.getLogger(__name__)


def refresh_playlists() -> None:
    """Refresh the lists whose time has come."""
    started = time.monotonic()
    close_old_connections()
    count = refresh_due()
    logger.info("refreshed %s lists in %.1f s", count, time.monotonic() - started)
