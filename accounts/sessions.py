"""The browsers in which a listener is signed in: noted, listed, and ended."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from accounts.confirming import confirmation_note
from accounts.devices import device_of
from accounts.models import User, UserSession
from accounts.signals import access_ended

# A page a second would otherwise be a row a second, for a time that people read in days.
SEEN_EVERY_S = 600
# What the session itself remembers: when it began, and when it was last written down, by
# which key: another password gives it another.
BEGAN, SEEN = "began_at", "seen"


@receiver(user_logged_in, dispatch_uid="accounts.session_has_begun")
def session_has_begun(request: HttpRequest, user: User, **_: Any) -> None:
    """Note the browser of whoever has just signed in, and that it was truly them."""
    request.session[BEGAN] = time.time()
    confirmation_note(request)
    session_note(request, user)


def session_is_due(request: HttpRequest) -> bool:
    """Say whether a signed-in browser was noted long ago, or never. No query.

    Sessions that were not looked at for this page are left alone.
    """
    session = getattr(request, "session", None)
    if session is None or not session.accessed or SESSION_KEY not in session:
        return False
    seen_at, key = session.get(SEEN, (0, ""))
    return bool(key != session.session_key or seen_at < time.time() - SEEN_EVERY_S)


def session_note(request: HttpRequest, user: User) -> None:
    """Write down that a browser was seen now; makes the row where there is none.

    Takes two queries, and lengthens the session's life.
    """
    session, now = request.session, timezone.now()
    session[SEEN] = (now.timestamp(), session.session_key)
    browser, system = device_of(request.META.get("HTTP_USER_AGENT", ""))
    began = datetime.fromtimestamp(session.get(BEGAN, now.timestamp()), UTC)
    facts = {"user": user, "browser": browser, "system": system, "seen_at": now}
    try:
        with transaction.atomic():
            UserSession.objects.update_or_create(
                session_id=session.session_key,
                defaults=facts,
                create_defaults={**facts, "signed_in_at": began},
            )
    except IntegrityError:
        pass  # It was ended at this very moment.


def sessions_of(user: User) -> QuerySet[UserSession]:
    """Return the browsers in which a listener is signed in, newest first."""
    return user.sessions.filter(session__expire_date__gt=timezone.now())


@transaction.atomic
def session_end(held: UserSession) -> None:
    """Sign a browser out, wherever it is; its open pages close their sockets."""
    held.delete()
    transaction.on_commit(partial(access_ended.send, User, user=held.user))


@transaction.atomic
def sessions_end_others(user: User, *, but: str | None) -> int:
    """Sign out all browsers but the one with this session key. Returns how many."""
    others = user.sessions.exclude(session_id=but)
    count = others.count()
    others.delete()
    if count:
        transaction.on_commit(partial(access_ended.send, User, user=user))
    return count


def sessions_prune() -> None:
    """Forget sessions that have run out."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
