"""A listener's playlists, and their files."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import AuthedRequest
from catalog.links import cover_url, keyed_audio_url
from catalog.models import Track
from playlists.m3u8 import CONTENT_TYPE, Entry, file_name, m3u8_text
from playlists.models import Playlist, PlaylistVersion
from playlists.services import get_playlist_for

COVERS = 4
LISTED = 48


@require_safe
@login_required
def list_playlists(request: AuthedRequest) -> HttpResponse:
    """List the listener's playlists that hold songs, newest first."""
    playlists = (
        Playlist.objects.filter(owner=request.user)
        .exclude(current__track_ids__len=0)
        .select_related("current", "conversation")
        .order_by("-updated_at", "-pk")
    )
    page = Paginator(playlists, LISTED).get_page(request.GET.get("page"))
    context = {"page": page, "shelf": with_covers(page)}
    return render(request, "playlists/list.html", context)


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
@login_required
def download_m3u8(request: AuthedRequest, uuid: UUID) -> HttpResponse:
    """Give a playlist as a file whose links play anywhere for a month."""
    version = current_version_for(request.user, uuid)
    entries = m3u8_entries(request, version)
    response = HttpResponse(
        m3u8_text(version.title, entries), content_type=CONTENT_TYPE
    )
    disposition = content_disposition_header(True, file_name(version.title))
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def current_version_for(user: User, uuid: UUID) -> PlaylistVersion:
    """Fetch what a listener's own playlist shows now, or raise Http404."""
    try:
        playlist = get_playlist_for(user, uuid)
    except Playlist.DoesNotExist as error:
        raise Http404 from error
    if playlist.current is None:  # only within playlist_create
        raise Http404
    return playlist.current


def m3u8_entries(request: HttpRequest, version: PlaylistVersion) -> list[Entry]:
    """Return a version's songs in order, with absolute addresses. Two queries."""
    found = Track.objects.prefetch_related("credits__artist")
    tracks = found.in_bulk(version.track_ids)
    scope = str(version.playlist.uuid)
    entries = []
    for track in (tracks[i] for i in version.track_ids if i in tracks):
        url = keyed_audio_url(track, scope=scope)
        entries.append(
            Entry(
                title=track.title,
                artists=[credit.artist.name for credit in track.credits.all()],
                duration_ms=track.duration_ms,
                url=request.build_absolute_uri(url) if url else None,
            )
        )
    return entries
