"""Connecting ListenBrainz by a user token, which no page ever shows."""

from __future__ import annotations

import re

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.listenbrainz import is_on
from accounts.listenbrainz.client import Failed
from accounts.listenbrainz.connecting import (
    AnotherConnected,
    SomebodyElses,
    UnknownToken,
    listenbrainz_connect,
)
from accounts.models import User
from accounts.requests import AuthedRequest
from accounts.views import next_url, tries_left

# They are UUIDs; anything else would only be asked for.
TOKEN = re.compile(r"[0-9A-Za-z-]{8,64}")


@sensitive_post_parameters("token")
@require_POST
@never_cache
@login_required
def connect_listenbrainz(request: AuthedRequest) -> HttpResponse:
    """Take a listener's token, and say how that went."""
    if not is_on():
        raise Http404
    if tries_left(request, "connect", request.user.username):
        refused = _("That were many tries. Wait a minute, then try once more.")
    else:
        refused = _connected(request.user, request.POST.get("token", "").strip())
    if refused:
        messages.error(request, refused)
    else:
        messages.success(request, _("ListenBrainz is connected."))
    return redirect(next_url(request))


def _connected(user: User, token: str) -> str:
    """Connect, and return why it couldn't be, or ""."""
    try:
        if not TOKEN.fullmatch(token):
            raise UnknownToken
        listenbrainz_connect(user, token)
    except UnknownToken:
        return _("ListenBrainz knows nobody by that token. Copy all of it.")
    except SomebodyElses:
        return _("That ListenBrainz account belongs to another account here.")
    except AnotherConnected:
        return _("Another ListenBrainz account is connected. Disconnect it first.")
    except Failed:
        return _("ListenBrainz didn't answer as it should. Try again in a while.")
    return ""
