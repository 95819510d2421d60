"""The answer to a request whose body is larger than the site takes.

The web server keeps nothing of such a body (personalais/web.py); what is told of it is
told here, in the site's look and the listener's language.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction, sync_to_async
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import sync_and_async_middleware

from personalais.sizes import MAX_BODY_BYTES


def is_too_large(request: HttpRequest) -> bool:
    """Say whether a request brings more than it may, by its own account."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isascii() and length.isdigit() and int(length) > MAX_BODY_BYTES


def refuse(request: HttpRequest) -> HttpResponse:
    """Answer a request whose body is too large, and isn't read."""
    response = render(request, "413.html", status=413)
    response.headers["Connection"] = "close"
    return response


@sync_and_async_middleware
def large_bodies_refused(get_response: Any) -> Callable[[HttpRequest], Any]:
    """Answer requests that bring too much before anything reads what they bring."""
    if iscoroutinefunction(get_response):

        async def answer_async(request: HttpRequest) -> HttpResponse:
            if is_too_large(request):
                return await sync_to_async(refuse)(request)
            answered: HttpResponse = await get_response(request)
            return answered

        return answer_async

    def answer(request: HttpRequest) -> HttpResponse:
        if is_too_large(request):
            return refuse(request)
        answered: HttpResponse = get_response(request)
        return answered

    return answer
