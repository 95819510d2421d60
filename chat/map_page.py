"""The page of the map: the catalog, and a playlist's path through it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import AuthedRequest
from catalog.maps.making import map_is_outgrown
from catalog.maps.queueing import map_progress
from catalog.maps.reading import map_current, songs_on
from catalog.maps.sources import MIN_SONGS
from catalog.models import CatalogMap, Space
from chat.models import Conversation
from chat.ruling import refused_view
from feedback.refusing import refused_anywhere
from playlists.models import Playlist, PlaylistVersion
from playlists.services import get_playlist_for

# The quarters of the plane of moods, as static/js/map/points.js counts them.
MOODS = (
    _("lively and happy"),
    _("lively and dark"),
    _("calm and happy"),
    _("calm and dark"),
)


@dataclass(frozen=True)
class Path:
    """A playlist on the map. songs: numbers on it, in its order; missing: not on it."""

    title: str
    songs: list[int]
    missing: int


@require_safe
@never_cache
@login_required
def show_map(request: AuthedRequest) -> HttpResponse:
    """Show the map with a playlist, `?playlist=…`, or that of the latest talk."""
    held = map_current()
    version = _version(request.user, request.GET.get("playlist", ""))
    context = {
        "map": held,
        "is_of_words": held is not None and held.space.kind == Space.Kind.TEXT,
        "is_outgrown": held is not None and map_is_outgrown(held),
        "path": _path(held, version) if held and version else None,
        "share": map_progress(),
        "min_songs": MIN_SONGS,
        "moods": MOODS,
        "refused": refused_view(request.user).model_dump(mode="json"),
    }
    return render(request, "chat/map.html", context)


@require_safe
@never_cache
@login_required
def show_refused(request: AuthedRequest) -> HttpResponse:
    """Tell which songs on a map are never to be heard: `?map=7`, answered by their numbers.

    410 where a newer map has taken that one's place.
    """
    try:
        number = int(request.GET.get("map", ""))
    except ValueError:
        return JsonResponse({"detail": "map is a number"}, status=400)
    try:
        songs = songs_on(number, sorted(refused_anywhere(request.user)))
    except CatalogMap.DoesNotExist:
        return JsonResponse({"detail": "there is a newer map"}, status=410)
    return JsonResponse({"songs": sorted(songs.values())})


def _version(user: User, asked: str) -> PlaylistVersion | None:
    """Return what is drawn as a path. Raises Http404 for what isn't the listener's."""
    if asked:
        try:
            return get_playlist_for(user, UUID(asked)).current
        except (ValueError, Playlist.DoesNotExist) as error:
            raise Http404 from error
    newest = Conversation.objects.filter(owner=user, playlist__isnull=False)
    talk = newest.select_related("playlist__current").first()
    return talk.playlist.current if talk and talk.playlist else None


def _path(held: CatalogMap, version: PlaylistVersion) -> Path | None:
    if not version.track_ids:
        return None
    on_map = songs_on(held.pk, version.track_ids)
    songs = [on_map[track] for track in version.track_ids if track in on_map]
    return Path(version.title, songs, len(version.track_ids) - len(songs))
