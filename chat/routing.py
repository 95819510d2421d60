"""Where websockets lead, and how a connection proves who it is.

A browser brings its session cookie and an Origin of this site (chat.origins); any other
client brings `Authorization: Token <key>` and needs no Origin.
"""

from __future__ import annotations

from typing import Any

from channels.auth import AuthMiddlewareStack
from channels.routing import URLRouter
from django.contrib.auth.models import AnonymousUser
from django.urls import path

from accounts.tokens import user_of_token
from chat.access import key_of
from chat.consumers import ChatConsumer
from chat.origins import App, Scope, own_origin_only
from chat.threads import in_thread

websocket_urlpatterns = [path("ws/chat/", ChatConsumer.as_asgi())]


def token_or_cookie(inner: App) -> App:
    """Wrap an application so that `scope["user"]` comes from a token or a session."""
    by_cookie = own_origin_only(AuthMiddlewareStack(inner))

    async def application(scope: Scope, receive: Any, send: Any) -> None:
        key = key_of(scope)
        if key is None:
            await by_cookie(scope, receive, send)
            return
        user = await in_thread(user_of_token)(key) if key else None
        await inner({**scope, "user": user or AnonymousUser()}, receive, send)

    return application


websocket_application = token_or_cookie(URLRouter(websocket_urlpatterns))
