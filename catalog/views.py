"""A track's audio, cover and facts."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import aget_object_or_404, get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from catalog.aliases import tracks_named
from catalog.attributes import ATTRIBUTES
from catalog.ingest.progress import demo_progress
from catalog.links import opens
from catalog.media.files import audio_file, cover_file
from catalog.media.placeholder import placeholder_svg
from catalog.media.responses import file_response
from catalog.models import Tag

AUDIO_MAX_AGE_S = 24 * 3600
COVER_MAX_AGE_S = 30 * 24 * 3600
PLACEHOLDER_MAX_AGE_S = 300

# An SVG may carry script. Shown as an image it never runs; opened by itself it runs
# in a sandbox without our origin, and may load nothing.
COVER_CSP = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

FACTS = (
    "title",
    "year",
    "duration_ms",
    *ATTRIBUTES,
    "popularity",
    "licence",
    "source",
    "attribute_sources",
)


@require_safe
async def play_track(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Stream a track's audio to someone signed in, or to the holder of a key."""
    user = await request.auser()
    if not user.is_authenticated and not opens(request.GET.get("key", ""), str(uuid)):
        return HttpResponse(
            _(
                "Sign in to listen, or download the playlist again: its links last "
                "30 days."
            ),
            status=403,
            content_type="text/plain; charset=utf-8",
        )
    found = tracks_named(uuid).only("audio_path", "vanished_at")
    track = await aget_object_or_404(found)
    file = audio_file(track.audio_path)
    if file is None:
        is_gone = track.vanished_at is not None or track.audio_path
        return HttpResponse(
            _(
                "The file of this song isn't in its folder any more. Your likes and"
                " playlists keep the song, and it plays again once the file is back."
            )
            if is_gone
            else _("This song has no audio here."),
            status=404,
            content_type="text/plain; charset=utf-8",
        )
    return file_response(request, file, max_age_s=AUDIO_MAX_AGE_S)


@require_safe
@login_required
async def show_cover(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Show a track's cover, or one made for it where there is none."""
    track = await aget_object_or_404(tracks_named(uuid).only("cover_path"))
    file = cover_file(track.cover_path)
    response: HttpResponseBase
    if file is None:
        response = HttpResponse(placeholder_svg(uuid), content_type="image/svg+xml")
        response.headers["Cache-Control"] = f"private, max-age={PLACEHOLDER_MAX_AGE_S}"
        response.headers["X-Content-Type-Options"] = "nosniff"
    else:
        response = file_response(request, file, max_age_s=COVER_MAX_AGE_S)
    response.headers["Content-Security-Policy"] = COVER_CSP
    return response


@require_safe
@login_required
def show_track(request: HttpRequest, uuid: UUID) -> JsonResponse:
    """Tell what is known of a track; what nobody knows is null."""
    tracks = tracks_named(uuid).select_related("album")
    track = get_object_or_404(tracks.prefetch_related("credits__artist", "tags"))
    facts = {name: getattr(track, name) for name in FACTS}
    tags = {
        kind.value: [tag.name for tag in track.tags.all() if tag.kind == kind]
        for kind in Tag.Kind
    }
    return JsonResponse(
        {
            "id": str(track.uuid),
            "artists": [credit.artist.name for credit in track.credits.all()],
            "album": track.album.title if track.album else None,
            "tags": tags,
            **facts,
        }
    )


@require_safe
@never_cache
@login_required
def show_progress(request: HttpRequest) -> JsonResponse:
    """Tell how much of the demo library is ready: `ready` of `total` songs."""
    progress = demo_progress()
    return JsonResponse(
        {
            "ready": progress.settled if progress else 0,
            "total": progress.total if progress else 0,
        }
    )
