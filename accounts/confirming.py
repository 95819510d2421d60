"""Whether it is really them: asked again before what can't be undone or hands out a way in.

Whoever signed in or gave the password a short while ago isn't asked. Without a
password, coming back from the service that they sign in with counts.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from accounts.requests import AuthedRequest

HOLDS_S = 15 * 60
CONFIRMED = "confirmed_at"

Asked = ParamSpec("Asked")
View = Callable[Concatenate[AuthedRequest, Asked], HttpResponseBase]


def confirmation_note(request: HttpRequest) -> None:
    """Remember that they have just shown who they are."""
    request.session[CONFIRMED] = time.time()


def is_confirmed(request: HttpRequest) -> bool:
    """Say whether they have, a short while ago."""
    return bool(request.session.get(CONFIRMED, 0) > time.time() - HOLDS_S)


def to_confirm(next_page: str) -> HttpResponse:
    """Lead to the page that asks, and from there to `next_page`."""
    query = urlencode({"next": next_page})
    return redirect(f"{reverse('accounts:confirm')}?{query}")


def confirmed(view: View[Asked]) -> View[Asked]:
    """Let through who has shown who they are, and ask the others first.

    Comes under @login_required. What was sent is lost; the page is shown again.
    """

    @wraps(view)
    def asking(
        request: AuthedRequest, *args: Asked.args, **kwargs: Asked.kwargs
    ) -> HttpResponseBase:
        if not is_confirmed(request):
            return to_confirm(request.path)
        return view(request, *args, **kwargs)

    return cast(View[Asked], asking)
