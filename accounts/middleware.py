"""Lets a program with a key read over HTTP what its listener may read, and notes when a
browser was seen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from asgiref.sync import markcoroutinefunction, sync_to_async
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse, JsonResponse

from accounts.models import User
from accounts.sessions import session_is_due, session_note
from accounts.tokens import user_of_token

Answer = Callable[[HttpRequest], Awaitable[HttpResponse]]

SCHEME = "token "
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class TokenMiddleware:
    """Signs a request in by `Authorization: Token <key>`; a wrong key gets 401.

    Keys only read: whatever changes data needs the form's CSRF token, or the websocket.
    Comes after AuthenticationMiddleware.
    """

    async_capable = True
    sync_capable = False

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        markcoroutinefunction(self)

    async def __call__(self, request: HttpRequest) -> HttpResponse:
        header = request.headers.get("Authorization", "")
        if not header.lower().startswith(SCHEME):
            return await self.get_response(request)
        if request.method not in SAFE_METHODS:
            return _refusal(403, "A key only reads over HTTP; use the websocket.")
        user = await sync_to_async(user_of_token)(header[len(SCHEME) :].strip())
        if user is None:
            return _refusal(401, "This key is unknown or revoked.")
        request.user = user

        async def auser() -> object:
            return user

        request.auser = auser  # type: ignore[assignment]
        return await self.get_response(request)


class SeenMiddleware:
    """Writes down now and then that a signed-in browser is in use.

    Comes after AuthenticationMiddleware. Costs nothing but some minutes after the last
    time.
    """

    async_capable = True
    sync_capable = False

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        markcoroutinefunction(self)

    async def __call__(self, request: HttpRequest) -> HttpResponse:
        response = await self.get_response(request)
        if session_is_due(request):
            await sync_to_async(_note)(request)
        return response


def _note(request: HttpRequest) -> None:
    # A key may be somebody else's than the session beside it.
    user = request.user
    if isinstance(user, User) and request.session[SESSION_KEY] == str(user.pk):
        session_note(request, user)


def _refusal(status: int, detail: str) -> JsonResponse:
    return JsonResponse({"detail": detail}, status=status)
