"""Whether an open socket may stay open."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from accounts.models import User
from accounts.tokens import user_of_token
from chat.turns import user_group


def key_of(scope: dict[str, Any]) -> str | None:
    """Return the key that a connection brought, "" for a malformed one; None: none."""
    header = dict(scope["headers"]).get(b"authorization")
    if header is None:
        return None
    scheme, _, key = header.decode("latin-1").partition(" ")
    return str(key.strip()) if scheme.lower() == "token" else ""


def is_still_welcome(scope: dict[str, Any]) -> bool:
    """Check again what a socket was opened with: its key, or its session. Blocks."""
    key = key_of(scope)
    if key is not None:
        return user_of_token(key) is not None
    session = scope.get("session")
    if session is None or session.session_key is None:
        return False
    request = HttpRequest()
    store = import_module(settings.SESSION_ENGINE).SessionStore
    request.session = store(session.session_key)
    return bool(get_user(request).is_authenticated)


def sockets_recheck(user: User) -> None:
    """Let each socket of a listener check whether it may stay open."""
    layer = get_channel_layer()
    async_to_sync(layer.group_send)(user_group(user.pk), {"type": "access.ended"})
