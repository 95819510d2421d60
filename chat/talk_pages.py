"""The way from a version of a playlist to a conversation about a copy of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import AuthedRequest
from chat.agent.state import State
from chat.models import Conversation
from chat.services import conversation_from_version
from playlists.ruled_out import tell_left_out
from playlists.views import playlist_or_404


@require_POST
@login_required
def talk_about_version(request: AuthedRequest, uuid: UUID, number: int) -> HttpResponse:
    """Begin a conversation about a copy of a version."""
    playlist = playlist_or_404(request.user, uuid)
    version = get_object_or_404(playlist.versions, number=number)
    held = Conversation.objects.filter(playlist=playlist).first()
    given = None
    if held is not None:
        state = State.from_json(held.state)
        given = state.given_at.get(version.original, state.given)
    conversation = conversation_from_version(version, owner=request.user, given=given)
    told = _("This is a list of its own now, begun from version %(number)s.")
    messages.success(request, told % {"number": number})
    tell_left_out(request, version.track_ids)
    return redirect("chat:show-conversation", conversation.uuid)
