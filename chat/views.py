"""The page: a listener's conversations, one of them open."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.models import User
from accounts.requests import AuthedRequest
from catalog.findable import has_music
from chat.agent.planners import who_answers
from chat.asyncapi import document_yaml
from chat.branching import Stands, branch_take_up
from chat.forms import TitleForm
from chat.models import Conversation
from chat.protocol.frame import MAX_FRAME_BYTES, SUBPROTOCOL
from chat.reference import reference
from chat.rendering import taken_up_frames
from chat.ruling import refused_view
from chat.services import (
    Busy,
    conversation_about,
    conversation_delete,
    conversation_pin,
    conversation_rename,
    get_conversation_for,
)
from chat.talks import conversations_of, conversations_with, talks_found
from chat.transcript import branches, snapshot, title_of
from chat.turns import post_sync, publish_sync
from playlists.models import Playlist
from playlists.services import get_playlist_for

# As many as a person scrolls through; the older ones have pages of their own.
LISTED = 100

# Stands in addresses where the script puts a real one.
NOWHERE = UUID(int=0)

PROMPTS = (
    "I'm a bit down, something slow and warm",
    "Upbeat 80s to cook to",
    "A calm hour of piano, no vocals",
    "Jazz for a late train ride",
    "Something loud to clean the flat to",
    "Surprise me with songs from the 60s",
)


@require_safe
@never_cache
@login_required
def show_home(request: AuthedRequest) -> HttpResponse:
    """Show the newest conversation, or the beginning of the first."""
    newest = Conversation.objects.filter(owner=request.user).first()
    return page(request, newest)


@require_safe
@never_cache
@login_required
def show_new(request: AuthedRequest) -> HttpResponse:
    """Show the beginning of a new conversation."""
    return page(request, None)


@require_safe
@never_cache
@login_required
def show_conversation(request: AuthedRequest, uuid: UUID) -> HttpResponse:
    """Show one of the listener's conversations."""
    return page(request, conversation_or_404(request.user, uuid))


@require_POST
@login_required
def talk_about(request: AuthedRequest, playlist: UUID) -> HttpResponse:
    """Open a playlist in a conversation, where it hasn't one begin it."""
    try:
        found = get_playlist_for(request.user, playlist)
    except Playlist.DoesNotExist as error:
        raise Http404 from error
    return redirect("chat:show-conversation", conversation_about(found).uuid)


@require_safe
@never_cache
@login_required
def show_snapshot(request: AuthedRequest, uuid: UUID) -> JsonResponse:
    """Give a conversation to the script, so that changing rooms keeps the music on."""
    conversation = conversation_or_404(request.user, uuid)
    return JsonResponse(dict(snapshot(request.user, conversation)))


@require_safe
@never_cache
@login_required
def list_conversations(request: AuthedRequest) -> HttpResponse:
    """List the listener's conversations, or those that hold the words asked for."""
    words = request.GET.get("q", "").strip()
    pages = Paginator(conversations_with(request.user, words), LISTED)
    context = {"page": pages.get_page(request.GET.get("page")), "words": words}
    return render(request, "chat/list.html", context)


@require_safe
@never_cache
@login_required
def find_conversations(request: AuthedRequest) -> JsonResponse:
    """Give the script the conversations that hold the words asked for."""
    return JsonResponse({"talks": talks_found(request.user, request.GET.get("q", ""))})


@require_safe
@never_cache
@login_required
def show_earlier(request: AuthedRequest, uuid: UUID) -> HttpResponse:
    """Show what was said before messages were edited."""
    conversation = conversation_or_404(request.user, uuid)
    context = {"conversation": conversation, "branches": branches(conversation)}
    return render(request, "chat/earlier.html", context)


@require_POST
@login_required
def take_up_branch(request: AuthedRequest, uuid: UUID, message: UUID) -> HttpResponse:
    """Go on from what was set aside before messages were edited."""
    conversation = conversation_or_404(request.user, uuid)
    held = get_object_or_404(conversation.messages, uuid=message)
    try:
        taken = branch_take_up(held)
    except Busy:
        busy = _("A reply is still being written. Try again after it.")
        messages.error(request, busy)
        return redirect("chat:show-earlier-conversation", uuid)
    except Stands:
        return redirect("chat:show-conversation", uuid)
    post_sync(request.user, taken.conversation, taken_up_frames(request.user, taken))
    return redirect("chat:show-conversation", uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def rename_conversation(request: AuthedRequest, uuid: UUID) -> HttpResponse:
    """Ask for another title and give it to a conversation."""
    conversation = conversation_or_404(request.user, uuid)
    form = TitleForm(request.POST or None, initial={"title": conversation.title})
    if request.method == "POST" and form.is_valid():
        title = form.cleaned_data["title"]
        conversation_rename(conversation, title=title)
        tell_tabs(request.user, "conversation.renamed", uuid, title=title)
        return redirect("chat:show-conversation", uuid)
    context = {"conversation": conversation, "form": form}
    return render(request, "chat/rename.html", context)


@require_POST
@login_required
def pin_conversation(request: AuthedRequest, uuid: UUID) -> HttpResponse:
    """Put a conversation above the others, or back among them."""
    conversation = conversation_or_404(request.user, uuid)
    is_pinned = request.POST.get("pinned") == "yes"
    conversation_pin(conversation, is_pinned=is_pinned)
    tell_tabs(request.user, "conversation.pinned", uuid, is_pinned=is_pinned)
    return redirect("chat:show-conversation", uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delete_conversation(request: AuthedRequest, uuid: UUID) -> HttpResponse:
    """Ask, then delete a conversation. Its playlist stays, unless it is empty."""
    conversation = conversation_or_404(request.user, uuid)
    if request.method != "POST":
        return render(request, "chat/delete.html", {"conversation": conversation})
    title = title_of(conversation)
    conversation_delete(conversation)
    tell_tabs(request.user, "conversation.deleted", uuid)
    messages.info(request, _("“%(title)s” is deleted.") % {"title": title})
    return redirect("chat:show-home")


@require_safe
def show_protocol(request: HttpRequest) -> HttpResponse:
    """Explain the websocket's protocol to those who write programs."""
    context = {
        "reference": reference(),
        "subprotocol": SUBPROTOCOL,
        "max_kib": MAX_FRAME_BYTES // 1024,
    }
    return render(request, "chat/protocol.html", context)


@require_safe
def download_protocol(request: HttpRequest) -> HttpResponse:
    """Give the protocol's AsyncAPI document."""
    return HttpResponse(document_yaml(), content_type="application/yaml; charset=utf-8")


def page(request: AuthedRequest, conversation: Conversation | None) -> HttpResponse:
    """Render the page with one conversation open, or none."""
    newest = list(conversations_of(request.user)[: LISTED + 1])
    shown = snapshot(request.user, conversation) if conversation else None
    if shown and "all" in request.GET:  # without script, by a link
        shown["first"] = 0
    context = {
        "conversation": conversation,
        "conversations": newest[:LISTED],
        "has_older": len(newest) > LISTED,
        "nowhere": NOWHERE,
        "prompts": PROMPTS,
        "has_music": has_music(),
        "who_answers": who_answers(request.user),
        "snapshot": shown,
        "refused": refused_view(request.user).model_dump(mode="json"),
        "turns": shown["messages"][shown["first"] :] if shown else [],
    }
    return render(request, "chat/page.html", context)


def tell_tabs(user: User, kind: str, conversation: UUID, **more: str | bool) -> None:
    """Tell the listener's open pages what has become of a conversation."""
    publish_sync(user, {"type": kind, "conversation": str(conversation), **more})


def conversation_or_404(user: User, uuid: UUID) -> Conversation:
    """Fetch a listener's own conversation, or raise Http404."""
    try:
        return get_conversation_for(user, uuid)
    except Conversation.DoesNotExist as error:
        raise Http404 from error
