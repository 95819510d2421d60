"""Notices when somebody's access ends, and sends `accounts.signals.access_ended`.

Saving through a model is noticed wherever it happens: pages, admin, commands. A
QuerySet's update() is not, as with every signal of Django.
"""

from __future__ import annotations

import copy
from functools import partial
from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import ApiToken, User
from accounts.signals import access_ended


@receiver(user_logged_out)
def session_has_ended(request: HttpRequest, user: User | None, **_: Any) -> None:
    """Tell of a sign-out. Django sends this while the session can still be used."""
    if user is None:
        return
    request.session.flush()
    access_ended.send(User, user=user)


@receiver(post_delete, sender=User)
def user_is_gone(instance: User, **_: Any) -> None:
    """Tell of a deleted account, by a copy: the instance loses its id at the end."""
    gone = copy.copy(instance)
    transaction.on_commit(partial(access_ended.send, User, user=gone))


@receiver(post_delete, sender=ApiToken)
def token_is_gone(instance: ApiToken, **_: Any) -> None:
    """Tell of a deleted key."""
    transaction.on_commit(partial(access_ended.send, ApiToken, user=instance.user))
