"""Background jobs of the feedback. They take ids, and can be run again at any time."""

from __future__ import annotations

import logging
import time

from django.db import close_old_connections

from feedback.donation.work import donations_make
from feedback.releasing.work import release_make
from feedback.sharing.sending import reactions_send

logger = logging.getLogger(__name__)


def send_reactions(account_id: int) -> None:
    """Send a listener's reactions to their account at a service, as they have asked."""
    started = time.monotonic()
    close_old_connections()
    reactions_send(account_id)
    seconds = time.monotonic() - started
    logger.info("reactions of account %s: sent for %.1f s", account_id, seconds)


def make_donations(user_id: int) -> None:
    """Make records of what a listener gave."""
    started = time.monotonic()
    close_old_connections()
    count = donations_make(user_id)
    # By no id: the log would say when whose record was made.
    seconds = time.monotonic() - started
    logger.info("donations: %s turns settled for %.1f s", count, seconds)


def make_release(release_id: int) -> None:
    """Make a release of what was given and approved."""
    started = time.monotonic()
    close_old_connections()
    release_make(release_id)
    seconds = time.monotonic() - started
    logger.info("release of row %s: worked for %.1f s", release_id, seconds)
