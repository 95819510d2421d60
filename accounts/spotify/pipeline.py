"""What social-auth does with somebody who comes back from Spotify, beside its own steps."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.utils import timezone
from social_core.exceptions import AuthException
from social_django.models import UserSocialAuth

from accounts.confirming import confirmation_note
from accounts.models import ServiceAccount, User
from accounts.sealing import seal
from accounts.services import name_is_taken
from accounts.signals import service_connected
from accounts.spotify.backend import SpotifyBackend

MAX_NAME_CHARS = 120


class AnotherAccount(AuthException):
    """The listener has another account of this service connected already."""


def refuse_second(
    backend: SpotifyBackend, uid: str, user: User | None = None, **_: Any
) -> None:
    """Keep one account of a service to a listener. Raises AnotherAccount."""
    held = ServiceAccount.objects.filter(user=user, service=backend.name)
    if user is not None and held.exclude(account=uid).exists():
        raise AnotherAccount(backend)


def note_return(
    backend: SpotifyBackend,
    user: User | None = None,
    social: UserSocialAuth | None = None,
    **_: Any,
) -> None:
    """Take who comes back by an account that is theirs already for having shown it.

    Not who connects one just now: it may be anybody's.
    """
    strategy: Any = backend.strategy  # Django's, which has the request
    request = strategy.request
    if user is not None and social is not None and request.user == user:
        confirmation_note(request)


def choose_username(user: User | None = None, **_: Any) -> dict[str, str] | None:
    """Give a new listener a name that says nothing of who they are elsewhere."""
    if user is not None:
        return None
    while True:
        username = f"listener-{secrets.randbelow(900_000) + 100_000}"
        if not name_is_taken(username):
            return {"username": username}


def keep_tokens(
    backend: SpotifyBackend, user: User, uid: str, response: dict[str, Any], **_: Any
) -> None:
    """Store what was lent, encrypted, and tell. A new consent ends "connect again"."""
    now = timezone.now()
    scopes = response.get("scope")
    facts = {
        "name": str(response.get("display_name") or "")[:MAX_NAME_CHARS],
        "access_sealed": seal(response["access_token"]),
        "refresh_sealed": seal(response.get("refresh_token") or ""),
        "expires_at": now + timedelta(seconds=int(response.get("expires_in") or 0)),
        "scopes": scopes.split() if isinstance(scopes, str) else [],
        "agreed_at": now,
        "lost_at": None,
    }
    account, _created = ServiceAccount.objects.update_or_create(
        user=user, service=backend.name, account=uid, defaults=facts
    )
    service_connected.send(ServiceAccount, account=account)
