"""Background jobs of accounts. They take ids, and can be run again at any time."""

from __future__ import annotations

import logging
import time

from django.db import close_old_connections

from accounts.mail import change_tell, confirmation_send, resets_send
from accounts.models import User
from accounts.sealing import unseal
from accounts.takeout.work import export_make

logger = logging.getLogger(__name__)


def send_resets(user_ids: list[int], origin: str) -> None:
    """Mail links to a new password."""
    close_old_connections()
    resets_send(user_ids, origin=origin)


def send_confirmation(user_id: int, origin: str, language: str) -> None:
    """Mail a link that confirms an address, if the listener still has one."""
    close_old_connections()
    user = User.objects.filter(pk=user_id).exclude(email="").first()
    if user is not None:
        confirmation_send(user, origin=origin, language=language)


def tell_of_change(user_id: int, sealed_former: str) -> None:
    """Tell a former address, sealed for the way here, that it isn't used any more."""
    close_old_connections()
    user = User.objects.filter(pk=user_id).first()
    if user is not None:
        change_tell(user, former=unseal(sealed_former))


def make_export(export_id: int) -> None:
    """Put all that is held of a listener into a file."""
    started = time.monotonic()
    close_old_connections()
    export_make(export_id)
    took_s = time.monotonic() - started
    logger.info("export %s: worked for %.1f s", export_id, took_s)
