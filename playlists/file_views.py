"""Playlists that leave as files, in each of the formats."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.requests import AuthedRequest
from catalog.links import keyed_audio_url
from catalog.models import Track
from playlists.files.exporting import version_listing
from playlists.files.formats import FORMATS, file_name
from playlists.files.listing import Listing
from playlists.models import Playlist, PlaylistVersion
from playlists.views import playlist_or_404, shared_or_404


class SuffixConverter:
    """A format's suffix in an address."""

    regex = "|".join(FORMATS)

    def to_python(self, value: str) -> str:
        """Return the suffix as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """Return the suffix as it stands."""
        return value


@require_safe
@login_required
def download_playlist(request: AuthedRequest, uuid: UUID, suffix: str) -> HttpResponse:
    """Give a playlist as a file whose links play anywhere for a month.

    `version` names one of its versions; without it, the current one.
    """
    playlist = playlist_or_404(request.user, uuid)
    version = version_or_404(playlist, request.GET.get("version", ""))

    def locate(track: Track) -> str | None:
        url = keyed_audio_url(track, scope=str(uuid))
        return request.build_absolute_uri(url) if url else None

    listing = version_listing(version, locate=locate, has_times=True)
    return file_response(listing, suffix)


@require_safe
def download_shared(request: HttpRequest, key: str, suffix: str) -> HttpResponse:
    """Give a shared playlist, as it is now, as a file without addresses of audio."""
    version = version_or_404(shared_or_404(key), "")
    response = file_response(version_listing(version, locate=lambda _: None), suffix)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def version_or_404(playlist: Playlist, number: str) -> PlaylistVersion:
    """Fetch a playlist's version of a number, "" for the current one; or raise Http404."""
    version = playlist.current
    if number:
        given = int(number) if number.isdecimal() and len(number) < 9 else 0
        version = playlist.versions.filter(number=given).first()
    if version is None:
        raise Http404
    return version


def file_response(listing: Listing, suffix: str) -> HttpResponse:
    """Answer with a listing as a file to keep."""
    form = FORMATS[suffix]
    response = HttpResponse(form.write(listing), content_type=form.CONTENT_TYPE)
    name = file_name(listing.title, suffix)
    disposition = content_disposition_header(True, name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    return response
