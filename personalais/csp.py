"""The Content-Security-Policy of every page that sets none of its own.

The policy is fixed: no page has inline script or style, so no nonce is needed. The
setting's name and form are those of Django 6, which brings this middleware along.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import cast

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.http import HttpRequest, HttpResponse

HEADER = "Content-Security-Policy"
Answer = (
    Callable[[HttpRequest], HttpResponse]
    | Callable[[HttpRequest], Awaitable[HttpResponse]]
)


def policy(directives: dict[str, list[str]]) -> str:
    """Return the header's value."""
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())


class CspMiddleware:
    """Adds the policy of settings.SECURE_CSP."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.value = policy(settings.SECURE_CSP)
        self.is_async = iscoroutinefunction(get_response)
        if self.is_async:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponse | Awaitable[HttpResponse]:
        if self.is_async:
            return self.answer_async(request)
        response = cast(HttpResponse, self.get_response(request))
        response.headers.setdefault(HEADER, self.value)
        return response

    async def answer_async(self, request: HttpRequest) -> HttpResponse:
        response = await cast(Awaitable[HttpResponse], self.get_response(request))
        response.headers.setdefault(HEADER, self.value)
        return response
