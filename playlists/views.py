"""A listener's playlists: their files, their versions, and links to show them by."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.models import User
from accounts.requests import AuthedRequest
from catalog.links import cover_url, outside_links
from catalog.models import Track
from playlists.edits import EditRefused, Stale
from playlists.history import history_entries
from playlists.living_words import notice_words, schedule_words
from playlists.models import Playlist
from playlists.ruled_out import tell_left_out
from playlists.services import (
    Author,
    get_playlist_for,
    get_shared_playlist,
    playlist_copy,
    playlist_restore,
    share_link_open,
    share_link_revoke,
)
from playlists.signals import playlist_moved

COVERS = 4
LISTED = 48
VERSIONS_LISTED = 50


@require_safe
@login_required
def list_playlists(request: AuthedRequest) -> HttpResponse:
    """List the listener's playlists that hold songs, newest first."""
    playlists = (
        Playlist.objects.filter(owner=request.user)
        .exclude(current__track_ids__len=0)
        .select_related("current", "conversation", "living")
        .order_by("-updated_at", "-pk")
    )
    page = Paginator(playlists, LISTED).get_page(request.GET.get("page"))
    shelf = [(one, covers, *_refreshing(one)) for one, covers in with_covers(page)]
    context = {"page": page, "shelf": shelf}
    return render(request, "playlists/list.html", context)


def _refreshing(playlist: Playlist) -> tuple[str, str]:
    """Return how a playlist is refreshed, and how that went; "" for nothing to tell."""
    living = getattr(playlist, "living", None)
    return (schedule_words(living), notice_words(living)) if living else ("", "")


def with_covers(playlists: Iterable[Playlist]) -> list[tuple[Playlist, list[str]]]:
    """Return each playlist with the addresses of its first covers. One query more."""
    first = {p: p.current.track_ids[:COVERS] if p.current else [] for p in playlists}
    tracks = Track.objects.only("uuid").in_bulk(
        {i for ids in first.values() for i in ids}
    )
    return [
        (playlist, [cover_url(tracks[i]) for i in ids if i in tracks])
        for playlist, ids in first.items()
    ]


@require_safe
@never_cache
@login_required
def show_history(request: AuthedRequest, uuid: UUID) -> HttpResponse:
    """Show a playlist's versions, newest first: who made them, why, and what changed."""
    playlist = playlist_or_404(request.user, uuid)
    versions = playlist.versions.order_by("-number")
    page = Paginator(versions, VERSIONS_LISTED).get_page(request.GET.get("page"))
    entries = history_entries(playlist, list(page))
    tracks = tracks_shown(i for entry in entries for i in entry.version.track_ids)
    context = {
        "playlist": playlist,
        "page": page,
        "entries": [
            (entry, [tracks[i] for i in entry.version.track_ids if i in tracks])
            for entry in entries
        ],
    }
    return render(request, "playlists/history.html", context)


@require_POST
@login_required
def restore_version(request: AuthedRequest, uuid: UUID, number: int) -> HttpResponse:
    """Make a new version like an earlier one, of the list as the page showed it."""
    playlist = playlist_or_404(request.user, uuid)
    before = playlist.current_id
    base = request.POST.get("base", "")
    try:
        version = playlist_restore(
            playlist,
            number=number,
            author=Author.LISTENER,
            base=int(base) if base.isdecimal() and len(base) < 10 else None,
        )
    except Stale:
        told = _(
            "The playlist has changed since this page was shown, so it stays as it is. "
            "Here is what it is like now."
        )
        messages.error(request, told)
    except EditRefused as refused:
        messages.error(request, str(refused))
    else:
        if version.pk != before:
            playlist_moved.send(
                Playlist,
                playlist=playlist,
                before=before,
                after=version.pk,
                like=number,
                words=version.words,
            )
        told = _("The playlist is as it was in version %(number)s.")
        messages.success(request, told % {"number": number})
        tell_left_out(request, playlist.versions.get(number=number).track_ids)
    return redirect("playlists:show-history", uuid)


@require_POST
@login_required
def copy_version(request: AuthedRequest, uuid: UUID, number: int) -> HttpResponse:
    """Make a playlist of its own from a version."""
    playlist = playlist_or_404(request.user, uuid)
    version = get_object_or_404(playlist.versions, number=number)
    copy = playlist_copy(version, owner=request.user)
    told = _("“%(title)s” is a playlist of its own now.")
    messages.success(request, told % {"title": version.title})
    tell_left_out(request, version.track_ids)
    return redirect("playlists:show-history", copy.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def share_playlist(request: AuthedRequest, uuid: UUID) -> HttpResponse:
    """Ask, then make or revoke the link by which anyone may see a playlist."""
    playlist = playlist_or_404(request.user, uuid)
    if request.method == "POST":
        if "revoke" in request.POST:
            share_link_revoke(playlist)
            messages.info(request, _("The link leads nowhere any more."))
        else:
            share_link_open(playlist)
        return redirect("playlists:share-playlist", uuid)
    link = playlist.share_links.filter(revoked_at=None).first()
    address = reverse("playlists:show-shared", args=[link.key]) if link else ""
    context = {
        "playlist": playlist,
        "address": request.build_absolute_uri(address) if link else "",
    }
    return render(request, "playlists/share.html", context)


@require_safe
@never_cache
def show_shared(request: HttpRequest, key: str) -> HttpResponse:
    """Show a playlist, as it is now, to whoever has its link.

    The page asks again while it is open; as long as the list is the same, "not
    modified" is the answer, after one query.
    """
    playlist = shared_or_404(key)
    tag = _shared_tag(request, playlist)
    if request.headers.get("If-None-Match", "").removeprefix("W/") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    version = playlist.current
    tracks = tracks_shown(version.track_ids) if version else {}
    shown = [tracks[i] for i in version.track_ids if i in tracks] if version else []
    context = {
        "playlist": playlist,
        "key": key,
        "tag": tag,
        "songs": [
            (track, clock(track.duration_ms), outside_links(track)) for track in shown
        ],
        "length": clock(sum(track.duration_ms or 0 for track in shown)),
    }
    response = render(request, "playlists/shared.html", context)
    # Whoever has the link may see it; search engines needn't.
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["ETag"] = tag
    return response


def _shared_tag(request: HttpRequest, playlist: Playlist) -> str:
    """Return what changes with the page of a shared list: its version, and who looks."""
    who = "member" if request.user.is_authenticated else "guest"
    return f'"{playlist.current_id}-{get_language()}-{who}"'


@require_POST
@login_required
def copy_shared(request: AuthedRequest, key: str) -> HttpResponse:
    """Keep a shared playlist, as it is now, among the listener's own."""
    playlist = shared_or_404(key)
    if playlist.current is None:  # only within playlist_create
        raise Http404
    copy = playlist_copy(playlist.current, owner=request.user)
    messages.success(request, _("It is among your playlists now."))
    tell_left_out(request, playlist.current.track_ids)
    return redirect("playlists:show-history", copy.uuid)


def clock(duration_ms: int | None) -> str:
    """Return a duration as h:mm:ss or m:ss; nothing where it is unknown or none."""
    if not duration_ms:
        return ""
    minutes, seconds = divmod(round(duration_ms / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def tracks_shown(track_ids: Iterable[int]) -> dict[int, Track]:
    """Fetch tracks with their artists. Two queries."""
    return Track.objects.prefetch_related("credits__artist").in_bulk(set(track_ids))


def playlist_or_404(user: User, uuid: UUID) -> Playlist:
    """Fetch a listener's own playlist, or raise Http404."""
    try:
        return get_playlist_for(user, uuid)
    except Playlist.DoesNotExist as error:
        raise Http404 from error


def shared_or_404(key: str) -> Playlist:
    """Fetch the playlist that a link leads to, or raise Http404."""
    try:
        return get_shared_playlist(key)
    except Playlist.DoesNotExist as error:
        raise Http404 from error
