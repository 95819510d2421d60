"""Notices when somebody's access ends, and sends `accounts.signals.access_ended`.

What hangs on a row without being one goes with it here: sessions' data, exports' files.

Saving through a model is noticed wherever it happens: pages, admin, commands. A
QuerySet's update() is not, as with every signal of Django.
"""

from __future__ import annotations

import copy
from functools import partial
from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import ApiToken, DataExport, User, UserSession
from accounts.signals import access_ended
from accounts.takeout.files import file_forget


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
    """Tell of a deleted key. With a deleted account, that may be gone before it."""
    user = User.objects.filter(pk=instance.user_id).first()
    if user is not None:
        transaction.on_commit(partial(access_ended.send, ApiToken, user=user))


@receiver(post_delete, sender=UserSession)
def browser_is_signed_out(instance: UserSession, **_: Any) -> None:
    """Let Django's own row go as well: without it nobody is signed in there."""
    Session.objects.filter(pk=instance.session_id).delete()


@receiver(post_delete, sender=DataExport)
def export_is_gone(instance: DataExport, **_: Any) -> None:
    """Delete the file with its row, however that goes."""
    transaction.on_commit(partial(file_forget, instance.uuid))
