"""Going to Spotify and coming back; off where the site has no app there."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from social_django import views

from accounts.confirming import is_confirmed, to_confirm
from accounts.languages import with_language
from accounts.spotify import is_on


@never_cache
@require_POST
def begin(request: HttpRequest, backend: str) -> HttpResponse:
    """Send somebody to Spotify, to sign in or to connect.

    What is connected is a way in from then on, so they show first who they are; who
    has no password does so there.
    """
    user = request.user
    is_theirs = user.is_authenticated and user.has_usable_password()
    if is_theirs and not is_confirmed(request):
        return to_confirm(reverse("accounts:list-services"))
    return _asked(views.auth, request, backend)


@never_cache
@require_safe
@csrf_exempt
def complete(request: HttpRequest, backend: str) -> HttpResponse:
    """Take somebody back from Spotify; `state` proves that they began here."""
    return with_language(request, _asked(views.complete, request, backend))


def _asked(view: Any, request: HttpRequest, backend: str) -> HttpResponse:
    if not is_on():
        raise Http404
    return cast(HttpResponse, view(request, backend))
