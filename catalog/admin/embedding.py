"""Have tracks, or a whole space, embedded anew, and leave a note of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from catalog.embedding.queueing import embed_enqueue
from catalog.ingest.queueing import texts_wake
from catalog.models import Space, Track

# Each track's history tells of it, as long as that is no flood.
MOST_LOGGED = 100


def embed_asked(
    model_admin: admin.ModelAdmin[Any], request: HttpRequest, tracks: QuerySet[Track]
) -> HttpResponse | None:
    """Ask in which space the selected tracks are to be embedded anew, and queue it.

    Returns the page that asks, or None once it's done (the list is shown again).
    """
    spaces = list(
        Space.objects.exclude(kind=Space.Kind.TEXT)
        .exclude(encoder="")
        .defer("fitted")
        .order_by("-is_current", "slug")
    )
    if not spaces:
        problem = (
            "No audio space is here yet: an import or `manage.py embed` makes one."
        )
        model_admin.message_user(request, problem, messages.WARNING)
        return None
    ids = list(tracks.order_by("pk").values_list("pk", flat=True))
    space = next((s for s in spaces if str(s.pk) == request.POST.get("space")), None)
    if space is None:
        return _page(model_admin, request, spaces, ids)
    queued = embed_enqueue(space, track_ids=ids, again=True)
    said = f"{queued.again:,} tracks will be embedded anew in {space}."
    if silent := len(ids) - queued.again:
        said += f" {silent:,} have no audio."
    if len(ids) <= MOST_LOGGED:
        _log(request, list(tracks), f"To be embedded anew in {space}.")
    else:
        _log(request, [space], said)
    model_admin.message_user(request, said, messages.SUCCESS)
    return None


def _page(
    model_admin: admin.ModelAdmin[Any],
    request: HttpRequest,
    spaces: Sequence[Space],
    ids: Sequence[int],
) -> HttpResponse:
    is_all = request.POST.get("select_across") == "1"
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Embed {len(ids):,} tracks anew",
        "opts": model_admin.opts,
        "spaces": spaces,
        "action": request.POST.get("action", ""),
        "checkbox": ACTION_CHECKBOX_NAME,
        # All that the list's filters keep, or those with a tick: never both.
        "ids": ids[:1] if is_all else ids,
        "is_all": is_all,
        "media": model_admin.media,
    }
    return TemplateResponse(request, "admin/catalog/embed.html", context)


def _log(request: HttpRequest, rows: Sequence[Any], said: str) -> None:
    user: Any = request.user
    LogEntry.objects.log_actions(user.pk, rows, CHANGE, said)


def space_fill(
    model_admin: admin.ModelAdmin[Any],
    request: HttpRequest,
    space: Space,
    *,
    again: bool,
) -> None:
    """Have what lacks in a space embedded, or all of it anew. Says and logs which."""
    if space.kind == Space.Kind.TEXT and again:
        problem = f"{space}: words are embedded anew by themselves when they change."
        model_admin.message_user(request, problem, messages.WARNING)
        return
    if space.kind == Space.Kind.TEXT:
        texts_wake()
        said = "What has no vector of its words is embedded in the background."
    elif not space.encoder:
        problem = f"{space} was made by no audio encoder known here."
        model_admin.message_user(request, problem, messages.WARNING)
        return
    else:
        queued = embed_enqueue(space, again=again)
        what = f"{queued.again:,} tracks anew" if again else "what lacks"
        said = f"Embedding {what} in the background."
    _log(request, [space], said)
    model_admin.message_user(request, f"{space}: {said}", messages.SUCCESS)
