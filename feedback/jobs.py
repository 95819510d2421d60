"""Background jobs of the feedback. They take ids, and can be run again at any time."""

from __future__ import annotations

import logging
import time

from django.db import close_old_connections

from feedback.sharing.sending import reactions_send

logger = logging.getLogger(__name__)


def send_reactions(account_id: int) -> None:
    """Send a listener's reactions to their account at a service, as they have asked."""
    started = time.monotonic()
    close_old_connections()
    reactions_send(account_id)
    seconds = time.monotonic() - started
    logger.info("reactions of account %s: sent for %.1f s", account_id, seconds)
