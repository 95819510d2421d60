"""The page on which a playlist is deleted; the conversation about it stays."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import ServiceAccount
from accounts.requests import AuthedRequest
from chat.agent.events import PlaylistMoved
from chat.models import Conversation
from chat.rendering import playlist_frame
from chat.services import Busy, playlist_delete
from chat.turns import post_sync
from playlists.models import Playlist
from playlists.saving.asking import services_at_work, services_having
from playlists.views import playlist_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def delete_playlist(request: AuthedRequest, uuid: UUID) -> HttpResponse:
    """Ask, then delete a playlist with all its versions and its link."""
    playlist = playlist_or_404(request.user, uuid)
    at_work = services_at_work(playlist.pk)
    if request.method == "POST" and not at_work:
        return _deleted(request, playlist)
    context = {
        "playlist": playlist,
        "conversation": Conversation.objects.filter(playlist=playlist).first(),
        "places": [_label(one) for one in services_having(playlist.pk)],
        "at_work": [_label(one) for one in at_work],
    }
    return render(request, "chat/delete_playlist.html", context)


def _deleted(request: AuthedRequest, playlist: Playlist) -> HttpResponse:
    title = playlist.current.title if playlist.current else ""
    try:
        conversation = playlist_delete(playlist)
    except Busy:
        told = _(
            "A reply about it is being written. Wait for it, then delete the list."
        )
        messages.error(request, told)
        return redirect("chat:delete-playlist", playlist.uuid)
    new = (
        conversation.playlist.current_id
        if conversation and conversation.playlist
        else None
    )
    if conversation is not None and new is not None:
        moved = PlaylistMoved(new, new, "delete", author="listener")
        post_sync(request.user, conversation, [playlist_frame(request.user, moved)])
    messages.success(request, _("“%(title)s” is deleted.") % {"title": title})
    return redirect("playlists:list-playlists")


def _label(service: str) -> str:
    return str(ServiceAccount.Service(service).label)
