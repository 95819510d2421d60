"""The map's points, the names of songs on it, and how far a new one is."""

from __future__ import annotations

import gzip

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import condition, require_safe

from catalog.maps.queueing import map_progress
from catalog.maps.reading import map_current
from catalog.maps.songs import songs_found, songs_numbered
from catalog.models import CatalogMap

MAX_SONGS = 60
MAX_WORDS = 200


def points_etag(request: HttpRequest) -> str | None:
    """Return the map's ETag. Weak, as bodies come compressed or not."""
    held = map_current()
    return f'W/"{held.digest}"' if held and request.user.is_authenticated else None


@require_safe
@login_required
@condition(etag_func=points_etag)
def show_points(request: HttpRequest) -> HttpResponse:
    """Give all points of the map in one body; packing.py tells its format."""
    body = CatalogMap.objects.values_list("body", flat=True).first()
    if body is None:
        raise Http404("There is no map yet.")
    response = HttpResponse(bytes(body), content_type="application/octet-stream")
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.headers["Content-Encoding"] = "gzip"
    else:
        response.content = gzip.decompress(bytes(body))
    response.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ("Accept-Encoding",))
    return response


@require_safe
@login_required
def show_songs(request: HttpRequest) -> JsonResponse:
    """Tell the names of some songs: `?map=7&songs=3,14`, sixty at most.

    410 where a newer map has taken that one's place: numbers mean others there.
    """
    try:
        number = int(request.GET.get("map", ""))
        songs = [int(song) for song in request.GET.get("songs", "").split(",")]
    except ValueError:
        return JsonResponse({"detail": "map and songs are numbers"}, status=400)
    try:
        told = songs_numbered(number, songs[:MAX_SONGS])
    except CatalogMap.DoesNotExist:
        return JsonResponse({"detail": "there is a newer map"}, status=410)
    response = JsonResponse({"songs": told})
    response.headers["Cache-Control"] = "private, max-age=300"
    return response


@require_safe
@login_required
def find_songs(request: HttpRequest) -> JsonResponse:
    """Find songs on a map by words: `?map=7&q=blue in green`. 410 as for names."""
    try:
        number = int(request.GET.get("map", ""))
    except ValueError:
        return JsonResponse({"detail": "map is a number"}, status=400)
    try:
        found = songs_found(number, request.GET.get("q", "")[:MAX_WORDS])
    except CatalogMap.DoesNotExist:
        return JsonResponse({"detail": "there is a newer map"}, status=410)
    return JsonResponse({"songs": found})


@require_safe
@never_cache
@login_required
def show_map_progress(request: HttpRequest) -> JsonResponse:
    """Tell the map's number, and which share of a newer one is drawn, null for none."""
    held = map_current()
    share = map_progress()
    return JsonResponse({"map": held.pk if held else None, "share": share})
